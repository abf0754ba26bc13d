-- The pay arithmetic, its check, and what other plugins may read of payments.

-- Texts in views take the collation of the connection that makes them.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- The locked account with whose rights views and procedures run; it must hold them before a view on
-- a view is made.
GRANT SELECT ON keptword_payments.* TO 'keptword_definer'@'localhost';

-- Each approved entry with the rate that holds on its day. An entry without a rate is absent
-- here and present in unpayable_entry.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW payable_entry AS
SELECT e.id AS work_entry_id, e.period_id, e.off_cycle_id, e.person_id, e.project_id, e.day, e.kind,
    r.unit, e.minutes, e.units, r.id AS rate_id, r.amount_minor AS rate_minor, r.currency,
    r.valid_from AS rate_from, r.benchmark_minor
FROM work_entry e
JOIN rate r ON r.person_id = e.person_id AND r.project_id = e.project_id AND r.unit = e.pay_unit
    AND e.day >= r.valid_from AND e.day < r.valid_to
WHERE e.state = 'approved';

CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW unpayable_entry AS
SELECT e.id AS work_entry_id, e.period_id, e.off_cycle_id, e.person_id, e.project_id, e.day, e.kind, e.pay_unit,
    e.minutes, e.units
FROM work_entry e
LEFT JOIN rate r ON r.person_id = e.person_id AND r.project_id = e.project_id
    AND r.unit = e.pay_unit AND e.day >= r.valid_from AND e.day < r.valid_to
WHERE e.state = 'approved' AND r.id IS NULL;

-- The one place of pay arithmetic. A line is what one person did in one period, project and kind
-- at one rate (paid with the period, or by one run outside the schedule): minutes * rate / 60 rounded half up once, on the sum, in whole minor units
-- ((2 m r + 60) DIV 120 is exact); by task: tasks * rate. Preview, pay run and check read it.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW payable_line AS
SELECT period_id, off_cycle_id, person_id, project_id, kind, unit, rate_id, rate_minor, currency, rate_from,
    benchmark_minor, COUNT(*) AS entries, MIN(day) AS first_day, MAX(day) AS last_day,
    CAST(SUM(minutes) AS SIGNED) AS minutes, CAST(SUM(units) AS SIGNED) AS units,
    CASE unit WHEN 'hour' THEN (2 * SUM(minutes) * rate_minor + 60) DIV 120
        ELSE CAST(SUM(units) * rate_minor AS SIGNED) END AS amount_minor
FROM payable_entry
GROUP BY period_id, off_cycle_id, person_id, project_id, kind, unit, rate_id, rate_minor, currency, rate_from,
    benchmark_minor;

