# El buzón, y los avisos de él.
nav-inbox = Buzón
inbox-lead = Lo que te espera, en un solo lugar. Con una cosa a la vez basta.
inbox-empty = Nada te está esperando.
inbox-empty-note = Aquí aparecen mensajes nuevos, cosas por rellenar o firmar e invitaciones.
inbox-things = Para mirar
inbox-news = Nuevo esta semana
inbox-news-note = Solo si te apetece. Esto no se cuenta.
inbox-notices = Cuándo y cómo te avisamos
inbox-risk = { $count ->
    [one] Puede que una persona necesite ayuda ahora
   *[other] Puede que { $count } personas necesiten ayuda ahora
  }
inbox-outreach = { $count ->
    [one] Un miembro a quien llamar
   *[other] { $count } miembros a quienes llamar
  }
inbox-document = { $count ->
    [one] Algo para leer y firmar
   *[other] { $count } cosas para leer y firmar
  }
inbox-circle = { $group }: te invitan a un círculo
inbox-supporter = { $count ->
    [one] Alguien te pregunta si le apoyarías
   *[other] { $count } personas te preguntan si las apoyarías
  }
inbox-partner = { $count ->
    [one] Alguien te pide que le acompañes en una meta
   *[other] { $count } personas te piden que las acompañes en una meta
  }
inbox-watching = { $group }: ¿puede mirar alguien en formación? Tu respuesta
inbox-measure = { $count ->
    [one] Algo corto para rellenar
   *[other] { $count } cosas cortas para rellenar
  }
inbox-homework = { $count ->
    [one] Una tarea para estos días
   *[other] { $count } tareas para estos días
  }
inbox-reply = { $count ->
    [one] Alguien respondió a lo que escribiste en tu tarea
   *[other] { $count } respuestas a lo que escribiste en tus tareas
  }
inbox-question = { $group }: una pregunta que espera tu respuesta
inbox-letter = { $count ->
    [one] Una carta que te escribiste
   *[other] { $count } cartas que te escribiste
  }
inbox-note = La nota de la semana: { $title }
inbox-answered = { $count ->
    [one] { $group }: una respuesta nueva a la pregunta
   *[other] { $group }: { $count } respuestas nuevas a la pregunta
  }
notices-title = Cuando esperan mensajes
notices-lead = Un aviso solo dice que algo te espera, con un enlace para entrar. No dice quién escribió ni dónde.
notices-never = No me avises
notices-daily = Una vez al día como mucho
notices-each = Cada vez, como mucho una vez por hora
notices-night = También entre las 9 de la noche y las 8 de la mañana
channel-notices = Avisos
channel-notices-on = Te avisamos cuando hay algo nuevo aquí
channel-notices-off = En silencio hasta que mires
channel-notices-usual-on = Lo habitual: avísame
channel-notices-usual-off = Lo habitual: en silencio hasta que mire
channel-notices-yes = Avísame
channel-notices-no = En silencio hasta que mire
channel-notices-note = Un aviso nunca dice quién escribió ni qué.
channel-notices-keep = Guardar
notices-channels = Canal por canal
notices-channels-open = Elegir para cada canal
notices-odd = No pudimos leer una de estas opciones. No cambió nada.
push-title = Avisos en tus aparatos
push-lead = Un teléfono o un ordenador puede mostrar que algo te espera, como lo hace una aplicación. Muestra el nombre de la consulta y una sola frase: nunca quién escribió, ni en qué grupo, ni qué.
push-off = Este aparato está en silencio.
push-begin = Avísenme en este aparato
push-on = Este aparato te avisa
push-end-here = Ya no en este aparato
push-blocked = Tu navegador no deja que este sitio muestre avisos. Para permitirlo, toca el signo junto a la dirección, elige notificaciones y permítelas. Después abre esta página otra vez.
push-apple = En un iPhone o iPad esto funciona cuando la consulta está en tu pantalla de inicio. Ponla ahí, ábrela desde ahí y vuelve a esta página.
push-unable = Este navegador no puede mostrar avisos. Lo que elegiste recibir por correo te llega igual.
push-no-script = Para activarlo, tu navegador necesita permitir scripts en este sitio.
push-failed = No funcionó, y no cambió nada. Algunos navegadores no alcanzan su servicio de avisos en este momento. Inténtalo más tarde.
push-unknown-service = No conocemos el servicio de avisos de este navegador, así que no lo usamos. No cambió nada.
push-devices = Aparatos que te avisan
push-since = Desde el { $when }
push-end = Quitar
push-end-of = Quitar { $device }
push-note = Cerrar la sesión en un aparato termina los avisos ahí. Un aparato en el que no has entrado durante 30 días se olvida. La empresa del navegador sabe que llegó un aviso y cuándo, y nada más.
push-also = También sin correo ni mensaje de texto:
push-what = Lo que te avisan tus aparatos
push-unread = Que hay mensajes que esperan, con la frecuencia que elegiste arriba
push-sessions = Que se acerca una cita, a las horas que elegiste arriba
push-waiting = Algo te espera.
push-appointment = Tienes una cita { $when }.
reminder-unread-subject = Algo te espera en { $practice }
reminder-unread-mail =
    Hola:

    algo te espera. Entra para verlo:

    { $link }

    Puede esperar hasta que te venga bien. Si tienes alguna pregunta, llámanos: { $phone }
reminder-unread-text = { $practice }: Algo te espera. { $link } Preguntas: { $phone }. Responde ALTO para terminar.
reminder-quiet-subject = Una hora tranquila en casa
reminder-quiet-mail =
    Hola:

    alguien que confía en ti quisiera una hora tranquila { $when }. No hay que hacer nada más: déjale ese tiempo.

    { $link }

    Si tienes alguna pregunta, llámanos: { $phone }
reminder-quiet-text = { $practice }: Alguien que confía en ti quisiera una hora tranquila { $when }. { $link } Preguntas: { $phone }. Responde ALTO para terminar.
