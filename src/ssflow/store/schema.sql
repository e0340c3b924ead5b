-- One file. `event` is the truth and only grows; `head` is where the last event of each case leaves it: its line in lists, and the case
-- itself as JSON (`standing`), so that an act need not read all events. `body` is the event as JSON; `seal` is the SHA-256 of the
-- previous seal of the case and this body, so that an event which is altered, taken out or exchanged breaks the chain;
-- `standing_seal` is that of the last seal and `standing`. Instants in `closes` are microseconds since 1970, UTC.
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
    opened INTEGER NOT NULL,
    late INTEGER NOT NULL DEFAULT 0,
    last TEXT,
    standing TEXT NOT NULL DEFAULT '',
    standing_seal TEXT NOT NULL DEFAULT ''
) STRICT;

-- Which case names which other as related, so that a case is found from those that rest on it.
CREATE TABLE link (
    named TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (named, case_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX head_closes ON head (closes) WHERE closes IS NOT NULL;
CREATE INDEX head_late ON head (late) WHERE late;
CREATE INDEX head_last ON head (last);

CREATE TRIGGER event_is_not_edited BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never edited; append a correction'); END;

CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
