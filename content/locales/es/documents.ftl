door-documents-title = Antes de entrar
door-documents-first = Hay algo que leer y firmar antes.
document-ground-rules = Reglas del grupo
document-telehealth = Reunirse por video: consentimiento
document-privacy = Aviso de privacidad
document-part-2 = Datos sobre consumo de sustancias: consentimiento
documents-title = Lo que he firmado
documents-lead = Lo que vale entre tú y nosotros, y lo que falta por leer.
documents-none = No hay nada que firmar.
documents-open-title = Para leer y firmar
documents-to-sign = por firmar
documents-done = firmado
documents-signed = Firmado el { $when }.
documents-version = Versión { $version }
documents-agree = Lo he leído y estoy de acuerdo.
documents-sign = Firmar
documents-questions = ¿Preguntas antes de firmar? Llámanos al { $phone }.
documents-name-missing = Escribe tu nombre y marca que estás de acuerdo, por favor. No se firmó nada.
documents-practice-title = Lo que la gente firma
documents-practice-lead = Cada texto en los dos idiomas. Una versión nueva vuelve a preguntar a todos antes de su próxima sesión.
documents-draft = Un borrador. No se pide a nadie que lo firme.
documents-draft-chip = borrador
documents-shipped = En vigor, tal como viene.
documents-since = En vigor desde { $when }.
documents-count = firmado por { $signed } de { $members } miembros
documents-draft-lawyer = Es un borrador con nuestras palabras. Haz que lo lea un abogado de tu lugar antes de publicarlo.
documents-variables = Escribe {"{"}practice{"}"} y {"{"}phone{"}"} donde van el nombre y el teléfono de la consulta.
documents-compare = Ver lo que cambiaría
documents-publish = Publicar
documents-publish-text = Cada miembro recibe un correo de que hay algo que firmar, y se le pregunta antes de la próxima sesión.
documents-changes = Cambios ({ $language })
documents-before = Hasta ahora
documents-after = Desde ahora
documents-unchanged = Nada es distinto de la versión en vigor. No se cambió nada.
documents-empty = Los dos idiomas necesitan un texto. No se cambió nada.
documents-too-long = Un texto tiene como máximo 20 000 caracteres y ningún signo invisible. No se cambió nada.
documents-variable = Hay un nombre entre llaves que no se conoce: solo practice y phone. No se cambió nada.
mail-documents-subject = { $practice }: lee y firma, por favor
mail-documents-text =
    Hola:

    hay algo que leer y firmar antes de tu próxima cita. Entra, por favor:
    { $link }

    { $practice }
    { $phone }
document-family = Sesiones familiares: lo que vale
