find-back-group = Back to the group
seat-title = A seat in { $name }
seat-lead = Tell us who you are and where you live. The rest takes about ten minutes, tonight or another day.
seat-full = Every seat is taken right now. You can join the line: when a seat is free, we write to whoever asked first.
seat-closed = This group takes nobody new any more. Nothing was changed.
seat-closed-call = This group takes nobody new any more. Call us at { $phone }, and we will look for another one with you.
seat-first-session = Newcomers begin together: your first session would be session { $number }.
seat-name = Your name
seat-name-hint = Only our staff see it. In the group you choose another one if you like.
seat-email-hint = We send you one mail to go on. Nothing in it says what it is about.
seat-residence = Where you live
seat-residence-hint = The law allows therapy only where a leader is licensed. We ask again at each session where you are that day.
seat-residence-missing = Please choose where you live. Nothing was changed.
seat-choose = Please choose
seat-adult = I am 18 or older
seat-adults-only = Please tell us your age. Nothing was changed.
seat-members-only = You are signed in as a member of staff. Seats are for members; the office gives them on the page of the group.
seat-ask = Ask for this seat
seat-join-line = Join the line
seat-step-1 = A few questions about you, about ten minutes.
seat-step-2 = A short call with somebody who leads the group.
seat-step-3 = Then you hear from us: a seat, another group, or what else could help.
seat-have-account = Do you have an account here?
seat-pause = There were many requests in a short time. Please wait a quarter of an hour, or call us. Nothing was changed.
seat-sent-title = Please look at your mail
seat-sent = We have written to { $email }. Open the link in that mail to go on.
seat-sent-next = As soon as you come in by the link, a seat is kept for you if there is a free one.
seat-sent-nothing = No mail after a few minutes? Look among the unwanted ones, try again, or call us at { $phone }.
refused-title = We may not offer you this group
refused-why = Nobody who leads it is licensed in { $place }.
refused-law = That is the law, and it has nothing to do with you. It looks at where a person is, and protects people in therapy.
refused-open = What is open to you
refused-none = Right now no other group is open there.
refused-class-decided = A class is instruction and not therapy, so it is open in every place. { $name } decided that for this practice on { $day }.
refused-call = We would like to help you find something near you. Call us at { $phone }.
mine-title = Your way to a seat
mine-none = You have not asked for a seat yet.
mine-go-on = Go on
mine-step-screening = Questions
mine-step-call = Choose a call
mine-step-talk = The call
mine-step-accepted = Your seat
mine-next-keep = Welcome. From here on we keep a seat for you, if one is free.
mine-next-screening = Next: a few questions about you.
mine-next-call = Next: choose a time for a short call.
mine-next-talk = Next: we talk, and then you hear from us.
mine-next-offer = There is a seat for you. Would you like it?
mine-next-line = You are accepted. As soon as a seat is free, we write to you.
mine-seated = You have a seat. Welcome.
mine-not-now = This group is not the right place for you now. Here is what we suggest.
mine-lapsed = We did not hear from you, so this request is closed. You can ask again at any time.
mine-held = A seat is kept for you until { $when }.
mine-offered = The seat is yours if you say yes by { $when }. After that we offer it to the next person, and you stay in the line.
mine-first-in-line = Every seat is taken. You are next in the line.
mine-ahead = Every seat is taken. People before you in the line: { $count }.
mine-caller = With { $name }
mine-keep = Keep a seat and go on
mine-answer-form = Go to the questions
mine-choose-time = When may we call you?
mine-other-time = Take another time
mine-take-time = Take this time
mine-minutes = { $minutes } min
mine-no-slots = Right now there is no free time for a call. We will write to you as soon as there is one. You can also call us at { $phone }.
mine-slot-gone = Somebody else has just taken that time. Please choose another one.
mine-yes = Yes, I take the seat
mine-no = No, thank you
mine-offer-over = This offer is over. You are still in the line, unless you said no.
mine-withdraw-ask = I have changed my mind
mine-withdraw-text = You can stop here without giving a reason, and ask again whenever you like.
mine-withdraw = Withdraw my request
screening-title = A few questions
screening-lead = They help us find out whether this group is right for you. You may pass on anything that is too much.
screening-brings = What brings you here?
screening-brings-hint = In your own words. A few sentences are enough.
screening-brings-missing = Please write a sentence about what brings you here. Nothing else is lost.
screening-too-long = One of the texts is too long: 2,000 characters for what brings you, 100 for a name. Nothing is lost.
screening-conditions = What you live with
screening-conditions-hint = Whatever fits, also if nobody has given it a name officially.
screening-aims = What you would like to be able to do
screening-therapy = Are you in individual therapy as well?
screening-therapy-no = No, or not now
screening-therapy-yes = Yes
screening-with = With whom, if you would like to say
screening-with-hint = We do not contact them without asking you.
screening-language = Language of the group
screening-either = Either
screening-age = Your age
screening-pass = I would rather not say
screening-yes = Yes
screening-no = No
screening-free = When could you come?
screening-free-hint = On your own clock. Choose everything that is possible.
screening-free-missing = Please choose at least one time when you could come. Nothing is lost.
screening-asq = Questions about your safety
screening-asq-text = We ask everybody. Your answers keep nobody out: they tell us what to talk about first.
screening-asq-missing = Please answer each question about your safety with yes, no, or “I would rather not say”. Nothing is lost.
screening-now-missing = One more question, because you answered yes: please answer the last one. Nothing is lost.
screening-if-yes = If you answered yes to any of these:
screening-asq-source = Source: { $source }
screening-send = Send my answers
screening-who-reads = The people who lead the group and our office read your answers on working days. Nobody watches this page at night.
screening-lines-title = Please talk to somebody now
screening-lines-text = These lines are open day and night. One tap calls them.
screening-thanks = Thank you for telling us
screening-positive-next = Somebody from our team has been told and will speak with you about it. Your request goes on as before.
screening-acute-next = Somebody from our team is being told right now. Please do not wait for us: call one of the lines above, or 911 if you are in danger.
screening-not-kept = We could not keep your answers just now. Please call us at { $phone }, and send them again later.
screening-nobody-watches = We read what you write on working days. The lines above are there at any hour.
screening-go-on = Go on to your next step
aim-calm = Calm myself
aim-mood = Lift my mood
aim-closeness = Be closer to others
aim-speaking-up = Speak up for myself
aim-listening = Listen better
aim-conflict = Get through conflicts
aim-solving = Solve problems
aim-grieving = Grieve
aim-self-kindness = Be kinder to myself
aim-habits = Change a habit
age-18-24 = 18 to 24
age-25-34 = 25 to 34
age-35-44 = 35 to 44
age-45-54 = 45 to 54
age-55-64 = 55 to 64
age-65 = 65 and more
nav-applicants = Applicants
board-title = Applicants
board-lead = Everybody on the way to a seat, and what comes next for each.
board-nobody = Nobody is here.
board-step-screening = Asked for a seat
board-step-call = To choose a call
board-step-talk = Call and decision
board-step-accepted = Accepted, waiting
board-step-closed = Closed
board-today = Asked today
board-one-day = Asked yesterday
board-days = Asked { $days } days ago
board-late = waits too long
board-open = Open
board-decide = Decide now
board-call-at = Call: { $when }
board-they-answer = They answer the questions
board-they-choose = They choose a time
board-offered = A seat is offered
board-waits = Waits for a seat
calls-title = Times for calls
calls-lead = People who ask for a seat in your groups choose one of these times.
calls-zone = On your clock ({ $zone } time).
calls-add-title = Offer times
calls-day = Day
calls-length = Minutes each
calls-in-a-row = How many in a row
calls-add = Offer
calls-mine = Your times
calls-none = You offer no times yet.
calls-remove = Remove
calls-when = Please enter a day and a time. Nothing was changed.
calls-past = That time is over already. Nothing was changed.
calls-minutes = A call lasts 10 to 120 minutes. Nothing was changed.
calls-count = 1 to 16 calls can be offered at once. Nothing was changed.
applicant-told = What they told us
applicant-told-nothing = They have not answered the questions yet.
applicant-nothing-said = Nothing said
applicant-reach = How to reach them
applicant-law = May they join?
applicant-lives = Lives in { $place }.
applicant-covered = A leader of this group is licensed there.
applicant-class = This is a class, and open in every place.
applicant-let-in = Let in despite the tables, with a reason that is kept.
applicant-expired = The authority of the leaders there has run out.
applicant-not-covered = No leader of this group is licensed there.
applicant-asq-clear = Risk screen: four times no
applicant-asq-open = Risk screen: something was passed, please ask
applicant-asq-positive = Risk screen: positive
applicant-asq-acute = Risk screen: positive, right now
applicant-place-held = a seat is kept
applicant-place-offered = a seat is offered
applicant-place-waiting = in the line
applicant-place-none = no seat yet
applicant-decision = Decision
applicant-accept = Accepted into this group
applicant-other = Another group fits better
applicant-not-now = Not now
applicant-which = Which group
applicant-words = What we write to them
applicant-words-hint = They read it on their page, never in a mail. With “not now” it says what they can do next.
applicant-decide = Keep this decision
applicant-words-long = At most 1,000 characters, please. Nothing was changed.
applicant-words-missing = “Not now” needs a next step: please write what they can do. Nothing was changed.
applicant-other-missing = Please choose the other group. Nothing was changed.
applicant-other-law = No leader of that group is licensed where they live. Nothing was changed.
applicant-other-open = They have asked for a seat in that group already. Nothing was changed.
applicant-outcome-missing = Please choose a decision. Nothing was changed.
applicant-screening-first = They have not answered the questions yet, so nobody knows whether this is safe. Nothing was changed.
applicant-decided = This request is closed already. Nothing was changed.
applicant-law-first = The law does not let this person in from where they live. If you know better, give a reason on the right first. Nothing was changed.
applicant-reason = Let them in all the same, because
applicant-reason-hint = For example a licence that the register does not show yet. At least 15 characters; kept with your name.
applicant-reason-short = Please give a reason of 15 to 1,000 characters. Nothing was changed.
applicant-override = Let in with this reason
suggest-title = Suggested groups
mail-seat-invitation-subject = { $practice }: please go on here
mail-seat-invitation-text =
    Hello,

    you asked us for an appointment. Open this link to choose a password and go on. It works once, for 24 hours:
    { $link }

    If it was not you, you need not do anything.

    { $practice }
    { $phone }
