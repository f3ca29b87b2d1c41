crisis-practice-title = Líneas de crisis
crisis-practice-lead = Estos números están al pie de cada página, también cuando algo falla, y en cada correo.
crisis-standing = Ahora en todas las páginas
crisis-country-now = País
crisis-read = Leído en { $source }, { $day }
crisis-country = El país de tu gente
crisis-country-choose = Mostrar las líneas de
crisis-country-hint = Solo se puede elegir un país que tiene líneas.
crisis-country-keep = Mostrar estas líneas
crisis-other = Líneas de un país
crisis-country-label = País
crisis-other-show = Ver o escribir sus líneas
crisis-lines-of = Líneas de { $country }
crisis-lines-text = La línea más urgente va primero. Las dos primeras están también en los correos. Antes de guardar, marca o comprueba cada número: alguien puede necesitarlo esta noche.
crisis-are-shipped = Estas líneas vinieron con Hearth. En cuanto guardes las tuyas, valen las tuyas.
crisis-row = Línea { $number }
crisis-number = Número
crisis-hours = Horario, en cifras
crisis-name-en = Qué es, en inglés
crisis-name-es = Qué es, en español
crisis-source = Dónde lo leíste
crisis-day = El día en que lo leíste
crisis-restore = Recuperar las líneas que vinieron con Hearth
crisis-restore-text = Tus líneas de este país se quitan y vuelven las que vinieron con Hearth.
crisis-kept-country = Guardado. Todas las páginas muestran ahora las líneas de este país.
crisis-kept-lines = Guardado. Si es el país de arriba, las líneas están ya en todas las páginas.
crisis-kept-restored = Han vuelto las líneas que vinieron con Hearth.
crisis-country-unknown = No conocemos este país. No se cambió nada.
crisis-country-empty = Este país todavía no tiene líneas. Escríbelas primero abajo, cada una con su fuente; después podrás elegir el país. No se cambió nada.
crisis-none-typed = Un país necesita al menos una línea. No se cambió nada.
crisis-name-missing = Cada línea necesita un nombre en inglés y otro en español, de 80 letras como máximo. No se cambió nada.
crisis-number-unfit = No pudimos leer uno de los números. Un número tiene de 2 a 15 cifras. Todo lo que escribiste sigue aquí.
crisis-hours-long = El horario tiene como máximo 40 caracteres. Todo lo que escribiste sigue aquí.
crisis-source-missing = Cada línea necesita su fuente: la página o la oficina donde la leíste, en 200 letras como máximo. Todo lo que escribiste sigue aquí.
crisis-day-unfit = Cada línea necesita el día en que la leíste, como muy tarde hoy. Todo lo que escribiste sigue aquí.
practice-guardian = Menores de 18
practice-guardian-hint = Sin un nombre aquí no se admite a nadie menor de 18 años. Con un nombre, se pregunta por correo a su madre, padre o tutor, y nadie menor de 18 recibe un lugar antes de que digan que sí. Desde qué edad, y si una persona joven puede consentir sola, lo dicen la ley de tu estado y tu criterio.
practice-guardian-by = Se admiten con consentimiento de un tutor, lo decidió
practice-guardian-lowest = Desde la edad de
practice-guardian-nobody = Nadie menor de 18
practice-guardian-both = Para admitir a menores de 18 hacen falta las dos cosas: quién lo decidió y desde qué edad. Para no admitir a nadie, deja las dos vacías. No se cambió nada.
practice-guardian-text = Un tutor lee y acepta tu consentimiento para sesiones por video. Publícalo primero en «Lo que la gente firma». No se cambió nada.
age-under-18 = Menos de 18
seat-age = Tu edad
seat-minor = Tengo entre { $age } y 17 años. Se preguntará a mi madre, padre o tutor.
seat-younger = Tengo menos
seat-under = Tengo menos de 18 años
guardian-if-minor = Si tienes menos de 18 años
guardian-if-minor-text = Antes de darte un lugar preguntamos a tu madre, padre o tutor. Leen qué son nuestras sesiones por video y qué queda en privado. No leen lo que escribiste aquí ni qué grupo elegiste.
guardian-name = Nombre de tu madre, padre o tutor
guardian-email = Su correo
guardian-ask = Preguntarle
guardian-name-missing = Si tienes menos de 18 años, necesitamos el nombre de tu madre, padre o tutor. Todo lo que escribiste sigue aquí.
guardian-email-unreadable = No pudimos leer el correo de tu madre, padre o tutor. Todo lo que escribiste sigue aquí.
guardian-own-address = Esta es tu propia dirección. Escribe la de tu madre, padre o tutor. Todo lo que escribiste sigue aquí.
guardian-mine-title = Tu madre, padre o tutor
guardian-state-needed = Antes de tener un lugar, una madre, un padre o un tutor tiene que decir que sí. Todavía no se ha preguntado a nadie.
guardian-state-asked = Se ha preguntado a una madre, un padre o un tutor y todavía no ha respondido.
guardian-state-over = Se preguntó a una madre, un padre o un tutor y no respondió a tiempo. El enlace ya no vale; se puede volver a preguntar.
guardian-state-given = Una madre, un padre o un tutor ha dicho que sí.
guardian-state-declined = Una madre, un padre o un tutor ha dicho que no. Sin un sí no puede haber un lugar.
guardian-state-withdrawn = Una madre, un padre o un tutor dijo que sí y lo retiró. Sin un sí no puede haber un lugar.
guardian-state-of-age = El equipo comprobó que no hace falta un consentimiento.
guardian-staff-title = Consentimiento de un tutor
guardian-signed = Firmado por { $name } ({ $relationship })
guardian-of-age-ask = No hace falta un consentimiento
guardian-of-age-text = Solo si lo has comprobado: ya tiene 18 años o eligió mal su edad. Queda en el libro de registro con tu nombre.
guardian-of-age = No necesita consentimiento
guardian-title = Tu consentimiento para { $person }
guardian-lead = Esta persona joven quiere participar en sesiones por video en { $practice } y te nombró como madre, padre o tutor. Lee esto y dinos sí o no. No necesitas una cuenta.
guardian-about = De qué se trata
guardian-about-text = Un grupo pequeño se reúne por video y lo dirige una persona profesional. No se graba nada. Antes de la primera sesión alguien de la consulta habla con la persona joven y ve si el grupo le conviene.
guardian-about-rights = Puedes decir que no. Antes puedes preguntarnos lo que quieras. Un sí se puede retirar en cualquier momento con el enlace del mismo correo.
guardian-limits = Qué queda en privado y qué no
guardian-limits-text = Lo que se dice en una sesión queda entre las personas que trabajan con esta persona joven. La ley pone excepciones: cuando alguien corre un peligro grave, cuando se hace daño a un menor o a quien no puede protegerse, o cuando lo ordena un juez. Las demás personas del grupo prometen guardar lo que oyen, pero ninguna ley las obliga como nos obliga a nosotros.
guardian-limits-you = Lo que una madre, un padre o un tutor puede leer del expediente depende de la ley del estado. Las personas jóvenes hablan con más franqueza cuando saben qué queda con nosotros. Si hay peligro, te llamamos.
guardian-answer = Tu respuesta
guardian-your-name = Tu nombre completo
guardian-relationship = Qué relación tienes
guardian-relationship-hint = Por ejemplo madre, padre, tutora legal
guardian-agree = Soy madre, padre o tutor legal de { $person }, he leído lo anterior y doy mi consentimiento.
guardian-give = Doy mi consentimiento
guardian-decline = No lo doy
guardian-later = También puedes cerrar esta página y volver: el enlace vale 14 días.
guardian-sign-name = Escribe tu nombre completo. No se envió nada; lo que escribiste sigue aquí.
guardian-sign-relationship = Escribe qué relación tienes. No se envió nada; lo que escribiste sigue aquí.
guardian-sign-agree = Marca la casilla si das tu consentimiento. No se envió nada; lo que escribiste sigue aquí.
guardian-answer-missing = Elige uno de los dos botones. No se envió nada; lo que escribiste sigue aquí.
guardian-answered-already = Esto ya tiene respuesta. No se cambió nada.
guardian-given = Gracias. Tenemos tu consentimiento.
guardian-withdraw-ask = Quiero retirar mi consentimiento
guardian-withdraw-text = Desde ese momento no hay lugar ni sesión sin un consentimiento nuevo. Avisamos a la persona joven y a quienes trabajan con ella de que algo cambió.
guardian-withdraw = Retirarlo
guardian-declined = Tenemos tu no. No habrá un lugar sin tu consentimiento. Si cambias de opinión, llámanos.
guardian-withdrawn = Tu consentimiento está retirado. No hay lugar ni sesión sin uno nuevo.
guardian-no-need = Ya no hace falta nada de tu parte.
guardian-over = Estos enlaces valen 14 días, y un correo nuevo sustituye al anterior. Busca el correo más reciente o pide a la persona joven que envíe otro.
guardian-call = Si tienes alguna pregunta, llámanos:
guardian-mail-subject = { $practice }: lee y responde, por favor
guardian-mail-text =
    Hola:

    alguien menor de 18 años te nombró como madre, padre o tutor y necesita tu respuesta antes de participar en algo aquí. Lee y responde en un plazo de 14 días:

    { $link }

    Guarda este correo: con el mismo enlace puedes retirar un sí. Si no sabes de qué se trata, puedes dejarlo.
