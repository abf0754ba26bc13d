-- What home and search may read of @name@; the schema command unites what all plugins publish under
-- these names, so their columns are fixed.

-- Texts in views take the collation of the connection that makes them.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- The locked account with whose rights views are read.
GRANT SELECT ON keptword_@name@.* TO 'keptword_definer'@'localhost';

-- Home of an HDM: how many wait, and by when the first is due.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW waiting AS
SELECT d.hdm_person_id AS person_id, CAST(NULL AS SIGNED) AS role_bit,
    CAST('@name@.open' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(COUNT(DISTINCT a.id) AS SIGNED) AS n,
    CAST('' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST('/@name@/staff/asks' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    MIN(a.due_at) AS due_at
FROM ask a
JOIN keptword_core.pod_member m ON m.person_id = a.person_id AND m.to_on IS NULL
JOIN keptword_core.pod d ON d.id = m.pod_id AND d.state = 'active' AND d.hdm_person_id <> a.person_id
WHERE a.state = 'open'
GROUP BY d.hdm_person_id;

-- Home of who asked: the answer is there.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW changed AS
SELECT a.person_id, CAST('@name@.answered' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(1 AS SIGNED) AS n,
    CAST(p.preferred_name AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST(CONCAT('/@name@/asks/', keptword_core.id_text(a.public_id)) AS CHAR(200))
        COLLATE utf8mb4_unicode_520_ci AS url,
    a.answered_at AS at
FROM ask a JOIN keptword_core.person p ON p.id = a.answered_by
WHERE a.state = 'answered';

-- Search: see own_search in sql/core/views.sql for what the columns mean; roles is a mask
-- (2 contributor, 16 hdm).
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW search AS
SELECT a.person_id, CAST(2 AS SIGNED) AS roles, CAST(NULL AS SIGNED) AS not_for,
    CAST('@name@.ask' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(NULL AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS word,
    CAST(a.title AS CHAR(300)) COLLATE utf8mb4_unicode_520_ci AS title,
    CAST('' AS CHAR(600)) COLLATE utf8mb4_unicode_520_ci AS extra,
    CAST(NULL AS DATE) AS first_day, CAST(NULL AS DATE) AS last_day, CAST(NULL AS SIGNED) AS minor,
    CAST(NULL AS CHAR(3)) COLLATE utf8mb4_unicode_520_ci AS currency,
    CAST(CONCAT('/@name@/asks/', keptword_core.id_text(a.public_id)) AS CHAR(200))
        COLLATE utf8mb4_unicode_520_ci AS url,
    a.asked_at AS at
FROM ask a
UNION ALL
SELECT NULL, 2, NULL, '@name@.ask', NULL, '', '', NULL, NULL, NULL, NULL, '/@name@/asks', NULL
UNION ALL
SELECT NULL, 16, NULL, '@name@.staff', NULL, '', '', NULL, NULL, NULL, NULL, '/@name@/staff/asks', NULL;
