-- The demo's surveys: two finished rounds with results and one that is open. Relative to @today and
-- @now; people and pods are those of core's demo. Answers have no person, pod or date; who answered
-- was counted per pod and forgotten.
INSERT INTO questionnaire (id, code, version, title, document, created_by, created_at) VALUES
(1, 'pulse', 1, 'Fortnightly pulse',
'{"format":1,"languages":["en"],"title":{"en":"Fortnightly pulse"},
"welcome":{"en":"Five questions, about two minutes. Nobody can see who answered what."},
"end":{"en":"Thank you. Results are shown to everyone once the round is closed."},
"groups":[{"title":{"en":"The last two weeks"},"questions":[
{"code":"SUPPORT","kind":"five_points","required":true,"text":{"en":"When I needed help in the last two weeks, I got it."},"help":{"en":"1: not at all, 5: fully."}},
{"code":"CLARITY","kind":"five_points","required":true,"text":{"en":"I knew what a good answer looks like."},"help":{"en":"1: not at all, 5: fully."}},
{"code":"PAYTRUST","kind":"five_points","required":true,"text":{"en":"I trust that my pay will be right and on time."},"help":{"en":"1: not at all, 5: fully."}},
{"code":"RECOMMEND","kind":"list","required":true,"text":{"en":"How likely are you to recommend working here to a friend?"},"help":{"en":"0: not at all, 10: certainly."},"choices":[{"code":"0","text":{"en":"0"}},{"code":"1","text":{"en":"1"}},{"code":"2","text":{"en":"2"}},{"code":"3","text":{"en":"3"}},{"code":"4","text":{"en":"4"}},{"code":"5","text":{"en":"5"}},{"code":"6","text":{"en":"6"}},{"code":"7","text":{"en":"7"}},{"code":"8","text":{"en":"8"}},{"code":"9","text":{"en":"9"}},{"code":"10","text":{"en":"10"}}]},
{"code":"CHANGE","kind":"long_text","required":false,"text":{"en":"What one thing should we change?"},"most":2000}]}]}',
    7, @now - INTERVAL 150 DAY),
(2, 'start', 1, 'How was your start?',
'{"format":1,"languages":["en"],"title":{"en":"How was your start?"},
"welcome":{"en":"About your first month with us. Nobody can see who answered what."},
"end":{"en":"Thank you."},
"groups":[{"title":{"en":"Your first month"},"questions":[
{"code":"PURPOSE","kind":"yes_no","required":true,"text":{"en":"Did you know what your work is for before you signed?"}},
{"code":"READY","kind":"five_points","required":true,"text":{"en":"After the training I felt ready."},"help":{"en":"1: not at all, 5: fully."}},
{"code":"DAYS","kind":"number","required":false,"whole":true,"least":0,"most":60,"text":{"en":"How many days passed until you had every tool that you needed?"}},
{"code":"MISSING","kind":"long_text","required":false,"text":{"en":"What was missing?"},"most":2000}]}]}',
    7, @now - INTERVAL 170 DAY);

INSERT INTO survey (id, public_id, title, purpose, questionnaire_id, owner_person_id, created_at) VALUES
(1, RANDOM_BYTES(16), 'Fortnightly pulse', 'To hear early where support, guidelines or pay go wrong, and to change it.', 1, 5, @now - INTERVAL 150 DAY),
(2, RANDOM_BYTES(16), 'How was your start?', 'To make the first month easier for those who come next.', 2, 5, @now - INTERVAL 170 DAY);

-- Where the second one came from.
INSERT INTO survey_file (id, public_id, file_name, title, document, survey_id, questionnaire_id,
    created_by, created_at)
SELECT 1, RANDOM_BYTES(16), 'first-month.lss', title, document, 2, 2, created_by, created_at
FROM questionnaire WHERE id = 2;

INSERT INTO survey_import (file_id, item_no, verdict, item, code, detail) VALUES
(1, 1, 'kept', 'PURPOSE', 'question', 'yes_no'),
(1, 2, 'kept', 'READY', 'question', 'five_points'),
(1, 3, 'kept', 'DAYS', 'question', 'number'),
(1, 4, 'not_kept', 'STARTED', 'kind', 'date'),
(1, 5, 'kept', 'MISSING', 'question', 'long_text');

-- The open one has no key yet: it is made when the first answer is saved.
INSERT INTO survey_run (id, public_id, survey_id, questionnaire_id, purpose, state, opens_at, closes_at,
    opened_at, closed_at, published_at, paid_minutes, invited, answered, created_by, reviewed_by,
    published_by, created_at)
SELECT r.id, RANDOM_BYTES(16), r.survey_id, s.questionnaire_id, s.purpose, r.state,
    @now - INTERVAL r.opened DAY, @now - INTERVAL r.closed DAY, @now - INTERVAL r.opened DAY,
    IF(r.state = 'open', NULL, @now - INTERVAL r.closed DAY), @now - INTERVAL r.published DAY,
    r.minutes, 40, r.answered, 5, 6, IF(r.state = 'open', NULL, 9), @now - INTERVAL r.opened + 2 DAY
