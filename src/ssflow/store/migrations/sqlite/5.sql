-- In which cases a work that goes through all of them (a sweep) failed: the case at its version, how often in a row, when last (microseconds since
-- 1970, UTC) and why (JSON: Chinese, English). So that it is tried again later, by whichever worker, and holds up no other case.
CREATE TABLE ssflow_failure (
    work TEXT NOT NULL,
    case_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    tried INTEGER NOT NULL,
    fault TEXT NOT NULL,
    PRIMARY KEY (work, case_id)
) STRICT, WITHOUT ROWID;
