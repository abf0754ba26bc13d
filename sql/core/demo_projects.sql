-- Three projects, ten pods of different sizes (8, 6, 5, 4 / 5, 4, 2 / 3, 2, 1 experts), each with its
-- own HDM.
INSERT INTO project (id, public_id, name, domain, purpose, data_use, untold, sensitive_note, pay_unit,
    started_on, created_at) VALUES
(1, RANDOM_BYTES(16), 'Clinical answers', 'medicine',
    'Doctors and nurses read answers that a model gave to patients'' questions, mark what is wrong or missing, and write the answer they would give. The answers teach models to say when somebody should see a doctor. People who ask a machine before they ask a person benefit first.',
    'training', NULL, 'Some questions describe illness, injury or grief.', 'hour',
    @today - INTERVAL 240 DAY, @now - INTERVAL 240 DAY),
(2, RANDOM_BYTES(16), 'Law in plain words', 'law',
    'Lawyers explain court decisions so that somebody without training understands them, and judge explanations that a model wrote. The set is used to measure, not to train: it tells how far a model''s explanation may be trusted.',
    'evaluation', 'Which model is measured; its maker asked us not to say before it is published.', NULL, 'hour',
    @today - INTERVAL 220 DAY, @now - INTERVAL 220 DAY),
(3, RANDOM_BYTES(16), 'Repairing code', 'code',
    'Programmers repair small programs that contain one fault each and write down how they found it. Models learn from the way to the fault, not only from the repaired line.',
    'training', NULL, NULL, 'task', @today - INTERVAL 210 DAY, @now - INTERVAL 210 DAY);

INSERT INTO pod (id, public_id, project_id, name, hdm_person_id, created_at) VALUES
(1, RANDOM_BYTES(16), 1, 'Willow', 11, @now - INTERVAL 200 DAY),
(2, RANDOM_BYTES(16), 1, 'Rowan', 12, @now - INTERVAL 200 DAY),
(3, RANDOM_BYTES(16), 1, 'Alder', 13, @now - INTERVAL 200 DAY),
(4, RANDOM_BYTES(16), 1, 'Hazel', 14, @now - INTERVAL 200 DAY),
(5, RANDOM_BYTES(16), 2, 'Heron', 15, @now - INTERVAL 200 DAY),
(6, RANDOM_BYTES(16), 2, 'Plover', 16, @now - INTERVAL 200 DAY),
(7, RANDOM_BYTES(16), 2, 'Wren', 17, @now - INTERVAL 200 DAY),
(8, RANDOM_BYTES(16), 3, 'Basalt', 18, @now - INTERVAL 200 DAY),
(9, RANDOM_BYTES(16), 3, 'Flint', 19, @now - INTERVAL 200 DAY),
(10, RANDOM_BYTES(16), 3, 'Slate', 20, @now - INTERVAL 200 DAY);

INSERT INTO pod_member (pod_id, person_id, from_on)
SELECT CASE WHEN id <= 38 THEN 1 WHEN id <= 44 THEN 2 WHEN id <= 49 THEN 3 WHEN id <= 53 THEN 4
    WHEN id <= 58 THEN 5 WHEN id <= 62 THEN 6 WHEN id <= 64 THEN 7 WHEN id <= 67 THEN 8
    WHEN id <= 69 THEN 9 ELSE 10 END, id, @today - INTERVAL 190 DAY
FROM person WHERE id BETWEEN 31 AND 70;

INSERT INTO pod_member (pod_id, person_id, from_on, part) VALUES
(1, 21, @today - INTERVAL 190 DAY, 'reviewer'),
(5, 22, @today - INTERVAL 190 DAY, 'reviewer'),
(1, 23, @today - INTERVAL 190 DAY, 'lead');
