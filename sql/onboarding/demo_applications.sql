-- Applications in several states, decided ones with their human review. Receipt codes are random and
-- told to nobody: these applicants exist only for the staff's pages.
INSERT INTO application (id, public_id, receipt_hash, person_id, state, pages_done, legal_name,
    preferred_name, email, country, time_zone, languages, domain, level, years, skills, interests,
    strengths, cv, hours_wanted, source, ai_notice_version, ai_notice_at, submitted_at, version,
    created_at, changed_at) VALUES
(1, RANDOM_BYTES(16), RANDOM_BYTES(32), NULL, 'draft', 3, 'Ruta Kazlauskaitė', 'Rūta',
    'ruta.kazlauskaite@example.org', 'LT', 'Europe/Vilnius', 'English', 'law', 'experienced', 6,
    'Contracts, appeals, plain-language summaries', 'Work that explains', 'Patience with detail', 'As told in the interview.', 9, 'A colleague', '1', @now - INTERVAL 6 DAY,
    NULL, 2, @now - INTERVAL 7 DAY, @now - INTERVAL 5 DAY),
(2, RANDOM_BYTES(16), RANDOM_BYTES(32), NULL, 'interview_open', 15, 'Oluwaseun Adeyemi', 'Seun',
    'oluwaseun.adeyemi@example.org', 'NG', 'Africa/Lagos', 'English', 'code', 'senior', 11,
    'C, Python, reading other peoples programs', 'Work that explains', 'Patience with detail', 'As told in the interview.', 10, 'A colleague', '1', @now - INTERVAL 9 DAY,
    @now - INTERVAL 9 DAY, 2, @now - INTERVAL 10 DAY, @now - INTERVAL 8 DAY),
(3, RANDOM_BYTES(16), RANDOM_BYTES(32), NULL, 'interview_done', 15, 'Фарида Ахметова', 'Фарида',
    'farida.akhmetova@example.org', 'KZ', 'Asia/Almaty', 'English', 'medicine', 'experienced', 6,
    'Internal medicine, medicines and pregnancy', 'Work that explains', 'Patience with detail', 'As told in the interview.', 11, 'A colleague', '1', @now - INTERVAL 3 DAY,
    @now - INTERVAL 3 DAY, 2, @now - INTERVAL 4 DAY, @now - INTERVAL 2 DAY),
(4, RANDOM_BYTES(16), RANDOM_BYTES(32), NULL, 'interview_done', 15, 'Tadhg Mac Conmara', 'Tadhg',
    'tadhg.macconmara@example.org', 'IE', 'Europe/Dublin', 'English', 'law', 'senior', 11,
    'Contracts, appeals, plain-language summaries', 'Work that explains', 'Patience with detail', 'As told in the interview.', 12, 'A colleague', '1', @now - INTERVAL 2 DAY,
    @now - INTERVAL 2 DAY, 2, @now - INTERVAL 3 DAY, @now - INTERVAL 1 DAY),
(5, RANDOM_BYTES(16), RANDOM_BYTES(32), NULL, 'in_review', 15, '林 雅婷', '雅婷',
    'lin.yating@example.org', 'TW', 'Asia/Taipei', 'English', 'medicine', 'expert', 19,
    'Internal medicine, medicines and pregnancy', 'Work that explains', 'Patience with detail', 'As told in the interview.', 13, 'A colleague', '1', @now - INTERVAL 6 DAY,
    @now - INTERVAL 6 DAY, 2, @now - INTERVAL 7 DAY, @now - INTERVAL 5 DAY),
(6, RANDOM_BYTES(16), RANDOM_BYTES(32), NULL, 'in_review', 15, 'Gustavo Peñaloza', 'Gustavo',
    'gustavo.penaloza@example.org', 'EC', 'America/Guayaquil', 'English', 'code', 'junior', 1,
    'C, Python, reading other peoples programs', 'Work that explains', 'Patience with detail', 'As told in the interview.', 14, 'A colleague', '1', @now - INTERVAL 24 DAY,
    @now - INTERVAL 24 DAY, 2, @now - INTERVAL 25 DAY, @now - INTERVAL 23 DAY),
