crisis-practice-title = Crisis lines
crisis-practice-lead = These numbers stand at the foot of every page, also when something goes wrong, and in every mail.
crisis-standing = On every page now
crisis-country-now = Country
crisis-read = Read at { $source }, { $day }
crisis-country = The country of your people
crisis-country-choose = Show the lines of
crisis-country-hint = Only a country that has lines can be chosen.
crisis-country-keep = Show these lines
crisis-other = Lines of a country
crisis-country-label = Country
crisis-other-show = See or write its lines
crisis-lines-of = Lines of { $country }
crisis-lines-text = The most urgent line first. The first two also stand in mails. Please dial or look up each number before you save it: somebody may need it tonight.
crisis-are-shipped = These lines came with Hearth. As soon as you save your own, yours stand instead.
crisis-row = Line { $number }
crisis-number = Number
crisis-hours = Hours, in figures
crisis-name-en = What it is, in English
crisis-name-es = What it is, in Spanish
crisis-source = Where you read it
crisis-day = The day you read it
crisis-restore = Bring back the lines that came with Hearth
crisis-restore-text = Your own lines for this country go, and those that came with Hearth stand again.
crisis-kept-country = Saved. Every page shows the lines of this country now.
crisis-kept-lines = Saved. If this is the country above, the lines stand on every page now.
crisis-kept-restored = The lines that came with Hearth are back.
crisis-country-unknown = We do not know this country. Nothing was changed.
crisis-country-empty = This country has no lines yet. Write them below first, each with its source; then you can choose the country. Nothing was changed.
crisis-none-typed = A country needs at least one line. Nothing was changed.
crisis-name-missing = Each line needs a name in English and one in Spanish, 80 letters at most. Nothing was changed.
crisis-number-unfit = We could not read one of the numbers. A number has 2 to 15 digits. Everything you typed is still here.
crisis-hours-long = Hours have 40 characters at most. Everything you typed is still here.
crisis-source-missing = Each line needs its source: the page or the office where you read it, 200 letters at most. Everything you typed is still here.
crisis-day-unfit = Each line needs the day on which you read it, today at the latest. Everything you typed is still here.
practice-guardian = People under 18
practice-guardian-hint = Without a name here, nobody under 18 is taken. With one, a parent or guardian is asked by mail, and nobody under 18 gets a seat before they say yes. Which age, and whether a young person may consent alone, is the law of your state and your judgement.
practice-guardian-by = Taken with a guardian's consent, decided by
practice-guardian-lowest = From the age of
practice-guardian-nobody = Nobody under 18
practice-guardian-both = To take people under 18, please give both: who decided it, and from which age. For nobody under 18, leave both empty. Nothing was changed.
practice-guardian-text = A guardian reads and agrees to your telehealth consent. Please publish it first, under "What people sign". Nothing was changed.
age-under-18 = Under 18
seat-age = Your age
seat-minor = I am { $age } to 17. A parent or guardian will be asked.
seat-younger = I am younger
seat-under = I am under 18
guardian-if-minor = If you are under 18
guardian-if-minor-text = We ask a parent or guardian before you get a seat. They read what our sessions by video are and what stays private. They do not read what you wrote here, and not which group you chose.
guardian-name = Name of your parent or guardian
guardian-email = Their e-mail
guardian-ask = Ask them
guardian-name-missing = If you are under 18, we need the name of a parent or guardian. Everything you typed is still here.
guardian-email-unreadable = We could not read the e-mail of your parent or guardian. Everything you typed is still here.
guardian-own-address = This is your own address. Please give the address of your parent or guardian. Everything you typed is still here.
guardian-mine-title = Your parent or guardian
guardian-state-needed = A parent or guardian has to say yes before there can be a seat. Nobody has been asked yet.
guardian-state-asked = A parent or guardian has been asked and has not answered yet.
guardian-state-over = A parent or guardian was asked and did not answer in time. The link is over; they can be asked again.
guardian-state-given = A parent or guardian has said yes.
guardian-state-declined = A parent or guardian has said no. Without a yes there can be no seat.
guardian-state-withdrawn = A parent or guardian said yes and took it back. Without a yes there can be no seat.
guardian-state-of-age = Staff made sure that no consent is needed.
guardian-staff-title = Consent of a guardian
guardian-signed = Signed by { $name } ({ $relationship })
guardian-of-age-ask = No consent is needed
guardian-of-age-text = Only if you made sure: they are 18 now, or they chose the wrong age. This stands in the audit book under your name.
guardian-of-age = They need no consent
guardian-title = Your consent for { $person }
guardian-lead = This young person would like to take part in sessions by video at { $practice } and named you as parent or guardian. Please read this and tell us yes or no. You need no account.
guardian-about = What it is about
guardian-about-text = A small group meets by video, led by a professional. Nothing is recorded. Before the first session somebody of the practice talks with the young person and sees whether the group fits.
guardian-about-rights = You may say no. You may ask us anything first. A yes can be taken back at any time through the link in the same mail.
guardian-limits = What stays private, and what does not
guardian-limits-text = What is said in a session stays with the people who work with this young person. The law makes exceptions: when somebody is in serious danger, when a child or a person who cannot protect themselves is hurt, or when a court orders it. The other people in a group promise to keep what they hear, but no law binds them as it binds us.
guardian-limits-you = What a parent or guardian may read of the record depends on the law of the state. Young people talk more openly when they know what stays with us. If there is danger, we call you.
guardian-answer = Your answer
guardian-your-name = Your full name
guardian-relationship = How you are related
guardian-relationship-hint = For example mother, father, legal guardian
guardian-agree = I am a parent or the legal guardian of { $person }, I have read the above, and I consent.
guardian-give = I consent
guardian-decline = I do not consent
guardian-later = You can also close this page and come back: the link works for 14 days.
guardian-sign-name = Please write your full name. Nothing was sent; what you typed is still here.
guardian-sign-relationship = Please write how you are related. Nothing was sent; what you typed is still here.
guardian-sign-agree = Please tick the box if you consent. Nothing was sent; what you typed is still here.
guardian-answer-missing = Please choose one of the two buttons. Nothing was sent; what you typed is still here.
guardian-answered-already = This has been answered already. Nothing was changed.
guardian-given = Thank you. We have your consent.
guardian-withdraw-ask = I want to take my consent back
guardian-withdraw-text = From then on there is no seat and no session without a new consent. We tell the young person and the people who work with them that something changed.
guardian-withdraw = Take it back
guardian-declined = We have your no. There will be no seat without your consent. If you change your mind, call us.
guardian-withdrawn = Your consent is taken back. There is no seat and no session without a new one.
guardian-no-need = Nothing is needed from you any more.
guardian-over = We keep such links for 14 days, and a newer mail takes the place of an older one. Look for the newest mail, or ask the young person to send a new one.
guardian-call = If you have a question, call us:
guardian-mail-subject = { $practice }: please read and answer
guardian-mail-text =
    Hello,

    somebody under 18 named you as parent or guardian and needs your answer before they can take part in something here. Please read and answer within 14 days:

    { $link }

    Keep this mail: through the same link you can take a yes back. If you do not know what this is about, you can leave it.
