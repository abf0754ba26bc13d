-- What other plugins may read of onboarding.

-- Texts in views take the collation of the connection that makes them.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- The locked account with whose rights views are read and the words of names are kept.
GRANT SELECT, EXECUTE ON keptword_onboarding.* TO 'keptword_definer'@'localhost';
GRANT INSERT, DELETE ON keptword_onboarding.application_word TO 'keptword_definer'@'localhost';
GRANT TRIGGER ON keptword_onboarding.application TO 'keptword_definer'@'localhost';

-- Published: who is engaged on what.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_engagement AS
SELECT e.id AS engagement_id, e.person_id, e.project_id, o.pod_id, o.part, e.state, e.started_on,
    e.notice_at, e.ended_on, o.signed_at, o.hours_min, o.hours_max
FROM engagement e JOIN offer o ON o.id = e.offer_id;

-- Published to payments only: what was signed about money.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_terms AS
SELECT e.id AS engagement_id, e.person_id, e.project_id, o.id AS offer_id, o.unit, o.rate_minor,
    o.currency, o.benchmark_id, o.benchmark_minor, o.below_by, o.below_reason, o.created_by,
    o.starts_on, o.signed_at, o.hour_minor, o.hour_benchmark_id
FROM engagement e JOIN offer o ON o.id = e.offer_id
WHERE o.state = 'signed';

-- Home: what waits, for a person or for everyone of a role (its place in ROLE_LIST: 2 reviewer, 7
-- people_officer).
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW waiting AS
SELECT CAST(NULL AS SIGNED) AS person_id, r.bit AS role_bit,
    CAST('onboarding.review_applications' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    COUNT(*) AS n,
    CAST('' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST('/onboarding/staff/applications' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    MIN(a.due_at) AS due_at
FROM application a JOIN (SELECT 2 AS bit UNION ALL SELECT 7) r
WHERE a.state IN ('interview_done', 'in_review', 'reevaluation')
GROUP BY r.bit
UNION ALL
SELECT NULL, 7, 'onboarding.write_offers', COUNT(*), '',
    '/onboarding/staff/applications?state=certified', NULL
FROM application a
WHERE a.state = 'certified' AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.application_id = a.id)
GROUP BY 3
UNION ALL
SELECT a.person_id, NULL, 'onboarding.answer_interview', 1, '', '/apply/interview', NULL
FROM application a WHERE a.state = 'interview_open' AND a.person_id IS NOT NULL
UNION ALL
SELECT o.person_id, NULL, 'onboarding.sign_offer', 1, p.name, '/apply/offer', o.expires_at
FROM offer o JOIN keptword_core.project p ON p.id = o.project_id
WHERE o.state IN ('sent', 'viewed');

-- Home: what happened since.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW changed AS
SELECT a.person_id,
    CAST('onboarding.application_decided' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(1 AS SIGNED) AS n, CAST('' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST('/apply/status' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    a.decided_at AS at
FROM application a WHERE a.decided_at IS NOT NULL AND a.person_id IS NOT NULL
UNION ALL
SELECT e.person_id, 'onboarding.engagement_active', 1, p.name, '/onboarding/offers', e.created_at
FROM engagement e JOIN keptword_core.project p ON p.id = e.project_id
WHERE e.state = 'active';

-- Search: see own_search in sql/core/views.sql for what the columns mean; roles is a mask
-- (4 reviewer, 128 people_officer).
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW search AS
SELECT o.person_id AS person_id, CAST(NULL AS SIGNED) AS roles, CAST(NULL AS SIGNED) AS not_for,
    CAST('onboarding.agreement' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(NULL AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS word,
    CAST(p.name AS CHAR(300)) COLLATE utf8mb4_unicode_520_ci AS title,
    CAST('' AS CHAR(600)) COLLATE utf8mb4_unicode_520_ci AS extra,
    o.starts_on AS first_day, o.ends_on AS last_day, CAST(NULL AS SIGNED) AS minor,
    CAST(NULL AS CHAR(3)) COLLATE utf8mb4_unicode_520_ci AS currency,
    CAST(CONCAT('/onboarding/offers/', keptword_core.id_text(o.public_id)) AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    o.signed_at AS at
FROM offer o JOIN keptword_core.project p ON p.id = o.project_id
WHERE o.state = 'signed'
UNION ALL
-- Legal name and e-mail are for people officers; a reviewer finds by what people are called.
SELECT NULL, 128, a.person_id, 'onboarding.application', w.word,
    a.legal_name, CONCAT_WS(', ', a.preferred_name, a.email), CAST(a.submitted_at AS DATE), NULL, NULL, NULL,
    CONCAT('/onboarding/staff/applications/', keptword_core.id_text(a.public_id)), a.submitted_at
FROM application_word w JOIN application a ON a.id = w.application_id
WHERE a.state <> 'draft'
UNION ALL
SELECT NULL, 4, a.person_id, 'onboarding.application', w.word,
    a.preferred_name, '', CAST(a.submitted_at AS DATE), NULL, NULL, NULL,
    CONCAT('/onboarding/staff/applications/', keptword_core.id_text(a.public_id)), a.submitted_at
FROM application_word w JOIN application a ON a.id = w.application_id
WHERE a.state <> 'draft' AND w.restricted = 0
UNION ALL
SELECT NULL, 128, o.person_id, 'onboarding.offer', w.word,
    c.legal_name, p.name, o.starts_on, NULL, NULL, NULL,
    CONCAT('/onboarding/staff/offers/', keptword_core.id_text(o.public_id)), o.created_at
FROM keptword_core.person_word w JOIN offer o ON o.person_id = w.person_id
JOIN keptword_core.person c ON c.id = w.person_id
JOIN keptword_core.project p ON p.id = o.project_id
UNION ALL
SELECT NULL, 1, NULL, 'onboarding.own_application', NULL, '', '', NULL, NULL, NULL, NULL, '/onboarding/application', NULL
UNION ALL
SELECT NULL, 2, NULL, 'onboarding.agreement', NULL, '', '', NULL, NULL, NULL, NULL, '/onboarding/offers', NULL
UNION ALL
SELECT NULL, 132, NULL, 'onboarding.application', NULL, '', '', NULL, NULL, NULL, NULL, '/onboarding/staff/applications', NULL
UNION ALL
SELECT NULL, 128, NULL, 'onboarding.offer', NULL, '', '', NULL, NULL, NULL, NULL, '/onboarding/staff/offers', NULL;
