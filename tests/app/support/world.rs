//! The small world every test begins with, made by the real acts and kept in the template.
//!
//! | cluster | year | members | lead, deputy |
//! | --- | --- | --- | --- |
//! | `cum-3` | 2023, open | son-la, dien-bien, lai-chau, lao-cai, yen-bai, vinh-phuc, phu-tho, hoa-binh | son-la, lao-cai |
//! | `cum-4` | 2023, open | nghe-an, ha-tinh | nghe-an, ha-tinh |
//!
//! Every unit has an officer, a leader (who is an officer too) and a former officer whose post has ended; each
//! cluster has a patron; VUSTA has a standing office, a council member and an administrator. See [`login`].

use chrono::NaiveDate;
use cumthidua::{
    clusters::{self, Cluster},
    ids::{ClusterId, PersonId, PostId, UnitId},
    kit::{
        clock::{self, Moment},
        journal::Hand,
        values::PersonName,
    },
    people::{self, NewPerson, Password, Post, Role},
    units::{self, Unit, UnitKind},
    years::{self, LeadershipInput, Office},
};
use sqlx::PgConnection;

/// Everybody's password.
pub const PASSWORD: &str = "con trâu đi trước cái cày theo sau";

/// Logins of the world's people.
pub mod login {
    /// The officer of a unit.
    pub fn officer(unit: &str) -> String {
        format!("can-bo.{unit}")
    }

    /// The leader of a unit.
    pub fn leader(unit: &str) -> String {
        format!("lanh-dao.{unit}")
    }

    /// Somebody who was the unit's officer until the end of 2022.
    pub fn former_officer(unit: &str) -> String {
        format!("nguyen-can-bo.{unit}")
    }

    /// The patron of a cluster.
    pub fn patron(cluster: &str) -> String {
        format!("uy-vien.{cluster}")
    }

    pub const STANDING_OFFICE: &str = "thuong-truc";
    pub const COUNCIL_MEMBER: &str = "hoi-dong";
    pub const ADMINISTRATOR: &str = "quan-tri";
}

type Places = &'static [(&'static str, &'static str)];

const CLUSTERS: [(&str, i32, Places); 2] = [
    (
        "cum-3",
        3,
        &[
            ("son-la", "Sơn La"),
            ("dien-bien", "Điện Biên"),
            ("lai-chau", "Lai Châu"),
            ("lao-cai", "Lào Cai"),
            ("yen-bai", "Yên Bái"),
            ("vinh-phuc", "Vĩnh Phúc"),
            ("phu-tho", "Phú Thọ"),
            ("hoa-binh", "Hòa Bình"),
        ],
    ),
    ("cum-4", 4, &[("nghe-an", "Nghệ An"), ("ha-tinh", "Hà Tĩnh")]),
];

/// Which unit leads each cluster, and which stands in.
const LEADERSHIPS: [(&str, &str, &str); 2] =
    [("cum-3", "son-la", "lao-cai"), ("cum-4", "nghe-an", "ha-tinh")];

/// Builds the world in a migrated, empty database.
pub async fn build(db: &mut PgConnection) {
    let now = clock::at(day(2023, 1, 3), chrono::NaiveTime::from_hms_opt(8, 0, 0).unwrap());
    let mut builder = Builder {
        db,
        now,
        password_hash: None,
    };
    let standing_office = builder
        .person(login::STANDING_OFFICE, "Nguyễn Văn Thường Trực")
        .await;
    builder
        .post(standing_office, Role::StandingOffice, None, None)
        .await;
    let council = builder.person(login::COUNCIL_MEMBER, "Trần Thị Hội Đồng").await;
    builder.post(council, Role::CouncilMember, None, None).await;
    let administrator = builder.person(login::ADMINISTRATOR, "Lê Văn Quản Trị").await;
    builder.post(administrator, Role::Administrator, None, None).await;
    for (slug, number, places) in CLUSTERS {
        builder.cluster(slug, number, places).await;
    }
    builder.open_years(standing_office).await;
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

struct Builder<'a> {
    db: &'a mut PgConnection,
    now: Moment,
    password_hash: Option<String>,
}