guardian-mail-again-text =
    Hola:

    te escribimos hace unos días: alguien menor de 18 años te nombró como madre, padre o tutor y espera tu respuesta. Lee y responde aquí:

    { $link }

    Si no sabes de qué se trata, puedes dejarlo.
guardian-mail-button = Leer y responder
mail-guardian-news-subject = { $practice }: algo cambió
mail-guardian-news-text =
    Hola:

    algo ha cambiado para alguien a quien atiendes. Entra y míralo, por favor:

    { $link }
minor-title = Estamos para personas adultas
minor-lead = Gracias por decírnoslo. Nuestros grupos no son para personas de tu edad, y no queremos dejarte a solas con eso.
minor-where = A quién puedes acudir
minor-where-adult = Una persona adulta de confianza: en casa, en tu familia, una entrenadora, un vecino.
minor-where-school = La orientadora, la enfermera o el psicólogo de tu escuela.
minor-where-doctor = Tu médico, que sabe quién ayuda cerca de ti a personas de tu edad.
minor-where-call = A nosotros: { $phone }. Te escuchamos y te decimos quién podría ayudarte.
minor-signal = Nos contaste algo que nos preocupa. Alguien de aquí lo va a mirar.
minor-kept = No se guardó ningún lugar para ti.
applicant-guardian-first = Tiene menos de 18 años, y su madre, padre o tutor no ha dicho que sí. Hasta entonces no hay lugar. No se cambió nada.
seats-guardian = Esta persona tiene menos de 18 años, y su madre, padre o tutor no ha dicho que sí. No se cambió nada.
mine-guardian-first = Primero tiene que decir que sí tu madre, padre o tutor. No ha cambiado nada.
mine-next-guardian = Hay un lugar para ti en cuanto diga que sí tu madre, padre o tutor.
mine-held-guardian = Tu lugar sigue guardado mientras tu madre, padre o tutor no haya contestado. En cuanto diga que sí, te escribimos, y te toca a ti.
board-kept-guardian = El lugar sigue guardado mientras esperamos la respuesta, como máximo hasta { $when }.
door-guardian = Antes de entrar necesitamos el consentimiento de tu madre, padre o tutor. Llámanos, por favor.
residence-label = Dónde vive
residence-last = Como dijo la última vez
residence-reason-ask = Si la ley dice que no: por qué entra de todos modos
residence-missing = Necesitamos saber dónde vive esta persona, porque decide la licencia de quien dirige. Elige un lugar, por favor. No se cambió nada.
residence-law = La ley no deja entrar a esta persona desde donde vive. Si sabes más, da abajo una razón de al menos 15 letras. No se cambió nada.
import-residence = No se sabe dónde vive: una quinta columna con el lugar, como NY
import-law = La ley no la deja entrar desde donde vive. Con una razón se le puede dar un lugar en la página de lugares del grupo
account-zone-title = Tu zona horaria
account-zone = Las horas de tus páginas y correos se muestran para
account-zone-hint = Si viajas o te mudas, cámbiala aquí. Las sesiones siguen a su hora.
account-zone-change = Cambiarla
account-zone-changed = Las horas se muestran ahora en este reloj.
account-zone-unknown = No conocemos esta zona horaria. No se cambió nada.
discounts-over = Terminado
discounts-end-ask = Terminarlo
discounts-end-text = Desde ahora nadie puede usarlo. Quien ya lo usó conserva lo que le dio.
discounts-end = Terminarlo ahora
