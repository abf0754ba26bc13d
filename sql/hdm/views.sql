-- By when a person has to hear from their HDM, and what other plugins may read of hdm.

-- Texts in views take the collation of the connection that makes them.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- The locked account with whose rights views are read.
GRANT SELECT ON keptword_hdm.* TO 'keptword_definer'@'localhost';

-- The last contact with each person of each pod, and by when the next is due: due_days (the one
-- place of this number) after the last, or after joining.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW contact_due AS
SELECT d.hdm_person_id, d.id AS pod_id, m.person_id, m.from_on,
    (SELECT c.at FROM contact c WHERE c.person_id = m.person_id ORDER BY c.at DESC LIMIT 1) AS last_at,
    COALESCE((SELECT c.at FROM contact c WHERE c.person_id = m.person_id ORDER BY c.at DESC LIMIT 1),
        CAST(m.from_on AS DATETIME(6))) + INTERVAL 10 DAY AS due_at,
    10 AS due_days
FROM keptword_core.pod d JOIN keptword_core.pod_member m ON m.pod_id = d.id
WHERE m.to_on IS NULL AND d.state = 'active' AND m.person_id <> d.hdm_person_id;

-- Clocks of people who wait for their HDM: the next contact, and a first talk.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW hdm_clock AS
SELECT v.hdm_person_id, v.pod_id, v.person_id, CAST('contact' AS CHAR(7)) COLLATE utf8mb4_unicode_520_ci AS what,
    v.due_at
FROM contact_due v WHERE v.hdm_person_id IS NOT NULL
UNION ALL
SELECT d.hdm_person_id, d.id, o.person_id, 'talk', MIN(o.due_at)
FROM one_on_one o JOIN keptword_core.pod_member m ON m.person_id = o.person_id AND m.to_on IS NULL
JOIN keptword_core.pod d ON d.id = m.pod_id AND d.state = 'active' AND d.hdm_person_id <> o.person_id
WHERE o.state = 'due'
GROUP BY d.hdm_person_id, d.id, o.person_id;

-- Home of an HDM: who is the next to hear from them (one row, however many people they have), and
-- each first talk that is due.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW waiting AS
SELECT x.hdm_person_id AS person_id, CAST(NULL AS SIGNED) AS role_bit,
    CAST('hdm.contact_due' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code, CAST(1 AS SIGNED) AS n,
    CAST(p.preferred_name AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST(CONCAT('/hdm/staff/people/', keptword_core.id_text(p.public_id)) AS CHAR(200))
        COLLATE utf8mb4_unicode_520_ci AS url,
    x.due_at
FROM (SELECT v.hdm_person_id, v.person_id, v.due_at, ROW_NUMBER() OVER
        (PARTITION BY v.hdm_person_id ORDER BY v.due_at, v.person_id) AS place FROM contact_due v
    WHERE v.hdm_person_id IS NOT NULL) x
JOIN keptword_core.person p ON p.id = x.person_id
WHERE x.place = 1
UNION ALL
SELECT d.hdm_person_id, NULL, 'hdm.first_talk_due', 1, p.preferred_name,
    CONCAT('/hdm/staff/people/', keptword_core.id_text(p.public_id)), o.due_at
FROM one_on_one o
JOIN keptword_core.pod_member m ON m.person_id = o.person_id AND m.to_on IS NULL
JOIN keptword_core.pod d ON d.id = m.pod_id AND d.state = 'active' AND d.hdm_person_id <> o.person_id
JOIN keptword_core.person p ON p.id = o.person_id
WHERE o.state = 'due';

-- Home: what happened since.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW changed AS
SELECT n.person_id, CAST('hdm.note_shared' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(1 AS SIGNED) AS n,
    CAST(p.preferred_name AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST('/hdm/my-contacts' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    COALESCE(n.changed_at, n.created_at) AS at
FROM note n JOIN keptword_core.person p ON p.id = n.author_id
WHERE n.visibility = 'shared' AND n.author_id <> n.person_id;

-- Search: see own_search in sql/core/views.sql for what the columns mean; roles is a mask
-- (2 contributor, 8 pod_lead, 16 hdm, 32 hdl).
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW search AS
-- People of the own pods, by what they are called: this plugin knows no legal names.
SELECT d.hdm_person_id AS person_id, CAST(16 AS SIGNED) AS roles, CAST(NULL AS SIGNED) AS not_for,
    CAST('hdm.person' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(NULL AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS word,
    CAST(p.preferred_name AS CHAR(300)) COLLATE utf8mb4_unicode_520_ci AS title,
    CAST(CONCAT(d.name, ', ', j.name) AS CHAR(600)) COLLATE utf8mb4_unicode_520_ci AS extra,
    CAST(NULL AS DATE) AS first_day, CAST(NULL AS DATE) AS last_day, CAST(NULL AS SIGNED) AS minor,
    CAST(NULL AS CHAR(3)) COLLATE utf8mb4_unicode_520_ci AS currency,
    CAST(CONCAT('/hdm/staff/people/', keptword_core.id_text(p.public_id)) AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    CAST(m.from_on AS DATETIME(6)) AS at
FROM keptword_core.pod d JOIN keptword_core.pod_member m ON m.pod_id = d.id
JOIN keptword_core.person p ON p.id = m.person_id
JOIN keptword_core.project j ON j.id = d.project_id
WHERE m.to_on IS NULL AND d.state = 'active' AND m.person_id <> d.hdm_person_id
UNION ALL
SELECT l.person_id, 8, m.person_id, 'hdm.person', NULL,
    p.preferred_name, CONCAT(d.name, ', ', j.name), NULL, NULL, NULL, NULL,
    CONCAT('/hdm/staff/people/', keptword_core.id_text(p.public_id)), CAST(m.from_on AS DATETIME(6))
FROM keptword_core.pod_member l JOIN keptword_core.pod d ON d.id = l.pod_id
JOIN keptword_core.pod_member m ON m.pod_id = d.id
JOIN keptword_core.person p ON p.id = m.person_id
JOIN keptword_core.project j ON j.id = d.project_id
WHERE l.part = 'lead' AND l.to_on IS NULL AND m.to_on IS NULL AND d.state = 'active'
    AND m.person_id <> d.hdm_person_id
UNION ALL
SELECT NULL, 32, m.person_id, 'hdm.person', w.word,
    p.preferred_name, CONCAT(d.name, ', ', j.name), NULL, NULL, NULL, NULL,
    CONCAT('/hdm/staff/people/', keptword_core.id_text(p.public_id)), CAST(m.from_on AS DATETIME(6))
FROM keptword_core.person_word w JOIN keptword_core.pod_member m ON m.person_id = w.person_id
JOIN keptword_core.pod d ON d.id = m.pod_id JOIN keptword_core.person p ON p.id = m.person_id
JOIN keptword_core.project j ON j.id = d.project_id
WHERE w.restricted = 0 AND m.to_on IS NULL AND d.state = 'active'
    AND m.person_id <> d.hdm_person_id
UNION ALL
SELECT NULL, 56, NULL, 'hdm.person', NULL, '', '', NULL, NULL, NULL, NULL, '/hdm/staff/people', NULL
UNION ALL
SELECT NULL, 2, NULL, 'hdm.contact', NULL, '', '', NULL, NULL, NULL, NULL, '/hdm/my-contacts', NULL;

-- What an API token can be given: see own_api_scope in sql/core/views.sql.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW api_scope AS
SELECT CAST('hdm:read' AS CHAR(40)) COLLATE utf8mb4_unicode_520_ci AS scope, CAST(56 AS SIGNED) AS roles;
