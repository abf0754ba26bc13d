-- Results with their suppression, and what other plugins may read of feedback. Nothing of a run
-- is shown before it closes, nothing to others before it is published, nothing of fewer answers than
-- its min_group (at least 5).

-- Texts in views take the collation of the connection that makes them.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- The locked account with whose rights views are read.
GRANT SELECT ON keptword_feedback.* TO 'keptword_definer'@'localhost';

-- How many answered each question of a run (of a question with several options each option has an
-- answer, Y or N, from everyone who answered the question).
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW result_size AS
SELECT r.run_id, a.answer_key, a.kind, COUNT(*) AS n
FROM response r JOIN answer a ON a.response_id = r.id
GROUP BY r.run_id, a.answer_key, a.kind;

-- Counts of chosen answers of a closed run; n of them out of of_n. Absent: a question that fewer than
-- min_group answered, and one that a group of less than 10 answered all alike, which would tell
-- what each of them said.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW result_choice AS
SELECT u.id AS run_id, u.state, a.answer_key, a.choice, COUNT(*) AS n, z.n AS of_n
FROM survey_run u
JOIN response r ON r.run_id = u.id
JOIN answer a ON a.response_id = r.id AND a.kind = 'choice'
JOIN result_size z ON z.run_id = u.id AND z.answer_key = a.answer_key AND z.kind = 'choice'
WHERE u.state IN ('closed', 'published', 'actions_assigned', 'reported_back')
    AND z.n >= GREATEST(5, u.min_group)
GROUP BY u.id, u.state, a.answer_key, a.choice, z.n
HAVING COUNT(*) < z.n OR z.n >= 10;

-- Means of numbers; no smallest or largest, which would be one person's answer; nothing when a group
-- of less than 10 gave the same number.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW result_number AS
SELECT u.id AS run_id, u.state, a.answer_key, COUNT(*) AS n, ROUND(AVG(a.number), 2) AS mean
FROM survey_run u
JOIN response r ON r.run_id = u.id
JOIN answer a ON a.response_id = r.id AND a.kind = 'number'
WHERE u.state IN ('closed', 'published', 'actions_assigned', 'reported_back')
GROUP BY u.id, u.state, a.answer_key, u.min_group
HAVING COUNT(*) >= GREATEST(5, u.min_group) AND (MIN(a.number) < MAX(a.number) OR COUNT(*) >= 10);

-- What people wrote, from 10 writers on; the reader sorts by the words themselves.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW result_comment AS
SELECT u.id AS run_id, u.state, a.answer_key, a.words
FROM survey_run u
JOIN response r ON r.run_id = u.id
JOIN answer a ON a.response_id = r.id AND a.kind = 'text'
JOIN result_size z ON z.run_id = u.id AND z.answer_key = a.answer_key AND z.kind = 'text'
WHERE u.state IN ('closed', 'published', 'actions_assigned', 'reported_back')
    AND z.n >= GREATEST(10, u.min_group);

-- Published: a run as a whole.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_run AS
SELECT u.id AS run_id, u.public_id, u.survey_id, s.title, u.questionnaire_id, u.closed_at,
    u.published_at, u.invited,
    CASE WHEN u.answered >= GREATEST(5, u.min_group) THEN u.answered END AS answered,
    CASE WHEN u.answered >= GREATEST(5, u.min_group) THEN 0 ELSE 1 END AS hidden
FROM survey_run u JOIN survey s ON s.id = u.survey_id
WHERE u.state IN ('published', 'actions_assigned', 'reported_back');

-- Published: counts, means, texts.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_result AS
SELECT run_id, answer_key, choice, n, of_n FROM result_choice
WHERE state IN ('published', 'actions_assigned', 'reported_back');

CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_number AS
SELECT run_id, answer_key, n, mean FROM result_number
WHERE state IN ('published', 'actions_assigned', 'reported_back');

CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_comment AS
SELECT run_id, answer_key, words FROM result_comment
WHERE state IN ('published', 'actions_assigned', 'reported_back');

-- Published: a pod's rate in whole percent. Absent: a pod with fewer than 5 invited, and one whose
-- rate would let a smaller remainder be worked out (told). The rate never says all or nobody, which
-- would tell of each: it is at most that of all but one, and at least that of one.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_pod_rate AS
SELECT p.run_id, p.pod_id, s.title, u.closed_at, p.invited,
    (200 * LEAST(p.invited - 1, GREATEST(1, p.answered)) + p.invited) DIV (2 * p.invited)
	AS answered_rate_percent
FROM run_pod p JOIN survey_run u ON u.id = p.run_id JOIN survey s ON s.id = u.survey_id
WHERE p.told = 1 AND p.invited >= GREATEST(5, u.min_group)
    AND u.state IN ('closed', 'published', 'actions_assigned', 'reported_back');

-- Published: the minutes credited to everyone invited once a run is closed, answered or not.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_credit AS
SELECT i.run_id, i.person_id, i.pod_id, u.paid_minutes AS minutes, u.closed_at
FROM invitation i JOIN survey_run u ON u.id = i.run_id
WHERE u.state IN ('closed', 'published', 'actions_assigned', 'reported_back')
    AND u.paid_minutes > 0;

