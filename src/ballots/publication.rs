//! The file that is published of a ballot, with its hash.

use super::{
    counting::turnout,
    model::{Ballot, Outcome, PaperCounts, Published, PublishedPaper, Voter},
    sealing::hash_of_published,
};
use crate::kit::error::Result;

/// Puts the file together; `counts` is the count of papers on paper, where there were any.
pub(super) fn publish(
    ballot: &Ballot,
    voters: &[Voter],
    papers: Vec<PublishedPaper>,
    counts: Option<PaperCounts>,
    result: Option<Outcome>,
) -> Result<Published> {
    let mut published = Published {
        format: Published::FORMAT.to_owned(),
        ballot: ballot.id,
        plan: ballot.plan.clone(),
        plan_hash: hex::encode(ballot.plan_hash.as_deref().unwrap_or_default()),
        turnout: turnout(voters, papers.len(), counts.as_ref()),
        papers,
        paper_counts: counts,
        result,
        hash: String::new(),
    };
    published.hash = hex::encode(hash_of_published(&published)?);
    Ok(published)
}
