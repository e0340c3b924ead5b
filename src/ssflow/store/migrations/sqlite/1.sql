-- `event` is the truth and only grows; `head` is where the last event of each case leaves it: its line in lists. `body` is the event
-- as JSON; `seal` is the SHA-256 of the previous seal of the case and this body, so that an event which is altered, taken out or
-- exchanged breaks the chain. Instants in `closes` are microseconds since 1970, UTC. An empty line ends a statement.
CREATE TABLE ssflow_event (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    body TEXT NOT NULL,
    seal TEXT NOT NULL,
    UNIQUE (case_id, version)
) STRICT;

CREATE TABLE ssflow_head (
    case_id TEXT PRIMARY KEY,
    process TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    closes INTEGER,
    seal TEXT NOT NULL,
    opened INTEGER NOT NULL
) STRICT;

CREATE INDEX ssflow_head_closes ON ssflow_head (closes) WHERE closes IS NOT NULL;

CREATE TRIGGER ssflow_event_is_not_edited BEFORE UPDATE ON ssflow_event
BEGIN SELECT RAISE(ABORT, 'events are never edited; append a correction'); END;

CREATE TRIGGER ssflow_event_is_not_deleted BEFORE DELETE ON ssflow_event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
