//! A hall with many voters: the program as it is run, on a folder of its own, and a secret ballot that is open.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, bail};
use cumthidua::{
    ballots::{
        self, Attendance, Candidate, Committee, Elector, House, Plan, Published, Purpose, Question, Rule,
        Style,
    },
    conferences::{FormOfVote, cards},
    ids::{BallotId, PersonId, SittingId},
    kit::{clock::Clock, codes, private_cluster::PrivateCluster, vault::Vault},
    people::Actor,
    years::{Rules, ThresholdBase},
};
use rand::Rng;
use sqlx::{Connection, PgConnection, PgPool, postgres::PgPoolOptions};
use tokio::{
    process::{Child, Command},
    time,
};

/// How long the program or its database may take to be there again.
const PATIENCE: Duration = Duration::from_mins(2);
const PAUSE: Duration = Duration::from_millis(50);

/// The program on its folder.
pub struct Stage {
    program: PathBuf,
    folder: PathBuf,
    port: u16,
    server: Child,
}

impl Stage {
    /// Starts the program on a new folder, and waits until it answers.
    pub async fn new(program: &Path, folder: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(folder)?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let stage = Self {
            server: start(program, folder, port)?,
            program: program.to_owned(),
            folder: folder.to_owned(),
            port,
        };
        stage.wait().await?;
        Ok(stage)
    }

    /// `http://127.0.0.1:1234`
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    async fn wait(&self) -> anyhow::Result<()> {
        let client = reqwest::Client::new();
        let ready = format!("{}/ready", self.address());
        let is_ready = async {
            while !client
                .get(&ready)
                .send()
                .await
                .is_ok_and(|a| a.status().is_success())
            {
                time::sleep(PAUSE).await;
            }
        };
        time::timeout(PATIENCE, is_ready)
            .await
            .context("the program doesn't start")
    }

    /// Kills the program as a power cut would, and starts it again. It answers when this returns.
    pub async fn kill_program(&mut self) -> anyhow::Result<()> {
        self.server.kill().await?;
        self.server = start(&self.program, &self.folder, self.port)?;
        self.wait().await
    }

    /// Kills the database; the program starts it again by itself. It answers when this returns.
    pub async fn kill_database(&self) -> anyhow::Result<()> {
        let number = || -> Option<i32> {
            let note = fs::read_to_string(self.folder.join("postgres/postmaster.pid")).ok()?;
            note.lines().next()?.parse().ok()
        };
        let killed = number().context("the database isn't running")?;
        nix::sys::signal::kill(
            nix::unistd::Pid::from_raw(killed),
            nix::sys::signal::Signal::SIGKILL,
        )?;
        let is_new = async {
            while number().is_none_or(|now| now == killed) {
                time::sleep(PAUSE).await;
            }
        };
        time::timeout(PATIENCE, is_new)
            .await
            .context("the database doesn't come back")?;
        self.wait().await
    }

    /// Ends the program in order.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        if let Some(number) = self.server.id() {
            let number = nix::unistd::Pid::from_raw(number.cast_signed());
            nix::sys::signal::kill(number, nix::sys::signal::Signal::SIGTERM)?;
        }
        time::timeout(PATIENCE, self.server.wait())
            .await
            .context("the program doesn't end")??;
        Ok(())
    }

    async fn pool(&self) -> anyhow::Result<PgPool> {
        let url = PrivateCluster::beside(&self.folder)?;
        Ok(PgPoolOptions::new().max_connections(2).connect(&url).await?)
    }

    fn vault(&self) -> anyhow::Result<Vault> {
        Vault::open(&self.folder.join("keys"))
    }
}

fn start(program: &Path, folder: &Path, port: u16) -> anyhow::Result<Child> {
    let log = fs::File::options()
        .create(true)
        .append(true)
        .open(folder.with_extension("log"))?;
    Ok(Command::new(program)
        .arg("--data")
        .arg(folder)
        .arg("serve")
        .arg("--listen")
        .arg(format!("127.0.0.1:{port}"))
        .env_remove("DATABASE_URL")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .kill_on_drop(true)
        .spawn()?)
}

/// An open ballot with the codes of its voters' cards.
pub struct OpenBallot {
    pub id: BallotId,
    pub codes: Vec<String>,
    chair: Actor,
}

/// Two of four candidates, chosen in secret.
fn plan() -> Plan {
    let rules = Rules {
        flag_quota: 2,
        merit_quota: 2,
        quorum_percent: 50.into(),
        threshold_percent: 50.into(),
        threshold_base: ThresholdBase::AllUnits,
        frozen_at: None,
    };
    let candidate = |name: &str| Candidate {
        name: name.to_owned(),
        unit_id: None,
        nomination_id: None,
        score: None,
        origin: String::new(),
    };
    Plan {
        title: "Biểu quyết của đại hội".to_owned(),
        form: FormOfVote::Secret,
        round: 1,
        questions: vec![Question {
            purpose: Purpose::Motion,
            award: None,
            title: "Chọn hai trong bốn phương án".to_owned(),
            style: Style::Choose,
            most: 2,
            seats: 2,
            candidates: ["Phương án A", "Phương án B", "Phương án C", "Phương án D"]
                .map(candidate)
                .to_vec(),
        }],
        rule: Rule::of_year(&rules),
    }
}

