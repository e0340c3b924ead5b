-- Which case names which other as related, so that a case is found from those that rest on it.
CREATE TABLE ssflow_link (
    named TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (named, case_id)
) STRICT, WITHOUT ROWID;

INSERT INTO ssflow_link (named, case_id)
SELECT DISTINCT json_extract(link.value, '$.case'), event.case_id
FROM ssflow_event AS event, json_each(event.body, '$.links') AS link;
