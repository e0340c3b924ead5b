-- What the roles of a database in PostgreSQL may do: one runs `Cases`, one reads what is verified and exported, and notes what it looks at
-- unmasked. The owner of the tables migrates them, and alone may alter a row of the past. What they had before is taken away first. An empty
-- line ends a statement.
REVOKE ALL ON ssflow_schema, ssflow_event, ssflow_head, ssflow_link, ssflow_obligation, ssflow_request, ssflow_failure,
    ssflow_subscriber, ssflow_outbox, ssflow_access, ssflow_custody FROM {app}, {auditor};

REVOKE CREATE ON SCHEMA {schema} FROM {app}, {auditor};

GRANT USAGE ON SCHEMA {schema} TO {app}, {auditor};

GRANT SELECT ON ssflow_schema, ssflow_event, ssflow_head, ssflow_link, ssflow_obligation, ssflow_request, ssflow_failure,
    ssflow_subscriber, ssflow_outbox, ssflow_custody TO {app};

GRANT INSERT ON ssflow_event, ssflow_head, ssflow_link, ssflow_obligation, ssflow_request, ssflow_failure,
    ssflow_subscriber, ssflow_outbox, ssflow_access, ssflow_custody TO {app};

GRANT UPDATE ON ssflow_head, ssflow_failure TO {app};

GRANT DELETE ON ssflow_obligation, ssflow_failure, ssflow_subscriber, ssflow_outbox TO {app};

GRANT SELECT ON ssflow_schema, ssflow_event, ssflow_head, ssflow_link, ssflow_access, ssflow_custody TO {auditor};

GRANT INSERT ON ssflow_access TO {auditor};
