# The inbox, and notices of it.
nav-inbox = Inbox
inbox-lead = What waits for you, in one place. One thing at a time is enough.
inbox-empty = Nothing is waiting for you.
inbox-empty-note = New messages, things to fill in or to sign, and invitations appear here.
inbox-things = To look at
inbox-news = New this week
inbox-news-note = Only if you like. This is not counted.
inbox-notices = When and how we tell you
inbox-risk = { $count ->
    [one] One person may need help now
   *[other] { $count } people may need help now
  }
inbox-outreach = { $count ->
    [one] One member to call
   *[other] { $count } members to call
  }
inbox-document = { $count ->
    [one] Something to read and sign
   *[other] { $count } things to read and sign
  }
inbox-circle = { $group }: you are invited to a circle
inbox-supporter = { $count ->
    [one] Somebody asks whether you would support them
   *[other] { $count } people ask whether you would support them
  }
inbox-partner = { $count ->
    [one] Somebody asks you to be a partner for a goal
   *[other] { $count } people ask you to be a partner for a goal
  }
inbox-watching = { $group }: may somebody in training watch? Your answer
inbox-measure = { $count ->
    [one] Something short to fill in
   *[other] { $count } short things to fill in
  }
inbox-homework = { $count ->
    [one] Homework for these days
   *[other] { $count } pieces of homework for these days
  }
inbox-reply = { $count ->
    [one] Somebody answered what you wrote in your homework
   *[other] { $count } answers to what you wrote in your homework
  }
inbox-question = { $group }: a question that waits for your answer
inbox-letter = { $count ->
    [one] A letter that you wrote to yourself
   *[other] { $count } letters that you wrote to yourself
  }
inbox-note = The weekly note: { $title }
inbox-answered = { $count ->
    [one] { $group }: one new answer to the question
   *[other] { $group }: { $count } new answers to the question
  }
notices-title = When messages wait
notices-lead = A notice only says that something is waiting for you, with a way to sign in. It says neither who wrote nor where.
notices-never = Do not tell me
notices-daily = At most once a day
notices-each = Each time, at most once an hour
notices-night = Also between 9 in the evening and 8 in the morning
channel-notices = Notices
channel-notices-on = You are told when something is new here
channel-notices-off = Silent until you look
channel-notices-usual-on = As usual: I am told
channel-notices-usual-off = As usual: silent until I look
channel-notices-yes = Tell me
channel-notices-no = Silent until I look
channel-notices-note = A notice never says who wrote, or what.
channel-notices-keep = Keep
notices-channels = Channel by channel
notices-channels-open = Choose for each channel
notices-odd = We could not read one of these choices. Nothing was changed.
push-title = Notices on your devices
push-lead = A telephone or computer can show that something is waiting for you, as an app does. It shows the name of the practice and one sentence: never who wrote, nor in which group, nor what.
push-off = This device is silent.
push-begin = Tell me on this device
push-on = This device tells you
push-end-here = Not on this device any more
push-blocked = Your browser does not let this site show notices. To allow it, press the sign beside the address, choose notifications and allow them. Then open this page again.
push-apple = On an iPhone or iPad this works once the practice is on your home screen. Put it there, open it from there, and come back to this page.
push-unable = This browser cannot show notices. Whatever you chose to hear of by e-mail reaches you all the same.
push-no-script = To switch this on, your browser needs scripts for this site.
push-failed = This did not work, and nothing was changed. Some browsers cannot reach their notice service just now. Please try again later.
push-unknown-service = We do not know the notice service of this browser, so we do not use it. Nothing was changed.
push-devices = Devices that tell you
push-since = Since { $when }
push-end = Remove
push-end-of = Remove { $device }
push-note = Signing out of a device ends it there. A device on which you have not signed in for 30 days is forgotten. The company behind the browser learns that a notice came, and when, and nothing else.
push-also = Without a mail or a text, too:
push-what = What your devices tell you
push-unread = That messages wait, as often as you chose above
push-sessions = That an appointment is near, at the times you chose above
push-waiting = Something is waiting for you.
push-appointment = You have an appointment { $when }.
reminder-unread-subject = Something is waiting for you at { $practice }
reminder-unread-mail =
    Hello,

    something is waiting for you. Sign in to see it:

    { $link }

    It can wait until it suits you. If you have a question, call us: { $phone }
reminder-unread-text = { $practice }: Something is waiting for you. { $link } Questions: { $phone }. Reply STOP to end these texts.
reminder-quiet-subject = A quiet hour at home
reminder-quiet-mail =
    Hello,

    somebody who trusts you would like a quiet hour { $when }. That is all there is to do: leave the time to them.

    { $link }

    If you have a question about it, call us: { $phone }
reminder-quiet-text = { $practice }: Somebody who trusts you would like a quiet hour { $when }. { $link } Questions: { $phone }. Reply STOP to end these texts.
