-- What a plugin publishes of its events.
CREATE VIEW event_public AS
  SELECT id, kind, person_id, subject_id, detail, at FROM event;
