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
notices-lead = El correo solo dice que algo te espera, con un enlace para entrar. No dice ni quién escribió ni dónde.
notices-never = No me avises
notices-daily = Una vez al día como mucho
notices-each = Cada vez, como mucho una vez por hora
notices-night = También entre las 9 de la noche y las 8 de la mañana
notices-by-channel = En cada canal puedes decir si te avisamos de él:
channel-notices = Avisos
channel-notices-on = Te avisamos cuando hay algo nuevo aquí
channel-notices-off = En silencio hasta que mires
channel-notices-usual-on = Lo habitual: me avisas
channel-notices-usual-off = Lo habitual: en silencio hasta que mire
channel-notices-yes = Avísame
channel-notices-no = En silencio hasta que mire
channel-notices-note = Un aviso nunca dice quién escribió ni qué.
channel-notices-keep = Guardar
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