-- Home: what waits, for a person or for everyone of a role (its place in ROLE_LIST: 5 hdl,
-- 7 people_officer).
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW waiting AS
SELECT i.person_id, CAST(NULL AS SIGNED) AS role_bit,
    CAST('feedback.answer_survey' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(1 AS SIGNED) AS n,
    CAST(s.title AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST(CONCAT('/feedback/answer/', keptword_core.id_text(u.public_id)) AS CHAR(200))
        COLLATE utf8mb4_unicode_520_ci AS url,
    u.closes_at AS due_at
FROM invitation i JOIN survey_run u ON u.id = i.run_id JOIN survey s ON s.id = u.survey_id
WHERE u.state = 'open' AND i.state IN ('sent', 'opened')
UNION ALL
SELECT NULL, 5, 'feedback.publish_run', 1, s.title,
    CONCAT('/feedback/staff/runs/', keptword_core.id_text(u.public_id)), u.closed_at + INTERVAL 14 DAY
FROM survey_run u JOIN survey s ON s.id = u.survey_id
WHERE u.state = 'closed'
UNION ALL
SELECT NULL, 7, 'feedback.publish_run', 1, s.title,
    CONCAT('/feedback/staff/runs/', keptword_core.id_text(u.public_id)), u.closed_at + INTERVAL 14 DAY
FROM survey_run u JOIN survey s ON s.id = u.survey_id
WHERE u.state = 'closed';

-- Home: what happened since; person_id NULL: for everyone.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW changed AS
SELECT CAST(NULL AS SIGNED) AS person_id,
    CAST('feedback.result_published' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(1 AS SIGNED) AS n, CAST(s.title AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST(CONCAT('/feedback/results/', keptword_core.id_text(u.public_id)) AS CHAR(200))
        COLLATE utf8mb4_unicode_520_ci AS url, u.published_at AS at
FROM survey_run u JOIN survey s ON s.id = u.survey_id
WHERE u.published_at IS NOT NULL;

-- Search, never of an answer or of who answered: see own_search in sql/core/views.sql for what the columns mean; roles is a mask
-- (2 contributor, 160 hdl and people_officer, 8190 all but applicants).
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW search AS
SELECT i.person_id AS person_id, CAST(2 AS SIGNED) AS roles, CAST(NULL AS SIGNED) AS not_for,
    CAST('feedback.survey' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(NULL AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS word,
    CAST(s.title AS CHAR(300)) COLLATE utf8mb4_unicode_520_ci AS title,
    CAST('' AS CHAR(600)) COLLATE utf8mb4_unicode_520_ci AS extra,
    CAST(u.opens_at AS DATE) AS first_day, CAST(u.closes_at AS DATE) AS last_day, CAST(NULL AS SIGNED) AS minor,
    CAST(NULL AS CHAR(3)) COLLATE utf8mb4_unicode_520_ci AS currency,
    CAST(CONCAT('/feedback/answer/', keptword_core.id_text(u.public_id)) AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    u.opens_at AS at
FROM invitation i JOIN survey_run u ON u.id = i.run_id JOIN survey s ON s.id = u.survey_id
WHERE u.state = 'open'
UNION ALL
SELECT NULL, 8190, NULL, 'feedback.result', NULL,
    r.title, '', CAST(r.published_at AS DATE), NULL, NULL, NULL,
    CONCAT('/feedback/results/', keptword_core.id_text(r.public_id)), r.published_at
FROM published_run r
UNION ALL
SELECT NULL, 160, NULL, 'feedback.round', NULL,
    s.title, '', CAST(u.opens_at AS DATE), CAST(u.closes_at AS DATE), NULL, NULL,
    CONCAT('/feedback/staff/runs/', keptword_core.id_text(u.public_id)), u.opens_at
FROM survey_run u JOIN survey s ON s.id = u.survey_id
UNION ALL
SELECT NULL, 160, NULL, 'feedback.questions', NULL,
    s.title, s.purpose, NULL, NULL, NULL, NULL,
    CONCAT('/feedback/staff/surveys/', keptword_core.id_text(s.public_id)), s.created_at
FROM survey s
UNION ALL
SELECT NULL, 2, NULL, 'feedback.survey', NULL, '', '', NULL, NULL, NULL, NULL, '/feedback/surveys', NULL
UNION ALL
SELECT NULL, 8190, NULL, 'feedback.result', NULL, '', '', NULL, NULL, NULL, NULL, '/feedback/results', NULL
UNION ALL
SELECT NULL, 160, NULL, 'feedback.round', NULL, '', '', NULL, NULL, NULL, NULL, '/feedback/staff/surveys', NULL
UNION ALL
SELECT NULL, 160, NULL, 'feedback.import', NULL, '', '', NULL, NULL, NULL, NULL, '/feedback/staff/import', NULL;
