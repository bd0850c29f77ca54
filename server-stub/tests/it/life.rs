//! Starts and stops: what was promised is there after every one of them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use server_stub::{Server, ServerConfig, StartError};
use tempfile::TempDir;

use super::client;
use super::report::{KEY, Place, Report, TOKEN, config, files_below};

#[test]
fn a_restart_keeps_everything_and_sweeps_the_rest() {
    let Place { server, dir } = Place::new();
    let data = dir.path().join("data");
    let place = Place { server, dir };
    let report = Report::new("kept");
    place.send(&report);
    let Place { server, dir } = place;
    server.shutdown();

    let kept = files_below(&data.join("blobs"));
    let orphan = "0190f5fe-7a3b-7c5e-9d52-3f0a6b1c2d4e";
    let folder = data.join("blobs").join(&orphan[..5]);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{orphan}.zip")), b"no row").unwrap();
    fs::write(data.join("tmp/half.part"), b"half").unwrap();

    let place = Place {
        server: Server::start(config(&data)).unwrap(),
        dir,
    };
    assert_eq!(files_below(&data.join("blobs")), kept);
    assert!(files_below(&data.join("tmp")).is_empty());
    assert_eq!(
        place.agent(&format!("/api/v1/reports/{}/bundle", report.id)).body,
        report.bundle
    );
    let again = place.send(&report);
    assert_eq!(
        (again.status, again.json()["number"].as_str()),
        (200, Some("FB-1001"))
    );
    assert_eq!(place.send(&Report::new("new")).json()["number"], "FB-1002");
}

#[test]
fn health_is_whether_it_can_store() {
    let place = Place::new();
    let healthy = place.get("/healthz", &[]);
    assert_eq!((healthy.status, healthy.body.as_slice()), (200, &b"ok"[..]));

    let data = place.dir.path().join("data");
    let aside = place.dir.path().join("aside");
    fs::rename(&data, &aside).unwrap();
    fs::write(&data, b"a file where the folder was").unwrap();
    let ill = place.get("/healthz", &[]);
    ill.problem(503);
    assert!(ill.header("retry-after").is_some());
    let refused = place.send(&Report::new("x"));
    refused.problem(503);
    assert!(refused.header("retry-after").is_some());

    fs::remove_file(&data).unwrap();
    fs::rename(&aside, &data).unwrap();
    assert_eq!(place.get("/healthz", &[]).status, 200);
    assert_eq!(place.send(&Report::new("x")).status, 201);
}

#[test]
fn two_servers_do_not_share_a_folder() {
    let place = Place::new();
    let error = Server::start(config(&place.dir.path().join("data"))).unwrap_err();
    assert!(matches!(error, StartError::Data { .. }));
    assert!(error.to_string().contains("in use by another server"), "{error}");
}

#[test]
fn a_start_that_fails_says_why() {
    let dir = TempDir::new().unwrap();
    let place = Place::new();
    let taken = place.server.local_addr().to_string();
    let error = Server::start(ServerConfig::new(dir.path()).listen(taken.clone())).unwrap_err();
    assert!(
        matches!(error, StartError::Listen { .. }) && error.to_string().contains(&taken),
        "{error}"
    );

    // Not even a folder's first start, which would have used up the one time that the token is shown.
    let next = Server::start(ServerConfig::new(dir.path()).listen("127.0.0.1:0")).unwrap();
    assert!(next.agent_token_is_new());

    let file = dir.path().join("file");
    fs::write(&file, b"").unwrap();
    let error = Server::start(ServerConfig::new(&file).listen("127.0.0.1:0")).unwrap_err();
    assert!(matches!(error, StartError::Data { .. }), "{error}");
}

/// The key ships inside the app: whoever reads it there would read every report.
#[test]
fn no_key_is_the_agents_token_also_not_one_of_an_earlier_start() {
    let dir = TempDir::new().unwrap();
    let config = || ServerConfig::new(dir.path()).listen("127.0.0.1:0");
    let refused = |config: ServerConfig| {
        let error = Server::start(config).unwrap_err();
        assert!(matches!(error, StartError::Config { .. }), "{error}");
        assert!(error.to_string().contains("could read every report"), "{error}");
    };
    refused(config().key("one").key("two").agent_token("two"));
    let server = Server::start(config()).unwrap();
    let (token, key) = (
        server.agent_token().unwrap().to_owned(),
        server.project_keys()[0].clone(),
    );
    server.shutdown();
    refused(config().key(token));
    refused(config().agent_token(key));
    drop(Server::start(config()).unwrap());
}

