-- The only ways by which core is changed from outside, and how role masks are kept. Each runs
-- with the rights of the locked account keptword_definer inside the caller's transaction; none
-- commits. What is refused is signalled as 1370 (E_DENIED in common/data/db.h).

-- The role's place in ROLE_LIST (common/web/role.h), from 0; NULL for an unknown word.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
FUNCTION role_bit(p_role VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin)
RETURNS INT DETERMINISTIC NO SQL SQL SECURITY DEFINER
RETURN NULLIF(FIELD(p_role, 'applicant', 'contributor', 'reviewer', 'pod_lead', 'hdm', 'hdl',
    'spl', 'people_officer', 'finance', 'care_officer', 'benchmark_keeper', 'admin',
    'auditor'), 0) - 1
--end

-- Sets a person's mask from the open grants.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE roles_count(IN p_person BIGINT)
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	UPDATE person SET
	    roles = (SELECT BIT_OR(1 << role_bit(g.role)) FROM role_grant g
	        WHERE g.person_id = p_person AND g.to_at IS NULL),
	    version = version + 1
	WHERE id = p_person;
END
--end

-- portal: any role. Giving what a person already has changes nothing.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE staff_role_grant(IN p_person BIGINT,
    IN p_role VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_scope VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_by BIGINT, IN p_at DATETIME(6))
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	IF role_bit(p_role) IS NULL THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1370, MESSAGE_TEXT = 'no such role';
	END IF;
	IF NOT EXISTS (SELECT 1 FROM role_grant WHERE person_id = p_person AND role = p_role
	    AND scope = p_scope AND to_at IS NULL) THEN
		INSERT INTO role_grant (person_id, role, scope, granted_by, from_at)
		VALUES (p_person, p_role, p_scope, p_by, p_at);
		CALL roles_count(p_person);
	END IF;
END
--end

-- portal: ends a role. The last administrator stays.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE staff_role_end(IN p_person BIGINT,
    IN p_role VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_scope VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_by BIGINT, IN p_at DATETIME(6))
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_others BIGINT DEFAULT 0;
	IF p_role = 'admin' THEN
		SELECT COUNT(DISTINCT g.person_id) INTO v_others
		FROM role_grant g JOIN person p ON p.id = g.person_id
		WHERE g.role = 'admin' AND g.to_at IS NULL AND p.state = 'active'
		    AND g.person_id <> p_person
		FOR UPDATE;
		IF v_others = 0 THEN
			SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1370,
			    MESSAGE_TEXT = 'the last administrator stays';
		END IF;
	END IF;
	UPDATE role_grant SET to_at = p_at, ended_by = p_by
	WHERE person_id = p_person AND role = p_role AND scope = p_scope AND to_at IS NULL;
	CALL roles_count(p_person);
END
--end

-- onboarding: applicant and contributor only.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE role_grant(IN p_person BIGINT,
    IN p_role VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_by BIGINT, IN p_at DATETIME(6))
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	IF p_role IS NULL OR p_role NOT IN ('applicant', 'contributor') THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1370,
		    MESSAGE_TEXT = 'only applicant and contributor are given here';
	END IF;
	CALL staff_role_grant(p_person, p_role, '', p_by, p_at);
END
--end

-- onboarding: adds a person, or finds the one with this address (whose row it leaves as it
-- is). One row: id, is_new.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE person_add(IN p_public_id BINARY(16),
    IN p_legal_name VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    IN p_preferred_name VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    IN p_email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    IN p_time_zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_locale VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_at DATETIME(6))
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_id BIGINT DEFAULT NULL;
	SELECT id INTO v_id FROM person WHERE email_key = LOWER(p_email) FOR UPDATE;
	IF v_id IS NULL THEN
		INSERT INTO person (public_id, legal_name, preferred_name, email, time_zone, country,
		    locale, created_at)
		VALUES (p_public_id, p_legal_name, p_preferred_name, p_email, p_time_zone, p_country,
		    p_locale, p_at);
		SELECT LAST_INSERT_ID() AS id, 1 AS is_new;
	ELSE
		SELECT v_id AS id, 0 AS is_new;
	END IF;
END
--end

-- onboarding: a link by which a person who has no password yet sets the first one. One row:
-- invited, 0 when the person can sign in already (then nothing is written).
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE person_invite(IN p_person BIGINT, IN p_token_hash BINARY(32),
    IN p_at DATETIME(6), IN p_expires_at DATETIME(6))
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	IF EXISTS (SELECT 1 FROM person WHERE id = p_person AND state = 'active'
	    AND password IS NULL) THEN
		INSERT INTO one_time_link (token_hash, kind, person_id, created_at, expires_at)
		VALUES (p_token_hash, 'invite', p_person, p_at, p_expires_at);
		SELECT 1 AS invited;
	ELSE
		SELECT 0 AS invited;
	END IF;
END
--end

-- onboarding: a person joins a pod as expert. Being there already changes nothing.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE pod_join(IN p_pod BIGINT, IN p_person BIGINT, IN p_from DATE)
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	IF NOT EXISTS (SELECT 1 FROM pod_member WHERE pod_id = p_pod AND person_id = p_person
	    AND to_on IS NULL) THEN
		INSERT INTO pod_member (pod_id, person_id, from_on) VALUES (p_pod, p_person, p_from);
	END IF;
END
--end

-- all: the session was used now. Writes at most every 5 minutes.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE session_touch(IN p_token_hash BINARY(32), IN p_at DATETIME(6))
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	UPDATE session SET seen_at = p_at
	WHERE token_hash = p_token_hash AND revoked_at IS NULL AND ends_at > p_at
	    AND seen_at <= p_at - INTERVAL 5 MINUTE;
END
--end

-- all: the API token was used now. Writes at most every 5 minutes.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE api_token_touch(IN p_token_hash BINARY(32), IN p_at DATETIME(6))
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	UPDATE api_token SET used_at = p_at
	WHERE token_hash = p_token_hash AND revoked_at IS NULL AND expires_at > p_at
	    AND (used_at IS NULL OR used_at <= p_at - INTERVAL 5 MINUTE);
END
--end
