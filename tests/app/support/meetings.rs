//! Conferences brought to where a test needs them, by the acts that the pages use.

use cumthidua::conferences::{self, Conference, Delegate, Kind, NamedPerson, Part, Plan, PlanForm};

use super::{TestApp, world::login};

/// Where the closing conference of `cum-3` is.
pub const MEETING: &str = "/cum/cum-3/2023/hoi-nghi/tong-ket";

impl TestApp {
    fn lead_of(cluster: &str) -> String {
        login::leader(if cluster == "cum-3" { "son-la" } else { "nghe-an" })
    }

    /// A conference of 2023 with its whole plan, for 08:00 on `day`: `28/11/2023`.
    pub async fn planned(&self, cluster: &str, kind: Kind, day: &str) -> Conference {
        let (year, lead) = (
            self.year(cluster, 2023).await,
            self.actor(&Self::lead_of(cluster)).await,
        );
        let mut tx = self.app.begin().await.unwrap();
        let now = self.now();
        let begun = conferences::create(&mut tx, now, &lead, &year, kind)
            .await
            .unwrap();
        let agenda = conferences::agenda(&mut tx, begun.id).await.unwrap();
        let plan = Plan {
            place: "Hội trường Liên hiệp Hội".to_owned(),
            starts_on: day.to_owned(),
            starts_at: "08:00".to_owned(),
            chairs: "Nguyễn Văn Chủ Trì".to_owned(),
            secretary: "Trần Thị Thư Ký".to_owned(),
            ..begun.plan.clone()
        };
        let form = PlanForm {
            plan,
            ..PlanForm::of(&begun, &agenda)
        };
        conferences::save_plan(&mut tx, now, &lead, &year, &begun, begun.version, &form)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.meeting(cluster, &begun.slug).await
    }

    /// The same, and the units are invited.
    pub async fn invited(&self, cluster: &str, kind: Kind, day: &str) -> Conference {
        let planned = self.planned(cluster, kind, day).await;
        let (year, lead) = (
            self.year(cluster, 2023).await,
            self.actor(&Self::lead_of(cluster)).await,
        );
        let mut tx = self.app.begin().await.unwrap();
        let (now, version) = (self.now(), planned.version);
        conferences::invite(&mut tx, now, &lead, &year, &planned, "", version)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.meeting(cluster, &planned.slug).await
    }

    /// A conference as it is now.
    pub async fn meeting(&self, cluster: &str, slug: &str) -> Conference {
        let year = self.year(cluster, 2023).await;
        conferences::find_meeting(&mut *self.db().await, &year, slug)
            .await
            .unwrap()
    }

    /// Names who votes for a unit, as the secretariat does for one that called.
    pub async fn delegate(&self, meeting: &Conference, cluster: &str, unit: &str) -> Delegate {
        let (year, lead) = (
            self.year(cluster, 2023).await,
            self.actor(&Self::lead_of(cluster)).await,
        );
        let unit = year.member(unit).unwrap();
        let person = NamedPerson {
            id: None,
            name: format!("Đại biểu {}", unit.place),
            post: "Chủ tịch".to_owned(),
        };
        let secret = self.app.vault.card_secret().unwrap();
        let mut tx = self.app.begin().await.unwrap();
        let now = self.now();
        let id = conferences::add_delegate(
            &mut tx,
            now,
            &lead,
            meeting,
            Some(unit.unit_id),
            Part::Voting,
            &person,
            &secret,
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        self.delegates(meeting)
            .await
            .into_iter()
            .find(|d| d.id == id)
            .unwrap()
    }

    /// All delegates of a conference.
    pub async fn delegates(&self, meeting: &Conference) -> Vec<Delegate> {
        conferences::delegates(&mut *self.db().await, meeting.id)
            .await
            .unwrap()
    }

    /// Begins an invited conference of `cum-3`.
    pub async fn opened(&self, slug: &str) -> Conference {
        let (meeting, lead) = (
            self.meeting("cum-3", slug).await,
            self.actor(&Self::lead_of("cum-3")).await,
        );
        let mut tx = self.app.begin().await.unwrap();
        conferences::open(&mut tx, self.now(), &lead, &meeting, meeting.version)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.meeting("cum-3", slug).await
    }
}
