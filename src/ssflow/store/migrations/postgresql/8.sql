-- A snapshot is called so everywhere.
ALTER TABLE ssflow_head RENAME COLUMN standing TO snapshot;

ALTER TABLE ssflow_head RENAME COLUMN standing_seal TO snapshot_seal;