mail-seat-known-subject = { $practice }: you have an account
mail-seat-known-text =
    Hello,

    somebody, probably you, asked us for an appointment with this address. You have an account already: please sign in and ask from there.
    { $link }

    If it was not you, you need not do anything.

    { $practice }
    { $phone }
mail-seat-news-subject = { $practice }: there is news for you
mail-seat-news-text =
    Hello,

    there is news for you. Please sign in to read it:
    { $link }

    { $practice }
    { $phone }
mail-seat-offer-subject = { $practice }: please answer within two days
mail-seat-offer-text =
    Hello,

    we have an offer for you, and keep it for you for two days. Please sign in to answer:
    { $link }

    { $practice }
    { $phone }
mail-call-booked-subject = { $practice }: a call is arranged
mail-call-booked-text =
    Hello,

    a call is arranged. Please sign in to see when:
    { $link }

    { $practice }
    { $phone }
leaving-title = Pausing or leaving
leaving-pause-title = Take a pause
leaving-pause-text = Your seat is kept, for up to eight weeks. You can come back earlier at any time.
leaving-until = Until
leaving-pause = Pause
leaving-paused = You are pausing until { $day }.
leaving-resume = Come back now
leaving-pause-day = A pause ends on a day between tomorrow and eight weeks from now. Nothing was changed.
leaving-leave-title = Leave the group
leaving-leave-text = Many people find it good to say goodbye to the others. You need not say why you leave.
leaving-goodbye = The next session is on { $when }. You can come once more and leave after it.
leaving-after = Leave after the next session
leaving-leaves-after = You leave the group after the session that ends on { $when }.
leaving-stay = I would rather stay
leaving-now-ask = Leave right now
leaving-now-text = Your seat is free for somebody else at once. To come back you ask for a seat again.
leaving-now = Leave now
leaving-choose = Please choose when to leave. Nothing was changed.
leaving-other-title = Another group
leaving-other-text = If another group would suit you better, call us at { $phone }, or look at what there is.
leaving-to-missing = Please choose another group. Nothing was changed.
member-paused = Pauses until { $day }. The seat is kept.
member-leaves-after = Leaves after the session that ends on { $when }.
member-transfer-title = Move to another group
member-transfer-text = Their seat here is free at once. What they did here stays with this group.
member-transfer = Move
member-remove-title = Take out of the group
member-remove-text = Their seat is free at once, and offered to the next person in the line.
member-remove = Take out
forming-start-now = It meets from its next day on. Without this tick it is still being formed.
suggest-lead = Computed from everybody who waits: who may join whom by law, when they can come, what they share. You decide.
suggest-none = No new group can be made of the people who wait ({ $waiting }). It takes five who share a topic, a time, a language and a leader who may lead them all.
suggest-summary = { $placed } of { $waiting } people who wait would have a seat.
suggest-best = No other plan does better.
suggest-near-best = The best plan there can be is at most { $percent } % better.
suggest-unknown-best = There was no time to find out how much better a plan could be.
suggest-leader = Led by { $name }.
suggest-why = They want: { $aims }. Age bands: { $ages }.
suggest-make = Form this group
suggest-make-text = Everybody whose box is ticked gets a seat that is kept, and is told. The group starts when you start it.
suggest-nobody = Please tick at least one person, and choose a leader from the register. Nothing was changed.
suggest-changed = Somebody in this group is no longer waiting, or may not join it. Here is a new suggestion. Nothing was changed.
composition-title = Composition
composition-sizes = { $members } seated, begins with { $minimum }, at most { $capacity }
composition-forming = This group is being formed. No session is planned before it starts.
composition-start = Start this group
composition-waits = Seats still to be taken before it can start: { $count }
composition-too-few = Too few people have a seat yet. Nothing was changed.
composition-people = People
composition-told-nothing = has not answered the questions
admission-title = How people come in
admission-least = Begins with at least
admission-newcomers = Newcomers
admission-rolling = At any session
admission-weeks = At certain sessions of the programme
admission-closed = Only before the first session
admission-which-weeks = Which sessions
admission-weeks-hint = For example 1, 2, 9: the sessions at which a module begins.
admission-from = First day
admission-to = Last day
admission-minimum = The least is a number from 2 to the number of seats. Nothing was changed.
admission-how = Please choose how newcomers come in. Nothing was changed.
admission-weeks-unfit = Please write the sessions as numbers with commas, within the length of the programme. Nothing was changed.
admission-days = The last day comes after the first; both may stay empty. Nothing was changed.
language-en = English
language-es = Spanish
language-either = Either
import-title = Bring members in from a list
import-lead = For people who were with you before. First you see what would happen; nothing is done before you say so.
import-list = The list
import-hint = One line for each: name, e-mail, group, language (en or es), where they live (as NY). Copied from a spreadsheet with commas or semicolons; a heading may stay. At most 500 lines.
import-preview = Show what would happen
import-what = Line by line
import-line = Line
import-group = Group
import-happens = What happens
import-new = New account, an invitation by mail, and a seat
import-known = Has an account, and gets a seat
import-summary = { $able } of { $all } lines can be carried out.
import-do = Carry out what can be done ({ $able })
import-done = Done: { $done }. The lines below could not be carried out; nothing of them was changed.
import-nothing = There is nothing to read in this list, or it has more than 500 lines. Nothing was changed.
import-unreadable = This line has no name, e-mail and group
import-name = The name cannot be read
import-email = The e-mail address cannot be read
import-twice = The same person and group stand above already
import-no-group = There is no group of this name
import-two-groups = Two groups have this name
import-not-a-member = This address belongs to somebody who is not a member
import-seated = Is in this group already
import-full = The group is full
told-conditions = Lives with
told-aims = Wants to
told-therapy = Individual therapy
told-free = Free
told-language = Language
told-age = Age
licence-ending-title = Runs out
licence-over = has run out
licence-ends-within = within { $days } days
licence-closes = Closes { $group } for: { $places }
licence-closes-nothing = Closes no group: somebody else is authorised too, or nobody depends on it.
mail-licence-ends-subject = { $practice }: something runs out
mail-licence-ends-text =
    Hello,

    something in the register of your practice runs out soon or has run out. Please sign in and look:
    { $link }

    { $practice }
    { $phone }
admission-seats-unfit = Seats are a number: at least as many as are taken, at most 12 in therapy and 15 in a class. Nothing was changed.
