-- What a plugin publishes of its events, read with the rights of the locked account.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW event_public AS
SELECT id, kind, person_id, subject_id, detail, at FROM event;

-- What people are to be told, for the one program that delivers.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW outbox_public AS
SELECT id, kind, topic, person_id, path, detail, created_at, not_before, expires_at FROM outbox;
