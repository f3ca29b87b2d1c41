nav-calendar = Calendario
calendar-month = { $month } de { $year }
calendar-before = Mes anterior
calendar-this-month = Este mes
calendar-after = Mes siguiente
calendar-zone = Todas las horas son las de tu reloj: { $zone }.
calendar-their-clock = { $time } en el reloj de { $zone }
calendar-empty = Este mes todavía no hay nada previsto.
calendar-cancelled = No se celebra
calendar-moved = Cambiada de hora
calendar-clash = Alguien hace falta también en otro sitio
calendar-change = Cambiar
calendar-more = Tu calendario en otros sitios
calendar-feed = Llevarlo a tu propio calendario
calendar-availability = Cuándo puedes
change-title = Cambiar esta sesión
change-own-clock = En tu reloj: { $when }
change-moved-from = Estaba prevista para { $when }.
change-move-title = Otra hora
change-move-hint = Fecha y hora en el reloj del grupo: { $zone }. Se avisa enseguida a todo el grupo.
change-date = Fecha
change-time = Hora
plan-anyway = Planearla de todos modos
change-anyway = Cambiarla de todos modos
change-move = Cambiar la hora
change-suggestions = Horas que irían bien
change-suggestions-hint = Según lo que dijeron quienes dirigen y los { $members } miembros. Quien no ha dicho nada no se cuenta.
change-suggestion-fits = Dijeron que pueden: { $can }. No pueden: { $cannot }.
change-suggestion-unknown = Nadie ha dicho todavía nada de esta hora.
change-take = Elegir esta
change-leader-title = Quién dirige esta vez
change-leader-hint = Alguien de fuera del grupo necesita primero un sitio en él; lo da la oficina.
change-leader-label = Dirige
change-leader-as-always = Como siempre
change-leader-save = Guardar
change-cancel-title = Suspenderla
change-cancel-hint = Se avisa enseguida a todo el grupo y la puerta queda cerrada.
change-cancel-sure = Sí, esta sesión no se celebra
change-cancel = Suspender
change-cancel-unsure = Marca antes la casilla, por favor. No ha cambiado nada.
change-cancelled-title = Esta sesión no se celebra
change-cancelled = Se avisó a todo el grupo. Todavía puede celebrarse.
change-cancelled-over = Su hora ya ha pasado.
change-restore = Sí se celebra
change-restore-late = Su hora ya ha llegado y esto no se puede deshacer. Puedes hacer una cita en su lugar.
change-begun = Esta sesión ya ha empezado. Aquí no se puede cambiar.
change-back = Al calendario
change-time-unreadable = No hemos podido leer la fecha o la hora. No ha cambiado nada.
change-time-past = Esa hora ya ha pasado. No ha cambiado nada.
change-time-same = Ya está a esa hora. No ha cambiado nada.
change-clash = Personas que hacen falta en otro sitio a esa hora: { $count }. Todavía no ha cambiado nada.
change-too-late = Mientras tanto ha empezado o se ha suspendido. No ha cambiado nada.
change-leader-unknown = No conocemos a quien has elegido. No ha cambiado nada.
before-change = Cambiar o suspender
today-called-off = { $group }, { $day }: no se celebra.
called-off-title = Esta sesión no se celebra
called-off-text = Estaba prevista para { $when } y se ha suspendido. No has hecho nada mal, y tu sitio sigue siendo tuyo.
called-off-call = Si hoy necesitas a alguien, llámanos: { $phone }
called-off-calendar = Ver lo que viene
times-title = Cuándo se reúne este grupo
times-zone = En el reloj de { $zone }
times-remove = Quitar
times-remove-hint = Al quitar una hora ya no se prevén sesiones nuevas. Las que están en el calendario siguen hasta que se suspendan.
times-add-title = Una vez más por semana
times-add = Añadir
times-back = Al grupo
times-unreadable = No hemos podido leer el día o la hora. No ha cambiado nada.
times-already = El grupo ya se reúne entonces. No ha cambiado nada.
times-gone = Esta hora ya no está.
holidays-title = Días sin reuniones
holidays-lead = En estos días no se prevén sesiones nuevas. Las que ya están en el calendario siguen hasta que las suspendas, para que todo el mundo reciba aviso.
holidays-add-title = Añadir un día
holidays-name-label = Nombre
holidays-add = Añadir
holidays-none = Todavía no hay ninguno.
holidays-day-unreadable = No hemos podido leer la fecha. No ha cambiado nada.
holidays-name = El nombre necesita de 1 a 60 caracteres. No ha cambiado nada.
holidays-already = Ese día ya está. No ha cambiado nada.
holidays-gone = Ese día ya no está.
absence-title = ¿No puedes, o llegas más tarde?
absence-cannot = No puedo ir
absence-late = { $minutes } min tarde
absence-you-cannot = Has dicho que no puedes ir.
absence-you-late = Has dicho que llegas { $minutes } minutos más tarde.
absence-take-back = Retirarlo
absence-cannot-come = Ha dicho: no puede venir
absence-comes-late = Ha dicho: { $minutes } min tarde
outreach-title = Preguntar cómo están
outreach-lead = Estos miembros no vinieron y no lo habían dicho. Basta una llamada corta.
outreach-none = Nadie espera una llamada.
outreach-missed = { $group }, el { $when }
outreach-see = Ver todo
outreach-note = Lo que te han contado
outreach-note-hint = Puede quedar vacío. Se guarda con la clave de la persona.
outreach-done = Hecho
outreach-note-long = La nota tiene más de 2.000 caracteres. Lo que has escrito sigue aquí.
feed-title = Tu calendario en tu propio programa
feed-lead = Una dirección secreta en la que tu teléfono u ordenador lee cuándo te esperamos. Solo dice «Cita» y el nombre de la consulta: ni grupo, ni tema, ni nadie más.
feed-address-title = Tu dirección
feed-address-once = Solo la enseñamos ahora. Quien la tenga puede ver cuándo te esperamos, así que guárdala para ti.
feed-address = Dirección
feed-address-how = Cópiala y añádela en tu programa de calendario como calendario de internet.
feed-made = Creada el { $when }.
feed-replace = Crear otra dirección
feed-revoke = Terminarla
feed-replace-hint = Una dirección nueva termina con la anterior al momento.
feed-none = Todavía no tienes dirección.
feed-make = Crear mi dirección
feed-appointment = Cita
availability-title = Cuándo puedes
availability-lead = Si hay que cambiar una sesión, buscamos una hora que vaya bien a la mayoría. Quienes dirigen solo ven cuántas personas pueden, nunca quiénes.
availability-none = Todavía no has dicho nada.
availability-add-title = Añadir un rato
availability-from = Desde
availability-to = Hasta
availability-add = Añadir
availability-unreadable = No hemos podido leer el día o una de las horas. No ha cambiado nada.
availability-order = El final tiene que ser después del principio. No ha cambiado nada.
availability-already = Esto ya está. No ha cambiado nada.
availability-many = Bastan 40 ratos. No ha cambiado nada.
appointments-new = Nueva cita
appointments-lead = Para una persona, una familia o un taller, por teléfono. Una sesión familiar por video se prepara junto a su miembro, en la página de su grupo.
appointments-kind-label = Tipo
appointment-individual = Cita individual
appointment-family = Sesión familiar
appointment-workshop = Taller
appointments-minutes-label = Minutos
appointments-leader-label = Correo de quien dirige
appointments-leader-hint = Si queda vacío, diriges tú.
appointments-own = Miembros de tus grupos
appointments-emails = Más personas, por correo
appointments-emails-hint = Una por línea. Necesitan una cuenta.
appointments-make = Hacer la cita
appointments-kind = Elige uno de los tipos, por favor. No se ha hecho nada.
appointments-minutes = Los minutos son un número entero de 10 a 480. No se ha hecho nada.
appointments-leader = Nadie del equipo tiene esta dirección. No se ha hecho nada.
appointments-nobody = Una de las direcciones no es de nadie de aquí. No se ha hecho nada.
appointments-empty = Elige al menos a una persona, por favor. No se ha hecho nada.
appointments-individual = Una cita individual es para una persona. No se ha hecho nada.
appointments-many = Quince personas como mucho. No se ha hecho nada.
appointments-not-yours = Quienes observan no hacen citas.
appointment-with = Con { $name }
appointment-who = Quién viene
appointment-by-phone = Esta cita no tiene sala aquí. Es por teléfono; la consulta está en el { $phone }.
appointment-cancelled = Esta cita no se celebra.
appointment-cancel-title = Anular
appointment-cancel-sure = Sí, no se celebra
appointment-cancel = Anular la cita
mail-session-cancelled-subject = Tu cita no se celebra
mail-session-cancelled-text =
    Hola:

    tu cita del { $when } se ha anulado. Sentimos el cambio.

    Lo que viene está en tu calendario:

    { $link }

    { $practice }, { $phone }
