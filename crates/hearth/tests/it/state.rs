//! What lasts: everything that a form could have changed, and how a page writes what somebody typed.

use ground::{Ask, Language, sea_orm::FromQueryResult};

use crate::harness::Running;

/// What each table holds that a form can change. Sign-ins, throttles and the audit book move by themselves.
const KEPT: &[(&str, &str)] = &[
    (
        "practice",
        "name || '/' || phone || '/' || zone || '/' || country || '/' || guardian_decided_by || '/' || CAST(guardian_lowest AS TEXT) || '/' || class_decided_by || '/' || palette || '/' || welcome_en || '/' || hours_en || '/' || address || '/' || public_email",
    ),
    ("crisis_line", "country || '/' || number || '/' || name_en || '/' || source"),
    ("topic", "slug || '/' || CAST(position AS TEXT) || '/' || name_en || '/' || name_es || '/' || CAST(hidden AS TEXT)"),
    ("person", "email || '/' || name || '/' || role || '/' || COALESCE(password_hash, '')"),
    ("groups", "name || '/' || kind || '/' || CAST(taken AS TEXT)"),
    (
        "membership",
        "CAST(person_id AS TEXT) || '/' || part || '/' || display_name || '/' || CAST(seat AS TEXT) || '/' || CAST(COALESCE(left_at, leaves_after, paused_until, 0) AS TEXT)",
    ),
    ("authority", "CAST(person_id AS TEXT) || '/' || jurisdiction || '/' || number || '/' || valid_to"),
    ("guardian_consent", "CAST(person_id AS TEXT) || '/' || state || '/' || CAST(COALESCE(asked_at, 0) AS TEXT)"),
    ("public_profile", "CAST(person_id AS TEXT) || '/' || CAST(shown AS TEXT) || '/' || about_en || '/' || languages"),
    ("listing", "CAST(group_id AS TEXT) || '/' || CAST(shown AS TEXT) || '/' || about_en || '/' || price"),
    ("application", "CAST(id AS TEXT) || '/' || step || '/' || place || '/' || ended"),
    ("screening", "CAST(id AS TEXT)"),
    ("call_slot", "CAST(id AS TEXT) || '/' || CAST(COALESCE(application_id, 0) AS TEXT)"),
    ("eligibility_override", "CAST(person_id AS TEXT) || '/' || jurisdiction"),
    (
        "session",
        "CAST(id AS TEXT) || '/' || state || '/' || agenda || '/' || CAST(starts_at AS TEXT) || '/' || CAST(changes AS TEXT) || '/' || CAST(COALESCE(led_by, 0) AS TEXT)",
    ),
    ("group_time", "CAST(group_id AS TEXT) || '/' || CAST(weekday AS TEXT) || '/' || CAST(minute_of_day AS TEXT)"),
    ("holiday", "day || '/' || name"),
    ("absence", "CAST(session_id AS TEXT) || '/' || CAST(person_id AS TEXT) || '/' || kind || '/' || CAST(minutes AS TEXT)"),
    ("appointment", "CAST(id AS TEXT) || '/' || kind || '/' || CAST(starts_at AS TEXT) || '/' || CAST(changes AS TEXT)"),
    ("appointment_person", "CAST(appointment_id AS TEXT) || '/' || CAST(person_id AS TEXT)"),
    ("availability", "CAST(person_id AS TEXT) || '/' || CAST(weekday AS TEXT) || '/' || CAST(from_minute AS TEXT)"),
    ("calendar_feed", "CAST(person_id AS TEXT) || '/' || CAST(made_at AS TEXT) || '/' || CAST(COALESCE(revoked_at, 0) AS TEXT)"),
    ("outreach_task", "CAST(id AS TEXT) || '/' || CAST(COALESCE(done_at, 0) AS TEXT)"),
    ("group_programme", "CAST(group_id AS TEXT) || '/' || agendas"),
    (
        "supporter",
        "CAST(member_id AS TEXT) || '/' || CAST(supporter_id AS TEXT) || '/' || CAST(sessions AS TEXT) || CAST(reminders AS TEXT) || CAST(crisis AS TEXT) || '/' || CAST(COALESCE(agreed_at, 0) AS TEXT) || '/' || CAST(COALESCE(ended_at, 0) AS TEXT)",
    ),
    ("letter", "CAST(person_id AS TEXT) || '/' || CAST(opens_at AS TEXT) || '/' || CAST(COALESCE(read_at, 0) AS TEXT)"),
    ("crisis_note", "CAST(person_id AS TEXT) || '/' || CAST(changed_at AS TEXT)"),
    ("family_group", "CAST(group_id AS TEXT) || '/' || CAST(member_id AS TEXT)"),
    ("peer_group", "CAST(group_id AS TEXT) || '/' || CAST(parent_id AS TEXT)"),
    (
        "peer_session",
        "CAST(session_id AS TEXT) || '/' || CAST(COALESCE(circle_id, 0) AS TEXT) || '/' || CAST(COALESCE(host_id, 0) AS TEXT) || '/' || CAST(COALESCE(asked_host_id, 0) AS TEXT) || '/' || CAST(COALESCE(staff_called_at, 0) AS TEXT) || '/' || CAST(COALESCE(people, -1) AS TEXT)",
    ),
    ("peer_no_host", "CAST(group_id AS TEXT) || '/' || CAST(person_id AS TEXT)"),
    ("peer_staff", "CAST(session_id AS TEXT) || '/' || CAST(person_id AS TEXT) || '/' || CAST(seat AS TEXT)"),
    (
        "watching_answer",
        "CAST(group_id AS TEXT) || '/' || CAST(observer_id AS TEXT) || '/' || CAST(person_id AS TEXT) || '/' || CAST(agrees AS TEXT)",
    ),
    ("session_board", "CAST(session_id AS TEXT) || '/' || CAST(position AS TEXT) || '/' || CAST(person_id AS TEXT) || '/' || template"),
    ("kept_apart", "CAST(group_id AS TEXT) || '/' || CAST(one_id AS TEXT) || '/' || CAST(other_id AS TEXT)"),
    // An empty channel comes with the first look at it, and says nothing.
    (
        "channel WHERE last_change > 0 OR paused_at IS NOT NULL",
        "CAST(id AS TEXT) || '/' || kind || '/' || CAST(last_change AS TEXT) || '/' || CAST(COALESCE(paused_at, 0) AS TEXT)",
    ),
    ("message", "CAST(id AS TEXT) || '/' || CAST(number AS TEXT) || '/' || CAST(COALESCE(edited_at, taken_back_at, hidden_at, 0) AS TEXT)"),
    ("message_text", "CAST(message_id AS TEXT)"),
    ("message_file", "CAST(message_id AS TEXT) || '/' || kind || '/' || CAST(bytes AS TEXT)"),
    ("message_reaction", "CAST(message_id AS TEXT) || '/' || CAST(person_id AS TEXT) || '/' || kind"),
    (
        "message_rules",
        "CAST(edit_minutes AS TEXT) || '/' || CAST(quiet_from AS TEXT) || '/' || CAST(quiet_to AS TEXT) || '/' || read_en || '/' || read_es",
    ),
    ("message_report", "CAST(message_id AS TEXT) || '/' || CAST(by_id AS TEXT)"),
    ("person_block", "CAST(by_id AS TEXT) || '/' || CAST(other_id AS TEXT)"),
    ("chat_check_in", "CAST(group_id AS TEXT) || '/' || days || '/' || CAST(minute_of_day AS TEXT)"),
    ("chat_check_in_answer", "CAST(person_id AS TEXT) || '/' || day || '/' || CAST(answered_at AS TEXT)"),
    ("outside_contact", "CAST(group_id AS TEXT) || '/' || CAST(allowed AS TEXT)"),
    ("circle", "CAST(channel_id AS TEXT) || '/' || CAST(host_id AS TEXT) || '/' || CAST(ends_at AS TEXT)"),
    ("circle_member", "CAST(channel_id AS TEXT) || '/' || CAST(person_id AS TEXT) || '/' || CAST(COALESCE(left_at, joined_at, 0) AS TEXT)"),
    ("alumni_space", "CAST(channel_id AS TEXT) || '/' || CAST(COALESCE(closed_at, 0) AS TEXT)"),
    ("alumni_member", "CAST(person_id AS TEXT) || '/' || part || '/' || display_name || '/' || CAST(COALESCE(left_at, 0) AS TEXT)"),
    ("danger_word", "word || '/' || CAST(counts AS TEXT) || '/' || source"),
    ("material", "CAST(id AS TEXT) || '/' || title || '/' || CAST(COALESCE(put_away_at, 0) AS TEXT)"),
    ("strategy", "CAST(id AS TEXT) || '/' || CAST(named AS TEXT) || '/' || shown || '/' || beyond || '/' || CAST(version AS TEXT)"),
    ("strategy_result", "CAST(strategy_id AS TEXT) || '/' || CAST(person_id AS TEXT) || '/' || CAST(at AS TEXT)"),
    ("strategy_setting", "CAST(group_id AS TEXT) || '/' || CAST(approve_first AS TEXT)"),
    ("group_question", "CAST(id AS TEXT)"),
    ("question_answer", "CAST(question_id AS TEXT) || '/' || CAST(person_id AS TEXT) || '/' || CAST(at AS TEXT)"),
    ("group_moment", "CAST(id AS TEXT) || '/' || kind"),
    ("moment_reaction", "CAST(moment_id AS TEXT) || '/' || CAST(person_id AS TEXT) || '/' || word"),
    ("library_article", "slug || '/' || audience || '/' || topics || '/' || title_en || '/' || CAST(version AS TEXT)"),
    ("library_hidden", "slug"),
    (
        "series_note",
        "CAST(id AS TEXT) || '/' || audience || '/' || title_en || '/' || CAST(COALESCE(publish_at, 0) AS TEXT) || '/' || CAST(version AS TEXT)",
    ),
    ("session_material", "CAST(session_id AS TEXT) || '/' || CAST(material_id AS TEXT)"),
    ("session_reading", "CAST(session_id AS TEXT) || '/' || item"),
    ("door_pass", "CAST(person_id AS TEXT) || '/' || jurisdiction || '/' || stance || '/' || CAST(passed_at AS TEXT)"),
    ("document", "kind || '/' || version_hash"),
    ("document_signature", "CAST(person_id AS TEXT) || '/' || version_hash"),
    ("attendance", "CAST(person_id AS TEXT) || '/' || CAST(COALESCE(corrected_minutes, -1) AS TEXT)"),
    ("instrument_pack", "pack || '/' || terms_hash || '/' || CAST(COALESCE(removed_at, 0) AS TEXT)"),
    ("instrument", "slug || '/' || version"),
    ("measure_schedule", "CAST(group_id AS TEXT) || '/' || slug || '/' || CAST(every_weeks AS TEXT) || '/' || CAST(tell_change AS TEXT)"),
    ("measure_exception", "CAST(person_id AS TEXT) || '/' || slug || '/' || CAST(every_weeks AS TEXT)"),
    ("measure", "CAST(id AS TEXT) || '/' || version || '/' || CAST(COALESCE(completed_at, withdrawn_at, 0) AS TEXT)"),
    (
        "homework",
        "CAST(id AS TEXT) || '/' || kind || '/' || CAST(due_at AS TEXT) || '/' || CAST(COALESCE(done_at, 0) AS TEXT) || '/' || CAST(COALESCE(withdrawn_at, 0) AS TEXT)",
    ),
    ("homework_entry", "CAST(homework_id AS TEXT) || '/' || slot || '/' || CAST(version AS TEXT)"),
    (
        "homework_template",
        "CAST(id AS TEXT) || '/' || kind || '/' || language || '/' || topics || '/' || CAST(version AS TEXT) || '/' || CAST(COALESCE(put_away_at, 0) AS TEXT)",
    ),
    ("homework_starter_away", "starter"),
    ("homework_arrival", "CAST(homework_id AS TEXT) || '/' || once"),
    ("homework_reply", "CAST(id AS TEXT)"),
    ("risk_task", "CAST(id AS TEXT) || '/' || CAST(COALESCE(closed_at, 0) AS TEXT)"),
    ("note", "CAST(about_id AS TEXT) || '/' || CAST(changed_at AS TEXT) || '/' || CAST(COALESCE(signed_at, 0) AS TEXT)"),
    ("note_addendum", "CAST(id AS TEXT)"),
    ("process_note", "CAST(author_id AS TEXT) || '/' || CAST(changed_at AS TEXT)"),
    (
        "reminder_choice",
        "CAST(person_id AS TEXT) || '/' || CAST(email AS TEXT) || '/' || CAST(texts AS TEXT) || '/' || CAST(documents AS TEXT) || '/' || CAST(quiet_from AS TEXT) || '/' || unread || CAST(unread_night AS TEXT) || CAST(push_unread AS TEXT) || CAST(push_sessions AS TEXT)",
    ),
    ("push_device", "CAST(id AS TEXT) || '/' || CAST(person_id AS TEXT) || '/' || CAST(sign_in_id AS TEXT)"),
    ("channel_notice", "CAST(channel_id AS TEXT) || '/' || CAST(person_id AS TEXT) || '/' || CAST(told AS TEXT)"),
    (
        "subscriber",
        "CAST(id AS TEXT) || '/' || CAST(bounces AS TEXT) || '/' || language || '/' || zone || '/' || topic || '/' || place || '/' || part || '/' || wants",
    ),
    ("course_price", "CAST(group_id AS TEXT) || '/' || CAST(session_cents AS TEXT) || '/' || CAST(course_cents AS TEXT) || '/' || code"),
    ("billing_facts", "CAST(person_id AS TEXT) || '/' || CAST(changed_at AS TEXT)"),
    ("practice_billing", "npi || '/' || tax_id"),
    ("discount_code", "code || '/' || CAST(used AS TEXT) || '/' || CAST(most AS TEXT)"),
    ("discount_use", "CAST(application_id AS TEXT) || '/' || CAST(discount_id AS TEXT)"),
    ("workshop_question", "slug || '/' || text_en || '/' || CAST(hidden AS TEXT)"),
    ("workshop", "CAST(person_id AS TEXT) || '/' || CAST(version AS TEXT)"),
    ("goal", "CAST(id AS TEXT) || '/' || state || '/' || CAST(version AS TEXT)"),
    ("goal_day", "CAST(goal_id AS TEXT) || '/' || day || '/' || CAST(changed_at AS TEXT)"),
    ("goal_partner", "CAST(id AS TEXT) || '/' || CAST(COALESCE(accepted_at, 0) AS TEXT) || '/' || CAST(COALESCE(ended_at, 0) AS TEXT)"),
    ("goal_cheer", "CAST(id AS TEXT) || '/' || CAST(COALESCE(removed_at, 0) AS TEXT)"),
    ("safety_plan", "CAST(person_id AS TEXT) || '/' || CAST(version AS TEXT)"),
    ("on_call", "CAST(id AS TEXT)"),
    ("deletion_request", "CAST(id AS TEXT) || '/' || outcome"),
    ("legal_hold", "CAST(person_id AS TEXT)"),
    ("destruction", "CAST(person_id AS TEXT)"),
    ("outcome_shown", "slug || '/' || CAST(shown AS TEXT) || '/' || CAST(decided_by AS TEXT)"),
    ("outcome_figure", "slug || '/' || part || '/' || about || '/' || hidden || '/' || CAST(starters AS TEXT)"),
    ("pattern_note", "CAST(id AS TEXT)"),
    ("measure_warning", "slug || '/' || CAST(warns_at AS TEXT)"),
    ("link", "CAST(person_id AS TEXT) || '/' || kind || '/' || CAST(COALESCE(used_at, 0) AS TEXT)"),
    ("job", "kind || '/' || occasion"),
];

#[derive(FromQueryResult)]
struct Line {
    line: String,
}

pub async fn kept(running: &Running) -> Vec<String> {
    let mut all = Vec::new();
    for (table, line) in KEPT {
        let rows: Vec<Line> = running.house.db.rows(&format!("SELECT {line} AS line FROM {table} ORDER BY 1"), []).await.unwrap();
        all.extend(rows.into_iter().map(|row| format!("{table}: {}", row.line)));
    }
    all
}

/// As a template writes it into a page.
pub fn escaped(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '<' | '>' | '&' | '"' | '\'' => format!("&#{};", u32::from(c)),
            c => c.to_string(),
        })
        .collect()
}

pub fn sentence(language: Language, key: &str) -> String {
    escaped(&language.t(key))
}
