-- What it holds is said in that of SQLite. It only grows.
CREATE TABLE ssflow_access (
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    command TEXT NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    activity TEXT NOT NULL,
    role TEXT NOT NULL,
    party TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    codes TEXT NOT NULL
);

CREATE INDEX ssflow_access_case ON ssflow_access (case_id);

CREATE INDEX ssflow_access_at ON ssflow_access (at);

CREATE FUNCTION ssflow_access_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'entries of the access log are never edited or deleted'; END $$;

CREATE TRIGGER ssflow_access_is_not_edited BEFORE UPDATE OR DELETE ON ssflow_access
FOR EACH ROW EXECUTE FUNCTION ssflow_access_stays();

CREATE TRIGGER ssflow_access_is_not_emptied BEFORE TRUNCATE ON ssflow_access
FOR EACH STATEMENT EXECUTE FUNCTION ssflow_access_stays();

CREATE TABLE ssflow_custody (
    case_id TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    version INTEGER NOT NULL,
    seal TEXT NOT NULL,
    ends INTEGER,
    digest TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
);

CREATE FUNCTION ssflow_custody_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'orders are never edited or deleted'; END $$;

CREATE TRIGGER ssflow_custody_is_not_edited BEFORE UPDATE OR DELETE ON ssflow_custody
FOR EACH ROW EXECUTE FUNCTION ssflow_custody_stays();

CREATE TRIGGER ssflow_custody_is_not_emptied BEFORE TRUNCATE ON ssflow_custody
FOR EACH STATEMENT EXECUTE FUNCTION ssflow_custody_stays();

DROP TRIGGER ssflow_event_is_not_edited ON ssflow_event;

CREATE TRIGGER ssflow_event_is_not_edited BEFORE UPDATE ON ssflow_event
FOR EACH ROW EXECUTE FUNCTION ssflow_event_stays();

CREATE FUNCTION ssflow_event_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ssflow_custody WHERE case_id = OLD.case_id AND kind = 'removed' AND version >= OLD.version) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'events are never edited or deleted; append a correction';
END $$;

CREATE TRIGGER ssflow_event_is_not_deleted BEFORE DELETE ON ssflow_event
FOR EACH ROW EXECUTE FUNCTION ssflow_event_is_kept();