/// Opens a ballot for so many voters, all in the hall.
pub async fn open_ballot(stage: &Stage, voters: usize) -> anyhow::Result<OpenBallot> {
    let pool = stage.pool().await?;
    let mut db = pool.acquire().await?;
    let chair = chair(&mut db).await?;
    let codes: Vec<String> = (0..voters).map(|_| new_code()).collect();
    let electorate: Vec<Elector> = codes
        .iter()
        .enumerate()
        .map(|(number, code)| Elector {
            name: format!("Đại biểu {number:03}"),
            unit_id: None,
            person_id: Some(PersonId::new()),
            card_hash: Some(cards::hash_of(code)),
            attendance: Attendance::Present,
        })
        .collect();
    let now = Clock::System.now();
    let sitting = sitting(&mut db, &chair).await?;
    seat(&mut db, sitting, &electorate).await?;
    let house = House::Council(sitting);
    let id = ballots::create(&mut db, now, &chair, house, &plan()).await?;
    let ballot = ballots::find(&mut db, id).await?;
    let mut tx = db.begin().await?;
    ballots::open(
        &mut tx,
        now,
        &chair,
        &ballot,
        ballot.version,
        &electorate,
        &stage.vault()?,
    )
    .await?;
    tx.commit().await?;
    Ok(OpenBallot { id, codes, chair })
}

fn new_code() -> String {
    let mut bytes = [0_u8; 8];
    rand::rng().fill_bytes(&mut bytes);
    codes::of(&bytes)
}

/// Somebody of VUSTA's standing office, who opens and closes.
async fn chair(db: &mut PgConnection) -> anyhow::Result<Actor> {
    let id = PersonId::new();
    sqlx::query("insert into persons (id, login, full_name, created_at) values ($1, 'dieu-hanh', 'Nguyễn Văn Điều Hành', now())")
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(Actor {
        id,
        full_name: "Nguyễn Văn Điều Hành".to_owned(),
        is_standing_office: true,
        ..Actor::default()
    })
}

/// A session in which they vote.
async fn sitting(db: &mut PgConnection, chair: &Actor) -> anyhow::Result<SittingId> {
    let id = SittingId::new();
    sqlx::query(
        "insert into council_sittings (id, year, state, held_on, quorum_percent, threshold_percent, threshold_base, created_at, created_by, opened_at)
         values ($1, 2026, 'in_session', current_date, 50, 50, 'all_members', now(), $2, now())",
    )
    .bind(id.0)
    .bind(chair.id.0)
    .execute(db)
    .await?;
    Ok(id)
}

/// Puts the voters on the roll, each with a card.
async fn seat(db: &mut PgConnection, sitting: SittingId, voters: &[Elector]) -> anyhow::Result<()> {
    for (number, voter) in voters.iter().enumerate() {
        let person = voter.person_id.context("a voter is a person")?;
        sqlx::query("insert into persons (id, login, full_name, created_at) values ($1, $2, $3, now())")
            .bind(person.0)
            .bind(format!("dai-bieu-{number}"))
            .bind(&voter.name)
            .execute(&mut *db)
            .await?;
        sqlx::query(
            "insert into council_seats (id, sitting_id, person_id, name, card_hash, attended_at, attended_by)
             values (gen_random_uuid(), $1, $2, $3, $4, now(), 'card')",
        )
        .bind(sitting.0)
        .bind(person.0)
        .bind(&voter.name)
        .bind(&voter.card_hash)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Closes and counts the ballot; answers what is published.
pub async fn count(stage: &Stage, open: &OpenBallot) -> anyhow::Result<Published> {
    let pool = stage.pool().await?;
    let now = Clock::System.now();
    let ballot = ballots::find(&mut *pool.acquire().await?, open.id).await?;
    ballots::close(&pool, &stage.vault()?, now, &open.chair, &ballot, ballot.version).await?;
    let mut db = pool.acquire().await?;
    let ballot = ballots::find(&mut db, open.id).await?;
    let committee = Committee {
        head: "Lê Văn Tổ Trưởng".to_owned(),
        secretary: "Phạm Thị Thư Ký".to_owned(),
        members: Vec::new(),
    };
    ballots::count(&mut db, now, &open.chair, &ballot, ballot.version, &committee).await?;
    let ballot = ballots::find(&mut db, open.id).await?;
    let Some(outcome) = &ballot.result else {
        bail!("the count has no result");
    };
    let published = ballots::published(&mut db, &ballot).await?;
    let counted = usize::try_from(outcome.turnout.collected)?;
    anyhow::ensure!(
        counted == published.papers.len(),
        "{counted} papers counted, {} published",
        published.papers.len()
    );
    Ok(published)
}