(7, RANDOM_BYTES(16), RANDOM_BYTES(32), NULL, 'in_review', 15, 'Ximena Orellana', 'Ximena',
    'ximena.orellana@example.org', 'CL', 'America/Santiago', 'English', 'law', 'senior', 11,
    'Contracts, appeals, plain-language summaries', 'Work that explains', 'Patience with detail', 'As told in the interview.', 15, 'A colleague', '1', @now - INTERVAL 18 DAY,
    @now - INTERVAL 18 DAY, 2, @now - INTERVAL 19 DAY, @now - INTERVAL 17 DAY),
(8, RANDOM_BYTES(16), RANDOM_BYTES(32), 71, 'in_review', 15, 'Noor van der Meulen', 'Noor',
    'noor.vandermeulen@example.org', 'NL', 'Europe/Amsterdam', 'English', 'medicine', 'experienced', 6,
    'Internal medicine, medicines and pregnancy', 'Work that explains', 'Patience with detail', 'As told in the interview.', 16, 'A colleague', '1', @now - INTERVAL 22 DAY,
    @now - INTERVAL 22 DAY, 2, @now - INTERVAL 23 DAY, @now - INTERVAL 21 DAY),
(9, RANDOM_BYTES(16), RANDOM_BYTES(32), 72, 'in_review', 15, 'Καλλιόπη Βλάχου', 'Πόπη',
    'kalliopi.vlachou@example.org', 'GR', 'Europe/Athens', 'English', 'law', 'expert', 19,
    'Contracts, appeals, plain-language summaries', 'Work that explains', 'Patience with detail', 'As told in the interview.', 17, 'A colleague', '1', @now - INTERVAL 25 DAY,
    @now - INTERVAL 25 DAY, 2, @now - INTERVAL 26 DAY, @now - INTERVAL 24 DAY),
(10, RANDOM_BYTES(16), RANDOM_BYTES(32), NULL, 'withdrawn', 15, 'Bilal Choudhury', 'Bilal',
    'bilal.choudhury@example.org', 'BD', 'Asia/Dhaka', 'English', 'code', 'experienced', 6,
    'C, Python, reading other peoples programs', 'Work that explains', 'Patience with detail', 'As told in the interview.', 18, 'A colleague', '1', @now - INTERVAL 30 DAY,
    @now - INTERVAL 30 DAY, 2, @now - INTERVAL 31 DAY, @now - INTERVAL 29 DAY);

INSERT INTO interview (id, public_id, application_id, questionnaire_id, state, opened_at, started_at,
    submitted_at)
SELECT id, RANDOM_BYTES(16), id, 1, IF(state = 'interview_open', 'open', 'submitted'), submitted_at,
    IF(state = 'interview_open', NULL, submitted_at + INTERVAL 2 HOUR),
    IF(state = 'interview_open', NULL, submitted_at + INTERVAL 3 HOUR)
FROM application WHERE state NOT IN ('draft', 'withdrawn');

INSERT INTO interview_answer (interview_id, answer_key, value, saved_at)
SELECT i.id, a.answer_key, a.value, i.submitted_at
FROM interview i
JOIN (SELECT 'WORK' AS answer_key, 'A leaflet for patients that had to be right in one page. I wrote it, two colleagues tried to misread it, and we changed what they could misread.' AS value
    UNION ALL SELECT 'WRONG', 'I once answered from memory what I should have looked up. Since then I write the source beside each figure, also in drafts.'
    UNION ALL SELECT 'JUDGE', 'I split the answer into claims and check each by itself. Then I write what is right first, what is wrong second, and what a reader should do third.'
    UNION ALL SELECT 'UNSURE', 'I do the part that is covered, mark the rest, and ask. When I get an answer I note it where the next person will look.'
    UNION ALL SELECT 'HOURS', '12') a
WHERE i.state = 'submitted';

INSERT INTO assessment (id, application_id, interview_id, reviewer_id, created_at) VALUES
(1, 6, 6, 6, @now - INTERVAL 20 DAY),
(2, 7, 7, 5, @now - INTERVAL 14 DAY),
(3, 8, 8, 5, @now - INTERVAL 19 DAY),
(4, 9, 9, 6, @now - INTERVAL 21 DAY);