#[test]
fn what_was_not_given_is_generated_once() {
    let dir = TempDir::new().unwrap();
    let start = || Server::start(ServerConfig::new(dir.path()).listen("127.0.0.1:0")).unwrap();
    let first = start();
    let key = first.project_keys().to_vec();
    let token = first.agent_token().unwrap().to_owned();
    assert!(first.agent_token_is_new());
    first.shutdown();

    let second = start();
    assert_eq!(second.project_keys(), key);
    assert_eq!(second.agent_token(), None);
    let bearer = format!("Bearer {token}");
    assert_eq!(
        client::get(
            second.local_addr(),
            "/api/v1/reports",
            &[("Authorization", &bearer)]
        )
        .status,
        200
    );
    for file in files_below(dir.path()) {
        let bytes = fs::read(&file).unwrap();
        assert!(
            !bytes
                .windows(token.len())
                .any(|window| window == token.as_bytes()),
            "{file}"
        );
    }
}

/// The program, killed when the test ends however it ends.
pub(crate) struct Program {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
}

impl Program {
    pub(crate) fn serve(data: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_server-stub"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(arguments)
            .env_remove("FEEDBACK_AGENT_TOKEN")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .strip_prefix("listening on http://")
            .unwrap()
            .trim_end()
            .parse()
            .unwrap();
        Self { child, address }
    }

    #[cfg(unix)]
    fn stderr(&mut self) -> String {
        std::io::read_to_string(self.child.stderr.take().unwrap()).unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_report_survives_the_death_of_the_program() {
    let dir = TempDir::new().unwrap();
    let arguments = ["--key", KEY, "--agent-token", TOKEN];
    let report = Report::new("x");
    let mut program = Program::serve(dir.path(), &arguments);
    let post = |program: &Program| {
        client::request(
            program.address,
            "POST",
            "/api/v1/reports",
            &report.headers(),
            &report.body(),
        )
    };
    assert_eq!(post(&program).status, 201);
    program.child.kill().unwrap();
    program.child.wait().unwrap();

    let program = Program::serve(dir.path(), &arguments);
    assert_eq!(post(&program).status, 200);
    let path = format!("/api/v1/reports/{}/bundle", report.id);
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(
        client::get(program.address, &path, &[("Authorization", &bearer)]).body,
        report.bundle
    );
}

#[cfg(unix)]
#[test]
fn the_program_shows_its_secrets_once_and_stops_when_asked() {
    let dir = TempDir::new().unwrap();
    let run = || {
        let mut program = Program::serve(dir.path(), &[]);
        let pid = program.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        let text = program.stderr();
        assert!(program.child.wait().unwrap().success());
        text
    };
    let (first, second) = (run(), run());
    let line = |text: &str, start: &str| {
        text.lines()
            .find(|line| line.starts_with(start))
            .map(str::to_owned)
    };
    assert!(line(&first, "agent token").is_some(), "{first}");
    assert_eq!(line(&second, "agent token"), None, "{second}");
    assert!(line(&first, "project key").is_some(), "{first}");
    assert_eq!(line(&first, "project key"), line(&second, "project key"));
}

#[test]
fn wrong_usage_is_64_and_help_is_not() {
    let dir = TempDir::new().unwrap();
    // Where another server runs, wrong usage is still told as that.
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap().to_string();
    let status = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server-stub"));
        command
            .args(arguments)
            .current_dir(&dir)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap()
            .code()
    };
    for wrong in [
        &[][..],
        &["fly"],
        &["serve", "--nonsense"],
        &["serve", "--max-bytes", "many"],
        &["serve", "--max-bytes", "0"],
        &["serve", "--key", ""],
        &["serve", "--key", "a b"],
        &["serve", "--key", "é"],
        &["serve", "--agent-token", ""],
        &[
            "serve",
            "--listen",
            &taken,
            "--key",
            "same",
            "--agent-token",
            "same",
        ],
    ] {
        assert_eq!(status(wrong), Some(64), "{wrong:?}");
    }
    assert_eq!(status(&["serve", "--help"]), Some(0));
    let nowhere = ["serve", "--listen", "127.0.0.1:0", "--data", "/dev/null/x"];
    assert_eq!(status(&nowhere), Some(1));
}
