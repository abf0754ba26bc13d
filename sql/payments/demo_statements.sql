-- Statements of the eleven issued periods, made from the entries by payable_line, as a pay run makes
-- them: statement, lines, entries, adjustments, ledger. Then the money's way, with one late payment.
INSERT INTO pay_run (id, public_id, period_id, state, made_by, made_at, issued_by, issued_at)
SELECT id, RANDOM_BYTES(16), id, 'issued', 3, locked_at + INTERVAL 10 HOUR, 4, issued_at
FROM pay_period WHERE id <= 11;

INSERT INTO statement (person_id, period_end, public_id, period_id, period_start, pay_run_id,
    legal_entity_id, payee_name, currency, minutes, gross_minor, adjustment_minor, net_minor,
    issued_at, promised_on)
SELECT t.person_id, p.end_day, RANDOM_BYTES(16), p.id, p.start_day, r.id, y.legal_entity_id,
    c.legal_name, t.currency, t.minutes, t.gross, COALESCE(a.amount, 0),
    t.gross + COALESCE(a.amount, 0), r.issued_at, p.pay_on
FROM (SELECT person_id, period_id, currency, SUM(minutes) AS minutes, SUM(amount_minor) AS gross
    FROM payable_line WHERE period_id <= 11 GROUP BY person_id, period_id, currency) t
JOIN pay_period p ON p.id = t.period_id
JOIN pay_run r ON r.period_id = p.id
JOIN payee y ON y.person_id = t.person_id
JOIN keptword_core.person c ON c.id = t.person_id
LEFT JOIN (SELECT person_id, period_id, currency, SUM(amount_minor) AS amount FROM adjustment
    WHERE state = 'approved' GROUP BY person_id, period_id, currency) a
    ON a.person_id = t.person_id AND a.period_id = t.period_id AND a.currency = t.currency
ORDER BY t.period_id, t.person_id;

INSERT INTO statement_line (statement_id, line_no, project_id, project_name, kind, unit, minutes,
    units, rate_id, rate_minor, rate_from, benchmark_minor, amount_minor)
SELECT s.id, ROW_NUMBER() OVER (PARTITION BY s.id ORDER BY l.project_id, l.kind, l.rate_from, l.rate_id),
    l.project_id, j.name, l.kind, l.unit, l.minutes, l.units, l.rate_id, l.rate_minor, l.rate_from,
    l.benchmark_minor, l.amount_minor
FROM payable_line l
JOIN statement s ON s.period_id = l.period_id AND s.person_id = l.person_id
    AND s.currency = l.currency
JOIN keptword_core.project j ON j.id = l.project_id;

INSERT INTO statement_entry (statement_id, line_no, work_entry_id)
SELECT s.id, l.line_no, e.work_entry_id
FROM payable_entry e
JOIN statement s ON s.period_id = e.period_id AND s.person_id = e.person_id
    AND s.currency = e.currency
JOIN statement_line l ON l.statement_id = s.id AND l.project_id = e.project_id AND l.kind = e.kind
    AND l.rate_id = e.rate_id;

INSERT INTO statement_adjustment (statement_id, adjustment_id)
SELECT s.id, a.id FROM adjustment a
JOIN statement s ON s.period_id = a.period_id AND s.person_id = a.person_id
    AND s.currency = a.currency
WHERE a.state = 'approved';

UPDATE pay_run r SET statements = (SELECT COUNT(*) FROM statement s WHERE s.pay_run_id = r.id);

-- The money's way: sent on the day of issue, there on the promised day; one came back from the bank
-- and was four days late.
UPDATE statement SET state = 'funds_available', sent_on = DATE(issued_at), funds_on = promised_on,
    version = 3;

UPDATE statement SET funds_on = promised_on + INTERVAL 4 DAY, late_cause = 'bank_return', version = 5
WHERE person_id = 41 AND period_id = 9;

INSERT INTO ledger (statement_id, step, account, amount_minor, currency, at)
SELECT id, 'issued', 'work', gross_minor, currency, issued_at FROM statement
UNION ALL
SELECT id, 'issued', 'adjustment', adjustment_minor, currency, issued_at FROM statement
WHERE adjustment_minor <> 0
UNION ALL
SELECT id, 'issued', 'payable', -net_minor, currency, issued_at FROM statement
UNION ALL
SELECT id, 'sent', 'payable', net_minor, currency, issued_at + INTERVAL 1 HOUR FROM statement
UNION ALL
SELECT id, 'sent', 'partner', -net_minor, currency, issued_at + INTERVAL 1 HOUR FROM statement
UNION ALL
SELECT id, 'returned', 'partner', net_minor, currency, issued_at + INTERVAL 2 DAY FROM statement
WHERE late_cause = 'bank_return'
UNION ALL
SELECT id, 'returned', 'payable', -net_minor, currency, issued_at + INTERVAL 2 DAY FROM statement
WHERE late_cause = 'bank_return'
UNION ALL
SELECT id, 'resent', 'payable', net_minor, currency, issued_at + INTERVAL 3 DAY FROM statement
WHERE late_cause = 'bank_return'
UNION ALL
SELECT id, 'resent', 'partner', -net_minor, currency, issued_at + INTERVAL 3 DAY FROM statement
WHERE late_cause = 'bank_return';

-- The mails of the newest statements, so that the demo's outbox has something to show.
INSERT INTO outbox (kind, topic, person_id, path, detail, notice_key, created_at, not_before, expires_at)
SELECT 'payments.statement_issued', 'pay', n.person_id, n.path, n.detail, CONCAT('statement:', n.id), @now,
    @now, @now + INTERVAL 14 DAY
FROM statement_notice n JOIN statement s ON s.id = n.id AND s.person_id = n.person_id
WHERE s.period_end = (SELECT MAX(x.period_end) FROM statement x);

-- Work that was handed in after its period was locked: it waits for the next statement.
INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes, source, note,
    state, created_by, created_at)
SELECT 31, start_day + INTERVAL 10 DAY, RANDOM_BYTES(16), 1, 12, 'review', 40, 'manual',
    'Second look at two answers', 'submitted', 31, lock_at + INTERVAL 6 HOUR
FROM pay_period WHERE id = 11;

-- Certificates of earnings that two of them have asked for.
INSERT INTO certificate (public_id, person_id, kind, first_day, last_day, legal_entity_id, payee_name,
    issued_at)
SELECT RANDOM_BYTES(16), person_id, 'months',
    @today - INTERVAL DAY(@today) - 1 DAY - INTERVAL 3 MONTH,
    @today - INTERVAL DAY(@today) DAY, legal_entity_id, payee_name, @now - INTERVAL 2 DAY
FROM statement WHERE person_id IN (31, 32) AND period_id = 10;

-- Whom two of them have brought: one has reached the milestone, one was paid.
INSERT INTO referral (public_id, person_id, brought, amount_minor, currency, since, state, earned_on, paid_on,
    added_by, added_at)
SELECT RANDOM_BYTES(16), 31, 'Irena', 15000, 'USD', @today - INTERVAL 60 DAY, 'paid', @today - INTERVAL 40 DAY,
    @today - INTERVAL 12 DAY, 3, @now - INTERVAL 60 DAY
UNION ALL
SELECT RANDOM_BYTES(16), 32, 'Dmytro', 15000, 'USD', @today - INTERVAL 20 DAY, 'waiting', NULL, NULL, 3,
    @now - INTERVAL 20 DAY;
