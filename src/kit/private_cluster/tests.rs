//! These start real servers, each in a folder of its own.

use std::{
    env,
    os::unix::fs::symlink,
    process::{Command, Output},
    sync::atomic::{AtomicU32, Ordering},
};

use super::*;

/// A folder that goes away with the test. Its name has a space and a quote, which every path must survive.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("cum thi đua's {} {number}", std::process::id()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A dropped cluster may still be writing; what is left behind then is in the temporary folder.
        for _ in 0..50 {
            if fs::remove_dir_all(&self.0).is_ok() {
                break;
            }
            std::thread::sleep(PAUSE);
        }
    }
}

pub fn psql(url: &str, statement: &str) -> String {
    let output: Output = Command::new("psql")
        .args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement, url])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The server's number as its note says; none while there is no note, or one half written.
pub fn postmaster(folder: &Folder) -> Option<u32> {
    let note = fs::read_to_string(folder.path().join("postgres/postmaster.pid")).ok()?;
    note.lines().next()?.parse().ok()
}

#[tokio::test]
async fn what_was_written_is_found_after_a_restart() {
    let folder = Folder::new();
    let cluster = PrivateCluster::start(folder.path()).await.unwrap();
    psql(
        &cluster.database_url(),
        "create table units (name text); insert into units values ('Sơn La')",
    );
    cluster.stop().await.unwrap();
    assert!(
        !folder.path().join("postgres/postmaster.pid").exists(),
        "a shutdown in order leaves no note"
    );

    let cluster = PrivateCluster::start(folder.path()).await.unwrap();
    assert_eq!(psql(&cluster.database_url(), "select name from units"), "Sơn La");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn the_server_is_vietnamese_private_and_deaf_to_the_network() {
    let folder = Folder::new();
    let cluster = PrivateCluster::start(folder.path()).await.unwrap();
    let url = cluster.database_url();
    let names =
        "select string_agg(name, ' ' order by name) from unnest(array['Đỗ', 'Ê', 'Do', 'E', 'F']) name";
    assert_eq!(psql(&url, names), "Do Đỗ E Ê F");
    assert_eq!(psql(&url, "show listen_addresses"), "");
    assert_eq!(psql(&url, "show data_checksums"), "on");
    for private in ["postgres", "socket"] {
        let mode = folder
            .path()
            .join(private)
            .metadata()
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700, "{private}");
    }
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_program_on_the_same_folder_is_refused() {
    let folder = Folder::new();
    let first = PrivateCluster::start(folder.path()).await.unwrap();
    let error = PrivateCluster::start(folder.path()).await.unwrap_err();
    assert!(matches!(error, ClusterError::InUse { .. }), "{error}");
    assert_eq!(
        psql(&first.database_url(), "select 1"),
        "1",
        "the first one goes on"
    );
    first.stop().await.unwrap();
}

#[tokio::test]
async fn a_server_orphaned_by_kill_9_is_replaced() {
    let folder = Folder::new();
    let mut program = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "--ignored",
            "kit::private_cluster::tests::the_program_to_be_killed",
        ])
        .env("FOLDER_OF_THE_PROGRAM_TO_BE_KILLED", folder.path())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while !folder.path().join("running").exists() {
        assert!(
            program.try_wait().unwrap().is_none(),
            "the program ended by itself"
        );
        time::sleep(PAUSE).await;
    }
    let orphan = postmaster(&folder).unwrap();
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(
        fs::exists(format!("/proc/{orphan}/exe")).unwrap_or(true),
        "the server outlives the program"
    );

    let cluster = PrivateCluster::start(folder.path()).await.unwrap();
    assert_ne!(postmaster(&folder).unwrap(), orphan);
    assert_eq!(psql(&cluster.database_url(), "select word from said"), "before");
    cluster.stop().await.unwrap();
}

/// Not a test: the other process of the one above.
#[tokio::test]
#[ignore = "started by the test above"]
async fn the_program_to_be_killed() {
    let Some(folder) = env::var_os("FOLDER_OF_THE_PROGRAM_TO_BE_KILLED") else {
        return;
    };
    let cluster = PrivateCluster::start(Path::new(&folder)).await.unwrap();
    psql(
        &cluster.database_url(),
        "create table said (word text); insert into said values ('before')",
    );
    fs::write(Path::new(&folder).join("running"), "").unwrap();
    time::sleep(Duration::from_mins(2)).await;
}

#[tokio::test]
async fn a_server_killed_itself_leaves_nothing_that_stops_the_next() {
    let folder = Folder::new();
    let cluster = PrivateCluster::start(folder.path()).await.unwrap();
    psql(
        &cluster.database_url(),
        "create table said (word text); insert into said values ('before')",
    );
    leftover::signal(postmaster(&folder).unwrap(), Signal::SIGKILL);
    drop(cluster);

    let cluster = PrivateCluster::start(folder.path()).await.unwrap();
    assert_eq!(psql(&cluster.database_url(), "select word from said"), "before");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_note_whose_number_belongs_to_another_process_is_not_believed() {
    let folder = Folder::new();
    PrivateCluster::start(folder.path())
        .await
        .unwrap()
        .stop()
        .await
        .unwrap();
    let mut stranger = Command::new("sleep").arg("60").spawn().unwrap();
    fs::write(
        folder.path().join("postgres/postmaster.pid"),
        format!("{}\n", stranger.id()),
    )
    .unwrap();

    let cluster = PrivateCluster::start(folder.path()).await.unwrap();
    assert!(
        stranger.try_wait().unwrap().is_none(),
        "the stranger was left alone"
    );
    stranger.kill().unwrap();
    stranger.wait().unwrap();
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn files_left_half_made_are_made_again() {
    let folder = Folder::new();
    let half = folder.path().join("postgres.new");
    fs::create_dir(&half).unwrap();
    fs::write(half.join("PG_VERSION"), "15").unwrap();
    PrivateCluster::start(folder.path())
        .await
        .unwrap()
        .stop()
        .await
        .unwrap();
    assert!(!half.exists());
}

#[tokio::test]
async fn a_dropped_cluster_shuts_down_and_the_next_start_waits_for_it() {
    let folder = Folder::new();
    drop(PrivateCluster::start(folder.path()).await.unwrap());
    PrivateCluster::start(folder.path())
        .await
        .unwrap()
        .stop()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_works_all_the_same() {
    let folder = Folder::new();
    let long = folder.path().join("x".repeat(120));
    let cluster = PrivateCluster::start(&long).await.unwrap();
    assert_eq!(psql(&cluster.database_url(), "select 1"), "1");
    let elsewhere = psql(&cluster.database_url(), "show unix_socket_directories");
    cluster.stop().await.unwrap();
    fs::remove_dir(elsewhere).unwrap();
}

#[tokio::test]
async fn a_folder_closed_to_the_servers_user_is_named() {
    if !geteuid().is_root() {
        return;
    }
    let folder = Folder::new();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    let error = PrivateCluster::start(&closed.join("data")).await.unwrap_err();
    assert!(
        matches!(&error, ClusterError::OutOfReach { barrier, .. } if *barrier == closed),
        "{error}"
    );
}

#[test]
fn a_link_in_place_of_a_folder_is_not_followed() {
    let folder = Folder::new();
    let trap = folder.path().join("socket");
    symlink("/etc", &trap).unwrap();
    let owner = Owner::of(folder.path()).unwrap();
    assert!(matches!(
        owner.own_folder(&trap),
        Err(ClusterError::NotOurs { .. })
    ));
}
