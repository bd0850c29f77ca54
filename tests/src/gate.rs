//! A port that stays the same while different proxies of other people's stand behind it: nginx, haproxy.
//!
//! The test opens the port and hands the socket to the proxy, so no number is guessed and nobody waits for a start:
//! the system keeps connections until the proxy takes them.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::process::Process;
use crate::tools;

/// The open port.
#[derive(Debug)]
pub struct Gate {
    listener: TcpListener,
    folder: PathBuf,
}

impl Gate {
    /// Opens a free port. Configs and temporary files go to `folder`.
    pub fn open(folder: PathBuf) -> Self {
        fs::create_dir_all(&folder).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap(); // as the proxies would open it
        Self { listener, folder }
    }

    /// The address for `POST`.
    pub fn endpoint(&self) -> String {
        format!("http://{}/api/v1/reports", self.address())
    }

    fn address(&self) -> SocketAddr {
        self.listener.local_addr().unwrap()
    }

    /// Puts an nginx behind the port, with these directives for its one server and all else as by default. `None`
    /// where it is not installed.
    pub fn nginx(&self, directives: &str) -> Option<Process> {
        let mut nginx = tools::find("nginx")?;
        let config = format!(
            "daemon off; user root; pid nginx.pid; error_log stderr error; events {{}}
            http {{
                access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                server {{ listen {}; location / {{ {directives} }} }}
            }}",
            self.address()
        );
        fs::write(self.folder.join("nginx.conf"), config).unwrap();
        nginx
            .arg("-p")
            .arg(&self.folder)
            .args(["-c", "nginx.conf", "-e", "stderr"]);
        // How an nginx hands its sockets to the next version of itself.
        Some(self.hand_over(nginx.env("NGINX", "0;")))
    }

    /// Puts a haproxy behind the port, in front of `server` (`host:port`). `None` where it is not installed.
    pub fn haproxy(&self, server: &str) -> Option<Process> {
        let mut haproxy = tools::find("haproxy")?;
        let config = format!(
            "defaults\n mode http\n retries 0\n timeout connect 1m\n timeout client 1m\n timeout server 1m\n\
             listen reports\n bind fd@0\n server feedback {server}\n"
        );
        let file = self.folder.join("haproxy.cfg");
        fs::write(&file, config).unwrap();
        Some(self.hand_over(haproxy.arg("-db").arg("-f").arg(file)))
    }

    fn hand_over(&self, command: &mut Command) -> Process {
        let socket = OwnedFd::from(self.listener.try_clone().unwrap());
        Process::spawn(command.stdin(socket).stdout(Stdio::null()).stderr(Stdio::null()))
    }
}
