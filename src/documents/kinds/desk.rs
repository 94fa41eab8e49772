//! Where a paper is put together: who asks for it, whose it is, what it says at first.

use sqlx::PgConnection;

use super::{Prepared, Text, VUSTA};
use crate::{
    documents::{
        forms::{Section, Signer, Wording, lines},
        model::{Issuer, Kind},
    },
    ids::UnitId,
    kit::{
        clock::{self, Moment},
        documents::model::Block,
        error::{AppError, Result},
        text::capital,
    },
    people::{self, Actor, Role},
    units,
    years::{self, Office, Year},
};

/// Who asks for which paper, and when.
pub(in crate::documents) struct Desk<'a> {
    pub(in crate::documents) now: Moment,
    pub(in crate::documents) actor: &'a Actor,
    pub(in crate::documents) kind: Kind,
    pub(in crate::documents) about: &'a str,
}

impl Desk<'_> {
    /// The year that the key names, if this person may know of it, and what stands behind it in the key.
    pub(in crate::documents) async fn year(&self, db: &mut PgConnection) -> Result<(Year, String)> {
        let mut parts = self.about.splitn(3, '.');
        let (Some(cluster), Some(year)) = (parts.next(), parts.next()) else {
            return Err(AppError::NotFound);
        };
        let year: i32 = year.parse().map_err(|_| AppError::NotFound)?;
        let year = years::find_under(db, self.actor.revision, cluster, year).await?;
        if years::access::sees(self.actor, &year) {
            Ok((year, parts.next().unwrap_or_default().to_owned()))
        } else {
            Err(AppError::NotFound)
        }
    }

    /// The year of a cluster, where the key names nothing else.
    pub(in crate::documents) async fn whole_year(&self, db: &mut PgConnection) -> Result<Year> {
        match self.year(db).await? {
            (year, rest) if rest.is_empty() => Ok(year),
            _ => Err(AppError::NotFound),
        }
    }

    /// A paper of a member association, sent to the unit that leads the cluster.
    pub(in crate::documents) async fn of_unit(
        &self,
        db: &mut PgConnection,
        year: &Year,
        unit: UnitId,
        compose: impl Fn(&Wording) -> Text + Send + Sync + 'static,
    ) -> Result<Prepared> {
        let unit = units::find(db, unit).await?;
        let leader = leader_of(db, unit.id, self.now).await?;
        let offered = Wording {
            issuer: unit.name.to_uppercase(),
            symbol: self.kind.symbol("LHH"),
            place: unit.place.clone(),
            recipients: match year.holder(Office::Lead) {
                // The unit that leads sends nothing to itself.
                Some(lead) if lead == unit.id => "Lưu: VT".to_owned(),
                _ => format!("{} (cụm trưởng)\nLưu: VT", year.names_in(Office::Lead)),
            },
            signers: vec![Signer {
                powers: String::new(),
                post: "CHỦ TỊCH".to_owned(),
                name: leader,
            }],
            ..Wording::default()
        };
        let lead = year.holder(Office::Lead).filter(|lead| *lead != unit.id);
        Ok(Prepared {
            sent_to: lead.map(Some).into_iter().collect(),
            ..self.prepared(Some(year), (Issuer::Unit(unit.id), &unit.name), offered, compose)
        })
    }

    /// A paper of a cluster, sent to its members. The cluster has no seal: the head of the lead unit signs on behalf of it
    /// as its lead, with the post in the unit.
    pub(in crate::documents) async fn of_cluster(
        &self,
        db: &mut PgConnection,
        year: &Year,
        compose: impl Fn(&Wording) -> Text + Send + Sync + 'static,
    ) -> Result<Prepared> {
        let lead = year.holder(Office::Lead);
        let (place, leader, unit) = match lead {
            Some(lead) => {
                let unit = units::find(db, lead).await?;
                (unit.place, leader_of(db, lead, self.now).await?, unit.short_name)
            }
            None => (String::new(), String::new(), String::new()),
        };
        let name = year.cluster.name.to_uppercase();
        let offered = Wording {
            parent: VUSTA.to_owned(),
            issuer: name.clone(),
            symbol: self.kind.symbol(&format!("CTĐ{}", year.cluster.number)),
            place,
            recipients:
                "Thường trực Hội đồng Thi đua - Khen thưởng LHHVN\nCác đơn vị thành viên cụm\nLưu: VT"
                    .to_owned(),
            signers: vec![Signer {
                powers: format!("TM. {name}"),
                post: format!("CỤM TRƯỞNG\nChủ tịch {unit}"),
                name: leader,
            }],
            ..Wording::default()
        };
        Ok(Prepared {
            lead_id: lead,
            sent_to: year
                .members
                .iter()
                .map(|m| m.unit_id)
                .filter(|unit| Some(*unit) != lead)
                .map(Some)
                .collect(),
            ..self.prepared(
                Some(year),
                (Issuer::Cluster(year.cluster.id), &year.cluster.name),
                offered,
                compose,
            )
        })
    }

    /// A paper with this wording, sent to nobody.
    pub(in crate::documents) fn prepared(
        &self,
        year: Option<&Year>,
        (issuer, issuer_name): (Issuer, &str),
        offered: Wording,
        compose: impl Fn(&Wording) -> Text + Send + Sync + 'static,
    ) -> Prepared {
        Prepared {
            kind: self.kind,
            about: self.about.to_owned(),
            issuer,
            issuer_name: issuer_name.to_owned(),
            title_word: self.kind.title_word().to_owned(),
            cluster_id: year.map(|y| y.cluster.id),
            lead_id: None,
            place: year.map(Year::place),
            back: year.map_or_else(
                || ("/van-ban".to_owned(), "Văn bản".to_owned()),
                |y| (y.path(), y.title()),
            ),
            offered,
            names_addressees: false,
            cites: false,
            is_open_to_readers: matches!(issuer, Issuer::Unit(_)),
            hindrance: None,
            fixed: None,
            figures: Vec::new(),
            sources: Vec::new(),
            recalls: None,
            sent_to: Vec::new(),
            compose: Box::new(compose),
        }
    }
}

