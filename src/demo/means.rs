//! What acts need besides the database.

use std::sync::{Mutex, PoisonError};

use crate::{
    conferences::cards::Secret,
    ids::BallotId,
    kit::{files::Stored, vault::Vault},
};

/// The file that stands for every paper, and the secrets that lie outside of the database.
pub struct Means<'a> {
    /// What stands for every paper.
    pub file: Stored,
    /// What codes of cards are made with.
    pub secret: Secret,
    /// Where keys for sealing lie.
    pub vault: &'a Vault,
    /// The address that people type.
    pub address: String,
    ballots: Mutex<Vec<BallotId>>,
}

impl<'a> Means<'a> {
    pub fn new(file: Stored, vault: &'a Vault, address: &str) -> anyhow::Result<Self> {
        Ok(Self {
            file,
            secret: vault.card_secret()?,
            vault,
            address: address.to_owned(),
            ballots: Mutex::default(),
        })
    }

    /// A ballot was begun.
    pub fn remember(&self, ballot: BallotId) {
        self.ballots
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(ballot);
    }

    /// Destroys the keys of all ballots that were begun: of a world that isn't kept none may stay behind.
    pub fn destroy_keys(&self) -> anyhow::Result<()> {
        for ballot in &*self.ballots.lock().unwrap_or_else(PoisonError::into_inner) {
            self.vault.destroy(ballot.0)?;
        }
        Ok(())
    }
}
