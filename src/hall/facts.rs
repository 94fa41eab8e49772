//! Everything that is known of a conference while its hall is run.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    access,
    ending::{self, Ending},
    minutes::{self, Facts, Minutes},
};
use crate::{
    ballots::{self, Ballot},
    conferences::{self, AgendaItem, Attendance, Conference, Delegate},
    kit::{
        error::{AppError, Result},
        journal,
    },
    papers,
    people::Actor,
    years::Year,
};

/// A conference with everything that its hall needs.
pub struct Hall {
    /// The year.
    pub year: Year,
    /// The conference.
    pub conference: Conference,
    /// Who takes part.
    pub delegates: Vec<Delegate>,
    /// Who is there.
    pub attendance: Attendance,
    /// What is done, in its order.
    pub agenda: Vec<AgendaItem>,
    /// The ballots that this person may know.
    pub ballots: Vec<Ballot>,
}

impl Hall {
    /// The hall of the conference with this part of a path, as this person may know it who sees the year.
    pub async fn of(db: &mut PgConnection, actor: &Actor, year: Year, meeting: &str) -> Result<Self> {
        let conference = conferences::find_meeting(db, &year, meeting).await?;
        let delegates = conferences::delegates(db, conference.id).await?;
        let absences = conferences::absences(db, conference.id).await?;
        let mut ballots = ballots::of_conference(db, conference.id).await?;
        ballots.retain(|ballot| ballots::access::sees(actor, ballot));
        Ok(Self {
            attendance: conferences::attendance(&year, &conference, &delegates, &absences),
            agenda: conferences::agenda(db, conference.id).await?,
            ballots,
            year,
            conference,
            delegates,
        })
    }

    /// The path of the conference.
    #[must_use]
    pub fn path(&self) -> String {
        self.conference.path(&self.year)
    }

    /// The path of one of its pages: `path_to("dieu-hanh")`.
    #[must_use]
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }

    /// How it would end now.
    pub(super) fn ending(&self) -> Ending {
        ending::ending(&self.year, &self.conference, &self.attendance, &self.ballots)
    }

    /// Makes sure that this person may read the minutes now: those who oversee the conference from its beginning on, all who
    /// see the year once it is over. A conference that was only recorded afterwards has its minutes on paper.
    pub fn require_minutes(&self, actor: &Actor) -> Result<()> {
        if !self.conference.state.is_over() && !access::oversees(actor, &self.conference) {
            return Err(AppError::Forbidden(
                "Biên bản được công bố cho các đơn vị của cụm sau khi hội nghị kết thúc.".to_owned(),
            ));
        }
        if !self.conference.was_held_here() && self.conference.minutes.is_none() {
            return Err(AppError::NotFound);
        }
        Ok(())
    }

    /// The minutes as signed, else as they would be now.
    pub async fn minutes(&self, db: &mut PgConnection) -> Result<Minutes> {
        if let Some(signed) = &self.conference.minutes {
            return Ok(serde_json::from_value(signed.clone())?);
        }
        let ballots: Vec<Uuid> = self.ballots.iter().map(|ballot| ballot.id.0).collect();
        Ok(minutes::minutes(&Facts {
            scans: &papers::files_of(db, "ballots", &ballots).await?,
            year: &self.year,
            conference: &self.conference,
            attendance: &self.attendance,
            delegates: &self.delegates,
            agenda: &self.agenda,
            ballots: &self.ballots,
            journal: journal::head(db).await?,
        }))
    }
}
