-- A file of people that waits for the administrator's yes: two new people, one who moves, one row
-- that has to be corrected.
INSERT INTO people_import (id, public_id, file_name, file_hash, header, unused, state, rows_read, rows_new,
    rows_same, rows_changed, rows_bad, started_by, started_at) VALUES
(1, RANDOM_BYTES(16), 'new-colleagues.csv', RANDOM_BYTES(32),
    CONCAT_WS(CHAR(30), 'email', 'legal_name', 'preferred_name', 'time_zone', 'roles', 'team'), 'team', 'preview',
    4, 2, 0, 1, 1, 1, @now - INTERVAL 3 HOUR);

INSERT INTO people_import_row (import_id, row_no, verdict, legal_name, preferred_name, email, time_zone, roles) VALUES
(1, 2, 'new', 'Ayumi Hoshino', 'Ayumi', 'ayumi.hoshino@example.org', 'Asia/Tokyo', 1 << role_bit('contributor')),
(1, 3, 'new', 'Tiago Brandão de Sá', 'Tiago', 'tiago.brandao@example.org', 'Europe/Lisbon',
    1 << role_bit('contributor') | 1 << role_bit('reviewer'));

INSERT INTO people_import_row (import_id, row_no, verdict, person_id, person_version, legal_name, preferred_name,
    email, time_zone, roles, changes)
SELECT 1, 4, 'changed', id, version, legal_name, preferred_name, email, 'America/Lima', roles, 'time_zone'
FROM person WHERE id = 31;

INSERT INTO people_import_row (import_id, row_no, verdict, cells) VALUES
(1, 5, 'bad', CONCAT_WS(CHAR(30), 'sina.example.org', 'Sina Farhadi', 'Sina', 'Asia/Tehran', 'contributor', 'Willow'));

INSERT INTO people_import_fault (import_id, fault_no, row_no, column_name, code, value) VALUES
(1, 1, 5, 'email', 'not_email', 'sina.example.org');
