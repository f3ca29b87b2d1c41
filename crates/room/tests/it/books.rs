//! Books as they lie in databases of practices. A change to an event's shape must still read them: these lines may be added to, not changed.

use room::{Event, Part, Place, Presence, Room, RoomEvent, Stance, Stored, tools::go_round::Had};

use crate::{
    cast::{LEAD, MAYA, OBSERVER, THEO},
    script::{opening, seat},
};

/// One evening with every kind of event that has ever been stored.
const EVENING: &str = r##"
{"at":1000,"event":{"in":"room","event":{"is":"arrived","guest":{"seat":0,"name":"Dr. Amara","part":"facilitator","stance":"open","card":{"location":"","callback":"","contact_name":"","contact_phone":"","alone":true,"crisis_lines":[]}}}}}
{"at":1100,"event":{"in":"room","event":{"is":"returned","seat":0}}}
{"at":1200,"event":{"in":"room","event":{"is":"arrived","guest":{"seat":1,"name":"Maya","part":"member","stance":"ask_me","card":{"location":"At home","callback":"555","contact_name":"Sam","contact_phone":"556","alone":false,"crisis_lines":["988"]}}}}}
{"at":1250,"event":{"in":"room","event":{"is":"arrived","guest":{"seat":2,"name":"Theo","part":"member","stance":"listening","card":{"location":"","callback":"","contact_name":"","contact_phone":"","alone":true,"crisis_lines":[]}}}}}
{"at":1260,"event":{"in":"room","event":{"is":"arrived","guest":{"seat":3,"name":"Nadia","part":"observer","stance":"open","card":{"location":"","callback":"","contact_name":"","contact_phone":"","alone":true,"crisis_lines":[]}}}}}
{"at":1300,"event":{"in":"room","event":{"is":"admitted","seat":1}}}
{"at":1310,"event":{"in":"room","event":{"is":"returned","seat":1}}}
{"at":1320,"event":{"in":"room","event":{"is":"admitted","seat":2}}}
{"at":1330,"event":{"in":"room","event":{"is":"returned","seat":2}}}
{"at":1340,"event":{"in":"room","event":{"is":"admitted","seat":3}}}
{"at":1400,"event":{"in":"room","event":{"is":"begun"}}}
{"at":1400,"event":{"in":"room","event":{"is":"phase_started","running":{"index":0,"since":1400,"until":901400}}}}
{"at":1500,"event":{"in":"room","event":{"is":"phase_extended","running":{"index":0,"since":1400,"until":1201400}}}}
{"at":1600,"event":{"in":"room","event":{"is":"mic_set","seat":1,"on":true}}}
{"at":1610,"event":{"in":"room","event":{"is":"camera_set","seat":1,"on":true}}}
{"at":1700,"event":{"in":"room","event":{"is":"talked","phase":0,"lengths":[[1,4000]]}}}
{"at":1710,"event":{"in":"room","event":{"is":"talked","phase":null,"lengths":[[1,500]]}}}
{"at":1800,"event":{"in":"room","event":{"is":"muted","seat":1,"by":0}}}
{"at":1810,"event":{"in":"room","event":{"is":"stance_set","seat":2,"stance":"ask_me"}}}
{"at":1900,"event":{"in":"room","event":{"is":"help_asked","seat":1}}}
{"at":1910,"event":{"in":"room","event":{"is":"help_settled","seat":1}}}
{"at":1920,"event":{"in":"room","event":{"is":"suggestion_dismissed","seat":2}}}
{"at":2000,"event":{"in":"room","event":{"is":"lost","seat":1}}}
{"at":17000,"event":{"in":"room","event":{"is":"went_away","seat":1}}}
{"at":17100,"event":{"in":"room","event":{"is":"drop_settled","seat":1}}}
{"at":18000,"event":{"in":"room","event":{"is":"returned","seat":1}}}
{"at":18100,"event":{"in":"room","event":{"is":"leader_missing"}}}
{"at":19000,"event":{"in":"tool","event":{"tool":"prompt","event":{"is":"shown","text":"Where are you?"}}}}
{"at":19010,"event":{"in":"tool","event":{"tool":"prompt","event":{"is":"cleared"}}}}
{"at":20000,"event":{"in":"tool","event":{"tool":"check_in","event":{"is":"opened"}}}}
{"at":20100,"event":{"in":"tool","event":{"tool":"check_in","event":{"is":"answered","seat":1,"answer":{"mood":4,"word":"raw","concern":"sleep","to_group":true}}}}}
{"at":20200,"event":{"in":"tool","event":{"tool":"check_in","event":{"is":"passed","seat":2}}}}
{"at":20300,"event":{"in":"tool","event":{"tool":"check_in","event":{"is":"closed"}}}}
{"at":20900,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"opened","prompt":"First","seconds":60,"order":[]}}}}
{"at":20950,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"closed"}}}}
{"at":20960,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"listening_opened","prompt":"Heard","seconds":60,"order":[0,1]}}}}
{"at":20961,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"says_back","seat":1}}}}
{"at":20962,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"once_more"}}}}
{"at":20963,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"closed"}}}}
{"at":20970,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"feedback_opened","seat":1,"about":"My letter","seconds":60,"order":[0]}}}}
{"at":20971,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"closed"}}}}
{"at":20980,"event":{"in":"tool","event":{"tool":"poll","event":{"is":"opened","id":0,"ask":{"kind":"words","question":"One word","options":[],"named":true,"live":false}}}}}
{"at":20981,"event":{"in":"tool","event":{"tool":"poll","event":{"is":"voted","seat":1,"ballot":{"words":"unheard"}}}}}
{"at":20982,"event":{"in":"tool","event":{"tool":"poll","event":{"is":"closed","tally":null}}}}
{"at":20983,"event":{"in":"tool","event":{"tool":"poll","event":{"is":"put_away"}}}}
{"at":20984,"event":{"in":"tool","event":{"tool":"poll","event":{"is":"opened","id":1,"ask":{"kind":"single","question":"Which","options":["a","b"],"named":false,"live":false}}}}}
{"at":20985,"event":{"in":"tool","event":{"tool":"poll","event":{"is":"took_part","seat":1}}}}
{"at":20986,"event":{"in":"tool","event":{"tool":"poll","event":{"is":"closed","tally":{"answered":4,"counts":[3,1],"words":[]}}}}}
{"at":20990,"event":{"in":"tool","event":{"tool":"quiz","event":{"is":"opened","id":0,"questions":[{"question":"What","options":["a","b"],"right":1,"why":"So."}]}}}}
{"at":20991,"event":{"in":"tool","event":{"tool":"quiz","event":{"is":"answered","seat":1,"question":0,"option":1}}}}
{"at":20992,"event":{"in":"tool","event":{"tool":"quiz","event":{"is":"closed"}}}}
{"at":21001,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"laid","how":"by_hand","prompts":["","Write"],"places":[[1,0]]}}}}
{"at":21002,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"put","seat":2,"table":0}}}}
{"at":21003,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"sent","until":321000,"places":[[1,0],[2,0]]}}}}
{"at":21004,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"until","until":322000}}}}
{"at":21005,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"told","text":"Soon"}}}}
{"at":21006,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"called","table":0}}}}
{"at":21007,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"answered","table":0}}}}
{"at":21008,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"coming","seat":0,"table":0,"at":26000}}}}
{"at":21009,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"noted","seat":1,"table":0,"text":"thanks, both"}}}}
{"at":21010,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"went_aside","seat":1,"with":0}}}}
{"at":21011,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"came_back","seat":1}}}}
{"at":21012,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"closed"}}}}
{"at":21013,"event":{"in":"tool","event":{"tool":"tables","event":{"is":"cleared"}}}}
{"at":21014,"event":{"in":"tool","event":{"tool":"calm","event":{"is":"opened","exercise":"breathing","seat":null,"until":141000}}}}
{"at":21015,"event":{"in":"tool","event":{"tool":"calm","event":{"is":"enough","seat":1}}}}
{"at":21015,"event":{"in":"tool","event":{"tool":"calm","event":{"is":"took","seat":1,"exercise":"senses"}}}}
{"at":21016,"event":{"in":"tool","event":{"tool":"calm","event":{"is":"closed","seat":null}}}}
{"at":21017,"event":{"in":"tool","event":{"tool":"invite","event":{"is":"asked","seat":1,"by":0}}}}
{"at":21018,"event":{"in":"tool","event":{"tool":"invite","event":{"is":"answered","seat":1,"yes":false}}}}
{"at":21019,"event":{"in":"tool","event":{"tool":"invite","event":{"is":"put_away","seat":1}}}}
{"at":21019,"event":{"in":"tool","event":{"tool":"interpreting","event":{"is":"opened","seat":3,"language":"Español"}}}}
{"at":21019,"event":{"in":"tool","event":{"tool":"interpreting","event":{"is":"aloud_set","seat":3,"on":true}}}}
{"at":21019,"event":{"in":"tool","event":{"tool":"interpreting","event":{"is":"listening","seat":1,"to":3}}}}
{"at":21019,"event":{"in":"tool","event":{"tool":"interpreting","event":{"is":"captions_on","seat":3}}}}
{"at":21019,"event":{"in":"tool","event":{"tool":"interpreting","event":{"is":"captions_off"}}}}
{"at":21019,"event":{"in":"tool","event":{"tool":"interpreting","event":{"is":"closed","seat":3}}}}
{"at":21020,"event":{"in":"tool","event":{"tool":"markers","event":{"is":"marked","id":0,"by":0,"at":21020,"moment":"cohesion","note":""}}}}
{"at":21021,"event":{"in":"tool","event":{"tool":"markers","event":{"is":"described","by":0,"id":0,"note":"three nodded"}}}}
{"at":21022,"event":{"in":"tool","event":{"tool":"markers","event":{"is":"removed","id":0}}}}
{"at":21030,"event":{"in":"room","event":{"is":"objected","seat":1}}}
{"at":21030,"event":{"in":"room","event":{"is":"kept_apart","pairs":[[1,2]]}}}
{"at":21031,"event":{"in":"tool","event":{"tool":"journal","event":{"is":"opened","prompt":"p","until":321000}}}}
{"at":21032,"event":{"in":"tool","event":{"tool":"journal","event":{"is":"until","until":322000}}}}
{"at":21033,"event":{"in":"tool","event":{"tool":"journal","event":{"is":"written","seat":1,"text":"thanks to me"}}}}
{"at":21034,"event":{"in":"tool","event":{"tool":"journal","event":{"is":"quiet_over"}}}}
{"at":21035,"event":{"in":"tool","event":{"tool":"journal","event":{"is":"shared","seat":1,"sharing":{"with":"named","line":"thanks"}}}}}
{"at":21036,"event":{"in":"tool","event":{"tool":"journal","event":{"is":"shown","luck":7}}}}
{"at":21037,"event":{"in":"tool","event":{"tool":"journal","event":{"is":"put_away"}}}}
{"at":21038,"event":{"in":"tool","event":{"tool":"role_play","event":{"is":"laid","scene":{"title":"t","setting":"s","parts":[{"name":"n","wants":""}],"watch":"","stop":"Pause"}}}}}
{"at":21039,"event":{"in":"tool","event":{"tool":"role_play","event":{"is":"cast","part":0,"seat":2}}}}
{"at":21040,"event":{"in":"tool","event":{"tool":"role_play","event":{"is":"rated","seat":1,"after":false,"level":4}}}}
{"at":21041,"event":{"in":"tool","event":{"tool":"role_play","event":{"is":"playing","until":321000}}}}
{"at":21042,"event":{"in":"tool","event":{"tool":"role_play","event":{"is":"stopped","seat":2,"left":1000}}}}
{"at":21043,"event":{"in":"tool","event":{"tool":"role_play","event":{"is":"finished"}}}}
{"at":21044,"event":{"in":"tool","event":{"tool":"role_play","event":{"is":"told","seat":1,"worked":"thanks","wish":""}}}}
{"at":21045,"event":{"in":"tool","event":{"tool":"role_play","event":{"is":"again","cast":[[0,2]]}}}}
{"at":21046,"event":{"in":"tool","event":{"tool":"role_play","event":{"is":"put_away"}}}}
{"at":21050,"event":{"in":"tool","event":{"tool":"slides","event":{"is":"opened","by":0,"material":7,"title":"Waves","pages":3}}}}
{"at":21051,"event":{"in":"tool","event":{"tool":"slides","event":{"is":"turned","page":1}}}}
{"at":21052,"event":{"in":"tool","event":{"tool":"slides","event":{"is":"pointed","at":{"x":1,"y":2}}}}}
{"at":21053,"event":{"in":"tool","event":{"tool":"slides","event":{"is":"closed"}}}}
{"at":21053,"event":{"in":"tool","event":{"tool":"reading","event":{"is":"opened","by":0,"item":"naming-a-feeling","title":"Naming a feeling"}}}}
{"at":21053,"event":{"in":"tool","event":{"tool":"reading","event":{"is":"went","part":2}}}}
{"at":21053,"event":{"in":"tool","event":{"tool":"reading","event":{"is":"closed"}}}}
{"at":21054,"event":{"in":"tool","event":{"tool":"video","event":{"is":"opened","by":0,"material":9,"title":"A film","captions":true}}}}
{"at":21055,"event":{"in":"tool","event":{"tool":"video","event":{"is":"moved","position":1500,"running":true}}}}
{"at":21056,"event":{"in":"tool","event":{"tool":"video","event":{"is":"closed"}}}}
{"at":21057,"event":{"in":"tool","event":{"tool":"share","event":{"is":"allowed","on":true}}}}
{"at":21058,"event":{"in":"tool","event":{"tool":"share","event":{"is":"started","seat":1}}}}
{"at":21059,"event":{"in":"tool","event":{"tool":"share","event":{"is":"stopped","seat":1}}}}
{"at":20993,"event":{"in":"tool","event":{"tool":"quiz","event":{"is":"put_away"}}}}
{"at":21000,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"opened","prompt":"One moment","seconds":60,"order":[0,1]}}}}
{"at":21010,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"time_added","seconds":30}}}}
{"at":21020,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"joined","seat":2}}}}
{"at":21030,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"ended","seat":0,"how":"spoke"}}}}
{"at":21040,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"ended","seat":1,"how":"passed"}}}}
{"at":21050,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"ended","seat":2,"how":"later"}}}}
{"at":21060,"event":{"in":"tool","event":{"tool":"go_round","event":{"is":"withdrew","seat":2}}}}
{"at":22000,"event":{"in":"tool","event":{"tool":"hands","event":{"is":"raised","seat":2}}}}
{"at":22010,"event":{"in":"tool","event":{"tool":"hands","event":{"is":"lowered","seat":2}}}}
{"at":23000,"event":{"in":"tool","event":{"tool":"chat","event":{"is":"said","id":0,"seat":1,"at":23000,"text":"still here","to":"circle"}}}}
{"at":23010,"event":{"in":"tool","event":{"tool":"chat","event":{"is":"said","id":1,"seat":1,"at":23010,"text":"to you","to":"facilitators"}}}}
{"at":23901,"event":{"in":"tool","event":{"tool":"board","event":{"is":"opened","template":"control","who":{"may":"everybody"},"names":true,"luck":7,"elements":[]}}}}
{"at":23902,"event":{"in":"tool","event":{"tool":"board","event":{"is":"kept","seat":1,"elements":[{"id":"a","kind":"text","version":1,"nonce":2,"index":"a0","gone":false,"x":0.5,"y":0.0,"w":10.0,"h":10.0,"angle":0.0,"stroke":"#1e1e1e","fill":"transparent","hatched":false,"width":2,"dash":"solid","rough":1,"round":false,"opacity":100,"seed":1,"locked":false,"groups":[],"points":[],"ends":null,"words":{"text":"my note","size":20.0,"font":5,"align":"left","middle":false,"line":1.25,"auto":true,"inside":null}}]}}}}
{"at":23903,"event":{"in":"tool","event":{"tool":"board","event":{"is":"lets","who":{"may":"named","seats":[1]}}}}}
{"at":23904,"event":{"in":"tool","event":{"tool":"board","event":{"is":"named","on":false}}}}
{"at":23905,"event":{"in":"tool","event":{"tool":"board","event":{"is":"cleared"}}}}
{"at":23906,"event":{"in":"tool","event":{"tool":"board","event":{"is":"laid_back"}}}}
{"at":23907,"event":{"in":"tool","event":{"tool":"board","event":{"is":"closed"}}}}
{"at":23910,"event":{"in":"tool","event":{"tool":"board","event":{"is":"opened","template":null,"who":{"may":"everybody"},"names":false,"luck":9,"elements":[],"table":0}}}}
{"at":23911,"event":{"in":"tool","event":{"tool":"board","event":{"is":"opened","template":null,"who":{"may":"everybody"},"names":false,"luck":9,"elements":[],"table":1}}}}
{"at":23912,"event":{"in":"tool","event":{"tool":"board","event":{"is":"kept","board":1,"seat":2,"elements":[{"id":"t","kind":"rectangle","version":1,"nonce":2,"index":"a0","gone":false,"x":0.5,"y":0.0,"w":10.0,"h":10.0,"angle":0.0,"stroke":"#1e1e1e","fill":"transparent","hatched":false,"width":2,"dash":"solid","rough":1,"round":false,"opacity":100,"seed":1,"locked":false,"groups":[],"points":[],"ends":null,"words":null}]}}}}
{"at":23913,"event":{"in":"tool","event":{"tool":"board","event":{"is":"lets","board":1,"who":{"may":"leaders"}}}}}
{"at":23914,"event":{"in":"tool","event":{"tool":"board","event":{"is":"named","board":1,"on":true}}}}
{"at":23915,"event":{"in":"tool","event":{"tool":"board","event":{"is":"cleared","board":1}}}}
{"at":23916,"event":{"in":"tool","event":{"tool":"board","event":{"is":"laid_back","board":1}}}}
{"at":23917,"event":{"in":"tool","event":{"tool":"board","event":{"is":"closed","board":1}}}}
{"at":23918,"event":{"in":"tool","event":{"tool":"board","event":{"is":"closed","board":2}}}}
{"at":24000,"event":{"in":"tool","event":{"tool":"closing","event":{"is":"opened"}}}}
{"at":24010,"event":{"in":"tool","event":{"tool":"closing","event":{"is":"takeaway_written","id":0,"by":1,"text":"A wave passes."}}}}
{"at":24020,"event":{"in":"tool","event":{"tool":"closing","event":{"is":"takeaway_written","id":1,"by":2,"text":"So."}}}}
{"at":24030,"event":{"in":"tool","event":{"tool":"closing","event":{"is":"takeaway_removed","id":1}}}}
{"at":24040,"event":{"in":"tool","event":{"tool":"closing","event":{"is":"homework_given","seat":1,"homework":{"id":2,"text":"Walk.","days":7}}}}}
{"at":24050,"event":{"in":"tool","event":{"tool":"closing","event":{"is":"homework_given","seat":1,"homework":{"id":3,"text":"Run.","days":7}}}}}
{"at":24060,"event":{"in":"tool","event":{"tool":"closing","event":{"is":"homework_taken_back","seat":1,"id":3}}}}
{"at":24070,"event":{"in":"tool","event":{"tool":"closing","event":{"is":"answered","seat":1,"answer":{"mood":6,"heard":9,"safe":null,"useful":null,"connected":null,"line":"thanks"}}}}}
{"at":24080,"event":{"in":"tool","event":{"tool":"closing","event":{"is":"closed"}}}}
{"at":25000,"event":{"in":"room","event":{"is":"sent_back","seat":2}}}
{"at":25100,"event":{"in":"room","event":{"is":"removed","seat":2}}}
{"at":25200,"event":{"in":"room","event":{"is":"left","seat":3}}}
{"at":26000,"event":{"in":"room","event":{"is":"ended"}}}
"##;

