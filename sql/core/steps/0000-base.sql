-- ==== common/audit.sql
-- Who did what to which thing (common/data/audit.h). Never updated, never deleted.
CREATE TABLE audit (
  id BIGINT NOT NULL AUTO_INCREMENT,
  at DATETIME(6) NOT NULL,
  actor_id BIGINT NOT NULL,
  action VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(2000) NULL,
  request_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (id),
  KEY audit_object (object, at),
  KEY audit_actor (actor_id, at),
  KEY audit_action (action, at),
  KEY audit_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: actor_id; purpose: who did what to which thing; retention: kept, at least 6 years; erase: kept';
-- ==== common/audit_seal.sql
-- The seals of the audit rows: a chain of hashes that the worker makes (common/data/audit_seal.h).
-- sequence is the order of sealing, not of ids: a row whose transaction ends late is sealed late.
-- The two unique keys are what keeps two workers from making two chains. Never updated, never
-- deleted.
CREATE TABLE audit_seal (
  sequence BIGINT NOT NULL,
  audit_id BIGINT NOT NULL,
  sealed_at DATETIME(6) NOT NULL,
  hash BINARY(32) NOT NULL COMMENT 'SHA-256 over the hash before and the row',
  PRIMARY KEY (sequence),
  UNIQUE KEY audit_seal_row (audit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none (hashes and ids); purpose: showing that nobody changed the audit; retention: kept, as the rows of audit are; erase: kept';
-- ==== common/event.sql
-- What other plugins may want to know, read through the view event_public
-- (common/data/event.h).
CREATE TABLE event (
  id BIGINT NOT NULL AUTO_INCREMENT,
  kind VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  person_id BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,
  detail TEXT NOT NULL CHECK (JSON_VALID(detail)),
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY event_kind (kind, id),
  KEY event_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: telling the other plugins; retention: 2 years; erase: kept, ids only';
-- ==== common/event_done.sql
-- Which events of others this plugin has taken. A row stands longer than the event does, or the
-- event would be taken again.
CREATE TABLE event_done (
  source VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event_id BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (source, event_id),
  KEY event_done_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: taking each event once; retention: 3 years, a year longer than the event; erase: none';
-- ==== common/job.sql
-- Long work (common/data/job.h). owner names one claim, not one worker; a running job whose
-- lease has ended may be claimed again.
CREATE TABLE job (
  id BIGINT NOT NULL AUTO_INCREMENT,
  kind VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  job_key VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  subject_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  detail TEXT NOT NULL CHECK (JSON_VALID(detail)),
  state ENUM('queued', 'running', 'done', 'failed') NOT NULL DEFAULT 'queued',
  done BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL DEFAULT 0,
  owner VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(6) NULL,
  attempts INT NOT NULL DEFAULT 0,
  not_before DATETIME(6) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  begun_at DATETIME(6) NULL COMMENT 'first claimed by a worker',
  finished_at DATETIME(6) NULL,
  reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (id),
  UNIQUE KEY job_once (kind, job_key),
  KEY job_open (kind, state, id),
  KEY job_subject (kind, subject_id),
  KEY job_person (person_id, id),
  KEY job_finished (finished_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: long work and its progress; retention: 90 days after its end; erase: deleted';
-- ==== common/outbox.sql
-- What people are told by mail, written in the transaction of what it tells (common/data/notice.h).
-- Holds codes and values, never sentences, addresses or tokens; portal's worker reads it through the
-- view outbox_public and keeps there how far each delivery is.
CREATE TABLE outbox (
  id BIGINT NOT NULL AUTO_INCREMENT,
  kind VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  topic ENUM('account', 'work', 'pay', 'survey', 'reminder', 'staff') NOT NULL,
  person_id BIGINT NOT NULL COMMENT '0: nobody by mail, webhooks only',
  path VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail TEXT NOT NULL CHECK (JSON_VALID(detail)),
  notice_key VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at DATETIME(6) NOT NULL,
  not_before DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY outbox_once (kind, notice_key),
  KEY outbox_created (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: mails to send; retention: 90 days; erase: deleted';
-- ==== common/submission.sql
-- Each form that took effect, with the address of its receipt (common/data/submission.h).
-- Rows are kept 7 days.
CREATE TABLE submission (
  person_id BIGINT NOT NULL,
  route VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id BINARY(16) NOT NULL,
  body_hash BINARY(32) NOT NULL,
  location VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (person_id, route, id),
  KEY submission_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: each form takes effect once; retention: 7 days; erase: expires';
-- ==== common/work_count.sql
-- What the workers of this plugin have done, in all (common/data/work_count.h); shown by /metrics.
CREATE TABLE work_count (
  name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  label VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value BIGINT NOT NULL COMMENT 'of job_seconds_total: microseconds',
  PRIMARY KEY (name, label)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: watching what workers do; retention: kept, a row for each kind of work; erase: none';
-- ==== core/api_token.sql
-- A token with which a program asks in a person's name. The program has the token, this table its
-- SHA-256 only. What it may do is the smaller of its scopes and the person's roles.
CREATE TABLE api_token (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL COMMENT 'random; what stands in addresses',
	token_hash BINARY(32) NOT NULL,
	person_id BIGINT NOT NULL,
	name VARCHAR(80) NOT NULL COMMENT 'what its owner calls it',
	scopes VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'parted by blanks',
	created_at DATETIME(6) NOT NULL,
	expires_at DATETIME(6) NOT NULL,
	used_at DATETIME(6) NULL COMMENT 'renewed by api_token_touch(), at most every 5 minutes',
	revoked_at DATETIME(6) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY token_hash (token_hash),
	KEY of_person (person_id, id),
	KEY expiring (expires_at),
	KEY revoked (revoked_at),
	CONSTRAINT api_token_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT api_token_texts CHECK (name <> '' AND scopes <> ''),
	CONSTRAINT api_token_order CHECK (expires_at > created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: programs that ask in a person''s name; retention: 1 year after the end; erase: deleted';
-- ==== core/audit_read.sql
-- How portal reads the audit of all databases, for `bin/portal check-audit` and the pages of the
-- audit: with the rights of the locked account, and only this. A view that unites them would be
-- made whole for each piece or page that is read, however many rows there are; here each database
-- gives its own newest rows by an index. The names of databases come from the server's own
-- catalogue, so no plugin is named here.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
FUNCTION audit_database(p_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin)
RETURNS VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	IF p_chain NOT REGEXP '^[a-z0-9_]+$' OR NOT EXISTS (SELECT 1 FROM information_schema.views
	    WHERE table_schema = CONCAT('keptword_', p_chain) AND table_name = 'audit_chain') THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1370, MESSAGE_TEXT = 'no such chain';
	END IF;
	RETURN CONCAT('keptword_', p_chain);
END
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_chains()
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	SELECT CAST(SUBSTR(table_schema, 10) AS CHAR(60)) AS chain FROM information_schema.views
	WHERE table_schema LIKE 'keptword\_%' AND table_name = 'audit_chain' ORDER BY chain;
END
--end

-- The end of a chain, and how many rows there are.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_last(IN p_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin)
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql TEXT DEFAULT REPLACE(
	    'SELECT s.sequence, s.audit_id, s.sealed_at, (SELECT COUNT(*) FROM @d.audit)
	     FROM (SELECT 1) one LEFT JOIN @d.audit_seal s
	     ON s.sequence = (SELECT MAX(sequence) FROM @d.audit_seal)', '@d', audit_database(p_chain));
	EXECUTE IMMEDIATE v_sql;
END
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_links(IN p_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_after BIGINT, IN p_most BIGINT)
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql TEXT DEFAULT REPLACE(
	    'SELECT sequence, audit_id, sealed_at, hash, id, at, actor_id, action, object, reason,
	     request_id FROM @d.audit_chain WHERE sequence > ? ORDER BY sequence LIMIT ?',
	    '@d', audit_database(p_chain));
	EXECUTE IMMEDIATE v_sql USING p_after, p_most;
END
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_without_seal(IN p_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_most BIGINT)
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql TEXT DEFAULT REPLACE('SELECT id, at FROM @d.audit_unsealed ORDER BY id LIMIT ?',
	    '@d', audit_database(p_chain));
	EXECUTE IMMEDIATE v_sql USING p_most;
END
--end

-- Which actions there are, each once for each chain: hops over an index.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_actions()
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql MEDIUMTEXT;
	SELECT GROUP_CONCAT(REPLACE('SELECT CAST(''@d'' AS CHAR(60)) AS chain,
	    CAST(action AS CHAR(60)) AS action FROM keptword_@d.audit GROUP BY action', '@d',
	    SUBSTR(table_schema, 10)) SEPARATOR ' UNION ALL ') INTO v_sql
	FROM information_schema.views WHERE table_schema LIKE 'keptword\_%' AND table_name = 'audit_public';
	SET v_sql = CONCAT(v_sql, ' ORDER BY action, chain');
	EXECUTE IMMEDIATE v_sql;
END
--end

-- The chains in which rows wait for their seal, since when, and how many. Looks at every row: for whoever
-- checks an installation, not for a page.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_waiting()
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql MEDIUMTEXT;
	SELECT GROUP_CONCAT(REPLACE('SELECT CAST(''@d'' AS CHAR(60)) AS chain, MIN(at), COUNT(*)
	    FROM keptword_@d.audit_unsealed HAVING COUNT(*) > 0', '@d',
	    SUBSTR(table_schema, 10)) SEPARATOR ' UNION ALL ') INTO v_sql
	FROM information_schema.views WHERE table_schema LIKE 'keptword\_%' AND table_name = 'audit_unsealed';
	EXECUTE IMMEDIATE v_sql;
END
--end

-- The newest rows that fit, newest first, at most p_most. NULL: any. p_at, p_at_chain and p_at_id are
-- those of the last row of the page before: what follows it. Each database is asked by the index of
-- the condition that leaves the fewest rows (the system, 0, has done very much), and gives p_most rows at most. What a '@' stands before
-- is put in as a variable, so nothing that somebody typed becomes a part of the statement.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_rows(IN p_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_from DATETIME(6), IN p_to DATETIME(6), IN p_actor BIGINT,
    IN p_action VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_object VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_at DATETIME(6), IN p_at_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_at_id BIGINT, IN p_most INT)
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql MEDIUMTEXT;
	SET @audit_from = COALESCE(p_from, CAST('1000-01-01' AS DATETIME(6))),
	    @audit_to = COALESCE(p_to, CAST('9999-01-01' AS DATETIME(6))),
	    @audit_actor = p_actor, @audit_action = p_action, @audit_object = p_object,
	    @audit_at = COALESCE(p_at, CAST('9999-01-01' AS DATETIME(6))),
	    @audit_chain = COALESCE(p_at_chain, ''), @audit_id = COALESCE(p_at_id, 0);
	SELECT GROUP_CONCAT(REPLACE(CONCAT('(SELECT CAST(''@d'' AS CHAR(60)) AS chain, a.id, a.at,
	    a.actor_id, a.action, a.object, a.reason, a.request_id,
	    (SELECT s.sequence FROM keptword_@d.audit_seal s WHERE s.audit_id = a.id) AS sequence
	    FROM keptword_@d.audit a FORCE INDEX (', CASE WHEN p_object IS NOT NULL THEN 'audit_object'
	        WHEN p_actor <> 0 OR p_action IS NULL AND p_actor = 0 THEN 'audit_actor' WHEN p_action IS NOT NULL THEN 'audit_action'
	        ELSE 'audit_at' END, ')
	    WHERE a.at >= @audit_from AND a.at < @audit_to AND a.at <= @audit_at',
	    IF(p_object IS NULL, '', ' AND a.object = @audit_object'),
	    IF(p_actor IS NULL, '', ' AND a.actor_id = @audit_actor'),
	    IF(p_action IS NULL, '', ' AND a.action = @audit_action'),
	    ' AND NOT (a.at = @audit_at AND (''@d'' < @audit_chain
	        OR (''@d'' = @audit_chain AND a.id >= @audit_id)))
	    ORDER BY a.at DESC, a.id DESC LIMIT ', p_most, ')'), '@d', SUBSTR(table_schema, 10))
	    SEPARATOR ' UNION ALL ') INTO v_sql
	FROM information_schema.views WHERE table_schema LIKE 'keptword\_%' AND table_name = 'audit_public'
	    AND (p_chain IS NULL OR table_schema = CONCAT('keptword_', p_chain));
	IF v_sql IS NULL THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1370, MESSAGE_TEXT = 'no such chain';
	END IF;
	SET v_sql = CONCAT('SELECT r.chain, r.id, r.at, r.actor_id, r.action, r.object, r.reason,
	    r.request_id, r.sequence, COALESCE(p.preferred_name, '''') AS who, p.public_id,
	    COALESCE(o.preferred_name, '''') AS whom FROM (', v_sql,
	    ' ORDER BY at DESC, chain, id DESC LIMIT ', p_most, ') r
	    LEFT JOIN keptword_core.person p ON p.id = r.actor_id
	    LEFT JOIN keptword_core.person o
	        ON o.id = IF(r.object LIKE ''person:%'', CAST(SUBSTR(r.object, 8) AS SIGNED), NULL)
	    ORDER BY r.at DESC, r.chain, r.id DESC');
	EXECUTE IMMEDIATE v_sql;
END
--end
-- ==== core/home_visit.sql
-- When a person was on their home page, so that it can say what is new since. A visit ends when
-- home was not asked for 30 minutes; until then reloading shows the same list. seen_at is written at
-- most every 5 minutes (home.c), so it may lag behind: something is told twice rather than never.
CREATE TABLE home_visit (
	person_id BIGINT NOT NULL,
	since_at DATETIME(6) NULL COMMENT 'the end of the visit before: what is newer is new; NULL: this is the first',
	seen_at DATETIME(6) NOT NULL COMMENT 'home was last asked for in this visit',
	PRIMARY KEY (person_id),
	CONSTRAINT home_visit_person FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what is new since the last visit; retention: until the names of person go, after 3 years; erase: deleted';
-- ==== core/identity.sql
-- Which account of an OpenID Connect provider is whose. Tied at the first sign-in by a verified
-- address; from then on the provider's subject counts, whatever the address becomes. Issuer and
-- subject are kept as a hash alone: nothing here needs to be read, only found again.
CREATE TABLE identity (
	subject_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of issuer, LF, subject',
	person_id BIGINT NOT NULL,
	issuer_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the issuer',
	tied_at DATETIME(6) NOT NULL,
	PRIMARY KEY (subject_hash),
	UNIQUE KEY one_of_issuer (person_id, issuer_hash),
	CONSTRAINT identity_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: signing in with another organisation''s account; retention: until the names of person go, after 3 years; erase: deleted';
-- ==== core/notice.sql
-- How far each notice is on each way to people. portal's worker makes the rows out of what every
-- outbox holds (README of portal, rules 41 to 47) and is the only one that changes them.

-- One row for each way that a notice takes: by mail, or to a webhook by its name. It repeats what the
-- outbox said, so that delivering asks one table.
CREATE TABLE notice_delivery (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL COMMENT 'by which a receiver knows a repetition',
	source VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'whose outbox',
	outbox_id BIGINT NOT NULL,
	channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'mail, or a webhook',
	person_id BIGINT NOT NULL COMMENT '0: nobody by mail',
	kind VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	topic ENUM('account', 'work', 'pay', 'survey', 'reminder', 'staff') NOT NULL,
	path VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	detail TEXT NOT NULL CHECK (JSON_VALID(detail)),
	created_at DATETIME(6) NOT NULL,
	expires_at DATETIME(6) NOT NULL,
	state ENUM('queued', 'sent', 'failed', 'expired', 'skipped') NOT NULL,
	reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'of what was not sent',
	why VARCHAR(300) NULL COMMENT 'what the other server said last; may hold an address',
	attempts INT NOT NULL DEFAULT 0,
	next_at DATETIME(6) NOT NULL,
	owner VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'one claim',
	lease_until DATETIME(6) NULL,
	done_at DATETIME(6) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY delivery_once (source, outbox_id, channel),
	UNIQUE KEY delivery_public (public_id),
	KEY delivery_due (state, channel, next_at),
	KEY delivery_owner (owner),
	KEY delivery_created (created_at),
	KEY delivery_of (person_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: telling each notice once; retention: 90 days; erase: deleted';

-- How the mail server and each webhook are: after a failure nothing is tried until paused_until.
CREATE TABLE notice_channel (
	channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	failures INT NOT NULL DEFAULT 0 COMMENT 'since it worked last',
	paused_until DATETIME(6) NULL,
	worked_at DATETIME(6) NULL,
	failed_at DATETIME(6) NULL,
	why VARCHAR(300) NULL,
	PRIMARY KEY (channel)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: sparing a server that is down; retention: kept, a row a channel; erase: none';

-- What a person does not want by mail. No row: they get it.
CREATE TABLE notice_choice (
	person_id BIGINT NOT NULL,
	topic ENUM('account', 'work', 'pay', 'survey', 'reminder', 'staff') NOT NULL,
	at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id, topic),
	CONSTRAINT notice_choice_person FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what is not wanted by mail; retention: until the names of person go, after 3 years; erase: deleted';

-- Who has said that they look after what a webhook told.
CREATE TABLE notice_taken_up (
	source VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	outbox_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	at DATETIME(6) NOT NULL,
	PRIMARY KEY (source, outbox_id),
	KEY by_time (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: one of those told looks after it; retention: 90 days; erase: deleted';

-- The mails of a demo, which sends none.
CREATE TABLE demo_mail (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	person_id BIGINT NOT NULL,
	kind VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	locale VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	subject VARCHAR(300) NOT NULL,
	body TEXT NOT NULL COMMENT 'the plain form',
	html MEDIUMTEXT NOT NULL,
	action VARCHAR(120) NOT NULL,
	url VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY demo_mail_public (public_id),
	KEY demo_mail_of (person_id, id),
	KEY by_time (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: mails of a demo; retention: 90 days; erase: deleted';
-- ==== core/outbox_read.sql
-- How portal reads the outboxes of all databases: what is in no delivery yet, oldest first, after the
-- row that was read last (p_at, p_source and p_id; '' and 0: from p_at on). A view that unites them
-- would be made whole for each piece that is taken, so a hundred thousand notices would be read
-- hundreds of times; here each database gives p_most rows at most, by the index of the instant. With the
-- rights of the locked account; the names of databases come from the server's own catalogue.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE outbox_new(IN p_at DATETIME(6), IN p_source VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_id BIGINT, IN p_most INT)
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql MEDIUMTEXT;
	SET @outbox_at = p_at, @outbox_source = p_source, @outbox_id = p_id;
	SELECT GROUP_CONCAT(REPLACE(CONCAT('(SELECT CAST(''@d'' AS CHAR(60)) AS source, o.id, o.kind, o.topic,
	    o.person_id, o.path, o.detail, o.created_at, o.not_before, o.expires_at
	    FROM keptword_@d.outbox o FORCE INDEX (outbox_created)
	    WHERE o.created_at >= @outbox_at AND NOT (o.created_at = @outbox_at
	        AND (''@d'' < @outbox_source OR (''@d'' = @outbox_source AND o.id <= @outbox_id)))
	    AND NOT EXISTS (SELECT 1 FROM keptword_core.notice_delivery d WHERE d.source = ''@d''
	        AND d.outbox_id = o.id AND d.channel = ''mail'')
	    ORDER BY o.created_at, o.id LIMIT ', p_most, ')'), '@d', SUBSTR(table_schema, 10))
	    SEPARATOR ' UNION ALL ') INTO v_sql
	FROM information_schema.views WHERE table_schema LIKE 'keptword\_%' AND table_name = 'outbox_public';
	SET v_sql = CONCAT(v_sql, ' ORDER BY created_at, source, id LIMIT ', p_most);
	EXECUTE IMMEDIATE v_sql;
END
--end
-- ==== core/people_import.sql
-- A file of people on its way in: read by the parser process, shown as a preview, applied by a job
-- once somebody has said so. Whom a file does not name is left as they are.
CREATE TABLE people_import (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	file_name VARCHAR(255) NOT NULL,
	file_hash BINARY(32) NOT NULL,
	header MEDIUMTEXT NOT NULL COMMENT 'names of the columns, as in the file, parted by U+001E',
	unused VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'columns that nothing is taken from',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'preview',
	invite TINYINT NOT NULL DEFAULT 0 COMMENT '1: new people are written to',
	rows_read INT UNSIGNED NOT NULL DEFAULT 0,
	rows_new INT UNSIGNED NOT NULL DEFAULT 0,
	rows_same INT UNSIGNED NOT NULL DEFAULT 0,
	rows_changed INT UNSIGNED NOT NULL DEFAULT 0,
	rows_bad INT UNSIGNED NOT NULL DEFAULT 0,
	rows_late INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'changed by somebody else since the preview: left alone',
	started_by BIGINT NULL COMMENT 'NULL: from the command line',
	started_at DATETIME(6) NOT NULL,
	decided_by BIGINT NULL COMMENT 'who applied or gave it up',
	done_at DATETIME(6) NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY by_time (started_at),
	CONSTRAINT people_import_state CHECK (state IN ('preview', 'applying', 'done', 'abandoned')),
	CONSTRAINT people_import_done CHECK (state <> 'done' OR done_at IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: started_by; purpose: which file brought which people; retention: 2 years; erase: kept';

-- Rows with an error keep the cells of the file, so that they can be given back. Everything is
-- deleted 7 days after the file was sent.
CREATE TABLE people_import_row (
	import_id BIGINT NOT NULL,
	row_no INT UNSIGNED NOT NULL COMMENT 'line of the file, the header is 1',
	verdict VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	person_id BIGINT NULL,
	person_version INT UNSIGNED NULL COMMENT 'of person when the preview was made',
	legal_name VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'empty: stays as it is',
	preferred_name VARCHAR(120) NOT NULL DEFAULT '',
	email VARCHAR(254) NOT NULL DEFAULT '',
	time_zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
	country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
	locale VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
	roles INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'bit mask, see role_bit()',
	changes VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'fields that differ, parted by commas',
	cells MEDIUMTEXT NULL COMMENT 'of a row with an error: as in the file, parted by U+001E',
	PRIMARY KEY (import_id, row_no),
	KEY by_verdict (import_id, verdict, row_no),
	CONSTRAINT people_import_row_import FOREIGN KEY (import_id) REFERENCES people_import (id) ON DELETE CASCADE,
	CONSTRAINT people_import_row_verdict CHECK (verdict IN ('new', 'same', 'changed', 'bad', 'added',
	    'updated', 'late'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, or nobody yet; purpose: preview of an import; retention: 7 days; erase: deleted';

CREATE TABLE people_import_fault (
	import_id BIGINT NOT NULL,
	fault_no INT UNSIGNED NOT NULL,
	row_no INT UNSIGNED NOT NULL,
	column_name VARCHAR(100) NOT NULL DEFAULT '',
	code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'key of a sentence in words',
	value VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'what stood there, shortened',
	PRIMARY KEY (import_id, fault_no),
	KEY by_row (import_id, row_no),
	CONSTRAINT people_import_fault_import FOREIGN KEY (import_id) REFERENCES people_import (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none, but may name one; purpose: why a row was not taken; retention: 7 days; erase: deleted';
-- ==== core/person.sql
-- A person: whoever signs in, applies or is paid. One row for all plugins; only portal and the
-- procedures of this folder write here. The bits of `roles` stand in the order of ROLE_LIST
-- (common/web/role.h) and are kept by the procedures out of role_grant.
CREATE TABLE person (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL COMMENT 'random; what stands in addresses',
	legal_name VARCHAR(200) NOT NULL COMMENT 'restricted: contracts and statements only',
	preferred_name VARCHAR(120) NOT NULL,
	email VARCHAR(254) NOT NULL,
	email_key VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
	    GENERATED ALWAYS AS (LOWER(email)) STORED,
	password VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'scrypt; NULL: cannot sign in yet',
	time_zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'UTC' COMMENT 'IANA name',
	country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'ISO 3166-1',
	locale VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'en' COMMENT 'BCP 47',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
	disabled_at DATETIME(6) NULL COMMENT 'since when; NULL: active, or the names are gone',
	removed TINYINT NOT NULL DEFAULT 0 COMMENT '1: the time is over, names and e-mail are replaced',
	roles INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'bit mask, see role_bit()',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY email_key (email_key),
	KEY legal_name (legal_name),
	KEY disabled (disabled_at),
	KEY nobody (removed, roles, created_at),
	CONSTRAINT person_state CHECK (state IN ('active', 'disabled')),
	CONSTRAINT person_removed CHECK (removed IN (0, 1) AND (removed = 0 OR state = 'disabled')),
	CONSTRAINT person_names CHECK (legal_name <> '' AND preferred_name <> ''),
	CONSTRAINT person_email CHECK (email LIKE '_%@_%')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: id; purpose: knowing and reaching each person; retention: while they hold a role and are not disabled, then 3 years; erase: names and e-mail replaced, row kept for pay records';
-- ==== core/person_word.sql
-- Names as words, so that somebody is found by the beginning of any word of their name: an index
-- range instead of a look at everybody. Kept by triggers on person; rows are never written by hand.
-- `restricted`: the word stands in the legal name or the e-mail only, and finds people for those
-- alone who may read these.
CREATE TABLE person_word (
	word VARCHAR(60) NOT NULL,
	person_id BIGINT NOT NULL,
	restricted TINYINT NOT NULL,
	PRIMARY KEY (word, person_id),
	KEY of_person (person_id),
	CONSTRAINT person_word_person FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
	CONSTRAINT person_word_restricted CHECK (restricted IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: finding people by a part of their name; retention: with person; erase: follows person'
--end

-- The words of a name as a JSON array of texts: runs of letters, marks and digits.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
FUNCTION name_words(p_text VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci)
RETURNS VARCHAR(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci
DETERMINISTIC NO SQL SQL SECURITY DEFINER
RETURN CONCAT('["', REPLACE(REGEXP_REPLACE(p_text, '[^\\p{L}\\p{M}\\p{N}]+', ' '), ' ', '","'), '"]')
--end

-- 16 bytes as the 26 characters of an address (id_text() of common/data/crypto.h): base32 in
-- Crockford's letters, of two runs of 60 bits and one of 8 with two zero bits behind it.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
FUNCTION id_text(p_id BINARY(16))
RETURNS CHAR(26) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci
DETERMINISTIC NO SQL SQL SECURITY DEFINER
RETURN LOWER(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
    REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(
        LPAD(CONV(SUBSTR(HEX(p_id), 1, 15), 16, 32), 12, '0'),
        LPAD(CONV(SUBSTR(HEX(p_id), 16, 15), 16, 32), 12, '0'),
        LPAD(CONV(CONV(SUBSTR(HEX(p_id), 31, 2), 16, 10) * 4, 10, 32), 2, '0')) USING ascii) COLLATE ascii_bin,
    'V', 'z'), 'U', 'y'), 'T', 'x'), 'S', 'w'), 'R', 'v'), 'Q', 't'), 'P', 's'), 'O', 'r'), 'N', 'q'),
    'M', 'p'), 'L', 'n'), 'K', 'm'), 'J', 'k'), 'I', 'j'))
--end

-- The words of one person anew. What is called by first comes first: it makes a word unrestricted.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE person_words(IN p_person BIGINT,
    IN p_legal VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    IN p_preferred VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    IN p_email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci)
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	DELETE FROM person_word WHERE person_id = p_person;
	INSERT IGNORE INTO person_word (word, person_id, restricted)
	SELECT j.w, p_person, 0 FROM JSON_TABLE(name_words(p_preferred), '$[*]'
	    COLUMNS (w VARCHAR(200) PATH '$')) j WHERE j.w <> '';
	INSERT IGNORE INTO person_word (word, person_id, restricted)
	SELECT j.w, p_person, 1 FROM JSON_TABLE(name_words(CONCAT(p_legal, ' ',
	    SUBSTRING_INDEX(p_email, '@', 1))), '$[*]' COLUMNS (w VARCHAR(200) PATH '$')) j
	WHERE j.w <> '';
END
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
TRIGGER person_words_new AFTER INSERT ON person FOR EACH ROW
CALL person_words(NEW.id, NEW.legal_name, NEW.preferred_name, NEW.email)
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
TRIGGER person_words_changed AFTER UPDATE ON person FOR EACH ROW
BEGIN
	IF BINARY OLD.legal_name <> BINARY NEW.legal_name
	    OR BINARY OLD.preferred_name <> BINARY NEW.preferred_name
	    OR BINARY OLD.email <> BINARY NEW.email THEN
		CALL person_words(NEW.id, NEW.legal_name, NEW.preferred_name, NEW.email);
	END IF;
END
--end
-- ==== core/pod.sql
-- A team within a project: up to 10 experts, 5 reviewers, a lead, and the HDM who looks after it.
CREATE TABLE pod (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	project_id BIGINT NOT NULL,
	name VARCHAR(120) NOT NULL,
	hdm_person_id BIGINT NULL,
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY name (project_id, name),
	KEY of_hdm (hdm_person_id),
	CONSTRAINT pod_project FOREIGN KEY (project_id) REFERENCES project (id),
	CONSTRAINT pod_hdm FOREIGN KEY (hdm_person_id) REFERENCES person (id),
	CONSTRAINT pod_state CHECK (state IN ('active', 'closed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: hdm_person_id; purpose: who works with whom, and who answers them; retention: kept; erase: none';

CREATE TABLE pod_member (
	pod_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	from_on DATE NOT NULL,
	to_on DATE NULL COMMENT 'last day; NULL: still here',
	part VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'expert',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (pod_id, person_id, from_on),
	KEY of_person (person_id, to_on),
	KEY ended (to_on),
	CONSTRAINT pod_member_pod FOREIGN KEY (pod_id) REFERENCES pod (id),
	CONSTRAINT pod_member_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT pod_member_part CHECK (part IN ('expert', 'reviewer', 'lead')),
	CONSTRAINT pod_member_order CHECK (to_on IS NULL OR to_on >= from_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: who belongs to which pod when; retention: 3 years after the end; erase: kept without name';
-- ==== core/procedures.sql
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
-- ==== core/project.sql
-- Work under one instruction set. `purpose` is what people are told before they sign.
CREATE TABLE project (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	name VARCHAR(120) NOT NULL,
	domain VARCHAR(60) NOT NULL COMMENT 'medicine, law, code ...; the key into benchmark rates',
	purpose TEXT NOT NULL COMMENT 'what the data is, for which kind of model, who benefits',
	data_use VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'training',
	untold TEXT NULL COMMENT 'what may not be told, and why',
	sensitive_note VARCHAR(500) NULL COMMENT 'hard content, said before the offer; NULL: none',
	pay_unit VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'hour',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
	started_on DATE NOT NULL,
	ends_on DATE NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY name (name),
	CONSTRAINT project_state CHECK (state IN ('preparing', 'active', 'paused', 'ended')),
	CONSTRAINT project_data_use CHECK (data_use IN ('training', 'evaluation', 'both')),
	CONSTRAINT project_pay_unit CHECK (pay_unit IN ('hour', 'task'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: what people work on; retention: kept; erase: none';
-- ==== core/role_grant.sql
-- Who held which role from when to when, given by whom. Rows are ended; no program deletes one (cgi-bin/run/keys.md).
CREATE TABLE role_grant (
	id BIGINT NOT NULL AUTO_INCREMENT,
	person_id BIGINT NOT NULL,
	role VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	scope VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'empty: everywhere; else pod:3, project:1',
	granted_by BIGINT NULL COMMENT 'NULL: the system (set-up, offer signed)',
	from_at DATETIME(6) NOT NULL,
	to_at DATETIME(6) NULL,
	ended_by BIGINT NULL,
	is_open TINYINT GENERATED ALWAYS AS (IF(to_at IS NULL, 1, NULL)) STORED,
	PRIMARY KEY (id),
	UNIQUE KEY one_open (person_id, role, scope, is_open),
	KEY by_role (role, is_open, person_id),
	KEY ended (to_at),
	CONSTRAINT role_grant_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT role_grant_role CHECK (role IN ('applicant', 'contributor', 'reviewer', 'pod_lead',
	    'hdm', 'hdl', 'spl', 'people_officer', 'finance', 'care_officer', 'benchmark_keeper',
	    'admin', 'auditor')),
	CONSTRAINT role_grant_order CHECK (to_at IS NULL OR to_at >= from_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: who may do what, and who allowed it; retention: at least 6 years after the end, then by command; erase: kept';
-- ==== core/second_factor.sql
-- A person's second factor: the secret that their authenticator app shares with us (RFC 6238).
CREATE TABLE second_factor (
	person_id BIGINT NOT NULL,
	secret VARBINARY(120) NOT NULL COMMENT 'AES-256-GCM, bound to second_factor/secret/<person_id>',
	last_step BIGINT NOT NULL COMMENT 'of 30 s since 1970, the last one accepted; a step is accepted once',
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id),
	CONSTRAINT second_factor_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: knowing a person by more than a password; retention: until removed, or the names of person go, after 3 years; erase: deleted';

-- Codes for who has lost the phone, as keyed hashes. Each works once; new ones replace the old.
CREATE TABLE recovery_code (
	person_id BIGINT NOT NULL,
	code_hash BINARY(32) NOT NULL,
	created_at DATETIME(6) NOT NULL,
	used_at DATETIME(6) NULL,
	PRIMARY KEY (person_id, code_hash),
	CONSTRAINT recovery_code_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: signing in without the phone; retention: until replaced or removed, or the names of person go, after 3 years; erase: deleted';
-- ==== core/session.sql
-- A signed-in browser. The cookie holds the token, this table its SHA-256 only.
CREATE TABLE session (
	token_hash BINARY(32) NOT NULL,
	person_id BIGINT NOT NULL,
	created_at DATETIME(6) NOT NULL,
	seen_at DATETIME(6) NOT NULL COMMENT 'renewed by session_touch(), at most every 5 minutes',
	ends_at DATETIME(6) NOT NULL COMMENT 'ends here whatever happens',
	revoked_at DATETIME(6) NULL,
	proved_at DATETIME(6) NULL COMMENT 'when the person last proved who they are (README rule 25)',
	agent VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'browser.system as codes, told coarsely by the browser when it began',
	public_id BINARY(16) NOT NULL DEFAULT RANDOM_BYTES(16) COMMENT 'names it on the page of one''s sessions',
	PRIMARY KEY (token_hash),
	UNIQUE KEY public_id (public_id),
	KEY of_person (person_id, revoked_at),
	KEY ended (ends_at),
	KEY revoked (revoked_at),
	CONSTRAINT session_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: staying signed in; retention: 90 days after the end; erase: deleted';

-- A link that works once: first administrator, new password, invitation of a new person, new address.
CREATE TABLE one_time_link (
	token_hash BINARY(32) NOT NULL,
	kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	person_id BIGINT NULL COMMENT 'NULL only for set_up: the person is made by it',
	created_at DATETIME(6) NOT NULL,
	expires_at DATETIME(6) NOT NULL,
	used_at DATETIME(6) NULL,
	PRIMARY KEY (token_hash),
	KEY of_person (person_id, kind),
	KEY expired (expires_at),
	CONSTRAINT one_time_link_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT one_time_link_kind CHECK (kind IN ('set_up', 'reset', 'invite', 'email')),
	CONSTRAINT one_time_link_whom CHECK (kind = 'set_up' OR person_id IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: setting a password without knowing the old one; retention: 30 days after expiry; erase: deleted';

-- What the throttle counts. Keys are keyed hashes of the typed address and of the client's
-- address, so the table names nobody and unknown accounts are counted like known ones.
CREATE TABLE sign_in_attempt (
	id BIGINT NOT NULL AUTO_INCREMENT,
	account_key BINARY(32) NOT NULL,
	client_key BINARY(32) NOT NULL,
	at DATETIME(6) NOT NULL,
	ok TINYINT NOT NULL,
	PRIMARY KEY (id),
	KEY by_account (account_key, at),
	KEY by_client (client_key, at),
	KEY by_time (at),
	CONSTRAINT sign_in_attempt_ok CHECK (ok IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none (keyed hashes); purpose: slowing guessers down; retention: 2 days; erase: expires';

-- Between the two steps of signing in: the password was right, the code is still to come (or the
-- second factor still to be set up). It is no session and opens nothing; its cookie is another.
CREATE TABLE sign_in_half (
	token_hash BINARY(32) NOT NULL,
	person_id BIGINT NOT NULL,
	kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	created_at DATETIME(6) NOT NULL,
	ends_at DATETIME(6) NOT NULL,
	wrong TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'codes; at the fifth it is closed',
	closed_at DATETIME(6) NULL COMMENT 'became a session, was tried too often, or the password changed',
	PRIMARY KEY (token_hash),
	KEY of_person (person_id, closed_at),
	KEY ended (ends_at),
	CONSTRAINT sign_in_half_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT sign_in_half_kind CHECK (kind IN ('code', 'set_up'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: the second step of signing in; retention: 2 days; erase: deleted';

-- A new address that waits to be confirmed by the link that was sent to it.
CREATE TABLE email_change (
	person_id BIGINT NOT NULL,
	email VARCHAR(254) NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id),
	KEY by_time (created_at),
	CONSTRAINT email_change_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT email_change_email CHECK (email LIKE '_%@_%')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: changing an address without losing the account; retention: 2 days; erase: deleted';
