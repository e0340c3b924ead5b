-- One file. `event` is the truth and only grows; `head` is what the last event of each case says, for lists.
-- `body` is the event as JSON (codec.py); `seal` is the SHA-256 of the previous seal of the case and this body, so that an
-- event which is altered, taken out or exchanged breaks the chain. Instants in `closes` are microseconds since 1970, UTC.
CREATE TABLE event (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    body TEXT NOT NULL,
    seal TEXT NOT NULL,
    UNIQUE (case_id, version)
) STRICT;

CREATE TABLE head (
    case_id TEXT PRIMARY KEY,
    process TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    closes INTEGER,
    seal TEXT NOT NULL,
    opened INTEGER NOT NULL
) STRICT;

-- Which case names which other as related, so that a case is found from those that rest on it.
CREATE TABLE link (
    named TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (named, case_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX head_closes ON head (closes) WHERE closes IS NOT NULL;

CREATE TRIGGER event_is_not_edited BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never edited; append a correction'); END;

CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