FROM (SELECT 1 AS id, 2 AS survey_id, 'published' AS state, 160 AS opened, 150 AS closed,
	143 AS published, 10 AS minutes, 29 AS answered
    UNION ALL SELECT 2, 1, 'published', 37, 30, 25, 5, 33
    UNION ALL SELECT 3, 1, 'open', 2, -5, NULL, 5, NULL) r
JOIN survey s ON s.id = r.survey_id;

INSERT INTO invitation (run_id, person_id, pod_id, state)
SELECT u.id, m.person_id, m.pod_id, IF(u.state = 'open', 'sent', 'closed')
FROM survey_run u JOIN keptword_core.pod_member m
WHERE m.part = 'expert' AND m.to_on IS NULL;

-- No remainder is small here: 24 of the 40 are in pods of 5 and more.
INSERT INTO run_pod (run_id, pod_id, invited, answered, told)
SELECT i.run_id, i.pod_id, COUNT(*), COUNT(*) - CASE i.run_id
    WHEN 1 THEN ELT(i.pod_id, 3, 1, 2, 1, 2, 1, 1, 0, 0, 0)
    ELSE ELT(i.pod_id, 1, 2, 0, 1, 1, 1, 0, 1, 0, 0) END, COUNT(*) >= 5
FROM invitation i WHERE i.state = 'closed' GROUP BY i.run_id, i.pod_id;

INSERT INTO response (id, run_id)
SELECT RANDOM_BYTES(16), 1 FROM seq_1_to_29
UNION ALL
SELECT RANDOM_BYTES(16), 2 FROM seq_1_to_33;

-- The answers: shares are chosen, who gave which is random.
CREATE TEMPORARY TABLE demo_place (response_id BINARY(16) PRIMARY KEY, run_id BIGINT, place INT);

INSERT INTO demo_place
SELECT id, run_id, ROW_NUMBER() OVER (PARTITION BY run_id ORDER BY id) FROM response;

INSERT INTO answer (response_id, answer_key, kind, choice)
SELECT response_id, 'PURPOSE', 'choice', IF(place <= 26, 'Y', 'N') FROM demo_place WHERE run_id = 1
UNION ALL
SELECT response_id, 'READY', 'choice', ELT(place MOD 10 + 1, 4, 5, 3, 4, 5, 4, 2, 4, 5, 3)
FROM demo_place WHERE run_id = 1
UNION ALL
SELECT response_id, 'SUPPORT', 'choice', ELT(place MOD 11 + 1, 5, 4, 5, 4, 3, 5, 4, 5, 4, 2, 5)
FROM demo_place WHERE run_id = 2
UNION ALL
SELECT response_id, 'CLARITY', 'choice', ELT(place MOD 9 + 1, 3, 4, 2, 4, 3, 5, 4, 3, 1)
FROM demo_place WHERE run_id = 2
UNION ALL
SELECT response_id, 'PAYTRUST', 'choice', ELT(place MOD 8 + 1, 5, 5, 4, 5, 3, 5, 4, 5)
FROM demo_place WHERE run_id = 2
UNION ALL
SELECT response_id, 'RECOMMEND', 'choice', ELT(place MOD 11 + 1, 9, 10, 8, 9, 7, 10, 6, 9, 8, 10, 4)
FROM demo_place WHERE run_id = 2;

INSERT INTO answer (response_id, answer_key, kind, number)
SELECT response_id, 'DAYS', 'number', 1 + place * 5 MOD 9 FROM demo_place
WHERE run_id = 1 AND place <= 27;

INSERT INTO answer (response_id, answer_key, kind, words)
SELECT response_id, 'CHANGE', 'text', ELT(place,
    'Say earlier when a guideline changes; I found out by a returned task.',
    'More examples of answers that were almost right.',
    'Let us see the rate of the next project before the old one ends.',
    'A shorter form for questions about a guideline.',
    'Nothing this time. The call last week helped.',
    'Fewer tools. Two places to look for messages are one too many.',
    'Tell us what became of what we said in the last round.',
    'The time zone of meetings should be ours as well.',
    'A practice round before each new kind of task.',
    'More work in the weeks after a launch, please.',
    'Guideline 4 and guideline 9 say different things about sources.',
    'Keep the two-week statements. They are easy to check.')
FROM demo_place WHERE run_id = 2 AND place <= 12
UNION ALL
SELECT response_id, 'MISSING', 'text', ELT(place,
    'Someone to ask on the first weekend.', 'Access to the guideline before the training.',
    'A list of who is who.', 'An example of a statement.')
FROM demo_place WHERE run_id = 1 AND place <= 4;

DROP TEMPORARY TABLE demo_place;
