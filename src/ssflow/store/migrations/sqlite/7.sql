-- Who was refused something, and who looked at personal data unmasked (`at` in microseconds since 1970, UTC; `codes` a JSON list). It only grows.
CREATE TABLE ssflow_access (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    command TEXT NOT NULL,
    case_id TEXT NOT NULL,
    activity TEXT NOT NULL,
    role TEXT NOT NULL,
    party TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    codes TEXT NOT NULL
) STRICT;

CREATE INDEX ssflow_access_case ON ssflow_access (case_id);

CREATE INDEX ssflow_access_at ON ssflow_access (at);

CREATE TRIGGER ssflow_access_is_not_edited BEFORE UPDATE ON ssflow_access
BEGIN SELECT RAISE(ABORT, 'entries of the access log are never edited'); END;

CREATE TRIGGER ssflow_access_is_not_deleted BEFORE DELETE ON ssflow_access
BEGIN SELECT RAISE(ABORT, 'entries of the access log are never deleted'); END;
