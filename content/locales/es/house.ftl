skip-to-content = Ir al contenido
demo-banner = Consulta de prueba: todo lo que ves es inventado.
demo-banner-roles = Cambiar de papel
nav-label = Menú principal
nav-find = Encontrar un grupo
nav-how = Cómo funciona
nav-therapists = Terapeutas
nav-contact = Contacto
nav-today = Hoy
nav-groups = Grupos
nav-my-group = Mi grupo
nav-homework = Tareas
nav-risk-tasks = Avisos de riesgo
nav-sign-in = Entrar
nav-sign-out = Salir
nav-other-language = English
crisis-help = Ayuda en crisis
crisis-title = Si estás en peligro o piensas en quitarte la vida
crisis-text = Llama ahora. No hace falta tener certeza ni esperar.
crisis-us-911 = Emergencias
crisis-us-988 = Línea de suicidio y crisis, día y noche
crisis-us-samhsa = Línea de ayuda SAMHSA, gratuita y privada
error-not-found-title = Esta página no está aquí
error-not-found = Puede que haya cambiado de sitio o que no te corresponda verla. No ha cambiado nada.
error-signed-out-title = Has salido de tu cuenta
error-signed-out = Vuelve a entrar, por favor. No ha cambiado nada.
error-elsewhere-title = Esto venía de otra página web
error-elsewhere = Para protegerte solo aceptamos formularios de nuestras propias páginas. No ha cambiado nada. Vuelve atrás e inténtalo desde aquí.
error-not-understood-title = No hemos podido leerlo
error-not-understood = Algo del formulario no era como esperábamos. No ha cambiado nada. Vuelve atrás, revísalo y envíalo otra vez.
error-ours-title = Algo ha fallado por nuestra parte
error-ours = No es culpa tuya, y no se ha perdido nada de lo que enviaste antes. Inténtalo dentro de un momento o llámanos.
error-back = Volver al inicio
role-member = Miembro de un grupo
role-family = Familiar
role-clinician = Terapeuta, dirige grupos
role-instructor = Instructor, dirige clases de habilidades
role-support-specialist = Especialista de apoyo, codirige grupos
role-observer = Observador
role-coordinator = Coordinación en la oficina
role-administrator = Administración
mail-reset-subject = Una contraseña nueva para { $practice }
mail-reset-text =
    Hola:

    alguien ha pedido una contraseña nueva para tu cuenta. Si has sido tú, abre este enlace antes de una hora:

    { $link }

    Si no has sido tú, no tienes que hacer nada.
mail-office-task-subject = Algo te necesita en { $practice }
mail-office-task-text =
    Hola:

    te espera una tarea con plazo. Entra, por favor:

    { $link }
nav-people = Personas
nav-licences = Licencias
nav-practice = Consulta
mail-invitation-subject = Tu cuenta en { $practice }
mail-invitation-text =
    Hola:

    tienes una cuenta preparada. Elige tu contraseña en las próximas 24 horas:

    { $link }
mail-button = Abrir
mail-crisis = Si necesitas a alguien ahora mismo, de día o de noche: { $lines }
mail-reset-button = Elegir una contraseña nueva
mail-invitation-button = Elegir mi contraseña
mail-office-task-button = Ver de qué se trata
reminder-today = hoy a las { $time }
reminder-tomorrow = mañana a las { $time }
reminder-on = el { $day }, a las { $time }
reminder-button = Abrir mi página
reminder-session-subject = Tu cita en { $practice }
reminder-session-mail =
    Hola:

    tienes una cita { $when }. Aquí está la entrada:

    { $link }

    Si no puedes venir o necesitas algo antes, llámanos: { $phone }
reminder-session-reads = También hay algo breve que leer antes. Está en tu página.
reminder-session-text = { $practice }: Tienes una cita { $when }. { $link } Preguntas: { $phone }. Responde ALTO para terminar.
reminder-task-subject = Un recordatorio de { $practice }
reminder-task-mail =
    Hola:

    algo que querías probar vence { $when }. A medias también vale. Lo encuentras aquí:

    { $link }

    Si tienes alguna pregunta, llámanos: { $phone }
reminder-task-text = { $practice }: Algo en tu página vence { $when }. { $link } Preguntas: { $phone }. Responde ALTO para terminar.
reminder-goal-subject = Un recordatorio de { $practice }
reminder-goal-mail =
    Hola:

    hay algo que querías hacer hoy. Lo encuentras aquí:

    { $link }

    Si tienes alguna pregunta, llámanos: { $phone }
reminder-goal-text = { $practice }: Algo que querías hacer hoy. { $link } Preguntas: { $phone }. Responde ALTO para terminar.
reminder-documents-subject = Algo que firmar en { $practice }
reminder-documents-mail =
    Hola:

    hay algo que leer y firmar antes de tu cita { $when }. Lleva unos minutos:

    { $link }

    Si tienes alguna pregunta, llámanos: { $phone }
reminder-documents-text = { $practice }: Lee y firma algo antes de tu cita { $when }, por favor. { $link } Preguntas: { $phone }. Responde ALTO para terminar.
reminder-form-subject = Un recordatorio de { $practice }
reminder-form-mail =
    Hola:

    en tu página hay algo breve para rellenar. Lleva unos minutos, y puedes parar y seguir luego. Lo encuentras aquí:

    { $link }

    Si tienes alguna pregunta, llámanos: { $phone }
reminder-form-text = { $practice }: En tu página hay algo breve para rellenar. { $link } Preguntas: { $phone }. Responde ALTO para terminar.
reminder-reply-subject = Un mensaje de { $practice }
reminder-reply-mail =
    Hola:

    alguien te ha escrito unas palabras. Las encuentras en tu página:

    { $link }

    Si tienes alguna pregunta, llámanos: { $phone }
reminder-reply-text = { $practice }: Alguien te ha escrito unas palabras. { $link } Preguntas: { $phone }. Responde ALTO para terminar.
reminder-stop =
    Recibes esto porque tienes activados los recordatorios. Cámbialos o desactívalos aquí:
    { $choices }
