-- What a plugin publishes of its events, read with the rights of the locked account.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW event_public AS
SELECT id, kind, person_id, subject_id, detail, at FROM event;

-- Each seal with the row that it is about (NULL: the row is gone), for whoever checks the chain.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW audit_chain AS
SELECT s.sequence, s.audit_id, s.sealed_at, s.hash, a.id, a.at, a.actor_id, a.action, a.object,
    a.reason, a.request_id
FROM audit_seal s LEFT JOIN audit a ON a.id = s.audit_id;

-- Rows that have no seal (yet).
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW audit_unsealed AS
SELECT a.id, a.at FROM audit a LEFT JOIN audit_seal s ON s.audit_id = a.id
WHERE s.audit_id IS NULL;

-- What may be read of the audit by who holds that right (audit_rows() of core goes through those of all
-- databases). Answers to anonymous surveys leave no audit row, so nothing anonymous is in it.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW audit_public AS
SELECT a.id, a.at, a.actor_id, a.action, a.object, a.reason, a.request_id, s.sequence
FROM audit a LEFT JOIN audit_seal s ON s.audit_id = a.id;

-- What people are to be told, for the one program that delivers.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW outbox_public AS
SELECT id, kind, topic, person_id, path, detail, created_at, not_before, expires_at FROM outbox;
