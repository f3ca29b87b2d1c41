letters-title = A letter to yourself
letters-lead = Write to the person you will be. It stays closed until its day, and nobody else ever reads it.
letters-text = Your letter
letters-hint = What you learned, what you want to remember, what you would say to yourself on a hard day.
letters-day = It opens
letters-date = or on another day
letters-months-1 = in one month
letters-months-3 = in three months
letters-months-6 = in six months
letters-send = Close the letter
letters-mine = My letters
letters-none = You have not written one yet.
letters-open = Open this letter
letters-opens = Closed until { $day }
letters-day-year = { $day } { $year }
letters-written = Written on { $day }
letters-remove = Throw it away
letters-remove-note = Then it is gone, and nobody can bring it back.
letters-remove-yes = Yes, throw it away
letters-one = A letter from you
letters-back = To my letters
letters-empty = There is nothing in the letter yet. Nothing was closed.
letters-long = A letter has up to 8000 characters of plain text. What you wrote is still here.
letters-day-unfit = Please choose a day from tomorrow to two years from now. What you wrote is still here.
letters-many = Twenty letters are on their way. Please wait until one has opened. What you wrote is still here.
letters-link = Write a letter to yourself
mail-letter-subject = Something is ready for you at { $practice }
mail-letter-text =
    Hello,

    something you kept for yourself can be opened today. Please sign in:

    { $link }
