-- What finance looks at: tax forms and floors, accounts and cost centres; the newest regular run with what
-- needed a look, its control totals and how it differed from the one before; and a run outside the
-- schedule that waits for a signature.
UPDATE payee SET tax_form = 'valid', tax_form_until = @today + INTERVAL 400 DAY WHERE person_id BETWEEN 31 AND 70;
UPDATE payee SET tax_form_until = @today - INTERVAL 9 DAY WHERE person_id = 36;
UPDATE payee SET tax_form = 'asked', tax_form_until = NULL WHERE person_id = 47;
UPDATE payee SET partner_ref = '' WHERE person_id = 52;

INSERT INTO living_wage_floor (country, currency, hour_minor, source, as_of) VALUES
('PL', 'USD', 1150, 'Demo survey of living wages', @today - INTERVAL 120 DAY),
('DE', 'EUR', 1520, 'Demo survey of living wages', @today - INTERVAL 120 DAY),
('JP', 'JPY', 1380, 'Demo survey of living wages', @today - INTERVAL 120 DAY),
('US', 'USD', 2110, 'Demo survey of living wages', @today - INTERVAL 120 DAY);

INSERT INTO gl_account (item, code, name) VALUES
('work', '6100', 'Expert work'), ('adjustment', '6190', 'Other pay of experts'),
('adjustment.expense', '6740', 'Expenses of experts'), ('payable', '2100', 'Owed to experts');
INSERT INTO cost_centre (project_id, code) SELECT id, CONCAT('D', 40 + id) FROM keptword_core.project WHERE id <= 3;

-- Two entries that nobody had looked at before the lock.
UPDATE work_entry SET decided_by = NULL WHERE person_id IN (37, 49) AND period_id = 11 AND kind = 'production'
ORDER BY person_id, day LIMIT 2;

UPDATE pay_run SET compared_id = 10 WHERE id = 11;

INSERT INTO pay_total (pay_run_id, part, part_id, currency, people, minutes, units, gross_minor, adjustment_minor)
SELECT s.pay_run_id, 'project', l.project_id, s.currency, COUNT(DISTINCT s.person_id), SUM(l.minutes),
    SUM(l.units), SUM(l.amount_minor), 0
FROM statement s JOIN statement_line l ON l.statement_id = s.id
WHERE s.pay_run_id <= 11 GROUP BY s.pay_run_id, l.project_id, s.currency
UNION ALL
SELECT s.pay_run_id, 'entity', s.legal_entity_id, s.currency, COUNT(DISTINCT s.person_id), SUM(s.minutes), 0,
    SUM(s.gross_minor), SUM(s.adjustment_minor)
FROM statement s WHERE s.pay_run_id <= 11 GROUP BY s.pay_run_id, s.legal_entity_id, s.currency;

INSERT INTO pay_variance (pay_run_id, person_id, currency, why, was_minor, is_minor)
SELECT 11, n.person_id, n.currency, IF(b.id IS NULL, 'new', 'changed'), b.net_minor, n.net_minor
FROM statement n LEFT JOIN statement b ON b.pay_run_id = 10 AND b.person_id = n.person_id
    AND b.currency = n.currency
WHERE n.pay_run_id = 11 AND (b.id IS NULL OR ABS(n.net_minor - b.net_minor) * 4 > b.net_minor)
UNION ALL
SELECT 11, b.person_id, b.currency, 'gone', b.net_minor, NULL
FROM statement b LEFT JOIN statement n ON n.pay_run_id = 11 AND n.person_id = b.person_id
    AND n.currency = b.currency
WHERE b.pay_run_id = 10 AND n.id IS NULL;

INSERT INTO pay_warning (pay_run_id, person_id, why, project_id, day, n, first, second, currency)
SELECT 11, y.person_id, IF(y.partner_ref = '', 'no_reference', 'no_tax_form'), NULL, y.tax_form_until, 0, 0, 0, NULL
FROM payee y JOIN statement s ON s.person_id = y.person_id AND s.pay_run_id = 11
WHERE y.person_id IN (36, 47, 52)
UNION ALL
SELECT 11, e.person_id, 'by_silence', NULL, MIN(e.day), COUNT(*), SUM(e.minutes), 0, NULL
FROM work_entry e WHERE e.period_id = 11 AND e.state = 'approved' AND e.decided_by IS NULL GROUP BY e.person_id
UNION ALL
SELECT 11, s.person_id, 'far_off', NULL, NULL, 0, s.net_minor, b.usual, s.currency
FROM statement s JOIN (SELECT person_id, currency, CAST(AVG(net_minor) AS SIGNED) AS usual FROM statement
    WHERE pay_run_id BETWEEN 5 AND 10 GROUP BY person_id, currency HAVING COUNT(*) >= 2) b
    ON b.person_id = s.person_id AND b.currency = s.currency
WHERE s.pay_run_id = 11 AND ABS(s.net_minor - b.usual) * 2 > b.usual;

UPDATE pay_run SET warnings = (SELECT COUNT(*) FROM pay_warning w WHERE w.pay_run_id = pay_run.id) WHERE id = 11;

-- Work of two days of the newest issued period that was entered late: the worker works the run out.
SET @late = (SELECT MAX(id) + 1 FROM pay_run);

INSERT INTO pay_run (id, public_id, kind, period_id, reason, pay_on, made_by, made_at) VALUES
(@late, RANDOM_BYTES(16), 'off_cycle', 11, 'Our import of the tracker had left these hours out.',
    @today + INTERVAL 3 DAY, 3, @now - INTERVAL 1 HOUR);

INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, off_cycle_id, kind, minutes, source, note,
    state, decided_by, decided_at, created_by, created_at)
SELECT m.person_id, p.start_day + INTERVAL 2 + n.seq DAY, RANDOM_BYTES(16), m.project_id, 11, @late, 'production',
    85 + 20 * n.seq, 'manual', 'Entered late', 'approved', 3, @now - INTERVAL 2 HOUR, m.person_id, @now - INTERVAL 1 DAY
FROM pay_period p JOIN seq_0_to_1 n
JOIN (SELECT person_id, MIN(project_id) AS project_id FROM rate WHERE person_id IN (45, 52) AND unit = 'hour'
    AND valid_from < @today - INTERVAL 40 DAY GROUP BY person_id) m
WHERE p.id = 11;

INSERT INTO job (kind, subject_id, person_id, detail, not_before, created_at)
VALUES ('payments.run', @late, 3, '{}', @now - INTERVAL 1 HOUR, @now - INTERVAL 1 HOUR);
