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
-- ==== feedback/questionnaire.sql
-- A questionnaire as one JSON document (common/data/questionnaire.h), never changed: a change is a
-- new version.
CREATE TABLE questionnaire (
	id BIGINT NOT NULL AUTO_INCREMENT,
	code VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	version INT UNSIGNED NOT NULL,
	title VARCHAR(200) NOT NULL,
	document JSON NOT NULL,
	fingerprint BINARY(32) NULL COMMENT 'SHA-256 of an imported document, to know it again',
	created_by BIGINT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY code (code, version),
	KEY fingerprint (fingerprint)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: what is asked in surveys; retention: kept; erase: none';
-- ==== feedback/response.sql
-- Until a run closes: one row per invitation, AES-256-GCM under the run's key, padded. Written in
-- one transaction with the invitation's state; replaced when edited; deleted when the run closes.
CREATE TABLE sealed_response (
	run_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	sealed MEDIUMBLOB NOT NULL COMMENT 'padded to 1, 4, 16 or 64 KiB before sealing',
	complete TINYINT NOT NULL DEFAULT 0 COMMENT '1: holds answers that were sent, not only saved',
	PRIMARY KEY (run_id, person_id),
	CONSTRAINT sealed_response_invitation FOREIGN KEY (run_id, person_id)
	    REFERENCES invitation (run_id, person_id),
	CONSTRAINT sealed_response_complete CHECK (complete IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, unreadable without the key file; purpose: an answer that can be edited until the close; retention: until the close; erase: deleted';

-- After the close: random ids made by the closing job, shuffled, without person, pod or date.
CREATE TABLE response (
	id BINARY(16) NOT NULL,
	run_id BIGINT NOT NULL,
	PRIMARY KEY (id),
	KEY of_run (run_id),
	CONSTRAINT response_run FOREIGN KEY (run_id) REFERENCES survey_run (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none, anonymous; purpose: results; retention: 3 years after the close; erase: cannot be found';

CREATE TABLE answer (
	response_id BINARY(16) NOT NULL,
	answer_key VARCHAR(140) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'key of common/data/questionnaire.h',
	kind VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	choice VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'code of the chosen answer',
	number DECIMAL(24,6) NULL,
	words TEXT NULL,
	PRIMARY KEY (response_id, answer_key),
	CONSTRAINT answer_response FOREIGN KEY (response_id) REFERENCES response (id) ON DELETE CASCADE,
	CONSTRAINT answer_kind CHECK ((kind = 'choice' AND choice IS NOT NULL) OR (kind = 'number'
	    AND number IS NOT NULL) OR (kind = 'text' AND words IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none, anonymous; purpose: results; retention: with response; erase: cannot be found';
-- ==== feedback/survey.sql
-- A survey: why it is asked, and with which questionnaire. A run keeps its own copy of both.
CREATE TABLE survey (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	title VARCHAR(200) NOT NULL,
	purpose VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'proposed for each run',
	questionnaire_id BIGINT NOT NULL COMMENT 'the newest; a run keeps its own',
	anonymity VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'anonymous',
	owner_person_id BIGINT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	CONSTRAINT survey_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaire (id),
	CONSTRAINT survey_anonymity CHECK (anonymity IN ('anonymous')),
	CONSTRAINT survey_words CHECK (title <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: owner_person_id; purpose: hearing people; retention: kept; erase: none';

-- A file that somebody imported, read but in use only when survey_id is set: then its document has
-- become a questionnaire.
CREATE TABLE survey_file (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	file_name VARCHAR(200) NOT NULL,
	title VARCHAR(200) NOT NULL COMMENT 'of the document, else the name of the file',
	document JSON NOT NULL,
	survey_id BIGINT NULL,
	questionnaire_id BIGINT NULL,
	created_by BIGINT NULL COMMENT 'NULL: the command line',
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	CONSTRAINT survey_file_survey FOREIGN KEY (survey_id) REFERENCES survey (id),
	CONSTRAINT survey_file_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaire (id),
	CONSTRAINT survey_file_used CHECK ((survey_id IS NULL) = (questionnaire_id IS NULL)),
	CONSTRAINT survey_file_title CHECK (title <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: created_by; purpose: what was imported, by whom; retention: kept; erase: none';

-- What the importer said of the file, one line each: a question that came along, one that did not,
-- or something of one that was left out.
CREATE TABLE survey_import (
	file_id BIGINT NOT NULL,
	item_no INT UNSIGNED NOT NULL,
	verdict VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	item VARCHAR(160) NOT NULL COMMENT 'question code; empty: the survey; group/2',
	code VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'end of a key in words',
	detail VARCHAR(500) NOT NULL DEFAULT '',
	PRIMARY KEY (file_id, item_no),
	CONSTRAINT survey_import_file FOREIGN KEY (file_id) REFERENCES survey_file (id) ON DELETE CASCADE,
	CONSTRAINT survey_import_verdict CHECK (verdict IN ('kept', 'changed', 'not_kept'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: what an imported file held and what of it was kept; retention: with survey_file; erase: none';
-- ==== feedback/survey_run.sql
-- One round of a survey. What people are told when they are asked (purpose, threshold, minutes) is
-- sealed when it opens. min_group may be raised before, never below 5. While a run is open its key
-- lies in the key folder of the machine, in no database and no backup; 'closing': the answers are
-- written without names, the key is being destroyed; 'closed': it is destroyed.
CREATE TABLE survey_run (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	survey_id BIGINT NOT NULL,
	questionnaire_id BIGINT NOT NULL,
	purpose VARCHAR(1000) NOT NULL COMMENT 'shown to everyone who is asked',
	state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'draft',
	audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'all',
	audience_id BIGINT NULL COMMENT 'project or pod',
	opens_at DATETIME(6) NOT NULL,
	closes_at DATETIME(6) NOT NULL,
	opened_at DATETIME(6) NULL,
	closed_at DATETIME(6) NULL,
	published_at DATETIME(6) NULL,
	min_group SMALLINT UNSIGNED NOT NULL DEFAULT 5,
	paid_minutes SMALLINT UNSIGNED NOT NULL DEFAULT 10 COMMENT 'credited to everyone invited, answered or not',
	invited INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'counted when it opens',
	answered INT UNSIGNED NULL COMMENT 'counted when it closes, never before',
	unreadable INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'sealed answers that could not be opened at the close',
	give_up TINYINT NOT NULL DEFAULT 0 COMMENT 'somebody decided to close it without its lost key',
	created_by BIGINT NULL,
	reviewed_by BIGINT NULL,
	published_by BIGINT NULL,
	created_at DATETIME(6) NOT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_survey (survey_id, opens_at),
	KEY to_open (state, opens_at),
	KEY to_close (state, closes_at),
	KEY by_close (closed_at),
	CONSTRAINT survey_run_survey FOREIGN KEY (survey_id) REFERENCES survey (id),
	CONSTRAINT survey_run_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaire (id),
	CONSTRAINT survey_run_state CHECK (state IN ('draft', 'reviewed', 'open', 'closing', 'closed',
	    'published', 'actions_assigned', 'reported_back')),
	CONSTRAINT survey_run_audience CHECK ((audience = 'all' AND audience_id IS NULL)
	    OR (audience IN ('project', 'pod') AND audience_id IS NOT NULL)),
	CONSTRAINT survey_run_purpose CHECK (purpose <> ''),
	CONSTRAINT survey_run_group CHECK (min_group >= 5),
	CONSTRAINT survey_run_order CHECK (opens_at < closes_at),
	CONSTRAINT survey_run_give_up CHECK (give_up IN (0, 1)),
	CONSTRAINT survey_run_count CHECK (answered IS NULL OR state NOT IN ('draft', 'reviewed', 'open')),
	CONSTRAINT survey_run_published CHECK (state NOT IN ('published', 'actions_assigned', 'reported_back')
	    OR (published_at IS NOT NULL AND published_by IS NOT NULL)),
	CONSTRAINT survey_run_two_people CHECK (published_by IS NULL OR created_by IS NULL
	    OR published_by <> created_by)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: created_by; purpose: when who was asked; retention: kept; erase: none';

-- Who is asked. The flag 'answered' lives only while the run is open: closing counts it per pod into
-- run_pod and sets every invitation to 'closed', so who answered is nobody's business afterwards.
CREATE TABLE invitation (
	run_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	pod_id BIGINT NULL COMMENT 'the pod at the time of asking',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'sent',
	PRIMARY KEY (run_id, person_id),
	KEY of_person (person_id, run_id),
	CONSTRAINT invitation_run FOREIGN KEY (run_id) REFERENCES survey_run (id),
	CONSTRAINT invitation_state CHECK (state IN ('sent', 'opened', 'answered', 'closed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: asking, and crediting the minutes; retention: 2 years after the close; erase: deleted';

-- Counts per pod, written when a run closes. told: whether its rate may be shown, decided once, so
-- that nothing can be worked out from two different tables (suppress.c).
CREATE TABLE run_pod (
	run_id BIGINT NOT NULL,
	pod_id BIGINT NOT NULL,
	invited INT UNSIGNED NOT NULL,
	answered INT UNSIGNED NOT NULL,
	told TINYINT NOT NULL,
	PRIMARY KEY (run_id, pod_id),
	KEY of_pod (pod_id, run_id),
	CONSTRAINT run_pod_run FOREIGN KEY (run_id) REFERENCES survey_run (id),
	CONSTRAINT run_pod_order CHECK (answered <= invited),
	CONSTRAINT run_pod_told CHECK (told = 0 OR (told = 1 AND invited >= 5))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: a pod''s rate, shown from 5 invited on; retention: kept; erase: none';
