nav-calendar = Calendar
calendar-month = { $month } { $year }
calendar-before = Month before
calendar-this-month = This month
calendar-after = Next month
calendar-zone = All times are on your clock: { $zone }.
calendar-their-clock = { $time } on the clock of { $zone }
calendar-empty = Nothing is planned in this month yet.
calendar-cancelled = Does not take place
calendar-moved = Moved
calendar-clash = Somebody is needed elsewhere too
calendar-change = Change
calendar-more = Your calendar elsewhere
calendar-feed = Take it into your own calendar
calendar-availability = When you can
change-title = Change this session
change-own-clock = On your clock: { $when }
change-moved-from = It was planned for { $when }.
change-move-title = Another time
change-move-hint = Date and time on the group's clock: { $zone }. Everybody in the group is told at once.
change-date = Date
change-time = Time
plan-anyway = Plan it all the same
change-anyway = Move it all the same
change-move = Move
change-suggestions = Times that would work
change-suggestions-hint = From what the leaders and the { $members } members said of when they can. Who said nothing is not counted.
change-suggestion-fits = Said they can: { $can }. Cannot: { $cannot }.
change-suggestion-unknown = Nobody has said anything about this time yet.
change-take = Take this
change-leader-title = Who leads this time
change-leader-hint = Somebody from outside the group first needs a seat in it; the office gives it.
change-leader-label = Leader
change-leader-as-always = As always
change-leader-save = Keep
change-cancel-title = Call it off
change-cancel-hint = Everybody in the group is told at once, and the door stays shut.
change-cancel-sure = Yes, this session does not take place
change-cancel = Call off
change-cancel-unsure = Please tick the box first. Nothing was changed.
change-cancelled-title = This session does not take place
change-cancelled = Everybody in the group was told. It can still take place after all.
change-cancelled-over = Its time is over.
change-restore = It takes place after all
change-restore-late = Its time has come, so this cannot be undone any more. You can make an appointment instead.
change-begun = This session has begun. It can no longer be changed here.
change-back = To the calendar
change-time-unreadable = We could not read the date or the time. Nothing was changed.
change-time-past = This time is already over. Nothing was changed.
change-time-same = It is already at this time. Nothing was changed.
change-clash = People who are needed somewhere else at that time: { $count }. Nothing was changed yet.
change-too-late = It has begun or was called off meanwhile. Nothing was changed.
change-leader-unknown = We do not know this leader. Nothing was changed.
before-change = Move or call off
today-called-off = { $group } on { $day } does not take place.
called-off-title = This session does not take place
called-off-text = It was planned for { $when } and was called off. You did nothing wrong, and your seat stays yours.
called-off-call = If you need somebody today, call us: { $phone }
called-off-calendar = See what comes next
times-title = When this group meets
times-zone = On the clock of { $zone }
times-remove = Remove
times-remove-hint = Removing a time stops new sessions. Those already in the calendar stay until they are called off.
times-add-title = One more time a week
times-add = Add
times-back = To the group
times-unreadable = We could not read the day or the time. Nothing was changed.
times-already = The group already meets then. Nothing was changed.
times-gone = This time is no longer there.
holidays-title = Days when nobody meets
holidays-lead = On these days no new session is planned. Sessions already in the calendar stay until you call them off, so that everybody is told.
holidays-add-title = Add a day
holidays-name-label = Name
holidays-add = Add
holidays-none = There are none yet.
holidays-day-unreadable = We could not read the date. Nothing was changed.
holidays-name = The name needs 1 to 60 characters. Nothing was changed.
holidays-already = This day is already there. Nothing was changed.
holidays-gone = This day is no longer there.
absence-title = Can't come, or later?
absence-cannot = I can't come
absence-late = { $minutes } min late
absence-you-cannot = You said that you can't come.
absence-you-late = You said that you come { $minutes } minutes later.
absence-take-back = Take it back
absence-cannot-come = Said: can't come
absence-comes-late = Said: { $minutes } min late
outreach-title = Ask how they are
outreach-lead = These members did not come and had not said so. A short call is enough.
outreach-none = Nobody is waiting for a call.
outreach-missed = { $group }, on { $when }
outreach-see = See all
outreach-note = What you heard
outreach-note-hint = May stay empty. Kept under the person's own key.
outreach-done = Done
outreach-note-long = The note is longer than 2,000 characters. What you typed is still here.
feed-title = Your calendar in your own program
feed-lead = A secret address from which your phone or computer reads when you are expected. It says only "Appointment" and the name of the practice: no group, no topic, nobody else.
feed-address-title = Your address
feed-address-once = We show it only now. Whoever has it can see when you are expected, so keep it to yourself.
feed-address = Address
feed-address-how = Copy it, and add it in your calendar program as a calendar from the internet.
feed-made = Made on { $when }.
feed-replace = Make a new address
feed-revoke = End it
feed-replace-hint = A new address ends the old one at once.
feed-none = You have no address yet.
feed-make = Make my address
feed-appointment = Appointment
availability-title = When you can
availability-lead = If a session has to move, we look for a time that suits most. Only the leaders see how many can, never who.
availability-none = You have not said anything yet.
availability-add-title = Add a time
availability-from = From
availability-to = To
availability-add = Add
availability-unreadable = We could not read the day or one of the times. Nothing was changed.
availability-order = The end has to be later than the start. Nothing was changed.
availability-already = This is already there. Nothing was changed.
availability-many = 40 times are enough. Nothing was changed.
appointments-new = New appointment
appointments-lead = For one person, a family or a workshop, by phone. A family session by video is planned beside its member, on the page of their group.
appointments-kind-label = Kind
appointment-individual = Individual appointment
appointment-family = Family session
appointment-workshop = Workshop
appointments-minutes-label = Minutes
appointments-leader-label = E-mail of whoever leads
appointments-leader-hint = Empty means you.
appointments-own = Members of your groups
appointments-emails = More people, by e-mail
appointments-emails-hint = One a line. They need an account.
appointments-make = Make the appointment
appointments-kind = Please choose one of the kinds. Nothing was made.
appointments-minutes = Minutes are a whole number from 10 to 480. Nothing was made.
appointments-leader = Nobody on the staff has this address. Nothing was made.
appointments-nobody = One of the addresses belongs to nobody here. Nothing was made.
appointments-empty = Please choose at least one person. Nothing was made.
appointments-individual = An individual appointment is for one person. Nothing was made.
appointments-many = 15 people at most. Nothing was made.
appointments-not-yours = Observers do not make appointments.
appointment-with = With { $name }
appointment-who = Who comes
appointment-by-phone = This appointment has no room here. You talk by phone; the practice is at { $phone }.
appointment-cancelled = This appointment does not take place.
appointment-cancel-title = Cancel
appointment-cancel-sure = Yes, it does not take place
appointment-cancel = Cancel the appointment
mail-session-cancelled-subject = Your appointment does not take place
mail-session-cancelled-text =
    Hello,

    your appointment on { $when } has been cancelled. We are sorry for the change.

    What comes next is in your calendar:

    { $link }

    { $practice }, { $phone }
