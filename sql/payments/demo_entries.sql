-- What the demo's experts worked: about seven entries per person and period on weekdays, some
-- periods left out, training in the first, a meeting in each, a talk with the HDM in every other.
SET @open_start = (SELECT start_day FROM pay_period WHERE id = 12);

INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes, units,
    source, note, state, decided_by, decided_at, created_by, created_at)
SELECT x.person_id, x.day, RANDOM_BYTES(16), x.project_id, x.period_id, x.kind, x.minutes,
    IF(x.pay_unit = 'task' AND x.kind = 'production', x.minutes DIV 40 + 1, 0), 'manual', '',
    IF(x.period_id < 12, 'approved', 'submitted'), IF(x.period_id < 12, 3, NULL),
    IF(x.period_id < 12, CAST(x.end_day AS DATETIME(6)) + INTERVAL 33 HOUR, NULL),
    x.person_id, CAST(x.day AS DATETIME(6)) + INTERVAL 18 HOUR
FROM (SELECT m.person_id, p.start_day + INTERVAL d.seq DAY AS day, d.project_id, j.pay_unit,
        p.id AS period_id, p.end_day,
        CASE WHEN p.id = 1 AND d.seq = 0 THEN 'training' WHEN d.seq = 2 THEN 'meeting'
            WHEN d.seq = 9 AND p.id MOD 2 = 0 THEN 'one_on_one' ELSE 'production' END AS kind,
        CASE WHEN p.id = 1 AND d.seq = 0 THEN 95 WHEN d.seq = 2 THEN 25
            WHEN d.seq = 9 AND p.id MOD 2 = 0 THEN 30
            ELSE 45 + (m.person_id * 37 + p.id * 101 + d.seq * 53) MOD 300 END AS minutes,
        d.seq
    FROM pay_period p
    JOIN (SELECT n.seq, m.person_id, o.project_id FROM seq_0_to_11 n
        JOIN keptword_core.pod_member m JOIN keptword_core.pod o ON o.id = m.pod_id
        WHERE m.person_id BETWEEN 31 AND 70 AND n.seq NOT IN (5, 6)) d
    JOIN keptword_core.pod_member m ON m.person_id = d.person_id
    JOIN keptword_core.project j ON j.id = d.project_id
    WHERE (d.seq IN (0, 2, 9) OR (d.person_id * 3 + d.seq * 5 + p.id) MOD 3 <> 0)
        AND (d.person_id * 7 + p.id * 5) MOD 11 <> 0
        AND NOT (d.person_id = 31 AND p.id = 11)
        AND p.start_day + INTERVAL d.seq DAY < @today) x;

-- A fortnight that a calculator can follow: 31 h 30 min at 45.00, and 12 tasks at 18.75.
INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes, units,
    source, note, state, decided_by, decided_at, created_by, created_at)
SELECT 31, p.start_day + INTERVAL n.seq DAY, RANDOM_BYTES(16), 1, 11, 'production', 210, 0, 'manual',
    'Answers on medicines and pregnancy', 'approved', 3,
    CAST(p.end_day AS DATETIME(6)) + INTERVAL 33 HOUR, 31,
    CAST(p.start_day + INTERVAL n.seq DAY AS DATETIME(6)) + INTERVAL 18 HOUR
FROM pay_period p JOIN seq_0_to_10 n WHERE p.id = 11 AND n.seq NOT IN (5, 6)
UNION ALL
SELECT 31, p.start_day + INTERVAL n.seq DAY, RANDOM_BYTES(16), 3, 11, 'production', 150, 6, 'manual',
    'Six repaired programs', 'approved', 3, CAST(p.end_day AS DATETIME(6)) + INTERVAL 33 HOUR, 31,
    CAST(p.start_day + INTERVAL n.seq DAY AS DATETIME(6)) + INTERVAL 20 HOUR
FROM pay_period p JOIN seq_3_to_8_step_5 n WHERE p.id = 11;

-- Seven minutes count: 7 min at 47.33 are 5.52.
INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes, source, note,
    state, decided_by, decided_at, created_by, created_at)
SELECT 32, start_day + INTERVAL 4 DAY, RANDOM_BYTES(16), 1, 11, 'training', 7, 'manual',
    'Read the new guideline', 'approved', 3, CAST(end_day AS DATETIME(6)) + INTERVAL 33 HOUR, 32,
    CAST(start_day + INTERVAL 4 DAY AS DATETIME(6)) + INTERVAL 19 HOUR
FROM pay_period WHERE id = 11;

-- The minutes of the two finished surveys, for everyone who was asked.
INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes, source,
    external_key, note, state, decided_by, decided_at, created_at)
SELECT c.person_id, DATE(c.closed_at), RANDOM_BYTES(16), d.project_id, p.id, 'survey', c.minutes,
    'system', UNHEX(SHA2(CONCAT('survey run ', c.run_id, ' person ', c.person_id), 256)), '',
    'approved', 3, CAST(p.end_day AS DATETIME(6)) + INTERVAL 33 HOUR, c.closed_at
FROM keptword_feedback.published_credit c
JOIN keptword_core.pod d ON d.id = c.pod_id
JOIN pay_period p ON p.start_day <= DATE(c.closed_at) AND p.end_day >= DATE(c.closed_at);

-- One entry of the open period has a question, one of an old period was refused with a reason.
UPDATE work_entry SET state = 'queried', reason = 'no_matching_work', decided_by = 3,
    decided_at = @now - INTERVAL 1 DAY, version = 2,
    question = 'We could not find tasks for this time. Which ones were they?'
