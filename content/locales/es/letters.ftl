letters-title = Una carta para ti
letters-lead = Escribe a la persona que serás. Se queda cerrada hasta su día, y nadie más la lee nunca.
letters-text = Tu carta
letters-hint = Lo que aprendiste, lo que quieres recordar, lo que te dirías en un día difícil.
letters-day = Se abre
letters-date = u otro día
letters-months-1 = dentro de un mes
letters-months-3 = dentro de tres meses
letters-months-6 = dentro de seis meses
letters-send = Cerrar la carta
letters-mine = Mis cartas
letters-none = Todavía no has escrito ninguna.
letters-open = Abrir esta carta
letters-opens = Cerrada hasta el { $day }
letters-day-year = { $day } de { $year }
letters-written = Escrita el { $day }
letters-remove = Tirarla
letters-remove-note = Entonces desaparece, y nadie puede recuperarla.
letters-remove-yes = Sí, tirarla
letters-one = Una carta tuya
letters-back = A mis cartas
letters-empty = La carta todavía está vacía. No se cerró nada.
letters-long = Una carta tiene hasta 8000 caracteres de texto sencillo. Lo que escribiste sigue aquí.
letters-day-unfit = Elige un día desde mañana hasta dentro de dos años. Lo que escribiste sigue aquí.
letters-many = Hay veinte cartas en camino. Espera a que se abra una. Lo que escribiste sigue aquí.
letters-link = Escribir una carta para ti
mail-letter-subject = Algo está listo para ti en { $practice }
mail-letter-text =
    Hola:

    Hoy puedes abrir algo que guardaste para ti. Entra aquí:

    { $link }
