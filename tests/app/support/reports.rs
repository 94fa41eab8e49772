//! Reports in the state that a test needs, brought there by the real acts.

use cumthidua::{
    indicators,
    papers::{self, History, ReturnInput, ReturnItem},
    people::Actor,
    reports::{self, Asked, FigureRow, FinalForm, Period, Report, ReportForm, Section, State},
    years::{Office, Year},
};
use sqlx::PgConnection;

use super::{TestApp, world::login};

/// A report as an officer would fill it in: the first target exceeded, the others missed, all of it estimated.
pub fn filled_report(asked: &[Asked]) -> ReportForm {
    let text = |section: Section| format!("{}: nội dung.", section.label());
    let row = |(i, asked): (usize, &Asked)| FigureRow {
        id: Some(asked.id),
        reached: if i == 0 { "9" } else { "1" }.to_owned(),
        certainty: "estimate".to_owned(),
        ..FigureRow::default()
    };
    ReportForm {
        figures: asked.iter().enumerate().map(row).collect(),
        situation: text(Section::Situation),
        results: text(Section::Results),
        emulation: text(Section::Emulation),
        limitations: text(Section::Limitations),
        directions: text(Section::Directions),
        ..ReportForm::default()
    }
}

impl TestApp {
    /// A unit's report on 2023, filled in and brought into `state`, with the acts' people: the unit's officer and
    /// leader, the lead's leader. The unit's registration must have been taken in.
    pub async fn report(&self, cluster: &str, unit: &str, state: State) -> Report {
        let year = self.year(cluster, 2023).await;
        let officer = self.actor(&login::officer(unit)).await;
        let leader = self.actor(&login::leader(unit)).await;
        let lead = year
            .leaderships
            .iter()
            .find(|l| l.office == Office::Lead)
            .unwrap();
        let lead = &year.member_of(lead.unit_id).unwrap().slug;
        let secretariat = self.actor(&login::leader(lead)).await;
        let (now, mut tx) = (self.now(), self.app.begin().await.unwrap());
        let db = &mut *tx;

        let (r, h) = look(db, &officer, &year, unit).await;
        let filled = filled_report(&r.asked(&h));
        reports::save_draft(db, now, &officer, &r, &h, r.version, filled)
            .await
            .unwrap();
        if state != State::Draft {
            let (r, h) = look(db, &leader, &year, unit).await;
            reports::submit(db, now, &leader, &year, &r, &h, r.version)
                .await
                .unwrap();
        }
        let (r, _) = look(db, &leader, &year, unit).await;
        match state {
            State::Draft | State::Submitted => {}
            State::Returned => {
                let item = ReturnItem {
                    section: Section::Results.code().to_owned(),
                    row: None,
                    label: Section::Results.label().to_owned(),
                    note: "Xin viết rõ hơn.".to_owned(),
                };
                let input = ReturnInput {
                    reason: "Chưa rõ.".to_owned(),
                    due_on: None,
                    items: vec![item],
                };
                reports::return_for_work(db, now, &secretariat, &r, r.version, &input)
                    .await
                    .unwrap();
            }
            State::Accepted | State::Final => {
                reports::accept(db, now, &secretariat, &r, r.version)
                    .await
                    .unwrap();
            }
        }
        if state == State::Final {
            let (r, _) = look(db, &leader, &year, unit).await;
            reports::finalise(db, now, &leader, &r, &FinalForm::of(&r))
                .await
                .unwrap();
        }
        let (r, _) = look(db, &leader, &year, unit).await;
        tx.commit().await.unwrap();
        assert_eq!(r.state, state);
        r
    }
}

async fn look(db: &mut PgConnection, actor: &Actor, year: &Year, unit: &str) -> (Report, History) {
    let report = reports::find_visible(db, actor, year, Period::Annual, unit)
        .await
        .unwrap();
    let history = papers::history(db, "reports", report.id).await.unwrap();
    (report, history)
}

impl TestApp {
    /// Issues the default catalogue of indicators for a year.
    pub async fn catalogue(&self, year: i32) {
        let office = self.actor(login::STANDING_OFFICE).await;
        let mut tx = self.app.begin().await.unwrap();
        let db = &mut *tx;
        indicators::create(db, self.now(), &office, year, indicators::Source::Default)
            .await
            .unwrap();
        let draft = indicators::find(db, &office, year).await.unwrap();
        indicators::issue(db, self.now(), &office, &draft, draft.version)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}
