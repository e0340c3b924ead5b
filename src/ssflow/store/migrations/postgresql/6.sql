-- What they hold is said in that of SQLite. Rows of the outbox come and go, so it is swept up early.
CREATE TABLE ssflow_subscriber (
    name TEXT COLLATE "C" PRIMARY KEY
);

CREATE TABLE ssflow_outbox (
    subscriber TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (subscriber, case_id, version)
) WITH (autovacuum_vacuum_scale_factor = 0.02);
