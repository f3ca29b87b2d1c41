//! A PostgreSQL of our own for the length of one test run: loopback only, nothing written for keeps.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Outcome, packages, shell};

/// Stopped and removed when it goes out of scope.
pub struct Cluster {
    tools: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    pub fn start() -> Result<Cluster, String> {
        let tools = packages::postgres_tools().ok_or("PostgreSQL is not installed")?;
        let folder = std::env::temp_dir().join(format!("hearth-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let cluster = Cluster { tools, folder, port: free_port()? };
        if packages::is_root() {
            shell::succeed(shell::command("chown", &["postgres", &text(&cluster.folder)]))?;
        }
        let data = text(&cluster.data());
        shell::output(
            cluster.tool("initdb", &["-D", &data, "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]),
        )?;
        // Nothing here needs to survive a power cut.
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200",
            cluster.port,
            cluster.folder.display()
        );
        let log = text(&cluster.folder.join("log"));
        shell::output(cluster.tool("pg_ctl", &["-D", &data, "-w", "-t", "60", "-s", "-l", &log, "-o", &options, "start"]))?;
        Ok(cluster)
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// PostgreSQL refuses to run as root.
    fn tool(&self, name: &str, arguments: &[&str]) -> Command {
        let program = text(&self.tools.join(name));
        let mut command = if packages::is_root() {
            shell::command("runuser", &["-u", "postgres", "--", &program])
        } else {
            shell::command(&program, &[])
        };
        command.args(arguments).current_dir("/").stdin(std::process::Stdio::null());
        command
    }

    fn stop(&self) -> Outcome {
        shell::output(self.tool("pg_ctl", &["-D", &text(&self.data()), "-m", "immediate", "-s", "stop"])).map(|_| ())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(reason) = self.stop() {
            eprintln!("PostgreSQL was not stopped: {reason}");
        }
        // What stays behind is in the temporary folder, where the machine clears up.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn free_port() -> Result<u16, String> {
    let probe = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    probe.map(|address| address.port()).map_err(|error| error.to_string())
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
