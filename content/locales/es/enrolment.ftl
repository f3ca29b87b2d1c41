find-back-group = Volver al grupo
seat-title = Un lugar en { $name }
seat-lead = Dinos quién eres y dónde vives. Lo demás lleva unos diez minutos, esta noche u otro día.
seat-full = Ahora mismo todos los lugares están ocupados. Puedes ponerte en la lista: cuando haya un lugar, escribimos a quien lo pidió primero.
seat-closed = Este grupo ya no admite a nadie más. No se cambió nada.
seat-closed-call = Este grupo ya no admite a nadie más. Llámanos al { $phone } y buscaremos otro contigo.
seat-first-session = Las personas nuevas empiezan juntas: tu primera sesión sería la { $number }.
seat-name = Tu nombre
seat-name-hint = Solo lo ve nuestro equipo. En el grupo puedes elegir otro.
seat-email-hint = Te enviamos un correo para seguir. Nada en él dice de qué se trata.
seat-residence = Dónde vives
seat-residence-hint = La ley permite la terapia solo donde quien dirige tiene licencia. En cada sesión volvemos a preguntar dónde estás ese día.
seat-residence-missing = Elige dónde vives, por favor. No se cambió nada.
seat-choose = Elige, por favor
seat-adult = Tengo 18 años o más
seat-adults-only = Dinos tu edad, por favor. No se cambió nada.
seat-members-only = Entraste como parte del equipo. Los lugares son para miembros; la oficina los da en la página del grupo.
seat-ask = Pedir este lugar
seat-join-line = Ponerme en la lista
seat-step-1 = Unas preguntas sobre ti, unos diez minutos.
seat-step-2 = Una llamada corta con alguien que dirige el grupo.
seat-step-3 = Después te respondemos: un lugar, otro grupo u otra cosa que pueda ayudar.
seat-have-account = ¿Ya tienes una cuenta aquí?
seat-pause = Hubo muchas solicitudes en poco tiempo. Espera un cuarto de hora, por favor, o llámanos. No se cambió nada.
seat-sent-title = Mira tu correo, por favor
seat-sent = Hemos escrito a { $email }. Abre el enlace de ese correo para seguir.
seat-sent-next = En cuanto entres por el enlace, te guardamos un lugar si hay uno libre.
seat-sent-nothing = ¿No llega nada en unos minutos? Mira entre los no deseados, inténtalo otra vez o llámanos al { $phone }.
refused-title = No podemos ofrecerte este grupo
refused-why = Nadie de quienes lo dirigen tiene licencia en { $place }.
refused-law = Es la ley, y no tiene que ver contigo. Mira dónde está la persona y protege a quien hace terapia.
refused-open = Lo que está abierto para ti
refused-none = Ahora mismo no hay otro grupo abierto allí.
refused-class-decided = Una clase es enseñanza y no terapia, por eso está abierta en todas partes. { $name } lo decidió para esta consulta el { $day }.
refused-call = Queremos ayudarte a encontrar algo cerca de ti. Llámanos al { $phone }.
mine-title = Tu camino hacia un lugar
mine-none = Todavía no has pedido un lugar.
mine-go-on = Seguir
mine-step-screening = Preguntas
mine-step-call = Elegir llamada
mine-step-talk = La llamada
mine-step-accepted = Tu lugar
mine-next-keep = Te damos la bienvenida. Desde aquí te guardamos un lugar, si hay uno libre.
mine-next-screening = Ahora: unas preguntas sobre ti.
mine-next-call = Ahora: elige una hora para una llamada corta.
mine-next-talk = Ahora: hablamos, y después te respondemos.
mine-next-offer = Hay un lugar para ti. ¿Lo quieres?
mine-next-line = Te aceptamos. En cuanto haya un lugar, te escribimos.
mine-seated = Tienes un lugar. Te damos la bienvenida.
mine-not-now = Este grupo no es el lugar adecuado para ti ahora. Esto es lo que te sugerimos.
mine-lapsed = No supimos de ti, así que esta solicitud está cerrada. Puedes volver a pedir cuando quieras.
mine-held = Te guardamos un lugar hasta { $when }.
mine-offered = El lugar es tuyo si dices que sí antes de { $when }. Después lo ofrecemos a la siguiente persona y sigues en la lista.
mine-first-in-line = Todos los lugares están ocupados. Eres la siguiente persona de la lista.
mine-ahead = Todos los lugares están ocupados. Personas antes que tú en la lista: { $count }.
mine-caller = Con { $name }
mine-keep = Guardar un lugar y seguir
mine-answer-form = Ir a las preguntas
mine-choose-time = ¿Cuándo podemos llamarte?
mine-other-time = Elegir otra hora
mine-take-time = Elegir esta hora
mine-minutes = { $minutes } min
mine-no-slots = Ahora mismo no hay hora libre para una llamada. Te escribiremos en cuanto la haya. También puedes llamarnos al { $phone }.
mine-slot-gone = Alguien acaba de tomar esa hora. Elige otra, por favor.
mine-yes = Sí, quiero el lugar
mine-no = No, gracias
mine-offer-over = Esta oferta terminó. Sigues en la lista, a menos que hayas dicho que no.
mine-withdraw-ask = He cambiado de idea
mine-withdraw-text = Puedes parar aquí sin dar razones y volver a pedir cuando quieras.
mine-withdraw = Retirar mi solicitud
screening-title = Unas preguntas
screening-lead = Nos ayudan a saber si este grupo es adecuado para ti. Puedes pasar lo que sea demasiado.
screening-brings = ¿Qué te trae aquí?
screening-brings-hint = Con tus palabras. Bastan unas frases.
screening-brings-missing = Escribe una frase sobre lo que te trae aquí, por favor. No se pierde nada.
screening-too-long = Uno de los textos es demasiado largo: 2000 caracteres para lo que te trae, 100 para un nombre. No se pierde nada.
screening-conditions = Con qué vives
screening-conditions-hint = Lo que encaje, aunque nadie le haya puesto nombre oficialmente.
screening-aims = Lo que te gustaría poder hacer
screening-therapy = ¿Haces también terapia individual?
screening-therapy-no = No, o no ahora
screening-therapy-yes = Sí
screening-with = Con quién, si quieres decirlo
screening-with-hint = No hablamos con esa persona sin preguntarte.
screening-language = Idioma del grupo
screening-either = Cualquiera
screening-age = Tu edad
screening-pass = Prefiero no decirlo
screening-yes = Sí
screening-no = No
screening-free = ¿Cuándo podrías venir?
screening-free-hint = En tu hora local. Elige todo lo que sea posible.
screening-free-missing = Elige al menos un momento en que podrías venir, por favor. No se pierde nada.
screening-asq = Preguntas sobre tu seguridad
screening-asq-text = Las hacemos a todo el mundo. Tus respuestas no dejan fuera a nadie: nos dicen de qué hablar primero.
screening-asq-missing = Responde a cada pregunta sobre tu seguridad con sí, no o «prefiero no decirlo», por favor. No se pierde nada.
screening-now-missing = Una pregunta más, porque respondiste que sí: responde a la última, por favor. No se pierde nada.
screening-if-yes = Si respondiste que sí a alguna:
screening-asq-source = Fuente: { $source }
screening-send = Enviar mis respuestas
screening-who-reads = Quienes dirigen el grupo y nuestra oficina leen tus respuestas en días laborables. Nadie vigila esta página de noche.
screening-lines-title = Habla con alguien ahora, por favor
screening-lines-text = Estas líneas atienden de día y de noche. Un toque las llama.
screening-thanks = Gracias por contárnoslo
screening-positive-next = Avisamos a alguien de nuestro equipo, que hablará contigo de ello. Tu solicitud sigue igual.
screening-acute-next = Estamos avisando ahora mismo a alguien de nuestro equipo. No nos esperes: llama a una de las líneas de arriba, o al 911 si estás en peligro.
screening-not-kept = Ahora no pudimos guardar tus respuestas. Llámanos al { $phone }, por favor, y envíalas de nuevo más tarde.
screening-nobody-watches = Leemos lo que escribes en días laborables. Las líneas de arriba están a cualquier hora.
screening-go-on = Ir al siguiente paso
aim-calm = Calmarme
aim-mood = Mejorar mi ánimo
aim-closeness = Estar más cerca de otras personas
aim-speaking-up = Hacerme oír
aim-listening = Escuchar mejor
aim-conflict = Atravesar conflictos
aim-solving = Resolver problemas
aim-grieving = Vivir el duelo
aim-self-kindness = Tratarme mejor
aim-habits = Cambiar un hábito
age-18-24 = De 18 a 24
age-25-34 = De 25 a 34
age-35-44 = De 35 a 44
age-45-54 = De 45 a 54
age-55-64 = De 55 a 64
age-65 = 65 o más
nav-applicants = Solicitudes
board-title = Solicitudes
board-lead = Todas las personas en camino hacia un lugar, y lo que sigue para cada una.
board-nobody = Aquí no hay nadie.
board-step-screening = Pidió un lugar
board-step-call = Debe elegir llamada
board-step-talk = Llamada y decisión
board-step-accepted = Aceptada, espera
board-step-closed = Cerrada
board-today = Pidió hoy
board-one-day = Pidió ayer
board-days = Pidió hace { $days } días
board-late = espera demasiado
board-open = Abrir
board-decide = Decidir ahora
board-call-at = Llamada: { $when }
board-they-answer = Responde a las preguntas
board-they-choose = Elige una hora
board-offered = Se le ofreció un lugar
board-waits = Espera un lugar
calls-title = Horas para llamadas
calls-lead = Quienes piden un lugar en tus grupos eligen una de estas horas.
calls-zone = En tu hora local (hora de { $zone }).
calls-add-title = Ofrecer horas
calls-day = Día
calls-length = Minutos cada una
calls-in-a-row = Cuántas seguidas
calls-add = Ofrecer
calls-mine = Tus horas
calls-none = Todavía no ofreces horas.
calls-remove = Quitar
calls-when = Escribe un día y una hora, por favor. No se cambió nada.
calls-past = Esa hora ya pasó. No se cambió nada.
calls-minutes = Una llamada dura de 10 a 120 minutos. No se cambió nada.
calls-count = Se pueden ofrecer de 1 a 16 llamadas a la vez. No se cambió nada.
applicant-told = Lo que nos contó
applicant-told-nothing = Todavía no respondió a las preguntas.
applicant-nothing-said = No dijo nada
applicant-reach = Cómo contactar
applicant-law = ¿Puede entrar?
applicant-lives = Vive en { $place }.
applicant-covered = Alguien que dirige este grupo tiene licencia allí.
applicant-class = Es una clase, abierta en todas partes.
applicant-let-in = Admitida a pesar de las tablas, con una razón que se guarda.
applicant-expired = La autorización de quienes dirigen venció allí.
applicant-not-covered = Nadie que dirige este grupo tiene licencia allí.
applicant-asq-clear = Preguntas de riesgo: cuatro veces no
applicant-asq-open = Preguntas de riesgo: pasó alguna, pregunta por favor
applicant-asq-positive = Preguntas de riesgo: positivo
applicant-asq-acute = Preguntas de riesgo: positivo, ahora mismo
applicant-place-held = lugar guardado
applicant-place-offered = lugar ofrecido
applicant-place-waiting = en la lista
applicant-place-none = todavía sin lugar
applicant-decision = Decisión
applicant-accept = Entra en este grupo
applicant-other = Otro grupo encaja mejor
applicant-not-now = Ahora no
applicant-which = Qué grupo
applicant-words = Lo que le escribimos
applicant-words-hint = Lo lee en su página, nunca en un correo. Con «ahora no» dice qué puede hacer después.
applicant-decide = Guardar esta decisión
applicant-words-long = Como máximo 1000 caracteres, por favor. No se cambió nada.
applicant-words-missing = «Ahora no» necesita un siguiente paso: escribe qué puede hacer, por favor. No se cambió nada.
applicant-other-missing = Elige el otro grupo, por favor. No se cambió nada.
applicant-other-law = Nadie que dirige ese grupo tiene licencia donde vive. No se cambió nada.
applicant-other-open = Ya pidió un lugar en ese grupo. No se cambió nada.
applicant-outcome-missing = Elige una decisión, por favor. No se cambió nada.
applicant-screening-first = Todavía no respondió a las preguntas, así que nadie sabe si es seguro. No se cambió nada.
applicant-decided = Esta solicitud ya está cerrada. No se cambió nada.
applicant-law-first = La ley no la deja entrar desde donde vive. Si sabes más, da primero una razón a la derecha. No se cambió nada.
applicant-reason = Admitirla de todos modos, porque
applicant-reason-hint = Por ejemplo, una licencia que el registro aún no muestra. Al menos 15 caracteres; se guarda con tu nombre.
applicant-reason-short = Da una razón de 15 a 1000 caracteres, por favor. No se cambió nada.
applicant-override = Admitir con esta razón
suggest-title = Grupos sugeridos
mail-seat-invitation-subject = { $practice }: sigue aquí, por favor
mail-seat-invitation-text =
    Hola:

    nos pediste una cita. Abre este enlace para elegir una contraseña y seguir. Sirve una vez, durante 24 horas:
    { $link }

    Si no fuiste tú, no tienes que hacer nada.

    { $practice }
    { $phone }
