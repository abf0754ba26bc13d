-- Many people with many statements, for measurements; not part of schema or demo. Run it as the
-- migration account in keptword_payments, with
--   @people   how many people (1 to 1000000); ids from 1000001 on, contributors, one project
--   @periods  statements of each (1 to 260), one per fortnight, the newest ending before @today
--   @lines    lines of each statement, 0 to 20
--   @entries  approved entries of each in one more, locked period, 0 to 14, for a pay run
--   @today, @now
-- Set-based: about 25 s per 1,000,000 statements without lines on two busy cores. No entries stand
-- behind these statements, so statement_fault names their lines.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SET SESSION unique_checks = 0;
SET SESSION foreign_key_checks = 0;

SET @h = 4500;

INSERT INTO keptword_core.person (id, public_id, legal_name, preferred_name, email, time_zone, country,
    roles, created_at)
SELECT 1000000 + seq, RANDOM_BYTES(16), CONCAT('Measured Person ', seq), CONCAT('Person ', seq),
    CONCAT('measured-', seq, '@example.org'), 'UTC', 'GB', 2, @now
FROM seq_1_to_1000000 WHERE seq <= @people;

INSERT INTO keptword_core.role_grant (person_id, role, from_at)
SELECT 1000000 + seq, 'contributor', @now FROM seq_1_to_1000000 WHERE seq <= @people;

INSERT INTO keptword_core.project (id, public_id, name, domain, purpose, started_on, created_at)
VALUES (1000001, RANDOM_BYTES(16), 'Measured project', 'measure', 'Measuring.',
    @today - INTERVAL @periods * 14 + 30 DAY, @now);

INSERT INTO legal_entity (id, name, address, country, created_at)
VALUES (1000001, 'Measured Ltd', '1 Measure Street, Measureton', 'GB', @now);

INSERT INTO pay_schedule (id, name, kind, anchor, time_zone)
VALUES (1000001, 'Measured', 'biweekly', @today - INTERVAL @periods * 14 DAY, 'UTC');

-- Period 1000001 is the oldest; 1000000 + @periods + 1 the locked one that a pay run may take.
SET @first = @today - INTERVAL (@periods + 1) * 14 DAY;

INSERT INTO pay_period (id, public_id, schedule_id, start_day, end_day, lock_at, issue_on, pay_on,
    state, locked_by, locked_at, issued_at)
SELECT 1000000 + seq, RANDOM_BYTES(16), 1000001, @first + INTERVAL seq * 14 DAY,
    @first + INTERVAL seq * 14 + 13 DAY, CAST(@first + INTERVAL seq * 14 + 15 DAY AS DATETIME(6)),
    @first + INTERVAL seq * 14 + 16 DAY, @first + INTERVAL seq * 14 + 18 DAY,
    IF(seq <= @periods, 'paid', 'locked'), 1000001, @now, IF(seq <= @periods, @now, NULL)
FROM seq_1_to_261 WHERE seq <= @periods + 1;

INSERT INTO pay_run (id, public_id, period_id, state, made_by, made_at, issued_by, issued_at,
    statements)
SELECT id, RANDOM_BYTES(16), id, 'issued', 1000001, @now, 1000002, @now, @people
FROM pay_period WHERE schedule_id = 1000001 AND state = 'paid';

INSERT INTO payee (person_id, legal_entity_id, schedule_id, currency, partner_ref, tax_form, created_at)
SELECT 1000000 + seq, 1000001, 1000001, 'USD', CONCAT('M-', seq), 'valid', @now FROM seq_1_to_1000000 WHERE seq <= @people;

INSERT INTO rate (id, person_id, project_id, unit, amount_minor, currency, valid_from,
    benchmark_minor, created_at)
SELECT 1000000 + seq, 1000000 + seq, 1000001, 'hour', @h, 'USD', '2000-01-01', 4000, @now
FROM seq_1_to_1000000 WHERE seq <= @people;

-- Whole hours, so that a line is hours times rate: 1 to 30 hours in each.
INSERT INTO statement (person_id, period_end, id, public_id, period_id, period_start, pay_run_id,
    legal_entity_id, payee_name, currency, minutes, gross_minor, adjustment_minor, net_minor,
    issued_at, promised_on, state, sent_on, funds_on)
SELECT 1000000 + n.seq, p.end_day, 1000000 + (n.seq - 1) * @periods + p.id - 1000000, RANDOM_BYTES(16),
    p.id, p.start_day, p.id, 1000001, CONCAT('Measured Person ', n.seq), 'USD',
    60 * (1 + (n.seq + p.id) MOD 30) * GREATEST(@lines, 1),
    @h * (1 + (n.seq + p.id) MOD 30) * GREATEST(@lines, 1), 0,
    @h * (1 + (n.seq + p.id) MOD 30) * GREATEST(@lines, 1),
    CAST(p.issue_on AS DATETIME(6)), p.pay_on, 'funds_available', p.issue_on, p.pay_on
FROM seq_1_to_1000000 n
STRAIGHT_JOIN pay_period p
WHERE n.seq <= @people AND p.schedule_id = 1000001 AND p.state = 'paid'
ORDER BY n.seq, p.end_day DESC;

INSERT INTO statement_line (statement_id, line_no, project_id, project_name, kind, unit, minutes,
    rate_id, rate_minor, rate_from, benchmark_minor, amount_minor)
SELECT s.id, l.seq, 1000001, 'Measured project', 'production', 'hour',
    60 * (1 + (s.person_id - 1000000 + s.period_id) MOD 30), s.person_id, @h, '2000-01-01', 4000,
    @h * (1 + (s.person_id - 1000000 + s.period_id) MOD 30)
FROM seq_1_to_20 l JOIN statement s
WHERE l.seq <= @lines AND s.id > 1000000
ORDER BY s.id, l.seq;

INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes, source, state,
    decided_by, decided_at, created_at)
SELECT 1000000 + n.seq, p.start_day + INTERVAL d.seq DAY, RANDOM_BYTES(16), 1000001, p.id,
    'production', 30 + (n.seq * 7 + d.seq * 13) MOD 400, 'manual', 'approved',
    IF(n.seq = 1, 1000002, 1000001), @now, @now
FROM seq_1_to_1000000 n
STRAIGHT_JOIN seq_0_to_13 d
STRAIGHT_JOIN pay_period p
WHERE n.seq <= @people AND d.seq < @entries AND p.schedule_id = 1000001 AND p.state = 'locked'
ORDER BY n.seq, d.seq;

ANALYZE TABLE keptword_core.person, payee, rate, statement, statement_line, work_entry;
