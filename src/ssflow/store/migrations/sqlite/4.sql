-- What is owed in each case: which role of which place has to do it by which day, so that an office's work list is one look-up. Of cases
-- written before, the place is not known ('') until something is added to them.
CREATE TABLE ssflow_obligation (
    case_id TEXT NOT NULL,
    process TEXT NOT NULL,
    clock TEXT NOT NULL,
    role TEXT NOT NULL,
    place TEXT NOT NULL,
    due TEXT,
    late INTEGER NOT NULL,
    PRIMARY KEY (case_id, clock)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO ssflow_obligation (case_id, process, clock, role, place, due, late)
SELECT head.case_id, head.process, json_extract(owed.value, '$.clock'), json_extract(owed.value, '$.owed_by'),
    '', json_extract(owed.value, '$.due'), coalesce(json_extract(owed.value, '$.overdue'), 0)
FROM ssflow_head AS head
JOIN ssflow_event AS event ON event.case_id = head.case_id AND event.version = head.version,
    json_each(event.body, '$.obligations') AS owed
WHERE json_extract(owed.value, '$.owed_by') <> '';

CREATE INDEX ssflow_obligation_role ON ssflow_obligation (role, place, due);

CREATE INDEX ssflow_obligation_due ON ssflow_obligation (due);

-- Which requests were carried out under a key of the caller: the digest of what was asked, and the cases at the versions that answered.
CREATE TABLE ssflow_request (
    name TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
