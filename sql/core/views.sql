-- What the other databases may know of core. All are read with the rights of the locked
-- account keptword_definer, so a reader needs a grant on the view alone.

-- Texts in views take the collation of the connection that makes them.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- The locked account with whose rights views and procedures run; it must hold them before a view on
-- a view is made.
GRANT SELECT, INSERT, UPDATE, EXECUTE ON keptword_core.* TO 'keptword_definer'@'localhost';

-- Who asks: unrevoked sessions of active persons. Two primary-key lookups; the reader compares
-- token_hash, seen_at and ends_at.
CREATE OR REPLACE ALGORITHM=MERGE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER
VIEW caller AS
SELECT s.token_hash, s.person_id, p.roles, p.time_zone, p.locale, p.preferred_name,
    s.seen_at, s.ends_at
FROM session s JOIN person p ON p.id = s.person_id
WHERE s.revoked_at IS NULL AND p.state = 'active';

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
