//! From a clone to the demo practice.

use std::os::unix::process::CommandExt;

use crate::{Outcome, bundle, packages, shell};

struct Wanted {
    port: u16,
    data: String,
}

pub fn run(arguments: &[String]) -> Outcome {
    let wanted = parse(arguments)?;
    if !shell::found("npm") {
        return Err("The room bundle needs Node.js 20 or newer with npm.".to_owned());
    }
    packages::need_to_build()?;
    bundle::build()?;
    shell::succeed(shell::cargo(&["build", "-p", "hearth"]))?;
    let binary = shell::target().join("debug/hearth");
    let port = wanted.port.to_string();
    // The server takes our place, so that Ctrl-C reaches it and it closes its rooms properly.
    let error = shell::command(&binary.to_string_lossy(), &["demo", "--port", &port, "--data", &wanted.data]).exec();
    Err(format!("{}: {error}", binary.display()))
}

fn parse(arguments: &[String]) -> Result<Wanted, String> {
    let mut wanted = Wanted { port: 8080, data: ".data/demo".to_owned() };
    let mut rest = arguments.iter();
    while let Some(flag) = rest.next() {
        let value = rest.next().ok_or_else(|| format!("{flag} needs a value"))?;
        match flag.as_str() {
            "--port" => wanted.port = value.parse().map_err(|_| format!("{value} is not a port"))?,
            "--data" => wanted.data.clone_from(value),
            _ => return Err(format!("unknown: {flag}\n{}", crate::USAGE)),
        }
    }
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn flags_are_read() {
        let wanted = parse(&words("--port 9001 --data /tmp/x")).unwrap();
        assert_eq!((wanted.port, wanted.data.as_str()), (9001, "/tmp/x"));
        assert_eq!(parse(&[]).unwrap().port, 8080);
        for wrong in ["--port", "--port many", "--colour red"] {
            assert!(parse(&words(wrong)).is_err(), "{wrong}");
        }
    }
}
