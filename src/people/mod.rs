//! Persons and their dated posts; what a person may do follows from the posts held *today*.
//!
//! Nobody "is" the secretariat of a cluster: whoever holds a post in the unit that leads the cluster today
//! has those rights, so they move by themselves on the hand-over date. A post that has ended leaves the right
//! to read what the closed years of that unit hold, and nothing else.

mod actions;
mod model;
mod passwords;
mod queries;

pub use actions::{
    NewPerson, add_post, create_person, end_post, issue_password_link, set_password, set_password_hash,
    unlock, update_person,
};
pub use model::{Actor, Gender, Person, Post, Role, YearPlace};
pub use passwords::{DEMO_PASSWORD, Password, Secret, hash_of_token, new_token};
pub use queries::{
    Account, Contact, PersonRow, actor_by_login, actor_of_session, addresses_of, all_people, contacts,
    council_members, find_account, find_link, find_person, load_actor, lock_account, note_good_sign_in,
    of_units, person_by_login, posts_of, set_failures, use_link,
};