-- Statements that do not add up; nothing may ever stand here. fault: lines (their sum is not the
-- gross), adjustments, line (not what payable_line says), entries (their sum is not the line's).
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW statement_fault AS
SELECT s.id AS statement_id, s.period_id, 0 AS line_no, 'lines' AS fault
FROM statement s
WHERE s.gross_minor <> (SELECT COALESCE(SUM(l.amount_minor), 0) FROM statement_line l
    WHERE l.statement_id = s.id)
UNION ALL
SELECT s.id, s.period_id, 0, 'adjustments'
FROM statement s
WHERE s.adjustment_minor <> (SELECT COALESCE(SUM(a.amount_minor), 0)
    FROM statement_adjustment x JOIN adjustment a ON a.id = x.adjustment_id
    WHERE x.statement_id = s.id)
UNION ALL
SELECT s.id, s.period_id, l.line_no, 'line'
FROM statement s JOIN pay_run r ON r.id = s.pay_run_id
JOIN statement_line l ON l.statement_id = s.id
LEFT JOIN payable_line p ON p.period_id = s.period_id
    AND p.off_cycle_id = IF(r.kind = 'regular', 0, r.id) AND p.person_id = s.person_id
    AND p.project_id = l.project_id AND p.kind = l.kind AND p.rate_id = l.rate_id
WHERE NOT (p.amount_minor <=> l.amount_minor AND p.minutes <=> l.minutes
    AND p.units <=> l.units AND p.currency <=> s.currency)
UNION ALL
SELECT s.id, s.period_id, l.line_no, 'entries'
FROM statement s JOIN statement_line l ON l.statement_id = s.id
WHERE NOT (l.minutes <=> (SELECT SUM(e.minutes) FROM statement_entry x
        JOIN work_entry e ON e.id = x.work_entry_id
        WHERE x.statement_id = l.statement_id AND x.line_no = l.line_no AND e.state = 'approved')
    AND l.units <=> (SELECT SUM(e.units) FROM statement_entry x
        JOIN work_entry e ON e.id = x.work_entry_id
        WHERE x.statement_id = l.statement_id AND x.line_no = l.line_no AND e.state = 'approved'));

-- Published: one row per statement. on_time is NULL until the funds are there; a reader compares
-- promised_on with today for what is not.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_on_time AS
SELECT s.id AS statement_id, s.person_id, s.period_id, s.period_start, s.period_end, s.promised_on,
    CAST(s.issued_at AS DATE) AS issued_on, s.funds_on,
    CASE WHEN s.funds_on IS NULL THEN NULL WHEN s.funds_on <= s.promised_on THEN 1 ELSE 0 END
        AS on_time,
    s.late_cause
FROM statement s;

-- Published: minutes per entry, so that a reader's own sum stays a range of the primary key.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_hours AS
SELECT e.person_id, e.day, e.project_id, e.kind, e.minutes,
    CASE WHEN e.state = 'approved' THEN 1 ELSE 0 END AS approved
FROM work_entry e
WHERE e.state NOT IN ('rejected', 'rejected_final');

-- Published: the days on which people are paid, for everyone.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_period AS
SELECT p.id AS period_id, p.schedule_id, s.kind, s.time_zone, p.start_day, p.end_day, p.lock_at,
    p.issue_on, p.pay_on, p.state
FROM pay_period p JOIN pay_schedule s ON s.id = p.schedule_id;

-- Published: market rates, for offers.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW published_benchmark AS
SELECT id AS benchmark_id, domain, level, region, currency, unit, p50_minor, p75_minor, source,
    as_of
FROM benchmark_rate;

-- Home: what waits, for a person or for everyone of a role (its place in ROLE_LIST: 8 finance).
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW waiting AS
SELECT CAST(NULL AS SIGNED) AS person_id, 8 AS role_bit,
    CAST('payments.approve_entries' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code, COUNT(*) AS n,
    CAST('' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST('/payments/staff/entries' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    MIN(p.lock_at) AS due_at
FROM work_entry e JOIN pay_period p ON p.id = e.period_id
WHERE e.state = 'submitted'
GROUP BY e.state
UNION ALL
SELECT NULL, 8, 'payments.lock_period', 1, '', '/payments/staff/periods', MIN(p.lock_at)
FROM pay_period p WHERE p.state = 'open' GROUP BY p.state
UNION ALL
SELECT NULL, 8, 'payments.issue_period', COUNT(*), '', '/payments/staff/periods',
    CAST(MIN(p.issue_on) AS DATETIME(6))
FROM pay_period p WHERE p.state = 'locked' GROUP BY p.state
UNION ALL
SELECT g.person_id, NULL, 'payments.issue_run', 1, m.preferred_name,
    CONCAT('/payments/staff/runs/', keptword_core.id_text(r.public_id)), CAST(p.issue_on AS DATETIME(6))
FROM pay_period p JOIN pay_run r ON r.period_id = p.id AND r.state = 'ready'
JOIN keptword_core.person m ON m.id = r.made_by
JOIN keptword_core.role_grant g ON g.role = 'finance' AND g.is_open = 1 AND g.person_id <> r.made_by
UNION ALL
SELECT NULL, 8, 'payments.settle_run', 1, m.preferred_name,
    CONCAT('/payments/staff/runs/', keptword_core.id_text(r.public_id)), CAST(p.issue_on AS DATETIME(6))
FROM pay_period p JOIN pay_run r ON r.period_id = p.id AND r.state IN ('blocked', 'changed')
JOIN keptword_core.person m ON m.id = r.made_by
UNION ALL
SELECT e.decided_by, NULL, 'payments.read_answer', COUNT(*), '', '/payments/staff/entries', MIN(p.lock_at)
FROM work_entry e JOIN pay_period p ON p.id = e.period_id
WHERE e.state = 'submitted' AND e.answer IS NOT NULL
GROUP BY e.decided_by
UNION ALL
SELECT NULL, 8, 'payments.decide_adjustments', COUNT(*), '', '/payments/staff/adjustments', NULL
FROM adjustment a WHERE a.state = 'proposed' GROUP BY a.state
UNION ALL
SELECT e.person_id, NULL, 'payments.answer_question', COUNT(*), '', '/payments/entries',
    MIN(p.lock_at)
FROM work_entry e JOIN pay_period p ON p.id = e.period_id
WHERE e.state = 'queried'
GROUP BY e.person_id
UNION ALL
SELECT q.person_id, NULL, 'payments.confirm_hours', COUNT(*), '', '/payments/entries', NULL
FROM cap_question q WHERE q.state = 'asked' GROUP BY q.person_id;

-- Home: what happened since.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW changed AS
SELECT s.person_id,
    CAST('payments.statement_issued' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(1 AS SIGNED) AS n, CAST('' AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS who,
    CAST(CONCAT('/payments/statements/', keptword_core.id_text(s.public_id)) AS CHAR(200))
        COLLATE utf8mb4_unicode_520_ci AS url, s.issued_at AS at
FROM statement s
UNION ALL
SELECT s.person_id, 'payments.statement_sent', 1, '',
    CONCAT('/payments/statements/', keptword_core.id_text(s.public_id)), l.at
FROM statement s JOIN ledger l ON l.statement_id = s.id AND l.step = 'sent' AND l.account = 'partner'
UNION ALL
-- Of the arrival only the day is known: told from its first hour on.
SELECT s.person_id, 'payments.statement_arrived', 1, '',
    CONCAT('/payments/statements/', keptword_core.id_text(s.public_id)), CAST(s.funds_on AS DATETIME(6))
FROM statement s WHERE s.funds_on IS NOT NULL
UNION ALL
-- Told as late (pay_late.c) and still not issued: nobody has a page of such a period before that.
SELECT e.person_id, 'payments.statement_late', 1, '', '/payments/statements', p.late_at
FROM pay_period p JOIN work_entry e ON e.period_id = p.id AND e.state IN ('submitted', 'approved')
WHERE p.state IN ('open', 'locked', 'in_review') AND p.late_step > 0
GROUP BY e.person_id, p.id, p.late_at;

-- Long work that somebody started: on their home page until it is done and for a while after. The
-- days name the period.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW working AS
SELECT b.person_id, CAST(b.kind AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    p.start_day AS first_day, p.end_day AS last_day,
    CAST(b.state AS CHAR(10)) COLLATE utf8mb4_unicode_520_ci AS state, b.done, b.total,
    CAST(CONCAT('/payments/staff/runs/', keptword_core.id_text(r.public_id)) AS CHAR(200))
        COLLATE utf8mb4_unicode_520_ci AS url,
    b.created_at, b.begun_at, b.finished_at
FROM job b JOIN pay_run r ON r.id = b.subject_id JOIN pay_period p ON p.id = r.period_id
WHERE b.kind IN ('payments.run', 'payments.issue')
UNION ALL
SELECT b.person_id, b.kind, p.start_day, p.end_day, b.state, b.done, b.total,
    CONCAT('/payments/staff/periods/', keptword_core.id_text(p.public_id)), b.created_at, b.begun_at,
    b.finished_at
FROM job b JOIN pay_period p ON p.id = b.subject_id
WHERE b.kind = 'payments.silence';

-- Search: see own_search in sql/core/views.sql for what the columns mean; roles is a mask
-- (2 contributor, 256 finance).
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW search AS
SELECT s.person_id AS person_id, CAST(2 AS SIGNED) AS roles, CAST(NULL AS SIGNED) AS not_for,
    CAST('payments.statement' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code,
    CAST(NULL AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS word,
    CAST('-' AS CHAR(300)) COLLATE utf8mb4_unicode_520_ci AS title,
    CAST('' AS CHAR(600)) COLLATE utf8mb4_unicode_520_ci AS extra,
    s.period_start AS first_day, s.period_end AS last_day, s.net_minor AS minor,
    CAST(s.currency AS CHAR(3)) COLLATE utf8mb4_unicode_520_ci AS currency,
    CAST(CONCAT('/payments/statements/', keptword_core.id_text(s.public_id)) AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    s.issued_at AS at
FROM statement s
UNION ALL
SELECT e.person_id, 2, NULL, 'payments.entry', NULL,
    j.name, LEFT(e.note, 600), e.day, e.day, NULL, NULL,
    CONCAT('/payments/entries/', keptword_core.id_text(e.public_id)), e.created_at
FROM work_entry e JOIN keptword_core.project j ON j.id = e.project_id
UNION ALL
SELECT NULL, 256, NULL, 'payments.period', NULL,
    s.name, '', p.start_day, p.end_day, NULL, NULL,
    CONCAT('/payments/staff/periods/', keptword_core.id_text(p.public_id)), CAST(p.pay_on AS DATETIME(6))
FROM pay_period p JOIN pay_schedule s ON s.id = p.schedule_id
UNION ALL
-- Whoever was paid, once each: the newest statement.
SELECT NULL, 256, NULL, 'payments.payee', w.word,
    c.legal_name, c.email, s.period_start, s.period_end, s.net_minor, s.currency,
    CONCAT('/payments/staff/statements/', keptword_core.id_text(s.public_id)), s.issued_at
FROM keptword_core.person_word w JOIN keptword_core.person c ON c.id = w.person_id
JOIN statement s ON s.id = (SELECT t.id FROM statement t WHERE t.person_id = w.person_id
    ORDER BY t.period_end DESC, t.id DESC LIMIT 1)
UNION ALL
SELECT NULL, 2, NULL, 'payments.statement', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/statements', NULL
UNION ALL
SELECT NULL, 2, NULL, 'payments.entry', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/entries', NULL
UNION ALL
SELECT NULL, 2, NULL, 'payments.calendar', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/calendar', NULL
UNION ALL
SELECT NULL, 256, NULL, 'payments.schedule', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/staff/schedules', NULL
UNION ALL
SELECT NULL, 256, NULL, 'payments.holiday', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/staff/holidays', NULL
UNION ALL
SELECT NULL, 2, NULL, 'payments.certificate', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/certificates', NULL
UNION ALL
SELECT NULL, NULL, NULL, 'payments.verify', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/verify', NULL
UNION ALL
SELECT NULL, 256, NULL, 'payments.period', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/staff/periods', NULL
UNION ALL
SELECT NULL, 256, NULL, 'payments.approve', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/staff/entries', NULL
UNION ALL
SELECT NULL, 256, NULL, 'payments.import', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/staff/import', NULL
UNION ALL
SELECT NULL, 256, NULL, 'payments.adjustment', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/staff/adjustments', NULL
UNION ALL
SELECT NULL, 256, NULL, 'payments.referral', NULL, '', '', NULL, NULL, NULL, NULL, '/payments/staff/referrals', NULL;

-- What an API token can be given: see own_api_scope in sql/core/views.sql.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW api_scope AS
SELECT CAST('payments:read' AS CHAR(40)) COLLATE utf8mb4_unicode_520_ci AS scope, CAST(2 AS SIGNED) AS roles
UNION ALL
SELECT 'payments:write', 258;

-- What people are told of a statement that was issued: the address, and the values of the words.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW statement_notice AS
SELECT id, pay_run_id, person_id,
    CONCAT('/payments/statements/', keptword_core.id_text(public_id)) AS path,
    JSON_OBJECT('day', promised_on, 'money', CONCAT(net_minor, ' ', currency)) AS detail
FROM statement;

-- How statements belong together, told on both: a correction and the statement that it adds to.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW statement_link AS
SELECT s.id AS statement_id, s.person_id,
    CAST('corrects' AS CHAR(12)) COLLATE utf8mb4_unicode_520_ci AS link, o.id AS other_id,
    o.public_id AS other_public_id, o.period_start, o.period_end, o.issued_at, o.net_minor, o.currency
FROM statement s JOIN statement o ON o.id = s.corrects_id
UNION ALL
SELECT o.id, o.person_id, CAST('corrected_by' AS CHAR(12)) COLLATE utf8mb4_unicode_520_ci, s.id, s.public_id, s.period_start, s.period_end, s.issued_at,
    s.net_minor, s.currency
FROM statement s JOIN statement o ON o.id = s.corrects_id;

-- The journal of each run for the general ledger: what was earned (above 0) to the cost centres of the
-- projects, what is owed (below 0). Of one run and currency it sums to 0.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW journal_item AS
SELECT s.pay_run_id, s.legal_entity_id, s.currency, CAST('work' AS CHAR(24)) COLLATE utf8mb4_unicode_520_ci AS item, l.project_id,
    CAST(SUM(l.amount_minor) AS SIGNED) AS amount_minor
FROM statement s JOIN statement_line l ON l.statement_id = s.id
GROUP BY s.pay_run_id, s.legal_entity_id, s.currency, l.project_id
UNION ALL
SELECT s.pay_run_id, s.legal_entity_id, s.currency, CAST(CONCAT('adjustment.', a.kind) AS CHAR(24)) COLLATE utf8mb4_unicode_520_ci, NULL,
    CAST(SUM(a.amount_minor) AS SIGNED)
FROM statement s JOIN statement_adjustment x ON x.statement_id = s.id
JOIN adjustment a ON a.id = x.adjustment_id
GROUP BY s.pay_run_id, s.legal_entity_id, s.currency, a.kind
UNION ALL
SELECT s.pay_run_id, s.legal_entity_id, s.currency, CAST('payable' AS CHAR(24)) COLLATE utf8mb4_unicode_520_ci, NULL,
    CAST(-SUM(s.net_minor) AS SIGNED)
FROM statement s
GROUP BY s.pay_run_id, s.legal_entity_id, s.currency;
