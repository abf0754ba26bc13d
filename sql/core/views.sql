-- What the other databases may know of core. All are read with the rights of the locked
-- account keptword_definer, so a reader needs a grant on the view alone.

-- Texts in views take the collation of the connection that makes them.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- The locked account with whose rights views and procedures run; it must hold them before a view on
-- a view is made.
GRANT SELECT, INSERT, UPDATE, EXECUTE ON keptword_core.* TO 'keptword_definer'@'localhost';
GRANT DELETE ON keptword_core.person_word TO 'keptword_definer'@'localhost';
GRANT TRIGGER ON keptword_core.person TO 'keptword_definer'@'localhost';

-- Who asks: unrevoked sessions of active persons. Two primary-key lookups; the reader compares
-- token_hash, seen_at and ends_at.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW caller AS
SELECT s.token_hash, s.person_id, p.roles, p.time_zone, p.locale, p.preferred_name,
    s.seen_at, s.ends_at
FROM session s JOIN person p ON p.id = s.person_id
WHERE s.revoked_at IS NULL AND p.state = 'active';

-- Who asks with an API token: tokens of active persons, those that count no more as well, so that
-- the answer can say why.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW api_caller AS
SELECT t.token_hash, t.id, t.person_id, p.roles, p.time_zone, p.locale, p.preferred_name, t.scopes,
    t.used_at, t.expires_at, t.revoked_at
FROM api_token t JOIN person p ON p.id = t.person_id
WHERE p.state = 'active';

-- What core itself adds to the view `api_scope`: what an API token can be given. roles: a mask of who may
-- give it to one of theirs; NULL: everybody who may have tokens. Its words are api_scope.<scope>, with a
-- full stop for the colon.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW own_api_scope AS
SELECT CAST('profile:read' AS CHAR(40)) COLLATE utf8mb4_unicode_520_ci AS scope,
    CAST(NULL AS SIGNED) AS roles;

-- What everybody in the house may know of a person.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW person_public AS
SELECT id, public_id, preferred_name, time_zone, locale, roles, state FROM person;

-- Restricted: legal name and address, for contracts, statements and matching of imports.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW person_contact AS
SELECT id, legal_name, preferred_name, email, email_key, country, time_zone, locale FROM person;

-- Who looks after a pod and how to reach them; addresses of HDMs only.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW pod_hdm AS
SELECT d.id AS pod_id, d.name AS pod_name, p.id AS person_id, p.preferred_name, p.email, p.time_zone
FROM pod d JOIN person p ON p.id = d.hdm_person_id
WHERE d.state = 'active' AND p.state = 'active';

-- What core itself adds to the view `search`, which the schema command unites out of what each plugin
-- publishes. A row is for person_id (NULL: for everybody) who holds one of `roles` (NULL: any, a
-- mask of the bits in ROLE_LIST), but not for not_for; so the rights of each row stand in it, and
-- each address answers its reader. `word`: the row is found by a word that begins so, an index
-- range; NULL where rows are few or one person's, and are looked through. A row without a title is
-- a page of the site or the heading of a kind of thing: its name stands in the words files.
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW own_search AS
SELECT CAST(NULL AS SIGNED) AS person_id, CAST(2048 AS SIGNED) AS roles,
    CAST(NULL AS SIGNED) AS not_for,
    CAST('portal.person' AS CHAR(60)) COLLATE utf8mb4_unicode_520_ci AS code, w.word,
    CAST(p.legal_name AS CHAR(300)) COLLATE utf8mb4_unicode_520_ci AS title,
    CAST(CONCAT(p.preferred_name, ', ', p.email) AS CHAR(600)) COLLATE utf8mb4_unicode_520_ci AS extra,
    CAST(NULL AS DATE) AS first_day, CAST(NULL AS DATE) AS last_day,
    CAST(NULL AS SIGNED) AS minor, CAST(NULL AS CHAR(3)) COLLATE utf8mb4_unicode_520_ci AS currency,
    CAST(CONCAT('/staff/people/', id_text(p.public_id)) AS CHAR(200)) COLLATE utf8mb4_unicode_520_ci AS url,
    p.created_at AS at
FROM person_word w JOIN person p ON p.id = w.person_id
UNION ALL
SELECT NULL, 2048, NULL, 'portal.person', NULL, '', '', NULL, NULL, NULL, NULL, '/staff/people', NULL
UNION ALL
SELECT NULL, 2048, NULL, 'portal.people_import', NULL, '', '', NULL, NULL, NULL, NULL, '/staff/people/import', NULL
UNION ALL
SELECT NULL, 6144, NULL, 'portal.audit', NULL, '', '', NULL, NULL, NULL, NULL, '/staff/audit', NULL
UNION ALL
SELECT NULL, NULL, NULL, 'portal.home', NULL, '', '', NULL, NULL, NULL, NULL, '/', NULL
UNION ALL
SELECT NULL, NULL, NULL, 'portal.profile', NULL, '', '', NULL, NULL, NULL, NULL, '/profile', NULL
UNION ALL
SELECT NULL, NULL, NULL, 'portal.second_factor', NULL, '', '', NULL, NULL, NULL, NULL, '/profile/second-factor', NULL
UNION ALL
SELECT NULL, NULL, NULL, 'portal.sessions', NULL, '', '', NULL, NULL, NULL, NULL, '/profile/sessions', NULL
UNION ALL
SELECT NULL, NULL, NULL, 'portal.password', NULL, '', '', NULL, NULL, NULL, NULL, '/profile/password', NULL
UNION ALL
SELECT NULL, NULL, NULL, 'portal.accessibility', NULL, '', '', NULL, NULL, NULL, NULL, '/accessibility', NULL;

-- What portal itself tells people; the schema command unites it with what the others publish.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW own_outbox_public AS
SELECT id, kind, topic, person_id, path, detail, created_at, not_before, expires_at FROM outbox;