/// The name of the head of a unit today; empty where nobody is known.
pub(in crate::documents) async fn leader_of(
    db: &mut PgConnection,
    unit: UnitId,
    now: Moment,
) -> Result<String> {
    let contacts = people::contacts(db, &[unit], clock::day(now)).await?;
    let leader = contacts.into_iter().find(|c| c.role == Role::UnitLeader);
    Ok(leader.map(|c| c.full_name).unwrap_or_default())
}

/// A part of the text that people write, with what it says at first.
pub(in crate::documents) fn section(code: &str, heading: &str, text: impl Into<String>) -> Section {
    Section {
        code: code.to_owned(),
        heading: heading.to_owned(),
        text: text.into(),
        is_needed: false,
        is_as_offered: false,
    }
}

/// A part without which nothing is issued.
pub(in crate::documents) fn needed(code: &str, heading: &str, text: impl Into<String>) -> Section {
    Section {
        is_needed: true,
        ..section(code, heading, text)
    }
}

/// The paragraphs of a part. A line that begins with `-` or `+` is an item of a list.
pub(in crate::documents) fn paragraphs(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let is_item = |line: &String| line.starts_with(['-', '+']);
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| match line.strip_prefix(['-', '+']) {
            Some(rest) if lines.get(at + 1).is_some_and(is_item) => Block::Dash(capital(rest.trim()).into()),
            // The last item closes the list, whatever the next part says.
            Some(rest) => match rest.trim().strip_suffix([';', ',']) {
                Some(open) => Block::Dash(format!("{}.", capital(open)).into()),
                None => Block::Dash(capital(rest.trim()).into()),
            },
            None => Block::Paragraph(line.as_str().into()),
        })
        .collect()
}

/// Who signs in a post: of `Phạm Thị Hà, Chủ tịch; Lương Minh Nghiêm, Phó Chủ tịch` the first, without posts.
pub(in crate::documents) fn signer(post: &str, named: &str) -> Signer {
    let name = named.split([',', ';', '\n']).next().unwrap_or_default().trim();
    let name = ["Ông ", "Bà ", "Đồng chí ", "ông ", "bà ", "đồng chí "]
        .into_iter()
        .find_map(|address| name.strip_prefix(address))
        .unwrap_or(name);
    Signer {
        powers: String::new(),
        post: post.to_owned(),
        name: name.trim().to_owned(),
    }
}