guardian-mail-again-text =
    Hello,

    we wrote to you some days ago: somebody under 18 named you as parent or guardian and is waiting for your answer. Please read and answer here:

    { $link }

    If you do not know what this is about, you can leave it.
guardian-mail-button = Read and answer
mail-guardian-news-subject = { $practice }: something changed
mail-guardian-news-text =
    Hello,

    something about somebody you look after has changed. Please sign in and look at it:

    { $link }
minor-title = We are here for adults
minor-lead = Thank you for telling us. Our groups are not for people of your age, and we do not want to leave you alone with that.
minor-where = Where you can turn
minor-where-adult = An adult you trust: at home, in your family, a coach, a neighbour.
minor-where-school = The counselor, nurse or psychologist at your school.
minor-where-doctor = Your doctor, who knows who helps people of your age near you.
minor-where-call = Us: { $phone }. We listen and tell you who could help.
minor-signal = You told us something that worries us. Somebody here will look at it.
minor-kept = No seat was kept for you.
applicant-guardian-first = They are under 18, and a parent or guardian has not said yes. Until then there is no seat. Nothing was changed.
seats-guardian = This person is under 18, and a parent or guardian has not said yes. Nothing was changed.
mine-guardian-first = Your parent or guardian has to say yes first. Nothing was changed.
mine-next-guardian = There is a seat for you as soon as your parent or guardian has said yes.
mine-held-guardian = Your seat stays kept while your parent or guardian has not answered. Once they say yes, we write to you, and it is your turn.
board-kept-guardian = The seat stays kept while we wait for the answer, until { $when } at the latest.
door-guardian = We need the consent of your parent or guardian before you come in. Please call us.
residence-label = Where they live
residence-last = As they said last
residence-reason-ask = If the law says no: why they are let in all the same
residence-missing = We need to know where this person lives, because the licence of who leads decides. Please choose a place. Nothing was changed.
residence-law = The law does not let this person in from where they live. If you know better, give a reason of at least 15 letters below. Nothing was changed.
import-residence = It is not known where they live: a fifth column with the place, as NY
import-law = The law does not let them in from where they live. With a reason they can be seated on the page of the group's seats
account-zone-title = Your time zone
account-zone = Times on your pages and in mails are shown for
account-zone-hint = If you travel or move, change it here. Sessions stay when they are.
account-zone-change = Change it
account-zone-changed = Times are shown on this clock now.
account-zone-unknown = We do not know this time zone. Nothing was changed.
discounts-over = Over
discounts-end-ask = End it
discounts-end-text = From now on nobody can enter it. Whoever has used it keeps what it gave.
discounts-end = End it now
