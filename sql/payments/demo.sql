-- The demo's pay: schedule, twelve bi-weekly periods of which the twelfth is open, benchmarks, rates
-- and payees. Relative to @today and @now. Person ids are those of core's demo.
INSERT INTO legal_entity (id, name, address, country, created_at) VALUES
(1, 'Lanternfield Human Data Ltd', '14 Ropewalk Lane, Bristol BS1 0XX, United Kingdom', 'GB',
    @now - INTERVAL 240 DAY);

INSERT INTO holiday (calendar, day, name)
SELECT 'demo', MAKEDATE(YEAR(@today) + n.seq - 1, 1), 'New Year''s Day' FROM seq_0_to_2 n
UNION ALL
SELECT 'demo', MAKEDATE(YEAR(@today) + n.seq, 1) - INTERVAL 7 DAY, 'Christmas Day' FROM seq_0_to_2 n
UNION ALL
SELECT 'demo', MAKEDATE(YEAR(@today) + n.seq, 1) - INTERVAL 6 DAY, 'Boxing Day' FROM seq_0_to_2 n;

-- The open period began on Monday of last week, so that it holds at least a week of entries.
SET @open_start = @today - INTERVAL WEEKDAY(@today) + 7 DAY;

INSERT INTO pay_schedule (id, name, kind, anchor, time_zone, holidays) VALUES
(1, 'Every two weeks', 'biweekly', @open_start - INTERVAL 154 DAY, 'UTC', 'demo');

-- A day on which no bank moves money rolls to the next that does: the issue (a Wednesday) by at most
-- two days, the payment (a Friday) to the Monday after.
INSERT INTO pay_period (id, public_id, schedule_id, start_day, end_day, lock_at, issue_on, pay_on,
    rolled_from, state, locked_by, locked_at, issued_at)
SELECT x.no, RANDOM_BYTES(16), 1, x.start_day, x.start_day + INTERVAL 13 DAY,
    CAST(x.start_day + INTERVAL 15 DAY AS DATETIME(6)), x.issue_on,
    IF(x.pay_holiday, x.pay_on + INTERVAL 3 DAY, x.pay_on), IF(x.pay_holiday, x.pay_on, NULL),
    CASE WHEN x.no <= 10 THEN 'paid' WHEN x.no = 11 THEN 'issued' ELSE 'open' END,
    IF(x.no <= 11, 3, NULL),
    IF(x.no <= 11, CAST(x.start_day + INTERVAL 15 DAY AS DATETIME(6)), NULL),
    IF(x.no <= 11, CAST(x.issue_on AS DATETIME(6)) + INTERVAL 9 HOUR, NULL)
FROM (SELECT d.no, d.start_day, d.start_day + INTERVAL 18 DAY AS pay_on,
        EXISTS (SELECT 1 FROM holiday h WHERE h.calendar = 'demo'
            AND h.day = d.start_day + INTERVAL 18 DAY) AS pay_holiday,
        (SELECT MIN(d.start_day + INTERVAL 16 + n.seq DAY) FROM seq_0_to_2 n
            WHERE NOT EXISTS (SELECT 1 FROM holiday h WHERE h.calendar = 'demo'
                AND h.day = d.start_day + INTERVAL 16 + n.seq DAY)) AS issue_on
    FROM (SELECT seq AS no, @open_start - INTERVAL (12 - seq) * 14 DAY AS start_day
        FROM seq_1_to_12) d) x;

INSERT INTO benchmark_rate (id, domain, level, region, currency, unit, p50_minor, p75_minor, source, as_of)
VALUES
(1, 'medicine', 'experienced', 'world', 'USD', 'hour', 4000, 4600, 'Demo survey of rates', @today - INTERVAL 120 DAY),
(2, 'medicine', 'experienced', 'europe', 'EUR', 'hour', 3700, 4300, 'Demo survey of rates', @today - INTERVAL 120 DAY),
(3, 'medicine', 'experienced', 'japan', 'JPY', 'hour', 6000, 6900, 'Demo survey of rates', @today - INTERVAL 120 DAY),
(4, 'law', 'experienced', 'world', 'USD', 'hour', 4200, 4900, 'Demo survey of rates', @today - INTERVAL 120 DAY),
(5, 'law', 'experienced', 'europe', 'EUR', 'hour', 3900, 4500, 'Demo survey of rates', @today - INTERVAL 120 DAY),
(6, 'law', 'experienced', 'japan', 'JPY', 'hour', 6300, 7200, 'Demo survey of rates', @today - INTERVAL 120 DAY),
(7, 'code', 'experienced', 'world', 'USD', 'hour', 3600, 4200, 'Demo survey of rates', @today - INTERVAL 120 DAY),
(8, 'code', 'experienced', 'europe', 'EUR', 'hour', 3400, 3900, 'Demo survey of rates', @today - INTERVAL 120 DAY),
(9, 'code', 'experienced', 'world', 'USD', 'task', 1700, 2000, 'Demo survey of rates', @today - INTERVAL 400 DAY),
(10, 'code', 'experienced', 'europe', 'EUR', 'task', 1600, 1900, 'Demo survey of rates', @today - INTERVAL 400 DAY);

INSERT INTO payee (person_id, legal_entity_id, schedule_id, currency, partner_ref, payout_label,
    created_at)
SELECT id, 1, 1, CASE WHEN id IN (43, 44, 54, 55, 70) THEN 'EUR' WHEN id IN (38, 57) THEN 'JPY'
    ELSE 'USD' END, CONCAT('P-', 41000 + id * 7), 'Bank transfer by the payout partner',
    @now - INTERVAL 190 DAY
FROM keptword_core.person WHERE id BETWEEN 31 AND 70;

-- What was signed. Project 3 pays by task; training and meetings there are paid by the hour.
INSERT INTO rate (person_id, project_id, unit, amount_minor, currency, valid_from, benchmark_id,
    benchmark_minor, offer_id, set_by, created_at)
SELECT person_id, project_id, unit, rate_minor, currency, starts_on, benchmark_id, benchmark_minor,
    offer_id, 3, signed_at
FROM keptword_onboarding.published_terms;

INSERT INTO rate (person_id, project_id, unit, amount_minor, currency, valid_from, benchmark_id,
    benchmark_minor, offer_id, set_by, created_at)
SELECT t.person_id, t.project_id, 'hour',
    IF(t.person_id = 31, 3900, b.p50_minor + (t.person_id * 7 MOD 9 + 1) * b.p50_minor DIV 60),
    t.currency, t.starts_on, b.id, b.p50_minor, t.offer_id, 3, t.signed_at
FROM keptword_onboarding.published_terms t
JOIN benchmark_rate b ON b.domain = 'code' AND b.currency = t.currency AND b.unit = 'hour'
WHERE t.unit = 'task';

-- A raise for every tenth in the middle of the eighth period: two rates on one statement.
UPDATE rate SET valid_to = @open_start - INTERVAL 49 DAY WHERE person_id MOD 10 = 4;

INSERT INTO rate (person_id, project_id, unit, amount_minor, currency, valid_from, change_kind,
    benchmark_id, benchmark_minor, set_by, created_at)
SELECT person_id, project_id, unit, amount_minor + amount_minor DIV 20, currency, valid_to, 'raise',
    benchmark_id, benchmark_minor, 3, @now - INTERVAL 60 DAY
FROM rate WHERE valid_to < '9999-12-31';
