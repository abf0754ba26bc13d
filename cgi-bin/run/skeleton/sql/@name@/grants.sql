-- @name@: reads and adds in its own database; what may change or go, table by table.
GRANT SELECT, INSERT ON keptword_@name@.* TO 'keptword_@name@'@'localhost';
GRANT UPDATE (state, answer, answered_by, answered_at, version), DELETE
    ON keptword_@name@.ask TO 'keptword_@name@'@'localhost';
GRANT UPDATE, DELETE ON keptword_@name@.job TO 'keptword_@name@'@'localhost';
GRANT UPDATE, DELETE ON keptword_@name@.outbox TO 'keptword_@name@'@'localhost';
GRANT UPDATE (location), DELETE ON keptword_@name@.submission TO 'keptword_@name@'@'localhost';
GRANT UPDATE ON keptword_@name@.work_count TO 'keptword_@name@'@'localhost';
GRANT DELETE ON keptword_@name@.event TO 'keptword_@name@'@'localhost';
GRANT DELETE ON keptword_@name@.event_done TO 'keptword_@name@'@'localhost';

-- What it reads of others.
GRANT SELECT ON keptword_core.caller TO 'keptword_@name@'@'localhost';
GRANT SELECT ON keptword_core.person_public TO 'keptword_@name@'@'localhost';
GRANT SELECT ON keptword_core.project TO 'keptword_@name@'@'localhost';
GRANT SELECT ON keptword_core.pod TO 'keptword_@name@'@'localhost';
GRANT SELECT ON keptword_core.pod_member TO 'keptword_@name@'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.session_touch TO 'keptword_@name@'@'localhost';
