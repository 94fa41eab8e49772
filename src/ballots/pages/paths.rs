//! The paths of a ballot: below the conferences of a year, and below VUSTA's council. A page is the same at both.

use crate::ids::{AttachmentId, BallotId};

/// Where a ballot is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'a> {
    /// Below the conferences of a cluster's year.
    Year(&'a str, i32),
    /// Below the council, in a calendar year.
    Council(i32),
}

/// The path of a ballot's page.
pub(super) trait AtBallot: Send + Sync {
    /// Below what.
    fn place(&self) -> Place<'_>;
    /// Which ballot.
    fn ballot(&self) -> BallotId;
}

/// The path of a scan of a ballot.
pub(super) trait AtScan: AtBallot {
    /// Which scan.
    fn attachment(&self) -> AttachmentId;
}

macro_rules! year_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal { $($field:ident: $kind:ty)? })*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(in crate::ballots::pages) struct $name {
            cluster: String,
            year: i32,
            ballot: BallotId,
            $($field: $kind,)?
        }

        impl AtBallot for $name {
            fn place(&self) -> Place<'_> {
                Place::Year(&self.cluster, self.year)
            }

            fn ballot(&self) -> BallotId {
                self.ballot
            }
        }

        $(impl AtScan for $name {
            fn attachment(&self) -> $kind {
                self.$field
            }
        })?
    )*};
}

macro_rules! council_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal { $($field:ident: $kind:ty)? })*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(in crate::ballots::pages) struct $name {
            year: i32,
            ballot: BallotId,
            $($field: $kind,)?
        }

        impl AtBallot for $name {
            fn place(&self) -> Place<'_> {
                Place::Council(self.year)
            }

            fn ballot(&self) -> BallotId {
                self.ballot
            }
        }

        $(impl AtScan for $name {
            fn attachment(&self) -> $kind {
                self.$field
            }
        })?
    )*};
}

/// Below the conferences of a year.
pub(super) mod at_conference {
    use axum_extra::routing::TypedPath;
    use serde::Deserialize;

    use super::{AtBallot, AtScan, Place};
    use crate::{
        ids::{AttachmentId, BallotId},
        kit::error::AppError,
    };

    year_paths! {
        /// A ballot where it is, with the one act that comes next.
        Show "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}" {}
        /// Its form.
        Edit "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/sua" {}
        /// Letting those vote who won't be there.
        Advance "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/mo-truoc" {}
        /// Opening it in the hall.
        Opening "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/mo" {}
        /// Who comes late votes too.
        Admission "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/co-mat" {}
        /// Closing it.
        Closing "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/dong" {}
        /// Papers on paper: given out, and their count.
        Papers "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/phieu-giay" {}
        /// Giving a paper to a voter, or taking it back.
        HandingOut "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/phieu-giay/phat" {}
        /// Making the result.
        Count "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/kiem-phieu" {}
        /// The result.
        Result "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/ket-qua" {}
        /// Everything that is published, for counting again.
        File "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/phieu.json" {}
        /// A second round.
        Round "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/vong-2" {}
        /// A new ballot in the place of this one.
        Again "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/lap-lai" {}
        /// VUSTA's answer on equal votes.
        Settlement "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/y-kien" {}
        /// The minutes of the count are signed.
        Signature "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/ky" {}
        /// Calling it off.
        Cancellation "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/huy" {}
        /// Papers to print.
        Print "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/in-phieu" {}
        /// The sheet on which papers are counted by hand.
        Sheet "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/in-bien-ban-kiem" {}
        /// Scans of what was signed on paper.
        Scans "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/ban-quet" {}
        /// One of the scans.
        Scan "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/ban-quet/{attachment}" { attachment: AttachmentId }
        /// Taking one off.
        ScanRemoval "/cum/{cluster}/{year}/hoi-nghi/bo-phieu/{ballot}/ban-quet/{attachment}/go" { attachment: AttachmentId }
    }
}

/// Below the council. Each dossier is for itself there: no votes are equal, and there is no second round.
pub(super) mod at_council {
    use axum_extra::routing::TypedPath;
    use serde::Deserialize;

    use super::{AtBallot, AtScan, Place};
    use crate::{
        ids::{AttachmentId, BallotId},
        kit::error::AppError,
    };

    council_paths! {
        /// A ballot where it is, with the one act that comes next.
        Show "/hoi-dong/{year}/bo-phieu/{ballot}" {}
        /// Its form.
        Edit "/hoi-dong/{year}/bo-phieu/{ballot}/sua" {}
        /// Letting those vote who won't be there.
        Advance "/hoi-dong/{year}/bo-phieu/{ballot}/mo-truoc" {}
        /// Opening it in the hall.
        Opening "/hoi-dong/{year}/bo-phieu/{ballot}/mo" {}
        /// Who comes late votes too.
        Admission "/hoi-dong/{year}/bo-phieu/{ballot}/co-mat" {}
        /// Closing it.
        Closing "/hoi-dong/{year}/bo-phieu/{ballot}/dong" {}
        /// Papers on paper: given out, and their count.
        Papers "/hoi-dong/{year}/bo-phieu/{ballot}/phieu-giay" {}
        /// Giving a paper to a voter, or taking it back.
        HandingOut "/hoi-dong/{year}/bo-phieu/{ballot}/phieu-giay/phat" {}
        /// Making the result.
        Count "/hoi-dong/{year}/bo-phieu/{ballot}/kiem-phieu" {}
        /// The result.
        Result "/hoi-dong/{year}/bo-phieu/{ballot}/ket-qua" {}
        /// Everything that is published, for counting again.
        File "/hoi-dong/{year}/bo-phieu/{ballot}/phieu.json" {}
        /// A new ballot in the place of this one.
        Again "/hoi-dong/{year}/bo-phieu/{ballot}/lap-lai" {}
        /// The minutes of the count are signed.
        Signature "/hoi-dong/{year}/bo-phieu/{ballot}/ky" {}
        /// Calling it off.
        Cancellation "/hoi-dong/{year}/bo-phieu/{ballot}/huy" {}
        /// Papers to print.
        Print "/hoi-dong/{year}/bo-phieu/{ballot}/in-phieu" {}
        /// The sheet on which papers are counted by hand.
        Sheet "/hoi-dong/{year}/bo-phieu/{ballot}/in-bien-ban-kiem" {}
        /// Scans of what was signed on paper.
        Scans "/hoi-dong/{year}/bo-phieu/{ballot}/ban-quet" {}
        /// One of the scans.
        Scan "/hoi-dong/{year}/bo-phieu/{ballot}/ban-quet/{attachment}" { attachment: AttachmentId }
        /// Taking one off.
        ScanRemoval "/hoi-dong/{year}/bo-phieu/{ballot}/ban-quet/{attachment}/go" { attachment: AttachmentId }
    }
}
