-- Who is told of events that are recorded (`subscriber`), and which of them each is still to be told: a row an event, written with it and taken away when
-- it is delivered. The event itself stays where it is. Versions of a case are written one after the other, so whoever sees one sees those before it.
CREATE TABLE ssflow_subscriber (
    name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE ssflow_outbox (
    subscriber TEXT NOT NULL,
    case_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (subscriber, case_id, version)
) STRICT, WITHOUT ROWID;