mail-session-moved-subject = Tu cita tiene otra hora
mail-session-moved-text =
    Hola:

    una de tus citas ha cambiado de hora. Ahora es el { $when }.

    Tu calendario:

    { $link }

    { $practice }, { $phone }
mail-session-restored-subject = Tu cita sí se celebra
mail-session-restored-text =
    Hola:

    tu cita del { $when } sí se celebra.

    Tu calendario:

    { $link }

    { $practice }, { $phone }
mail-appointment-made-subject = Una cita nueva
mail-appointment-made-text =
    Hola:

    tienes una cita nueva el { $when }.

    Tu calendario:

    { $link }

    { $practice }, { $phone }
before-materials = Para tener a mano: { $materials }
programme-title = Programa
programme-lead = Lo que hace el grupo, sesión por sesión. Después de la última se empieza otra vez.
programme-shipped = Este es el programa tal como viene. Con el primer cambio el grupo recibe su propia copia.
programme-minutes = { $minutes } minutos
programme-untitled = Todavía vacía
programme-up = Subir
programme-down = Bajar
programme-remove = Quitar
programme-add = Añadir una sesión al final
programme-session = Sesión { $number }
programme-session-hint = Un cambio llega a las sesiones que aún están por venir. Donde alguien ya ha adaptado el plan, se queda como está.
programme-session-title = Título
programme-materials = Materiales
programme-materials-hint = Uno por línea. Solo los ven quienes dirigen.
programme-keep = Guardar
programme-back = Al programa
programme-meanwhile = Mientras tanto alguien ha cambiado el programa. No se ha guardado nada; míralo otra vez, por favor.
programme-gone = Esta sesión ya no está. No ha cambiado nada.
programme-last = Tiene que quedar una sesión. No ha cambiado nada.
programme-many = Bastan 60 sesiones. No ha cambiado nada.
family-title = Sesiones familiares
family-lead = Con { $name } y personas que le apoyan. Se reúnen en una sala propia, aparte del grupo.
family-planned = Sesiones
family-none = Todavía no hay ninguna.
family-plan = Preparar una sesión familiar
family-who = Quién viene
family-length = Minutos
family-led-by = Quién la lleva
family-change = Cambiar o cancelar
family-not-answered = todavía no ha respondido a la invitación
family-not-opened = no está invitado a sesiones
family-no-supporters = Todavía no le apoya nadie aquí. Los miembros invitan ellos mismos, en «Personas que te apoyan» de su cuenta.
family-note = Quienes apoyan nunca ven el grupo, su nombre ni sus miembros. Antes de la primera sesión todos leen y firman lo que vale para las sesiones familiares.
family-group-name = Sesiones familiares
family-minutes = Los minutos son un número entero de 20 a 120. No se preparó nada.
family-leader = Elige a alguien que lleve un grupo de este miembro. No se preparó nada.
family-nobody = Marca al menos a una persona. No se preparó nada.
family-not-any-more = A una de ellas ya no se le han abierto las sesiones. No se preparó nada.
family-link = Sesiones familiares
door-beside-title = Quién está contigo
door-beside = Nombres de quienes están a tu lado ante esta cámara
door-beside-hint = Déjalo vacío si no hay nadie más. Lo leen todas las personas de la sala, para que nadie esté sin ser visto.
door-beside-unreadable = Escribe los nombres en una línea de hasta 80 caracteres.
