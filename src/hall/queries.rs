//! The statements of the hall's own: what its screen listens to.

use sqlx::PgConnection;

use crate::{
    ids::{ConferenceId, SittingId, YearId},
    kit::error::Result,
};

/// The conference of a year that belongs on the screen: the one in session, else the next that is held, else the last.
pub(super) async fn on_screen(db: &mut PgConnection, year: YearId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select slug from conferences where year_id = $1
         order by array_position(array['in_session', 'invited', 'planned', 'ended', 'signed'], state), ended_at desc nulls last, slug
         limit 1",
        year as _
    )
    .fetch_optional(db)
    .await?)
}

/// Changes whenever something on the screen does: cheap enough to be asked every second.
pub(super) async fn revision(db: &mut PgConnection, conference: ConferenceId) -> Result<String> {
    Ok(sqlx::query_scalar!(
        r#"select md5(concat_ws('|', c.version, c.state,
              (select count(*) from delegates d where d.conference_id = c.id and d.attended_at is not null),
              (select string_agg(concat(i.id, i.state, i.title), ',' order by i.position) from agenda_items i where i.conference_id = c.id),
              (select string_agg(concat(b.id, b.state, b.version), ',' order by b.position) from ballots b where b.conference_id = c.id),
              (select count(v.took_part) from ballot_voters v join ballots b on b.id = v.ballot_id
               where b.conference_id = c.id and b.state in ('open', 'closed')))) as "revision!"
           from conferences c where c.id = $1"#,
        conference as _
    )
    .fetch_one(db)
    .await?)
}

/// The same of a session of the council.
pub(super) async fn revision_of_sitting(db: &mut PgConnection, sitting: SittingId) -> Result<String> {
    Ok(sqlx::query_scalar!(
        r#"select md5(concat_ws('|', s.version, s.state,
              (select string_agg(concat(t.id, t.attended_at is not null, t.excuse <> ''), ',' order by t.id) from council_seats t where t.sitting_id = s.id),
              (select string_agg(concat(b.id, b.state, b.version), ',' order by b.position) from ballots b where b.sitting_id = s.id),
              (select count(v.took_part) from ballot_voters v join ballots b on b.id = v.ballot_id
               where b.sitting_id = s.id and b.state in ('open', 'closed')))) as "revision!"
           from council_sittings s where s.id = $1"#,
        sitting as _
    )
    .fetch_one(db)
    .await?)
}