impl Builder<'_> {
    async fn cluster(&mut self, slug: &str, number: i32, places: Places) {
        let id = ClusterId::new();
        let name = format!("Cụm thi đua số {number}");
        let cluster = Cluster {
            id,
            slug: slug.to_owned(),
            number,
            name,
            note: String::new(),
        };
        clusters::create_cluster(self.db, self.now, &Hand::program(), &cluster)
            .await
            .unwrap();
        let patron = self.person(&login::patron(slug), "Phạm Văn Ủy Viên").await;
        self.post(patron, Role::ClusterPatron, None, Some(id)).await;
        for (slug, place) in places {
            let unit = self.unit(slug, place).await;
            let officer = self
                .person(&login::officer(slug), &format!("Nguyễn Thị {place}"))
                .await;
            self.post(officer, Role::UnitOfficer, Some(unit), None).await;
            let leader = self
                .person(&login::leader(slug), &format!("Trần Văn {place}"))
                .await;
            self.post(leader, Role::UnitOfficer, Some(unit), None).await;
            self.post(leader, Role::UnitLeader, Some(unit), None).await;
            let former = self
                .person(&login::former_officer(slug), &format!("Lê Thị {place}"))
                .await;
            self.post_until(former, Role::UnitOfficer, unit, day(2022, 12, 31))
                .await;
        }
    }

    async fn unit(&mut self, slug: &str, place: &str) -> UnitId {
        let unit = Unit {
            id: UnitId::new(),
            slug: slug.to_owned(),
            place: place.to_owned(),
            name: format!("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh {place}"),
            short_name: format!("Liên hiệp Hội tỉnh {place}"),
            kind: UnitKind::ProvincialUnion,
            founded_on: Some(day(1995, 1, 1)),
            ended_on: None,
            address: String::new(),
            phone: String::new(),
            email: String::new(),
            made_up: Vec::new(),
        };
        units::create_unit(self.db, self.now, &Hand::program(), &unit, &[])
            .await
            .unwrap();
        unit.id
    }

    async fn person(&mut self, login: &str, full_name: &str) -> PersonId {
        let new = NewPerson {
            login: login.to_owned(),
            full_name: PersonName::parse(full_name).unwrap(),
            gender: None,
            email: format!("{login}@donvi.example"),
        };
        let hand = Hand::program();
        let person = people::create_person(self.db, self.now, &hand, new)
            .await
            .unwrap();
        // Hashing is slow by design: done once, by the real act, and copied.
        if let Some(hash) = &self.password_hash {
            sqlx::query("update persons set password_hash = $2 where id = $1")
                .bind(person)
                .bind(hash)
                .execute(&mut *self.db)
                .await
                .unwrap();
        } else {
            let password = Password::of_demo(PASSWORD);
            people::set_password(self.db, self.now, &hand, person, password)
                .await
                .unwrap();
            let stored = sqlx::query_scalar("select password_hash from persons where id = $1").bind(person);
            self.password_hash = stored.fetch_one(&mut *self.db).await.unwrap();
        }
        person
    }

    async fn post(&mut self, person: PersonId, role: Role, unit: Option<UnitId>, cluster: Option<ClusterId>) {
        let starts_on = day(2020, 1, 1);
        let post = Post {
            id: PostId::new(),
            role,
            unit_id: unit,
            cluster_id: cluster,
            starts_on,
            ends_on: None,
        };
        people::add_post(self.db, self.now, &Hand::program(), person, &post)
            .await
            .unwrap();
    }

    async fn post_until(&mut self, person: PersonId, role: Role, unit: UnitId, ends_on: NaiveDate) {
        let post = Post {
            id: PostId::new(),
            role,
            unit_id: Some(unit),
            cluster_id: None,
            starts_on: day(2018, 1, 1),
            ends_on: Some(ends_on),
        };
        people::add_post(self.db, self.now, &Hand::program(), person, &post)
            .await
            .unwrap();
    }

    async fn open_years(&mut self, by: PersonId) {
        let hand = people::load_actor(self.db, by, clock::day(self.now))
            .await
            .unwrap()
            .hand();
        for (slug, lead, deputy) in LEADERSHIPS {
            let cluster = clusters::by_slug(self.db, slug).await.unwrap();
            let (_, _, places) = CLUSTERS.iter().find(|(known, ..)| *known == slug).unwrap();
            let mut members = Vec::new();
            for (unit, _) in *places {
                members.push(units::unit_by_slug(self.db, unit).await.unwrap().id);
            }
            years::open_year(self.db, self.now, &hand, cluster.id, 2023, &members, None)
                .await
                .unwrap();
            let year = years::find(self.db, slug, 2023).await.unwrap();
            for (office, unit) in [(Office::Lead, lead), (Office::Deputy, deputy)] {
                let unit = year.member(unit).unwrap().unit_id;
                let input = LeadershipInput {
                    office,
                    unit,
                    starts_on: day(2023, 1, 1),
                    ends_on: None,
                };
                years::put_leadership(self.db, self.now, &hand, &year, input)
                    .await
                    .unwrap();
            }
        }
    }
}
