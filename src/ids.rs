//! Every typed id, one line each: an id of one kind can't be passed where another is meant.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent, no_pg_array)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id; ids made later sort later.
            #[must_use]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A person with an account.
    PersonId;
    /// A dated post of a person.
    PostId;
    /// A signed-in browser.
    SessionId;
    /// A member association.
    UnitId;
    /// An emulation cluster.
    ClusterId;
    /// The year of a cluster.
    YearId;
    /// A unit's registration.
    RegistrationId;
    /// A cluster's consolidated registration.
    ConsolidationId;
    /// A unit's report.
    ReportId;
    /// A conference of a cluster.
    ConferenceId;
    /// An item of a conference's agenda.
    AgendaItemId;
    /// Somebody who takes part in a conference.
    DelegateId;
    /// A vote: what is voted on, by whom, the count.
    BallotId;
    /// Somebody who may vote in a ballot.
    VoterId;
    /// A nomination for an award.
    NominationId;
    /// An issued official paper.
    DocumentId;
    /// A number of outgoing papers that was cancelled.
    CancelledNumberId;
    /// A file with award history that was read.
    AwardImportId;
    /// A signed copy of an issued paper.
    SignedCopyId;
    /// A certificate of an authority that signatures are trusted by.
    CaCertificateId;
    /// A session of VUSTA's council that is held in the program.
    SittingId;
    /// A member's place on the roll of such a session.
    SeatId;
    /// A decision of VUSTA.
    DecisionId;
    /// A consultation before the council meets.
    ConsultationId;
    /// An objection in it.
    CommentId;
    /// A declared conflict of interest.
    ConflictId;
    /// A printer of certificates.
    PrinterId;
    /// An attached file.
    AttachmentId;
    /// A row of a form: a target, a person, an initiative.
    RowId;
    /// A table of criteria of a year.
    CriteriaSetId;
    /// A line or group of a table of criteria.
    CriterionId;
    /// A unit's score sheet of a year.
    ScoreSheetId;
    /// A unit's objection to its points.
    ObjectionId;
}
