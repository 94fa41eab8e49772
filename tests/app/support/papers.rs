//! Papers in the state that a test needs, brought there by the real acts.

use cumthidua::{
    awards,
    ids::AttachmentId,
    kit::{clock, files::Arrived},
    papers::{self, History, ReturnInput, ReturnItem},
    people::Actor,
    registrations::{self, Registration, RegistrationForm, Section, State},
    years::{Office, Year},
};
use serde_json::json;
use sqlx::PgConnection;

use super::{TestApp, world::login};

/// A file of a kind that is taken.
pub const PDF: &[u8] = b"%PDF-1.7\nx\n%%EOF\n";

/// A registration as an officer would fill it in, with nothing missing.
pub fn filled_registration() -> RegistrationForm {
    let form = json!({
        "contact_name": "Nguyễn Văn Mẫu",
        "contact_phone": "0218 385 0000",
        "targets": [
            {"indicator": "Lớp tập huấn", "unit_of_measure": "lớp", "last_result": "6", "target": "8"},
            {"indicator": "Hội viên", "unit_of_measure": "người", "last_result": "3000", "target": "3.200,5"},
        ],
        "titles": [{"award": "vusta_flag"}],
        "individuals": [{"full_name": "Trần Thị Ví Dụ", "birth_year": "1980", "gender": "female",
                         "position": "Chánh Văn phòng", "award": "vusta_merit"}],
        "initiatives": [{"name": "Số hóa thư viện", "recognised_by": "Hội đồng tỉnh", "recognised_on": "15/12/2022"}],
    });
    serde_json::from_value(form).unwrap()
}

impl TestApp {
    /// A unit's registration of 2023, filled in and brought into `state`, with the acts' people: the unit's officer
    /// and leader, the lead's leader.
    pub async fn registration(&self, cluster: &str, unit: &str, state: State) -> Registration {
        let year = self.year(cluster, 2023).await;
        let officer = self.actor(&login::officer(unit)).await;
        let leader = self.actor(&login::leader(unit)).await;
        let lead = year
            .leaderships
            .iter()
            .find(|l| l.office == Office::Lead)
            .unwrap()
            .unit_id;
        let secretariat = self
            .actor(&login::leader(&year.member_of(lead).unwrap().slug))
            .await;
        let (now, mut tx) = (self.now(), self.app.begin().await.unwrap());
        let db = &mut *tx;

        let (r, h) = look(db, &officer, &year, unit).await;
        let filled = filled_registration();
        registrations::save_draft(db, now, &officer, &r, &h, r.version, filled)
            .await
            .unwrap();
        if state != State::Draft {
            let (r, h) = look(db, &leader, &year, unit).await;
            let awards = awards::all(db).await.unwrap();
            let basis = registrations::Basis {
                year: &year,
                history: &h,
                awards: &awards,
            };
            registrations::submit(db, now, &leader, &r, r.version, basis)
                .await
                .unwrap();
        }
        let (r, _) = look(db, &leader, &year, unit).await;
        match state {
            State::Draft | State::Submitted => {}
            State::Returned => {
                let label = "Chỉ tiêu thi đua".to_owned();
                let section = Section::Targets.code().to_owned();
                let items = vec![ReturnItem {
                    section,
                    row: None,
                    label,
                    note: "Xin ghi rõ căn cứ.".to_owned(),
                }];
                let due_on = clock::day(now) + chrono::Days::new(7);
                let input = ReturnInput {
                    reason: "Thiếu căn cứ.".to_owned(),
                    due_on: Some(due_on),
                    items,
                };
                registrations::return_for_work(db, now, &secretariat, &r, r.version, &input)
                    .await
                    .unwrap();
            }
            State::Accepted | State::Forwarded => {
                registrations::accept(db, now, &secretariat, &r, r.version)
                    .await
                    .unwrap();
            }
        }
        let (r, _) = look(db, &leader, &year, unit).await;
        if state == State::Forwarded {
            registrations::forward(db, now, &secretariat, &r).await.unwrap();
        }
        let (r, _) = look(db, &leader, &year, unit).await;
        tx.commit().await.unwrap();
        assert_eq!(r.state, state);
        r
    }

    /// Attaches a small PDF to a unit's registration, which must be open to it.
    pub async fn attach(&self, cluster: &str, unit: &str, name: &str) -> AttachmentId {
        let year = self.year(cluster, 2023).await;
        let officer = self.actor(&login::officer(unit)).await;
        let bytes = futures::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from_static(PDF))]);
        let file = self.app.files.take(bytes).await;
        let mut tx = self.app.begin().await.unwrap();
        let (r, h) = look(&mut tx, &officer, &year, unit).await;
        let arrived = Arrived {
            name: name.to_owned(),
            file,
            part: String::new(),
        };
        registrations::attach(&mut tx, self.now(), &officer, &r, &h, arrived)
            .await
            .unwrap();
        let (_, h) = look(&mut tx, &officer, &year, unit).await;
        tx.commit().await.unwrap();
        h.attachments.last().unwrap().id
    }
}

async fn look(db: &mut PgConnection, actor: &Actor, year: &Year, unit: &str) -> (Registration, History) {
    let registration = registrations::find_visible(db, actor, year, unit).await.unwrap();
    let history = papers::history(db, "registrations", registration.id)
        .await
        .unwrap();
    (registration, history)
}
