use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use ground::{Clock, Db};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A fresh folder below the target directory; removed by `cargo clean`, never shared between tests.
pub fn data_dir(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("hearth-test-{}-{}-{name}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

/// Where a test's tables are: a file, or a database of a PostgreSQL cluster named by `HEARTH_TEST_DATABASE`.
pub struct TestDatabase {
    pub url: String,
}

impl TestDatabase {
    #[allow(clippy::disallowed_methods)]
    pub async fn fresh(dir: &std::path::Path) -> TestDatabase {
        let Ok(cluster) = std::env::var("HEARTH_TEST_DATABASE") else {
            return TestDatabase { url: format!("sqlite:{}", dir.join("hearth.db").display()) };
        };
        let name = format!("hearth_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let admin = Db::connect(&cluster, Clock::System).await.expect("the PostgreSQL cluster of HEARTH_TEST_DATABASE answers");
        admin.script(&format!("CREATE DATABASE {name}")).await.unwrap();
        let (server, _) = cluster.rsplit_once('/').expect("HEARTH_TEST_DATABASE ends in a database name");
        TestDatabase { url: format!("{server}/{name}") }
    }
}