INSERT INTO assessment_score (assessment_id, criterion_id, score, reason)
SELECT s.id, c.id, IF(s.id = 1, 2 + (c.id MOD 2), 4 + (s.id + c.id) MOD 2),
    IF(s.id = 1, 'Named, but not shown with an example.',
        'Shown in the answer on judging, with reasons.')
FROM assessment s JOIN rubric_criterion c;

INSERT INTO human_review (id, public_id, application_id, interview_id, assessment_id, reviewer_id, reviewer_name,
    outcome, reason_code, strengths, gaps, letter, minutes_spent, created_at) VALUES
(1, RANDOM_BYTES(16), 6, 6, 1, 6, 'Kwabena Asante', 'not_selected', 'score_below_bar',
    'Clear language, and an honest account of a mistake.',
    'The answer on judging programs names tools but not what they would show.',
    'Dear Gustavo, thank you for the time you gave us. We do not offer you work on repairing code now. Your account of your own mistake was the clearest that I read this month. What I missed is how you would tell a right repair from one that only passes the tests. You may apply again at any time, and you may ask for another person to look at this decision.',
    35, @now - INTERVAL 20 DAY),
(2, RANDOM_BYTES(16), 7, 7, 2, 5, 'Maja Lindqvist', 'certified', NULL,
    'Explains appeals so that a neighbour would understand them.', '',
    'Dear Ximena, welcome. Your explanation of an appeal is what this work needs. The next step is an offer; you will read in it what the work is for and what it pays.',
    30, @now - INTERVAL 14 DAY),
(3, RANDOM_BYTES(16), 8, 8, 3, 5, 'Maja Lindqvist', 'certified', NULL,
    'Careful with doses, and says when she is unsure.', '',
    'Dear Noor, welcome. You checked each claim by itself, which is what patients need from us. The next step is an offer.',
    40, @now - INTERVAL 19 DAY),
(4, RANDOM_BYTES(16), 9, 9, 4, 6, 'Kwabena Asante', 'certified', NULL,
    'Nineteen years of practice, and still short sentences.', '',
    'Dear Kalliopi, welcome. We were glad to read your summary of the ruling. The next step is an offer.',
    45, @now - INTERVAL 21 DAY);

UPDATE application a JOIN human_review r ON r.application_id = a.id SET
    a.state = r.outcome, a.decided_review_id = r.id, a.decided_at = r.created_at,
    a.changed_at = r.created_at, a.claimed_by = r.reviewer_id,
    a.claimed_at = r.created_at - INTERVAL 1 DAY, a.version = 4;

UPDATE application a JOIN interview i ON i.application_id = a.id AND i.state = 'submitted' SET
    a.waiting_since = i.submitted_at, a.due_at = i.submitted_at + INTERVAL 5 DAY;

-- One is being read: by one of the two who read applications.
UPDATE application SET claimed_by = 5, claimed_at = @now - INTERVAL 2 DAY WHERE id = 5;

INSERT INTO offer (public_id, application_id, person_id, project_id, pod_id, state, unit, rate_minor,
    currency, benchmark_id, benchmark_minor, benchmark_source, hours_min, hours_max, starts_on,
    purpose, sensitive_note, document, document_hash, expires_at, sent_at, viewed_at, created_by,
    created_at, version)
SELECT RANDOM_BYTES(16), a.id, a.person_id, j.id, IF(j.id = 1, 4, 7), IF(a.id = 8, 'sent', 'viewed'),
    'hour', IF(j.id = 1, 4550, 4700), 'USD', IF(j.id = 1, 1, 4), IF(j.id = 1, 4000, 4200),
    'Demo survey of rates', 5, 15, @today + INTERVAL 10 DAY, j.purpose, j.sensitive_note, o.document,
    o.document_hash, @now + INTERVAL 9 DAY, @now - INTERVAL 5 DAY,
    IF(a.id = 8, NULL, @now - INTERVAL 2 DAY), 5, @now - INTERVAL 6 DAY, 2
FROM application a
JOIN keptword_core.project j ON j.domain = a.domain
JOIN (SELECT document, document_hash FROM offer ORDER BY id LIMIT 1) o
WHERE a.state = 'certified' AND a.person_id IS NOT NULL;
