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