fn evening() -> Vec<Stored> {
    let lines = EVENING.lines().filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
}

fn room() -> Room {
    Room::replay(opening(2), &evening())
}

#[test]
fn a_book_is_written_today_as_it_was_then() {
    for (line, stored) in EVENING.lines().filter(|line| !line.is_empty()).zip(evening()) {
        let (then, now): (serde_json::Value, serde_json::Value) =
            (serde_json::from_str(line).unwrap(), serde_json::to_value(&stored).unwrap());
        assert_eq!(then, now);
    }
}

/// The kinds of event that this part knows: serde names them all when it meets one that it does not know.
fn kinds(of: &str) -> Vec<String> {
    let text = match of {
        "room" => r#"{"at":1,"event":{"in":"room","event":{"is":"?"}}}"#.to_owned(),
        tool => format!(r#"{{"at":1,"event":{{"in":"tool","event":{{"tool":"{tool}","event":{{"is":"?"}}}}}}}}"#),
    };
    let known = serde_json::from_str::<Stored>(&text).unwrap_err().to_string();
    known.split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

/// A new kind of event belongs into the evening above: without its line nobody would notice that its shape changed.
#[test]
fn every_kind_of_event_stands_in_the_evening() {
    for of in [
        "room",
        "prompt",
        "check_in",
        "go_round",
        "hands",
        "chat",
        "poll",
        "quiz",
        "tables",
        "calm",
        "interpreting",
        "invite",
        "markers",
        "journal",
        "role_play",
        "reading",
        "slides",
        "video",
        "share",
        "board",
        "closing",
    ] {
        let kinds = kinds(of);
        assert!(!kinds.is_empty(), "{of}");
        let lines = EVENING.lines().filter(|line| line.contains(&format!(r#"{}":"{of}""#, if of == "room" { "in" } else { "tool" })));
        let lines: Vec<&str> = lines.collect();
        for kind in kinds {
            assert!(lines.iter().any(|line| line.contains(&format!(r#"{{"is":"{kind}""#))), "{of}: {kind}");
        }
    }
}

#[test]
fn people_are_where_the_book_left_them() {
    let room = room();
    let places: Vec<(u8, Place)> = room.people.values().map(|person| (person.seat.0, person.place)).collect();
    assert_eq!(places, [(LEAD, Place::Circle), (MAYA, Place::Circle), (THEO, Place::Left), (OBSERVER, Place::Left)]);
    let maya = &room.people[&seat(MAYA)];
    assert_eq!((maya.mic, maya.camera, maya.stance, maya.part), (false, true, Stance::AskMe, Part::Member));
    assert_eq!((maya.card.location.as_str(), maya.card.crisis_lines.as_slice()), ("At home", &["988".to_owned()][..]));
    assert!(room.has_ended());
}

#[test]
fn what_was_said_and_measured_is_there() {
    let room = room();
    assert_eq!((room.talk.of_phase(Some(0), seat(MAYA)), room.talk.of_phase(None, seat(MAYA))), (4_000, 500));
    assert_eq!(room.agenda.running.unwrap().until.0, 1_201_400);
    let view = room.view_for(seat(LEAD), room::At(26_000)).unwrap();
    assert_eq!(view.tools.chat.messages.len(), 2);
    let round = view.tools.go_round.unwrap();
    assert_eq!(round.had, [Had { seat: seat(LEAD), spoke: true }, Had { seat: seat(MAYA), spoke: false }]);
    assert_eq!((round.turn, round.waiting.len()), (None, 0));
    let kept: Vec<_> = room.tools.poll.kept().map(|poll| (poll.question, poll.tally.unwrap().answered)).collect();
    assert_eq!(kept, [("One word".to_owned(), 1), ("Which".to_owned(), 4)]);
    let board = room.tools.board.kept().next().unwrap();
    assert_eq!(board.parts[&Some(seat(MAYA))][0].version, 3, "cleared, and laid back");
    let tables: Vec<_> = room.tools.board.kept().map(|board| (board.table, board.parts.len())).collect();
    assert_eq!(tables, [(None, 1), (Some(0), 1)], "the circle's from before there were boards at tables, and one of a table");
    assert!(view.tools.board.here.is_none(), "all are put away");
    let closing = view.tools.closing.unwrap();
    assert_eq!((closing.takeaways.len(), closing.answered), (1, 1));
    assert_eq!(closing.homework.unwrap()[&MAYA][0].text, "Walk.");
    assert_eq!(view.chairs[&MAYA].presence, Presence::Here);
    let lead = view.lead.unwrap();
    assert_eq!((lead.drops.len(), lead.helps.len()), (0, 0));
}

/// Whose key seals which event: nobody's words lie under another person's key.
#[test]
fn each_event_is_about_whom_it_should_be() {
    for stored in evening() {
        let text = serde_json::to_string(&stored.event).unwrap();
        let about = stored.event.about().map(|seat| seat.0);
        let holds_words =
            ["raw", "My letter", "unheard", "my note", "still here", "to you", "A wave passes.", "Walk.", "thanks", "At home"]
                .iter()
                .any(|words| text.contains(words));
        if holds_words {
            assert_eq!(about, Some(MAYA), "{text}");
        }
        if matches!(
            stored.event,
            Event::Room(
                RoomEvent::Begun | RoomEvent::Ended | RoomEvent::LeaderMissing | RoomEvent::Talked { .. } | RoomEvent::KeptApart { .. }
            )
        ) {
            assert_eq!(about, None, "{text}");
        }
    }
}

#[test]
fn what_nobody_ever_wrote_is_not_read() {
    for broken in [
        r#"{"at":1,"event":{"in":"room","event":{"is":"flew"}}}"#,
        r#"{"at":1,"event":{"in":"attic","event":{"is":"begun"}}}"#,
        r#"{"at":1,"event":{"in":"tool","event":{"tool":"dice","event":{"is":"opened"}}}}"#,
        r#"{"at":"1","event":{"in":"room","event":{"is":"begun"}}}"#,
        r#"{"at":1,"event":{"in":"room","event":{"is":"left","seat":256}}}"#,
        r#"{"at":1,"event":{"in":"room","event":{"is":"left","seat":-1}}}"#,
        r#"{"event":{"in":"room","event":{"is":"begun"}}}"#,
        "",
        "null",
    ] {
        assert!(serde_json::from_str::<Stored>(broken).is_err(), "{broken}");
    }
}
