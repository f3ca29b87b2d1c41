skip-to-content = Skip to content
demo-banner = Demo practice: everything here is made up.
demo-banner-roles = Change role
nav-label = Main menu
nav-find = Find a group
nav-how = How it works
nav-therapists = Therapists
nav-contact = Contact
nav-today = Today
nav-groups = Groups
nav-my-group = My group
nav-homework = Homework
nav-risk-tasks = Risk tasks
nav-sign-in = Sign in
nav-sign-out = Sign out
nav-other-language = Español
crisis-help = Crisis help
crisis-title = If you are in danger or thinking of ending your life
crisis-text = Call now. You do not need to be sure, and you do not need to wait.
crisis-us-911 = Emergency
crisis-us-988 = Suicide and crisis line, day and night
crisis-us-samhsa = SAMHSA helpline, free and private
error-not-found-title = This page is not here
error-not-found = It may have moved, or it is not yours to see. Nothing was changed.
error-signed-out-title = You are signed out
error-signed-out = Please sign in again. Nothing was changed.
error-elsewhere-title = This came from another website
error-elsewhere = To keep you safe we only take forms from our own pages. Nothing was changed. Please go back and try again from here.
error-not-understood-title = We could not read that
error-not-understood = Something in the form was not as we expected. Nothing was changed. Please go back, check it and send it again.
error-ours-title = Something went wrong on our side
error-ours = It is not your fault, and nothing you sent before is lost. Please try again in a moment, or call us.
error-back = Back to the start
role-member = Member of a group
role-family = Family member
role-clinician = Clinician, leads groups
role-instructor = Instructor, leads skills classes
role-support-specialist = Support specialist, co-leads groups
role-observer = Observer
role-coordinator = Coordinator in the office
role-administrator = Administrator
mail-reset-subject = A new password for { $practice }
mail-reset-text =
    Hello,

    somebody asked for a new password for your account. If it was you, open this link within one hour:

    { $link }

    If it was not you, you do not need to do anything.
mail-office-task-subject = Something needs you at { $practice }
mail-office-task-text =
    Hello,

    a task with a clock is waiting for you. Please sign in:

    { $link }
nav-people = People
nav-licences = Licences
nav-practice = Practice
mail-invitation-subject = Your account at { $practice }
mail-invitation-text =
    Hello,

    an account is ready for you. Please choose your password within 24 hours:

    { $link }
mail-button = Open
mail-crisis = If you need somebody right now, day or night: { $lines }
mail-reset-button = Choose a new password
mail-invitation-button = Choose my password
mail-office-task-button = See what it is
reminder-today = today at { $time }
reminder-tomorrow = tomorrow at { $time }
reminder-on = on { $day } at { $time }
reminder-button = Open my page
reminder-session-subject = Your appointment at { $practice }
reminder-session-mail =
    Hello,

    you have an appointment { $when }. Here is the way in:

    { $link }

    If you cannot come, or need anything before, call us: { $phone }
reminder-session-reads = There is also something short to read before. It is on your page.
reminder-session-text = { $practice }: You have an appointment { $when }. { $link } Questions: { $phone }. Reply STOP to end these texts.
reminder-task-subject = A reminder from { $practice }
reminder-task-mail =
    Hello,

    something that you wanted to try is due { $when }. Half-done is fine. You find it here:

    { $link }

    If you have a question about it, call us: { $phone }
reminder-task-text = { $practice }: Something on your page is due { $when }. { $link } Questions: { $phone }. Reply STOP to end these texts.
reminder-goal-subject = A reminder from { $practice }
reminder-goal-mail =
    Hello,

    there is something that you wanted to do today. You find it here:

    { $link }

    If you have a question about it, call us: { $phone }
reminder-goal-text = { $practice }: Something you wanted to do today. { $link } Questions: { $phone }. Reply STOP to end these texts.
reminder-documents-subject = Something to sign at { $practice }
reminder-documents-mail =
    Hello,

    there is something to read and sign before your appointment { $when }. It takes a few minutes:

    { $link }

    If you have a question about it, call us: { $phone }
reminder-documents-text = { $practice }: Please read and sign something before your appointment { $when }. { $link } Questions: { $phone }. Reply STOP to end these texts.
reminder-form-subject = A reminder from { $practice }
reminder-form-mail =
    Hello,

    there is something short to fill in on your page. It takes a few minutes, and you can stop and go on later. You find it here:

    { $link }

    If you have a question about it, call us: { $phone }
reminder-form-text = { $practice }: There is something short to fill in on your page. { $link } Questions: { $phone }. Reply STOP to end these texts.
reminder-reply-subject = A message from { $practice }
reminder-reply-mail =
    Hello,

    somebody has written a few words to you. You find them on your page:

    { $link }

    If you have a question about it, call us: { $phone }
reminder-reply-text = { $practice }: Somebody has written a few words to you. { $link } Questions: { $phone }. Reply STOP to end these texts.
reminder-stop =
    You get this because reminders are on for you. Change or stop them here:
    { $choices }
