-- Of each case also whether a term is recorded as overdue, the latest day that is known to have come in it, and the case itself as JSON
-- (`standing`), so that an act need not read all events; `standing_seal` is the SHA-256 of the last seal and `standing`.
ALTER TABLE ssflow_head ADD COLUMN late INTEGER NOT NULL DEFAULT 0;

ALTER TABLE ssflow_head ADD COLUMN last TEXT;

ALTER TABLE ssflow_head ADD COLUMN standing TEXT NOT NULL DEFAULT '';

ALTER TABLE ssflow_head ADD COLUMN standing_seal TEXT NOT NULL DEFAULT '';

UPDATE ssflow_head SET late = EXISTS (
    SELECT 1 FROM ssflow_event AS event, json_each(event.body, '$.obligations') AS owed
    WHERE event.case_id = ssflow_head.case_id AND event.version = ssflow_head.version
    AND json_extract(owed.value, '$.overdue')
);

CREATE INDEX ssflow_head_late ON ssflow_head (late) WHERE late;

CREATE INDEX ssflow_head_last ON ssflow_head (last);
