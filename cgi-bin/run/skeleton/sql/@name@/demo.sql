-- The demo's rows: each expert asked something a month ago and was answered; in each pod one question
-- is open. Relative to @now.
INSERT INTO ask (person_id, asked_at, public_id, title, body, due_at, state, answer, answered_by, answered_at, version)
SELECT DISTINCT m.person_id, @now - INTERVAL 30 DAY - INTERVAL m.person_id HOUR, RANDOM_BYTES(16),
    'Where do I find the guideline?', 'The new version is not among my links.', @now - INTERVAL 27 DAY,
    'answered', 'It is the first link on your project page now. Thank you for telling us.',
    d.hdm_person_id, @now - INTERVAL 29 DAY, 2
FROM keptword_core.pod d JOIN keptword_core.pod_member m ON m.pod_id = d.id
WHERE m.to_on IS NULL AND m.part = 'expert' AND d.hdm_person_id IS NOT NULL;

INSERT INTO ask (person_id, asked_at, public_id, title, body, due_at)
SELECT DISTINCT x.person_id, @now - INTERVAL 1 DAY, RANDOM_BYTES(16), 'May I look at another topic next week?',
    'I would like to try one of the science tasks.', @now + INTERVAL 2 DAY
FROM (SELECT MIN(m.person_id) AS person_id FROM keptword_core.pod_member m
    WHERE m.to_on IS NULL AND m.part = 'expert' GROUP BY m.pod_id) x;
