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
-- ==== hdm/contact.sql
-- Each time an HDM and a person of theirs were in touch: a fact, never changed. Read by person and
-- time. The person sees it the same minute; its words stand in note.
CREATE TABLE contact (
	person_id BIGINT NOT NULL,
	at DATETIME(6) NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	hdm_person_id BIGINT NOT NULL,
	kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id, at DESC, id DESC),
	UNIQUE KEY id (id),
	KEY of_hdm (hdm_person_id, at),
	KEY by_time (at),
	CONSTRAINT contact_kind CHECK (kind IN ('message', 'call', 'one_on_one', 'feedback')),
	CONSTRAINT contact_other CHECK (hdm_person_id <> person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, hdm_person_id; purpose: nobody goes without contact; retention: 2 years; erase: deleted';

-- Words about a person, mostly of a contact: shared is read by both, private by its author only.
-- What was shared stays shared; its words may be corrected.
CREATE TABLE note (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	person_id BIGINT NOT NULL,
	author_id BIGINT NOT NULL,
	contact_id BIGINT NULL,
	visibility VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'shared',
	body TEXT NOT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	changed_at DATETIME(6) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY of_contact (contact_id),
	KEY of_person (person_id, created_at),
	KEY by_time (created_at),
	CONSTRAINT note_contact FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE CASCADE,
	CONSTRAINT note_words CHECK (body <> ''),
	CONSTRAINT note_visibility CHECK (visibility IN ('shared', 'private'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, author_id; purpose: what was agreed; retention: 2 years, one of a contact with contact; erase: deleted';

-- A talk that is due. The first one comes from the event that an engagement became active.
CREATE TABLE one_on_one (
	id BIGINT NOT NULL AUTO_INCREMENT,
	person_id BIGINT NOT NULL,
	engagement_id BIGINT NULL COMMENT 'row of onboarding''s published_engagement',
	due_at DATETIME(6) NOT NULL,
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'due',
	contact_id BIGINT NULL COMMENT 'the contact by which it was held',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY once (person_id, engagement_id),
	KEY of_person (person_id, state, due_at),
	KEY by_time (due_at),
	CONSTRAINT one_on_one_state CHECK (state IN ('due', 'held', 'cancelled')),
	CONSTRAINT one_on_one_held CHECK (state <> 'held' OR contact_id IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: nobody starts without a talk; retention: 2 years after it was held or cancelled; erase: deleted';

-- Who was told that somebody still has not heard from their HDM: a row for each clock that has passed,
-- until the person hears or the clock is another. step 1: the HDM, 2: the HDLs as well.
CREATE TABLE overdue_told (
	pod_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	what VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	due_at DATETIME(6) NOT NULL COMMENT 'of the clock that was told',
	step TINYINT UNSIGNED NOT NULL,
	told_at DATETIME(6) NOT NULL,
	PRIMARY KEY (pod_id, person_id, what),
	CONSTRAINT overdue_told_what CHECK (what IN ('contact', 'talk')),
	CONSTRAINT overdue_told_step CHECK (step IN (1, 2))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: telling each delay once; retention: until they are in touch; erase: deleted';