mail-seat-known-subject = { $practice }: ya tienes una cuenta
mail-seat-known-text =
    Hola:

    alguien, probablemente tú, nos pidió una cita con esta dirección. Ya tienes una cuenta: entra y pídela desde allí, por favor.
    { $link }

    Si no fuiste tú, no tienes que hacer nada.

    { $practice }
    { $phone }
mail-seat-news-subject = { $practice }: hay novedades para ti
mail-seat-news-text =
    Hola:

    hay novedades para ti. Entra para leerlas, por favor:
    { $link }

    { $practice }
    { $phone }
mail-seat-offer-subject = { $practice }: responde en dos días, por favor
mail-seat-offer-text =
    Hola:

    tenemos una oferta para ti y te la guardamos dos días. Entra para responder, por favor:
    { $link }

    { $practice }
    { $phone }
mail-call-booked-subject = { $practice }: hay una llamada acordada
mail-call-booked-text =
    Hola:

    hay una llamada acordada. Entra para ver cuándo, por favor:
    { $link }

    { $practice }
    { $phone }
leaving-title = Hacer una pausa o dejar el grupo
leaving-pause-title = Hacer una pausa
leaving-pause-text = Tu lugar se guarda hasta ocho semanas. Puedes volver antes cuando quieras.
leaving-until = Hasta
leaving-pause = Hacer una pausa
leaving-paused = Estás en pausa hasta el { $day }.
leaving-resume = Volver ahora
leaving-pause-day = Una pausa termina entre mañana y dentro de ocho semanas. No se cambió nada.
leaving-leave-title = Dejar el grupo
leaving-leave-text = A mucha gente le hace bien despedirse. No hace falta que digas por qué te vas.
leaving-goodbye = La próxima sesión es el { $when }. Puedes venir una vez más y dejar el grupo después.
leaving-after = Dejarlo después de la próxima sesión
leaving-leaves-after = Dejas el grupo después de la sesión que termina el { $when }.
leaving-stay = Prefiero quedarme
leaving-now-ask = Dejarlo ahora mismo
leaving-now-text = Tu lugar queda libre enseguida para otra persona. Para volver, pides un lugar otra vez.
leaving-now = Dejarlo ahora
leaving-choose = Elige cuándo, por favor. No se cambió nada.
leaving-other-title = Otro grupo
leaving-other-text = Si otro grupo te iría mejor, llámanos al { $phone } o mira los que hay.
leaving-to-missing = Elige otro grupo, por favor. No se cambió nada.
member-paused = En pausa hasta el { $day }. El lugar se guarda.
member-leaves-after = Deja el grupo después de la sesión que termina el { $when }.
member-transfer-title = Pasar a otro grupo
member-transfer-text = Su lugar aquí queda libre enseguida. Lo que hizo aquí se queda en este grupo.
member-transfer = Pasar
member-remove-title = Sacar del grupo
member-remove-text = Su lugar queda libre enseguida y se ofrece a la siguiente persona de la lista.
member-remove = Sacar
forming-start-now = Se reúne desde su próximo día. Sin esta marca, el grupo aún se está formando.
suggest-lead = Calculado a partir de quienes esperan: quién puede estar con quién por ley, cuándo pueden venir, qué comparten. Tú decides.
suggest-none = No se puede formar un grupo nuevo con quienes esperan ({ $waiting }). Hacen falta cinco que compartan tema, hora, idioma y alguien que pueda dirigirlos.
suggest-summary = { $placed } de { $waiting } personas que esperan tendrían un lugar.
suggest-best = Ningún otro plan es mejor.
suggest-near-best = El mejor plan posible es como mucho un { $percent } % mejor.
suggest-unknown-best = No hubo tiempo de saber cuánto mejor podría ser un plan.
suggest-leader = Dirige { $name }.
suggest-why = Quieren: { $aims }. Grupos de edad: { $ages }.
suggest-make = Formar este grupo
suggest-make-text = Cada persona marcada tiene un lugar guardado y recibe aviso. El grupo empieza cuando tú lo empiezas.
suggest-nobody = Marca al menos a una persona, por favor, y elige a alguien del registro para dirigir. No se cambió nada.
suggest-changed = Alguien de este grupo ya no espera o no puede entrar. Aquí hay una sugerencia nueva. No se cambió nada.
composition-title = Composición
composition-sizes = { $members } con lugar, empieza con { $minimum }, como máximo { $capacity }
composition-forming = Este grupo se está formando. No se planea ninguna sesión antes de que empiece.
composition-start = Empezar este grupo
composition-waits = Lugares que faltan para poder empezar: { $count }
composition-too-few = Todavía hay muy pocas personas con lugar. No se cambió nada.
composition-people = Personas
composition-told-nothing = no respondió a las preguntas
admission-title = Cómo entra la gente
admission-least = Empieza con al menos
admission-newcomers = Personas nuevas
admission-rolling = En cualquier sesión
admission-weeks = En ciertas sesiones del programa
admission-closed = Solo antes de la primera sesión
admission-which-weeks = Qué sesiones
admission-weeks-hint = Por ejemplo 1, 2, 9: las sesiones en que empieza un módulo.
admission-from = Primer día
admission-to = Último día
admission-minimum = El mínimo es un número de 2 al número de lugares. No se cambió nada.
admission-how = Elige cómo entran las personas nuevas, por favor. No se cambió nada.
admission-weeks-unfit = Escribe las sesiones como números con comas, dentro de la duración del programa. No se cambió nada.
admission-days = El último día viene después del primero; los dos pueden quedar vacíos. No se cambió nada.
language-en = Inglés
language-es = Español
language-either = Cualquiera
import-title = Traer miembros de una lista
import-lead = Para quienes ya estaban con ustedes. Primero ves lo que pasaría; no se hace nada hasta que lo digas.
import-list = La lista
import-hint = Una línea por persona: nombre, correo, grupo, idioma (en o es), dónde vive (como NY). Copiada de una hoja de cálculo con comas o puntos y comas; puede llevar encabezado. Como máximo 500 líneas.
import-preview = Ver lo que pasaría
import-what = Línea por línea
import-line = Línea
import-group = Grupo
import-happens = Qué pasa
import-new = Cuenta nueva, invitación por correo y un lugar
import-known = Ya tiene cuenta y recibe un lugar
import-summary = Se pueden hacer { $able } de { $all } líneas.
import-do = Hacer lo que se puede ({ $able })
import-done = Hecho: { $done }. Las líneas de abajo no se pudieron hacer; nada de ellas cambió.
import-nothing = No hay nada que leer en esta lista, o tiene más de 500 líneas. No se cambió nada.
import-unreadable = A esta línea le falta nombre, correo o grupo
import-name = No se puede leer el nombre
import-email = No se puede leer el correo
import-twice = La misma persona y el mismo grupo ya están arriba
import-no-group = No hay ningún grupo con este nombre
import-two-groups = Dos grupos tienen este nombre
import-not-a-member = Esta dirección es de alguien que no es miembro
import-seated = Ya está en este grupo
import-full = El grupo está lleno
told-conditions = Vive con
told-aims = Quiere
told-therapy = Terapia individual
told-free = Puede venir
told-language = Idioma
told-age = Edad
licence-ending-title = Vence
licence-over = vencido
licence-ends-within = en { $days } días o menos
licence-closes = Cierra { $group } para: { $places }
licence-closes-nothing = No cierra ningún grupo: alguien más está autorizado, o nadie depende de ello.
mail-licence-ends-subject = { $practice }: algo vence
mail-licence-ends-text =
    Hola:

    algo en el registro de tu consulta vence pronto o ya venció. Entra y míralo, por favor:
    { $link }

    { $practice }
    { $phone }
admission-seats-unfit = Los lugares son un número: al menos los que ya están ocupados, como mucho 12 en terapia y 15 en una clase. No se cambió nada.
