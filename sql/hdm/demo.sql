-- The demo's contacts: each HDM was in touch with each of their people within the last ten days, but
-- one expert of pod Hazel has not heard from his for sixteen. Relative to @now.
INSERT INTO contact (person_id, at, hdm_person_id, kind, created_at)
SELECT m.person_id, @now - INTERVAL (n.seq * 13 + (m.person_id * 5 + d.id) MOD 8) DAY
    - INTERVAL (m.person_id * 37 MOD 600) MINUTE,
    d.hdm_person_id, ELT((m.person_id + n.seq) MOD 4 + 1, 'message', 'one_on_one', 'call', 'feedback'),
    @now - INTERVAL (n.seq * 13 + (m.person_id * 5 + d.id) MOD 8) DAY
FROM keptword_core.pod d JOIN keptword_core.pod_member m ON m.pod_id = d.id
JOIN seq_0_to_5 n
WHERE m.to_on IS NULL AND NOT (m.person_id = 52 AND n.seq = 0);

-- The one who waits: last contact sixteen days ago.
UPDATE contact SET at = @now - INTERVAL 16 DAY, created_at = @now - INTERVAL 16 DAY
WHERE person_id = 52 AND at > @now - INTERVAL 23 DAY;

INSERT INTO note (public_id, person_id, author_id, contact_id, body, created_at)
SELECT RANDOM_BYTES(16), person_id, hdm_person_id, id,
    CASE kind WHEN 'message' THEN 'Answered a question about the guideline.'
        WHEN 'one_on_one' THEN 'Talked about the last two weeks and what comes next.'
        WHEN 'call' THEN 'Called about a returned task.'
        ELSE 'Wrote what was good in three tasks and one thing to try.' END, created_at
FROM contact ORDER BY id;

INSERT INTO note (public_id, person_id, author_id, visibility, body, created_at) VALUES
(RANDOM_BYTES(16), 31, 11, 'shared', 'We agreed: two example answers a week go into the common list, with her name.', @now - INTERVAL 6 DAY),
(RANDOM_BYTES(16), 33, 11, 'shared', 'Wants to try reviewing. First two sessions beside Ștefan in the coming fortnight.', @now - INTERVAL 9 DAY),
(RANDOM_BYTES(16), 36, 11, 'private', 'Ask next time how the new tool is going.', @now - INTERVAL 4 DAY);

-- Their first talks were held.
INSERT INTO one_on_one (person_id, engagement_id, due_at, state, contact_id, created_at)
SELECT e.person_id, MIN(e.engagement_id), @now - INTERVAL 183 DAY, 'held', MIN(c.id),
    @now - INTERVAL 190 DAY
FROM keptword_onboarding.published_engagement e JOIN contact c ON c.person_id = e.person_id
WHERE c.kind = 'one_on_one'
GROUP BY e.person_id;