mail-session-moved-subject = Your appointment has a new time
mail-session-moved-text =
    Hello,

    one of your appointments has been moved. It is now on { $when }.

    Your calendar:

    { $link }

    { $practice }, { $phone }
mail-session-restored-subject = Your appointment takes place after all
mail-session-restored-text =
    Hello,

    your appointment on { $when } takes place after all.

    Your calendar:

    { $link }

    { $practice }, { $phone }
mail-appointment-made-subject = A new appointment
mail-appointment-made-text =
    Hello,

    you have a new appointment on { $when }.

    Your calendar:

    { $link }

    { $practice }, { $phone }
before-materials = To have at hand: { $materials }
programme-title = Programme
programme-lead = What the group does, session by session. After the last one it begins again.
programme-shipped = This is the programme as it comes. With the first change the group gets a copy of its own.
programme-minutes = { $minutes } minutes
programme-untitled = Still empty
programme-up = Up
programme-down = Down
programme-remove = Take out
programme-add = Add a session at the end
programme-session = Session { $number }
programme-session-hint = A change reaches the sessions that are still to come. Where a leader has already adapted an agenda, it stays.
programme-session-title = Title
programme-materials = Materials
programme-materials-hint = One a line. Only those who lead see them.
programme-keep = Keep
programme-back = To the programme
programme-meanwhile = Somebody else has changed the programme meanwhile. Nothing was kept; please look at it again.
programme-gone = This session is no longer there. Nothing was changed.
programme-last = One session has to stay. Nothing was changed.
programme-many = 60 sessions are enough. Nothing was changed.
family-title = Family sessions
family-lead = With { $name } and people who support them. They meet in a room of their own, apart from the group.
family-planned = Sessions
family-none = None is planned yet.
family-plan = Plan a family session
family-who = Who comes
family-length = Minutes
family-led-by = Who leads
family-change = Change or call off
family-not-answered = has not answered the invitation yet
family-not-opened = was not invited to sessions
family-no-supporters = Nobody supports them here yet. Members invite supporters themselves, under "People who support you" in their account.
family-note = Supporters never see the group, its name or its members. Before the first session everybody reads and signs what holds for family sessions.
family-group-name = Family sessions
family-minutes = Minutes are a whole number from 20 to 120. Nothing was planned.
family-leader = Please choose somebody who leads a group of this member. Nothing was planned.
family-nobody = Please tick at least one supporter. Nothing was planned.
family-not-any-more = One of them is not open to sessions any more. Nothing was planned.
family-link = Family sessions
door-beside-title = Who sits with you
door-beside = Names of those beside you at this camera
door-beside-hint = Leave it empty if you are alone. Everybody in the room reads it, so that nobody is there unseen.
door-beside-unreadable = Please write the names in one line of up to 80 characters.
