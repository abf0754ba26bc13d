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
-- ==== onboarding/application.sql
-- An application from its first page to its decision. A draft is found again by its receipt code,
-- of which the SHA-256 is stored. decided_outcome with its foreign key makes a decision without a
-- matching human review impossible: no timer and no score can write one. 'over' stands only within
-- the transaction that deletes an application with all that hangs on it; nobody sees it.
CREATE TABLE application (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	receipt_hash BINARY(32) NOT NULL,
	person_id BIGINT NULL COMMENT 'set when the applicant gets an account',
	state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'draft',
	pages_done INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'bit per page of the form that was saved',
	legal_name VARCHAR(200) NULL,
	preferred_name VARCHAR(120) NULL,
	email VARCHAR(254) NULL,
	country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NULL,
	time_zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
	locale VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'en',
	languages VARCHAR(200) NULL,
	domain VARCHAR(60) NULL,
	level VARCHAR(30) NULL COMMENT 'student, junior, experienced, senior, expert',
	years TINYINT UNSIGNED NULL COMMENT 'years of work in the domain',
	skills TEXT NULL,
	interests TEXT NULL,
	strengths TEXT NULL,
	cv TEXT NULL COMMENT 'as text',
	hours_wanted TINYINT UNSIGNED NULL COMMENT 'hours a week',
	source VARCHAR(200) NULL COMMENT 'how the applicant heard of us',
	interview_mode VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'text',
	accommodation_sealed BLOB NULL COMMENT 'AES-256-GCM: what makes the interview possible for them',
	ai_notice_version VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
	ai_notice_at DATETIME(6) NULL COMMENT 'when the notice on automated tools was accepted',
	submitted_at DATETIME(6) NULL,
	claimed_by BIGINT NULL COMMENT 'the person who is reading it; NULL: nobody yet',
	claimed_at DATETIME(6) NULL,
	waiting_since DATETIME(6) NULL COMMENT 'when it came to us: interview submitted, or asked to look again',
	due_at DATETIME(6) NULL COMMENT 'by when we promised an answer',
	late_due DATETIME(6) NULL COMMENT 'the promised instant of which it was told that it has passed',
	decided_review_id BIGINT NULL,
	decided_at DATETIME(6) NULL,
	decided_outcome VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin GENERATED ALWAYS AS (CASE state
	    WHEN 'certified_pending_id' THEN 'certified' WHEN 'certified' THEN 'certified'
	    WHEN 'not_selected' THEN 'not_selected' WHEN 'upheld' THEN 'not_selected' END) STORED,
	letter_read_at DATETIME(6) NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	changed_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY receipt (receipt_hash),
	KEY by_state (state, waiting_since),
	KEY by_time (submitted_at),
	KEY by_due (state, due_at),
	KEY drafts (state, changed_at),
	KEY decided (decided_at),
	KEY of_person (person_id),
	KEY decision (decided_review_id, id, decided_outcome),
	CONSTRAINT application_decision FOREIGN KEY (decided_review_id, id, decided_outcome)
	    REFERENCES human_review (id, application_id, outcome),
	CONSTRAINT application_state CHECK (state IN ('draft', 'submitted', 'interview_open',
	    'interview_done', 'in_review', 'info_requested', 'certified_pending_id', 'certified',
	    'not_selected', 'reevaluation', 'upheld', 'withdrawn', 'over')),
	CONSTRAINT application_human CHECK (state NOT IN ('certified_pending_id', 'certified',
	    'not_selected', 'upheld') OR (decided_review_id IS NOT NULL AND decided_at IS NOT NULL)),
	CONSTRAINT application_complete CHECK (state IN ('draft', 'withdrawn', 'over') OR (COALESCE(legal_name, '') <> ''
	    AND COALESCE(preferred_name, '') <> '' AND COALESCE(email, '') <> ''
	    AND COALESCE(time_zone, '') <> '' AND COALESCE(domain, '') <> '' AND submitted_at IS NOT NULL AND ai_notice_at IS NOT NULL)),
	CONSTRAINT application_claim CHECK ((claimed_by IS NULL) = (claimed_at IS NULL)),
	CONSTRAINT application_mode CHECK (interview_mode IN ('text', 'voice', 'video'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id or e-mail; purpose: deciding on an application; retention: draft 30 days, otherwise 1 year after the decision (withdrawn, or waiting for the applicant: after the last change); erase: deleted';
-- ==== onboarding/application_word.sql
-- Names of applicants as words, so that an application is found by the beginning of any of them
-- (compare person_word in core). Kept by triggers. `restricted`: the word stands in the legal name
-- or the e-mail only, which are for people officers.
CREATE TABLE application_word (
	word VARCHAR(60) NOT NULL,
	application_id BIGINT NOT NULL,
	restricted TINYINT NOT NULL,
	PRIMARY KEY (word, application_id),
	KEY of_application (application_id),
	CONSTRAINT application_word_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
	CONSTRAINT application_word_restricted CHECK (restricted IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application; purpose: finding applications by a part of a name; retention: with application; erase: follows application'
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE application_words(IN p_application BIGINT,
    IN p_legal VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    IN p_preferred VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    IN p_email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci)
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	DELETE FROM application_word WHERE application_id = p_application;
	INSERT IGNORE INTO application_word (word, application_id, restricted)
	SELECT j.w, p_application, 0 FROM JSON_TABLE(keptword_core.name_words(COALESCE(p_preferred, '')),
	    '$[*]' COLUMNS (w VARCHAR(200) PATH '$')) j WHERE j.w <> '';
	INSERT IGNORE INTO application_word (word, application_id, restricted)
	SELECT j.w, p_application, 1 FROM JSON_TABLE(keptword_core.name_words(CONCAT_WS(' ', p_legal,
	    SUBSTRING_INDEX(p_email, '@', 1))), '$[*]' COLUMNS (w VARCHAR(200) PATH '$')) j
	WHERE j.w <> '';
END
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
TRIGGER application_words_new AFTER INSERT ON application FOR EACH ROW
CALL application_words(NEW.id, NEW.legal_name, NEW.preferred_name, NEW.email)
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
TRIGGER application_words_changed AFTER UPDATE ON application FOR EACH ROW
BEGIN
	IF NOT (BINARY OLD.legal_name <=> BINARY NEW.legal_name)
	    OR NOT (BINARY OLD.preferred_name <=> BINARY NEW.preferred_name)
	    OR NOT (BINARY OLD.email <=> BINARY NEW.email) THEN
		CALL application_words(NEW.id, NEW.legal_name, NEW.preferred_name, NEW.email);
	END IF;
END
--end
-- ==== onboarding/human_review.sql
-- What a reviewer scores. A change of a criterion is a new row; the old one ends.
CREATE TABLE rubric_criterion (
	id BIGINT NOT NULL AUTO_INCREMENT,
	code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	title VARCHAR(120) NOT NULL,
	about VARCHAR(500) NOT NULL COMMENT 'what 1, 3 and 5 look like',
	place TINYINT UNSIGNED NOT NULL,
	to_at DATETIME(6) NULL,
	PRIMARY KEY (id),
	KEY by_place (to_at, place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: the same measure for everyone; retention: kept; erase: none';

-- What one person thinks of one application: a score and a reason for each criterion. Insert-only,
-- one per person, so it cannot be bent to fit what others wrote.
CREATE TABLE assessment (
	id BIGINT NOT NULL AUTO_INCREMENT,
	application_id BIGINT NOT NULL,
	interview_id BIGINT NULL,
	reviewer_id BIGINT NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY one_each (application_id, reviewer_id),
	UNIQUE KEY whose (id, application_id, reviewer_id),
	CONSTRAINT assessment_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
	CONSTRAINT assessment_interview FOREIGN KEY (interview_id) REFERENCES interview (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application, reviewer_id; purpose: who scored what; retention: with application; erase: deleted';

CREATE TABLE assessment_score (
	assessment_id BIGINT NOT NULL,
	criterion_id BIGINT NOT NULL,
	score TINYINT UNSIGNED NOT NULL,
	reason VARCHAR(1000) NOT NULL,
	PRIMARY KEY (assessment_id, criterion_id),
	CONSTRAINT assessment_score_assessment FOREIGN KEY (assessment_id) REFERENCES assessment (id) ON DELETE CASCADE,
	CONSTRAINT assessment_score_criterion FOREIGN KEY (criterion_id) REFERENCES rubric_criterion (id),
	CONSTRAINT assessment_score_range CHECK (score BETWEEN 1 AND 5),
	CONSTRAINT assessment_score_reason CHECK (reason <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application; purpose: each score with its reason; retention: with assessment; erase: deleted';

-- A decision by a named person, with reasons and the letter. Insert-only by grant: another decision
-- is another review. The keys say: nobody decides without scores of their own, and nobody decides
-- the same application twice (who is asked to look again is somebody else).
CREATE TABLE human_review (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	application_id BIGINT NOT NULL,
	interview_id BIGINT NULL,
	assessment_id BIGINT NOT NULL,
	reviewer_id BIGINT NOT NULL,
	reviewer_name VARCHAR(120) NOT NULL COMMENT 'as it stands under the letter',
	outcome VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	reason_code VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
	strengths TEXT NOT NULL,
	gaps TEXT NOT NULL,
	letter TEXT NOT NULL COMMENT 'what the applicant reads',
	minutes_spent SMALLINT UNSIGNED NULL,
	is_final TINYINT GENERATED ALWAYS AS (IF(outcome = 'info_requested', NULL, 1)) STORED,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY decision (id, application_id, outcome),
	UNIQUE KEY once_each (application_id, reviewer_id, is_final),
	KEY of_application (application_id, created_at),
	KEY of_reviewer (reviewer_id, created_at),
	CONSTRAINT human_review_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
	CONSTRAINT human_review_interview FOREIGN KEY (interview_id) REFERENCES interview (id) ON DELETE CASCADE,
	CONSTRAINT human_review_assessment FOREIGN KEY (assessment_id, application_id, reviewer_id)
	    REFERENCES assessment (id, application_id, reviewer_id) ON DELETE CASCADE,
	CONSTRAINT human_review_outcome CHECK (outcome IN ('certified', 'not_selected', 'info_requested')),
	CONSTRAINT human_review_words CHECK (letter <> '' AND strengths <> ''
	    AND (outcome <> 'not_selected' OR (gaps <> '' AND reason_code IS NOT NULL))),
	CONSTRAINT human_review_reason CHECK (reason_code IS NULL OR reason_code IN ('requirement_missing',
	    'score_below_bar', 'id_failed', 'capacity_full', 'eligibility_country',
	    'integrity_confirmed_by_human'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application, reviewer_id; purpose: who decided what and why; retention: with application; erase: deleted';

-- The applicant asks for another look. Once per application; answered by another review.
CREATE TABLE reevaluation (
	application_id BIGINT NOT NULL,
	ground VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	text TEXT NOT NULL,
	review_id BIGINT NOT NULL COMMENT 'the decision that is questioned',
	asked_at DATETIME(6) NOT NULL,
	PRIMARY KEY (application_id),
	CONSTRAINT reevaluation_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
	CONSTRAINT reevaluation_review FOREIGN KEY (review_id) REFERENCES human_review (id) ON DELETE CASCADE,
	CONSTRAINT reevaluation_ground CHECK (ground IN ('error', 'bias', 'technical')),
	CONSTRAINT reevaluation_text CHECK (text <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application; purpose: looking again; retention: with application; erase: deleted';
-- ==== onboarding/interview.sql
-- A structured interview in writing: open at any hour, saved answer by answer, never timed.
CREATE TABLE interview (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	application_id BIGINT NOT NULL,
	questionnaire_id BIGINT NOT NULL,
	state VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
	opened_at DATETIME(6) NOT NULL,
	started_at DATETIME(6) NULL,
	submitted_at DATETIME(6) NULL,
	incident TINYINT NOT NULL DEFAULT 0 COMMENT '1: a technical fault was told',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_application (application_id),
	CONSTRAINT interview_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
	CONSTRAINT interview_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaire (id),
	CONSTRAINT interview_state CHECK (state IN ('open', 'started', 'interrupted', 'submitted')),
	CONSTRAINT interview_submitted CHECK (state <> 'submitted' OR submitted_at IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application; purpose: the same questions for everyone of a role; retention: with application; erase: deleted';

CREATE TABLE interview_answer (
	interview_id BIGINT NOT NULL,
	answer_key VARCHAR(140) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'key of common/data/questionnaire.h',
	value TEXT NOT NULL,
	saved_at DATETIME(6) NOT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (interview_id, answer_key),
	CONSTRAINT interview_answer_interview FOREIGN KEY (interview_id) REFERENCES interview (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application; purpose: what the reviewer reads; retention: with interview; erase: deleted';
-- ==== onboarding/offer.sql
-- An offer: what for, how much, measured against what. It cannot be sent without its purpose and
-- cannot be signed without a typed name; what was signed is kept as text and hash.
CREATE TABLE offer (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	application_id BIGINT NULL COMMENT 'NULL: its time is over, it is deleted',
	person_id BIGINT NOT NULL,
	project_id BIGINT NOT NULL,
	pod_id BIGINT NULL,
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'draft',
	part VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'expert',
	unit VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'hour',
	rate_minor BIGINT NOT NULL,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	benchmark_id BIGINT NULL COMMENT 'row of payments'' published_benchmark',
	benchmark_minor BIGINT NULL COMMENT 'market median on the day of the offer',
	benchmark_source VARCHAR(300) NULL,
	below_by BIGINT NULL COMMENT 'second person who allowed a rate below the benchmark',
	below_reason VARCHAR(500) NULL,
	hour_minor BIGINT NULL COMMENT 'of work by the task: what an hour of training or meetings pays',
	hour_benchmark_id BIGINT NULL,
	task_minutes SMALLINT UNSIGNED NULL COMMENT 'estimate for one task',
	hours_min TINYINT UNSIGNED NOT NULL COMMENT 'hours a week to expect, no duty',
	hours_max TINYINT UNSIGNED NOT NULL,
	starts_on DATE NOT NULL,
	ends_on DATE NULL,
	purpose TEXT NOT NULL COMMENT 'what the work is for, as told before signing',
	sensitive_note VARCHAR(500) NULL,
	document MEDIUMTEXT NULL COMMENT 'the agreement as shown',
	document_hash BINARY(32) NULL COMMENT 'SHA-256 of document',
	expires_at DATETIME(6) NULL,
	sent_at DATETIME(6) NULL,
	viewed_at DATETIME(6) NULL,
	signed_name VARCHAR(200) NULL COMMENT 'as typed',
	signed_at DATETIME(6) NULL,
	declined_at DATETIME(6) NULL,
	created_by BIGINT NOT NULL,
	created_at DATETIME(6) NOT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_person (person_id, state),
	KEY of_application (application_id),
	KEY by_state (state, sent_at),
	CONSTRAINT offer_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE SET NULL,
	CONSTRAINT offer_state CHECK (state IN ('draft', 'sent', 'viewed', 'signed', 'declined', 'expired', 'withdrawn')),
	CONSTRAINT offer_part CHECK (part IN ('expert', 'reviewer', 'lead')),
	CONSTRAINT offer_unit CHECK (unit IN ('hour', 'task')),
	CONSTRAINT offer_rate CHECK (rate_minor > 0),
	CONSTRAINT offer_task CHECK (hour_minor IS NULL OR (hour_minor > 0 AND unit = 'task')),
	CONSTRAINT offer_hours CHECK (hours_min <= hours_max),
	CONSTRAINT offer_sent CHECK (state IN ('draft', 'withdrawn') OR (purpose <> ''
	    AND COALESCE(document, '') <> '' AND document_hash IS NOT NULL AND sent_at IS NOT NULL AND expires_at IS NOT NULL)),
	CONSTRAINT offer_signed CHECK (state <> 'signed' OR (COALESCE(signed_name, '') <> '' AND signed_at IS NOT NULL)),
	CONSTRAINT offer_above_benchmark CHECK (state IN ('draft', 'withdrawn') OR benchmark_minor IS NULL
	    OR rate_minor >= benchmark_minor
	    OR (COALESCE(below_by <> created_by, 0) AND COALESCE(below_reason, '') <> ''))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what was offered and signed; retention: at least 10 years after the end, then by command; erase: kept under contract law';

-- A person at work on a project: the key by which the plugins meet.
CREATE TABLE engagement (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	person_id BIGINT NOT NULL,
	project_id BIGINT NOT NULL,
	offer_id BIGINT NOT NULL,
	state VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'signed',
	pause_reason VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
	paused_by BIGINT NULL COMMENT 'a named human where the reason is under_review',
	started_on DATE NULL COMMENT 'first day active',
	notice_at DATETIME(6) NULL,
	ended_on DATE NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY of_offer (offer_id),
	KEY of_person (person_id, project_id),
	KEY of_project (project_id, state),
	CONSTRAINT engagement_offer FOREIGN KEY (offer_id) REFERENCES offer (id),
	CONSTRAINT engagement_state CHECK (state IN ('signed', 'access_pending', 'training', 'qualifying',
	    'not_qualified', 'active', 'paused', 'ending', 'closed')),
	CONSTRAINT engagement_started CHECK (state NOT IN ('active', 'paused', 'ending') OR started_on IS NOT NULL),
	CONSTRAINT engagement_paused CHECK (state <> 'paused' OR (COALESCE(pause_reason, '') IN
	    ('contributor_choice', 'no_work', 'project_paused', 'under_review') AND (pause_reason <> 'under_review' OR paused_by IS NOT NULL))),
	CONSTRAINT engagement_closed CHECK (state <> 'closed' OR ended_on IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: who works on what since when; retention: at least 10 years after the end, then by command; erase: kept under contract law';
-- ==== onboarding/questionnaire.sql
-- A questionnaire as one JSON document (common/data/questionnaire.h), never changed: a change is a
-- new version.
CREATE TABLE questionnaire (
	id BIGINT NOT NULL AUTO_INCREMENT,
	code VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	version INT UNSIGNED NOT NULL,
	title VARCHAR(200) NOT NULL,
	document JSON NOT NULL,
	created_by BIGINT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY code (code, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: what is asked in interviews; retention: kept; erase: none';
