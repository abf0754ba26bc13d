-- What other plugins may read of hdm.

-- Texts in views take the collation of the connection that makes them.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- The locked account with whose rights views are read.
GRANT SELECT ON keptword_hdm.* TO 'keptword_definer'@'localhost';

-- The last contact with each person of each pod, and by when the next is due: 10 days after the
-- last, or after joining.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW contact_due AS
SELECT d.hdm_person_id, d.id AS pod_id, m.person_id, m.from_on,
    (SELECT MAX(c.at) FROM contact c WHERE c.person_id = m.person_id) AS last_at,
    COALESCE((SELECT MAX(c.at) FROM contact c WHERE c.person_id = m.person_id),
        CAST(m.from_on AS DATETIME(6))) + INTERVAL 10 DAY AS due_at
FROM keptword_core.pod d JOIN keptword_core.pod_member m ON m.pod_id = d.id
WHERE m.to_on IS NULL AND d.state = 'active' AND m.person_id <> d.hdm_person_id;

-- Home: whom an HDM should get in touch with; readers leave out what is not due soon.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW waiting AS
SELECT v.hdm_person_id AS person_id, CAST(NULL AS SIGNED) AS role_bit,
    CAST('hdm.contact_due' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code, CAST(1 AS SIGNED) AS n,
    CAST(p.preferred_name AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST('/hdm/people' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    v.due_at
FROM contact_due v JOIN keptword_core.person p ON p.id = v.person_id
WHERE v.hdm_person_id IS NOT NULL;

-- Home: what happened since.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW changed AS
SELECT n.person_id, CAST('hdm.note_shared' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(1 AS SIGNED) AS n,
    CAST(p.preferred_name AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST('/hdm/notes' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    n.created_at AS at
FROM note n JOIN keptword_core.person p ON p.id = n.author_id
WHERE n.visibility = 'shared' AND n.author_id <> n.person_id;
