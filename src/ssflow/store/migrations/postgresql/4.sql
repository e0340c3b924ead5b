-- The same tables as those of SQLite, made at once; what they hold is said there. Texts compare by their bytes, whatever the database's
-- collation; days and instants are texts and numbers, so that no setting of a client turns them into others. `fillfactor` leaves room
-- for the next version of a case on the page of the last. An empty line ends a statement.
CREATE TABLE ssflow_event (
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    body TEXT NOT NULL,
    seal TEXT NOT NULL,
    UNIQUE (case_id, version)
);

CREATE TABLE ssflow_head (
    case_id TEXT COLLATE "C" PRIMARY KEY,
    process TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    closed BOOLEAN NOT NULL,
    closes BIGINT,
    seal TEXT NOT NULL,
    opened BIGINT NOT NULL,
    late BOOLEAN NOT NULL DEFAULT FALSE,
    last TEXT COLLATE "C",
    standing TEXT NOT NULL DEFAULT '',
    standing_seal TEXT NOT NULL DEFAULT ''
) WITH (fillfactor = 70);

CREATE INDEX ssflow_head_closes ON ssflow_head (closes) WHERE closes IS NOT NULL;

CREATE INDEX ssflow_head_late ON ssflow_head (late) WHERE late;

CREATE INDEX ssflow_head_last ON ssflow_head (last);

CREATE TABLE ssflow_link (
    named TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (named, case_id)
);

CREATE TABLE ssflow_obligation (
    case_id TEXT COLLATE "C" NOT NULL,
    process TEXT NOT NULL,
    clock TEXT NOT NULL,
    role TEXT NOT NULL,
    place TEXT NOT NULL,
    due TEXT COLLATE "C",
    late BOOLEAN NOT NULL,
    PRIMARY KEY (case_id, clock)
);

CREATE INDEX ssflow_obligation_role ON ssflow_obligation (role, place, due);

CREATE INDEX ssflow_obligation_due ON ssflow_obligation (due);

CREATE TABLE ssflow_request (
    name TEXT COLLATE "C" PRIMARY KEY,
    digest TEXT NOT NULL,
    answer TEXT NOT NULL
);

CREATE FUNCTION ssflow_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'events are never edited or deleted; append a correction'; END $$;

CREATE TRIGGER ssflow_event_is_not_edited BEFORE UPDATE OR DELETE ON ssflow_event
FOR EACH ROW EXECUTE FUNCTION ssflow_event_stays();

CREATE TRIGGER ssflow_event_is_not_emptied BEFORE TRUNCATE ON ssflow_event
FOR EACH STATEMENT EXECUTE FUNCTION ssflow_event_stays();
