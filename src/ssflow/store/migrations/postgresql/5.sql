-- What it holds is said in that of SQLite.
CREATE TABLE ssflow_failure (
    work TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    tried BIGINT NOT NULL,
    fault TEXT NOT NULL,
    PRIMARY KEY (work, case_id)
);
