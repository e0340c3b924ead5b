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

-- What was ordered of the record of a case: holds, releases, erasures, removals (`at` as above). It only grows, and outlives the case.
CREATE TABLE ssflow_custody (
    case_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    version INTEGER NOT NULL,
    seal TEXT NOT NULL,
    ends INTEGER,
    digest TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ssflow_custody_is_not_edited BEFORE UPDATE ON ssflow_custody
BEGIN SELECT RAISE(ABORT, 'orders are never edited'); END;

CREATE TRIGGER ssflow_custody_is_not_deleted BEFORE DELETE ON ssflow_custody
BEGIN SELECT RAISE(ABORT, 'orders are never deleted'); END;

DROP TRIGGER ssflow_event_is_not_deleted;

CREATE TRIGGER ssflow_event_is_not_deleted BEFORE DELETE ON ssflow_event
WHEN NOT EXISTS (SELECT 1 FROM ssflow_custody WHERE case_id = OLD.case_id AND kind = 'removed' AND version >= OLD.version)
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