WHERE person_id = 33 AND period_id = 12 AND kind = 'production' ORDER BY day LIMIT 1;

INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes, source, note,
    state, decided_by, decided_at, reason, question, answer, evidence, version, created_by, created_at)
SELECT 35, start_day + INTERVAL 3 DAY, RANDOM_BYTES(16), 1, 9, 'production', 120, 'manual', '',
    'rejected', 3, CAST(end_day AS DATETIME(6)) + INTERVAL 33 HOUR, 'duplicate',
    'The same two hours stand on the line above. Were these others?',
    'No, I entered them twice.',
    'Two entries of the same day, project and length; your answer of the next day.', 3, 35,
    CAST(start_day + INTERVAL 3 DAY AS DATETIME(6)) + INTERVAL 18 HOUR
FROM pay_period WHERE id = 9;

INSERT INTO adjustment (public_id, person_id, period_id, kind, amount_minor, currency, reason, state,
    proposed_by, proposed_at, decided_by, decided_at) VALUES
(RANDOM_BYTES(16), 31, 11, 'bonus', 10000, 'USD', 'Ten answers chosen as examples for everyone',
    'approved', 11, @now - INTERVAL 20 DAY, 4, @now - INTERVAL 18 DAY),
(RANDOM_BYTES(16), 31, 11, 'expense', 2000, 'USD', 'Access to a medicines database for one month',
    'approved', 11, @now - INTERVAL 20 DAY, 4, @now - INTERVAL 18 DAY),
(RANDOM_BYTES(16), 38, 10, 'bonus', 8000, 'JPY', 'First month without a returned task', 'approved',
    11, @now - INTERVAL 34 DAY, 4, @now - INTERVAL 33 DAY),
(RANDOM_BYTES(16), 46, 12, 'bonus', 5000, 'USD', 'Helped two newcomers through their first week',
    'proposed', 13, @now - INTERVAL 1 DAY, NULL, NULL);

-- A weekend before a deadline: with it there are more hours in the week than were agreed, and she is
-- asked whether it is right.
INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes, source, note,
    began_at, created_by, created_at)
SELECT 31, start_day + INTERVAL n.seq DAY, RANDOM_BYTES(16), 1, 12, 'production', 480 - n.seq * 10, 'hubstaff',
    'Deadline of the second part', CAST(start_day + INTERVAL n.seq DAY AS DATETIME(6)) + INTERVAL 8 HOUR, 3,
    CAST(start_day + INTERVAL n.seq DAY AS DATETIME(6)) + INTERVAL 18 HOUR
FROM pay_period JOIN seq_5_to_6 n WHERE id = 12;

INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes, source, note,
    created_by, created_at)
SELECT 63, start_day + INTERVAL n.seq DAY, RANDOM_BYTES(16), 2, 12, 'review', 420, 'manual', '', 63,
    CAST(start_day + INTERVAL n.seq DAY AS DATETIME(6)) + INTERVAL 18 HOUR
FROM pay_period JOIN seq_5_to_6 n WHERE id = 12;

INSERT INTO cap_question (person_id, project_id, week, public_id, cap_minutes, minutes, asked_at)
SELECT e.person_id, e.project_id, p.start_day, RANDOM_BYTES(16), g.hours_max * 60, SUM(e.minutes),
    @now - INTERVAL 1 DAY
FROM work_entry e JOIN pay_period p ON p.id = 12 AND e.day BETWEEN p.start_day AND p.start_day + INTERVAL 6 DAY
JOIN (SELECT person_id, project_id, MAX(hours_max) AS hours_max FROM keptword_onboarding.published_engagement
    GROUP BY person_id, project_id) g ON g.person_id = e.person_id AND g.project_id = e.project_id
WHERE e.person_id IN (31, 63) AND e.state NOT IN ('rejected', 'rejected_final')
GROUP BY e.person_id, e.project_id, p.start_day, g.hours_max
HAVING SUM(e.minutes) > g.hours_max * 60;

UPDATE cap_question SET state = 'denied', answered_at = @now - INTERVAL 3 HOUR,
    answer = 'Sunday was half as long; I forgot to stop the clock.' WHERE person_id = 63;

-- A tracker's file that was not taken whole: one row names a day that does not exist; of the others
-- two overlap.
INSERT INTO import_batch (id, public_id, file_name, file_hash, source, options, state, rows_read,
    rows_new, rows_bad, started_by, started_at) VALUES
(1, RANDOM_BYTES(16), 'november.csv', RANDOM_BYTES(32), 'toggl',
    '{"dates":"auto","zone":"","person":""}', 'refused', 3, 2, 1, 3, @now - INTERVAL 2 HOUR);

INSERT INTO import_row (batch_id, row_no, verdict, person_id, project_id, who, project_name, day, minutes,
    began_at, overlap_row, external_key, note)
SELECT 1, 2 + n.seq * 2, 'new', 40, 1, 'demo', j.name, p.start_day + INTERVAL 1 DAY, 90,
    CAST(p.start_day + INTERVAL 1 DAY AS DATETIME(6)) + INTERVAL 9 HOUR + INTERVAL n.seq HOUR,
    IF(n.seq = 1, 2, NULL), UNHEX(SHA2(CONCAT('demo row ', n.seq), 256)), 'Answers on sleep'
FROM pay_period p JOIN seq_0_to_1 n JOIN keptword_core.project j ON j.id = 1 WHERE p.id = 12;

INSERT INTO import_fault (batch_id, fault_no, row_no, column_name, code, value) VALUES
(1, 1, 3, 'Start date', 'impossible_date', CONCAT(YEAR(@today), '-02-30'));
