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
-- ==== payments/adjustment.sql
-- What is added to or taken from a statement beside time: proposed by one, approved by another.
CREATE TABLE adjustment (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	person_id BIGINT NOT NULL,
	period_id BIGINT NOT NULL COMMENT 'the period that pays it',
	off_cycle_id BIGINT NOT NULL DEFAULT 0 COMMENT 'the pay run outside the schedule that pays it; 0: that of its period',
	kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	amount_minor BIGINT NOT NULL COMMENT 'below 0 only for a deduction or correction',
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	reason VARCHAR(500) NOT NULL,
	state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'proposed',
	proposed_by BIGINT NOT NULL,
	proposed_at DATETIME(6) NOT NULL,
	decided_by BIGINT NULL,
	decided_at DATETIME(6) NULL,
	decline_reason VARCHAR(500) NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_period (period_id, state, person_id, off_cycle_id),
	KEY of_person (person_id, period_id),
	CONSTRAINT adjustment_period FOREIGN KEY (period_id) REFERENCES pay_period (id),
	CONSTRAINT adjustment_kind CHECK (kind IN ('bonus', 'commission', 'deduction', 'expense', 'other',
	    'overtime', 'time_off', 'vat', 'correction')),
	CONSTRAINT adjustment_sign CHECK (amount_minor > 0 OR (amount_minor < 0 AND kind IN ('deduction', 'correction'))),
	CONSTRAINT adjustment_state CHECK (state IN ('proposed', 'approved', 'declined')),
	CONSTRAINT adjustment_decided CHECK (state = 'proposed' OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
	CONSTRAINT adjustment_why_not CHECK (state <> 'declined' OR decline_reason <> ''),
	CONSTRAINT adjustment_two_people CHECK (decided_by IS NULL OR (decided_by <> proposed_by AND decided_by <> person_id))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: bonuses, expenses and corrections with reason and approver; retention: at least 10 years, then by command; erase: kept under pay law';
-- ==== payments/certificate.sql
-- Certificates of earnings that somebody asked for. What one says follows from the statements of its
-- days that were issued before it, which never change; so only which days and when is kept here.
CREATE TABLE certificate (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	person_id BIGINT NOT NULL,
	kind VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	first_day DATE NOT NULL,
	last_day DATE NOT NULL COMMENT 'within; pay periods that ended on these days count',
	legal_entity_id BIGINT NOT NULL,
	payee_name VARCHAR(200) NOT NULL COMMENT 'legal name on the day of issue',
	issued_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_person (person_id, id),
	CONSTRAINT certificate_entity FOREIGN KEY (legal_entity_id) REFERENCES legal_entity (id),
	CONSTRAINT certificate_kind CHECK (kind IN ('months', 'year')),
	CONSTRAINT certificate_days CHECK (first_day <= last_day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: documents for banks, landlords and authorities; retention: at least 10 years, then by command; erase: kept under pay law';
-- ==== payments/import.sql
-- A file of time entries on its way in: read by the parser process, shown as a preview, taken
-- whole or not at all, unless somebody chooses to take the good rows. A call of the API is a
-- batch as well, taken in the transaction in which it is read.
CREATE TABLE import_batch (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	file_name VARCHAR(255) NOT NULL,
	file_hash BINARY(32) NOT NULL,
	way VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'file',
	source VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	options JSON NOT NULL DEFAULT '{}' COMMENT 'dates, zone, person as given',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'preview',
	rows_read INT UNSIGNED NOT NULL DEFAULT 0,
	rows_new INT UNSIGNED NOT NULL DEFAULT 0,
	rows_known INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'here already from an earlier file',
	rows_empty INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'entries of 0 minutes',
	rows_bad INT UNSIGNED NOT NULL DEFAULT 0,
	good_only TINYINT NOT NULL DEFAULT 0 COMMENT '1: taken without the rows that could not be used',
	started_by BIGINT NULL COMMENT 'NULL: from the command line',
	started_at DATETIME(6) NOT NULL,
	done_at DATETIME(6) NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY by_time (started_at),
	KEY by_way (way, started_at),
	CONSTRAINT import_batch_source CHECK (source IN ('toggl', 'clockify', 'harvest', 'hubstaff',
	    'deel', 'generic', 'own')),
	CONSTRAINT import_batch_way CHECK (way IN ('file', 'api')),
	CONSTRAINT import_batch_state CHECK (state IN ('preview', 'done', 'refused', 'abandoned')),
	CONSTRAINT import_batch_done CHECK (state <> 'done' OR (done_at IS NOT NULL
	    AND (rows_bad = 0 OR good_only = 1)))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: started_by; purpose: which file brought which entries; retention: 2 years; erase: kept';

-- What the preview shows and the confirmation takes. Emptied when the batch is done or abandoned,
-- but of a call of the API only when it cannot be repeated any more.
CREATE TABLE import_row (
	batch_id BIGINT NOT NULL,
	row_no INT UNSIGNED NOT NULL COMMENT 'line of the file, the header is 1',
	verdict VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	person_id BIGINT NULL,
	project_id BIGINT NULL,
	who VARCHAR(254) NOT NULL DEFAULT '' COMMENT 'as the file names the person',
	project_name VARCHAR(255) NOT NULL DEFAULT '' COMMENT 'as the file names it',
	day DATE NULL,
	minutes INT UNSIGNED NULL,
	units INT UNSIGNED NOT NULL DEFAULT 0,
	kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'production',
	began_at DATETIME(6) NULL,
	overlap_row INT UNSIGNED NULL COMMENT 'a row of the same file with which it overlaps',
	overlap_entry BIGINT NULL COMMENT 'an entry that is here already with which it overlaps',
	external_key BINARY(32) NULL,
	marks TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'bits of enum tracker_note',
	note VARCHAR(1000) NOT NULL DEFAULT '',
	PRIMARY KEY (batch_id, row_no),
	CONSTRAINT import_row_batch FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE,
	KEY of_person (batch_id, person_id, day),
	CONSTRAINT import_row_verdict CHECK (verdict IN ('new', 'known', 'empty', 'bad')),
	CONSTRAINT import_row_new CHECK (verdict <> 'new' OR (person_id IS NOT NULL AND project_id IS NOT NULL
	    AND day IS NOT NULL AND minutes IS NOT NULL AND external_key IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: preview of an import; retention: until taken, 7 days at most; erase: deleted';

CREATE TABLE import_fault (
	batch_id BIGINT NOT NULL,
	fault_no INT UNSIGNED NOT NULL,
	row_no INT UNSIGNED NOT NULL COMMENT '0: the file as a whole',
	column_name VARCHAR(100) NOT NULL DEFAULT '',
	code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'key of a sentence in words',
	value VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'what stood there, shortened',
	PRIMARY KEY (batch_id, fault_no),
	CONSTRAINT import_fault_batch FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: why a file was not taken; retention: with import_batch; erase: deleted with it';

-- How files name people and projects when the name is not our own.
CREATE TABLE import_name (
	what VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	name VARCHAR(255) NOT NULL,
	target_id BIGINT NOT NULL COMMENT 'person or project',
	set_by BIGINT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (what, name),
	CONSTRAINT import_name_what CHECK (what IN ('person', 'project'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: target_id where what is person; purpose: matching imported names; retention: kept, a person''s 3 years after the engagement; erase: deleted';
-- ==== payments/ledger.sql
-- Double entry, insert-only by grant. Amounts are signed: what is spent or owed to us is above 0,
-- what we owe or paid out below; each posting sums to 0 in its currency. A mistake is another
-- posting, never a change.
CREATE TABLE ledger (
	id BIGINT NOT NULL AUTO_INCREMENT,
	statement_id BIGINT NOT NULL,
	step VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the posting: statement and step',
	account VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY once (statement_id, step, account),
	KEY by_time (at),
	CONSTRAINT ledger_statement FOREIGN KEY (statement_id) REFERENCES statement (id),
	CONSTRAINT ledger_step CHECK (step IN ('issued', 'sent', 'returned', 'resent')),
	CONSTRAINT ledger_account CHECK (account IN ('work', 'adjustment', 'payable', 'partner'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through statement; purpose: the sums that must always be 0; retention: at least 10 years, then by command; erase: kept under pay law';
-- ==== payments/pay_run.sql
-- A pay run makes the statements of one locked period; another person than its maker signs it off.
-- preparing -> ready | blocked; ready -> checking -> issuing -> issued; checking -> changed; all
-- before issuing -> abandoned. Outside the schedule: off_cycle pays chosen people what was approved
-- of the days of a period and before; correction adds to one statement that was issued.
CREATE TABLE pay_run (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'regular',
	period_id BIGINT NOT NULL COMMENT 'the period that it pays, or that it belongs to',
	corrects_id BIGINT NULL COMMENT 'the statement that a correction adds to',
	reason VARCHAR(500) NOT NULL DEFAULT '',
	pay_on DATE NULL COMMENT 'the promised day of a run outside the schedule',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'preparing',
	made_by BIGINT NOT NULL,
	made_at DATETIME(6) NOT NULL,
	compared_id BIGINT NULL COMMENT 'the regular run before it, that it is compared with',
	warnings INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of this run; who signs says that they have seen them',
	draft_hash BINARY(32) NULL COMMENT 'SHA-256 over all drafts, see the README',
	signed_hash BINARY(32) NULL COMMENT 'what was signed',
	issued_by BIGINT NULL COMMENT 'who signed it off',
	issued_at DATETIME(6) NULL,
	statements INT UNSIGNED NOT NULL DEFAULT 0,
	reached BIGINT NOT NULL DEFAULT 0 COMMENT 'person up to whom the present step of the work is done',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_period (period_id),
	KEY by_state (state),
	CONSTRAINT pay_run_period FOREIGN KEY (period_id) REFERENCES pay_period (id),
	CONSTRAINT pay_run_kind CHECK (kind IN ('regular', 'off_cycle', 'correction')),
	CONSTRAINT pay_run_outside CHECK (kind = 'regular' OR (reason <> '' AND pay_on IS NOT NULL)),
	CONSTRAINT pay_run_corrects CHECK ((kind = 'correction') = (corrects_id IS NOT NULL)),
	CONSTRAINT pay_run_state CHECK (state IN ('preparing', 'blocked', 'ready', 'checking', 'changed',
	    'issuing', 'issued', 'abandoned')),
	CONSTRAINT pay_run_issued CHECK (state NOT IN ('checking', 'issuing', 'issued') OR (issued_by IS NOT NULL
	    AND issued_at IS NOT NULL)),
	CONSTRAINT pay_run_signed CHECK (signed_hash IS NULL OR signed_hash <=> draft_hash),
	CONSTRAINT pay_run_two_people CHECK (issued_by IS NULL OR issued_by <> made_by)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: made_by, issued_by; purpose: who made and who signed which statements; retention: at least 10 years, then by command; erase: kept';

-- What a run is about to issue: the sums that a second person checks. Payees read `statement`
-- only, so nothing of a run is theirs to see before it is issued. Emptied then, or when the run
-- is abandoned.
CREATE TABLE pay_draft (
	pay_run_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	legal_entity_id BIGINT NULL COMMENT 'NULL: there are no payout details, which blocks the run',
	minutes INT UNSIGNED NOT NULL,
	gross_minor BIGINT NOT NULL,
	adjustment_minor BIGINT NOT NULL,
	hash BINARY(32) NOT NULL COMMENT 'SHA-256 over payer, lines and adjustments',
	PRIMARY KEY (pay_run_id, person_id, currency),
	CONSTRAINT pay_draft_run FOREIGN KEY (pay_run_id) REFERENCES pay_run (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: a pay run before it is issued; retention: until issued or abandoned; erase: deleted';

CREATE TABLE pay_draft_line (
	pay_run_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	line_no SMALLINT UNSIGNED NOT NULL,
	project_id BIGINT NOT NULL,
	kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	unit VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	minutes INT UNSIGNED NOT NULL,
	units INT UNSIGNED NOT NULL,
	rate_id BIGINT NOT NULL,
	rate_minor BIGINT NOT NULL,
	rate_from DATE NOT NULL,
	benchmark_minor BIGINT NULL,
	amount_minor BIGINT NOT NULL COMMENT 'as payable_line computed it',
	entries INT UNSIGNED NOT NULL COMMENT 'of which it is made',
	PRIMARY KEY (pay_run_id, person_id, currency, line_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: a pay run before it is issued; retention: until issued or abandoned; erase: deleted';

-- Why a run cannot be issued: approved work without a rate, a person without payout details, a
-- sum below 0. Emptied with its run's drafts.
CREATE TABLE pay_block (
	id BIGINT NOT NULL AUTO_INCREMENT,
	pay_run_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	why VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	project_id BIGINT NULL,
	unit VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NULL,
	first_day DATE NULL,
	entries INT UNSIGNED NOT NULL DEFAULT 0,
	PRIMARY KEY (id),
	KEY of_run (pay_run_id, person_id),
	CONSTRAINT pay_block_run FOREIGN KEY (pay_run_id) REFERENCES pay_run (id),
	CONSTRAINT pay_block_why CHECK (why IN ('no_rate', 'no_payee', 'below_zero'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what must be settled before people are paid; retention: until the run ends; erase: deleted';

-- What needs a look before a run is signed and does not stand in its way. Kept with an issued run:
-- its signer said that they had seen it. first and second are what why compares: minutes and the
-- cap, minor units and the usual, a rate and the market or the floor.
CREATE TABLE pay_warning (
	id BIGINT NOT NULL AUTO_INCREMENT,
	pay_run_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	why VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	project_id BIGINT NULL,
	day DATE NULL,
	n INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'entries',
	first BIGINT NOT NULL DEFAULT 0,
	second BIGINT NOT NULL DEFAULT 0,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NULL,
	PRIMARY KEY (id),
	KEY of_run (pay_run_id, why, person_id),
	CONSTRAINT pay_warning_run FOREIGN KEY (pay_run_id) REFERENCES pay_run (id) ON DELETE CASCADE,
	CONSTRAINT pay_warning_why CHECK (why IN ('no_tax_form', 'no_reference', 'below_benchmark', 'below_floor',
	    'over_cap', 'overlap', 'far_off', 'by_silence'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what was looked at before people were paid; retention: with pay_run; erase: kept under pay law';

-- How a regular run differs from the one before: who is new, gone, or paid more or less by more than
-- the configured part.
CREATE TABLE pay_variance (
	pay_run_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	why VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	was_minor BIGINT NULL,
	is_minor BIGINT NULL,
	PRIMARY KEY (pay_run_id, person_id, currency),
	KEY by_why (pay_run_id, why),
	CONSTRAINT pay_variance_run FOREIGN KEY (pay_run_id) REFERENCES pay_run (id) ON DELETE CASCADE,
	CONSTRAINT pay_variance_why CHECK (why IN ('new', 'gone', 'changed')),
	CONSTRAINT pay_variance_sums CHECK ((why = 'new') = (was_minor IS NULL) AND (why = 'gone') = (is_minor IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what was looked at before people were paid; retention: with pay_run; erase: kept under pay law';

-- Control totals: of each project what its lines come to; of each legal entity what it needs.
CREATE TABLE pay_total (
	pay_run_id BIGINT NOT NULL,
	part VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	part_id BIGINT NOT NULL COMMENT 'project or legal entity',
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	people INT UNSIGNED NOT NULL,
	minutes BIGINT NOT NULL,
	units BIGINT NOT NULL DEFAULT 0,
	gross_minor BIGINT NOT NULL,
	adjustment_minor BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (pay_run_id, part, currency, part_id),
	CONSTRAINT pay_total_run FOREIGN KEY (pay_run_id) REFERENCES pay_run (id) ON DELETE CASCADE,
	CONSTRAINT pay_total_part CHECK (part IN ('project', 'entity'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: control totals of a pay run; retention: with pay_run; erase: none';

-- Why a sign-off was refused: what is otherwise now than in the drafts that were signed.
CREATE TABLE pay_change (
	pay_run_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	was_minor BIGINT NULL,
	is_minor BIGINT NULL,
	PRIMARY KEY (pay_run_id, person_id, currency),
	CONSTRAINT pay_change_run FOREIGN KEY (pay_run_id) REFERENCES pay_run (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what must be looked at again before people are paid; retention: until abandoned; erase: deleted';

-- The least that an hour of work should bring where a person lives.
CREATE TABLE living_wage_floor (
	id BIGINT NOT NULL AUTO_INCREMENT,
	country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	hour_minor BIGINT NOT NULL,
	source VARCHAR(300) NOT NULL,
	as_of DATE NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY what (country, currency, as_of),
	CONSTRAINT living_wage_floor_some CHECK (hour_minor > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: the least that an hour should bring; a change is a new row; retention: kept; erase: none';

-- The chart of accounts as the general ledger knows it, and the cost centre of each project.
CREATE TABLE gl_account (
	item VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'work, payable, adjustment or adjustment.<kind>',
	code VARCHAR(20) NOT NULL,
	name VARCHAR(100) NOT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (item),
	CONSTRAINT gl_account_item CHECK (item IN ('work', 'payable', 'adjustment', 'adjustment.bonus',
	    'adjustment.commission', 'adjustment.deduction', 'adjustment.expense', 'adjustment.other',
	    'adjustment.overtime', 'adjustment.time_off', 'adjustment.vat', 'adjustment.correction'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: journal for the general ledger; retention: kept; erase: none';

CREATE TABLE cost_centre (
	project_id BIGINT NOT NULL,
	code VARCHAR(20) NOT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (project_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: journal for the general ledger; retention: kept; erase: none';
-- ==== payments/pay_schedule.sql
-- Who pays, in which rhythm, and the periods that come of it. Schedules are data: bi-weekly from
-- an anchor day, or semi-monthly; days are days of the schedule's zone.
CREATE TABLE legal_entity (
	id BIGINT NOT NULL AUTO_INCREMENT,
	name VARCHAR(200) NOT NULL,
	address VARCHAR(500) NOT NULL COMMENT 'one line, parts parted by ", "',
	country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: the payer on statements; a change is a new row; retention: kept; erase: none';

CREATE TABLE pay_schedule (
	id BIGINT NOT NULL AUTO_INCREMENT,
	name VARCHAR(100) NOT NULL,
	kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'biweekly',
	anchor DATE NOT NULL COMMENT 'first day of a period',
	time_zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	lock_after TINYINT UNSIGNED NOT NULL DEFAULT 2 COMMENT 'days from the last day to the lock',
	issue_after TINYINT UNSIGNED NOT NULL DEFAULT 3 COMMENT 'days from the last day to the statement',
	pay_after TINYINT UNSIGNED NOT NULL DEFAULT 5 COMMENT 'days from the last day to the funds',
	us_later TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'bank days more until the funds reach a payee in the U.S.',
	holidays VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'calendar in holiday',
	roll VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'forward' COMMENT 'to which bank day a promised day goes that is none',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY name (name),
	CONSTRAINT pay_schedule_kind CHECK (kind IN ('biweekly', 'semi_monthly')),
	CONSTRAINT pay_schedule_roll CHECK (roll IN ('forward', 'back'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: when people are paid; retention: kept; erase: none';

CREATE TABLE holiday (
	calendar VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	day DATE NOT NULL,
	name VARCHAR(100) NOT NULL,
	PRIMARY KEY (calendar, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: days on which banks move nothing; entered by people; retention: kept; erase: none';

CREATE TABLE pay_period (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	schedule_id BIGINT NOT NULL,
	start_day DATE NOT NULL,
	end_day DATE NOT NULL COMMENT 'last day, within',
	lock_at DATETIME(6) NOT NULL,
	issue_on DATE NOT NULL,
	pay_on DATE NOT NULL COMMENT 'the promised day, holidays and weekends rolled forward',
	rolled_from DATE NULL COMMENT 'the day before rolling, when it was rolled',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
	locked_by BIGINT NULL,
	locked_at DATETIME(6) NULL,
	issued_at DATETIME(6) NULL,
	late_step TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'told: 1 that statements are late, 2 that the money is, 3 in the U.S. as well',
	late_at DATETIME(6) NULL COMMENT 'when that was told first',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY start_day (schedule_id, start_day),
	KEY by_end (end_day),
	KEY by_issue (issued_at),
	KEY by_state (state, start_day),
	CONSTRAINT pay_period_schedule FOREIGN KEY (schedule_id) REFERENCES pay_schedule (id),
	CONSTRAINT pay_period_state CHECK (state IN ('open', 'locked', 'in_review', 'issued', 'paid', 'closed')),
	CONSTRAINT pay_period_days CHECK (start_day <= end_day AND end_day < issue_on AND issue_on <= pay_on),
	CONSTRAINT pay_period_lock CHECK (state = 'open' OR (locked_by IS NOT NULL AND locked_at IS NOT NULL)),
	CONSTRAINT pay_period_late CHECK (late_step = 0 OR late_at IS NOT NULL),
	CONSTRAINT pay_period_issue CHECK (state IN ('open', 'locked', 'in_review') OR issued_at IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none (locked_by: who did it); purpose: the days paid together and their promised dates; retention: at least 10 years, then by command; erase: none';

-- Each time the promised days of a period were moved, also of one that is not made yet: told to those
-- whom it pays, and counted in their calendars.
CREATE TABLE pay_move (
	id BIGINT NOT NULL AUTO_INCREMENT,
	schedule_id BIGINT NOT NULL,
	start_day DATE NOT NULL COMMENT 'of the period',
	end_day DATE NOT NULL,
	issue_before DATE NOT NULL,
	issue_on DATE NOT NULL,
	pay_before DATE NOT NULL,
	pay_on DATE NOT NULL,
	why VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	holiday DATE NOT NULL,
	moved_by BIGINT NULL COMMENT 'NULL: by the command line',
	moved_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	KEY of_period (schedule_id, start_day, id),
	CONSTRAINT pay_move_schedule FOREIGN KEY (schedule_id) REFERENCES pay_schedule (id),
	CONSTRAINT pay_move_why CHECK (why IN ('holiday_added', 'holiday_removed')),
	CONSTRAINT pay_move_some CHECK (issue_before <> issue_on OR pay_before <> pay_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none (moved_by: who did it); purpose: which promised days were moved, and why; retention: kept; erase: none';

-- The secret address of a person's pay calendar, for their own calendar program.
CREATE TABLE calendar_address (
	person_id BIGINT NOT NULL,
	token_hash BINARY(32) NOT NULL COMMENT 'SHA-256; the token itself is shown once',
	made_at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id),
	UNIQUE KEY token_hash (token_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: a calendar subscription without signing in; retention: until the person ends it; erase: deleted';
-- ==== payments/payee.sql
-- By whom and in which rhythm a person is paid. No account numbers: the payout partner keeps them.
CREATE TABLE payee (
	person_id BIGINT NOT NULL,
	legal_entity_id BIGINT NOT NULL,
	schedule_id BIGINT NOT NULL,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	partner_ref VARCHAR(60) NOT NULL DEFAULT '' COMMENT 'contract id at the payout partner',
	payout_label VARCHAR(60) NOT NULL DEFAULT '' COMMENT 'how the partner pays out, in words',
	tax_form VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'missing' COMMENT 'the form itself stands with the payout partner',
	tax_form_until DATE NULL COMMENT 'last day on which it is valid; NULL: no end',
	state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id),
	CONSTRAINT payee_entity FOREIGN KEY (legal_entity_id) REFERENCES legal_entity (id),
	CONSTRAINT payee_schedule FOREIGN KEY (schedule_id) REFERENCES pay_schedule (id),
	CONSTRAINT payee_tax_form CHECK (tax_form IN ('missing', 'asked', 'valid')),
	CONSTRAINT payee_state CHECK (state IN ('active', 'ended'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: paying; retention: at least 10 years after the last statement, then by command; erase: kept under pay law';
-- ==== payments/rate.sql
-- What the market pays, and what each person is paid from which day on.
CREATE TABLE benchmark_rate (
	id BIGINT NOT NULL AUTO_INCREMENT,
	domain VARCHAR(60) NOT NULL,
	level VARCHAR(30) NOT NULL,
	region VARCHAR(30) NOT NULL,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	unit VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	p50_minor BIGINT NOT NULL,
	p75_minor BIGINT NOT NULL,
	source VARCHAR(300) NOT NULL,
	as_of DATE NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY what (domain, level, region, currency, unit, as_of),
	CONSTRAINT benchmark_rate_unit CHECK (unit IN ('hour', 'task')),
	CONSTRAINT benchmark_rate_order CHECK (p50_minor > 0 AND p75_minor >= p50_minor)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: what the market pays; a change is a new row; retention: kept; erase: none';

-- Two rates of one person, project and unit never hold on the same day: the key says so.
-- valid_to is the first day on which the rate no longer holds; 9999-12-31: open.
CREATE TABLE rate (
	id BIGINT NOT NULL AUTO_INCREMENT,
	person_id BIGINT NOT NULL,
	project_id BIGINT NOT NULL,
	unit VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	valid_from DATE NOT NULL,
	valid_to DATE NOT NULL DEFAULT '9999-12-31',
	change_kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'initial',
	benchmark_id BIGINT NULL,
	benchmark_minor BIGINT NULL COMMENT 'market median when the rate was set',
	offer_id BIGINT NULL COMMENT 'the signed offer, in onboarding',
	set_by BIGINT NULL,
	below_by BIGINT NULL COMMENT 'second person who allowed a rate below the benchmark',
	below_reason VARCHAR(500) NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PERIOD FOR validity (valid_from, valid_to),
	PRIMARY KEY (id),
	UNIQUE KEY one_at_a_time (person_id, project_id, unit, validity WITHOUT OVERLAPS),
	KEY of_offer (offer_id),
	KEY ended (valid_to),
	CONSTRAINT rate_benchmark FOREIGN KEY (benchmark_id) REFERENCES benchmark_rate (id),
	CONSTRAINT rate_unit CHECK (unit IN ('hour', 'task')),
	CONSTRAINT rate_amount CHECK (amount_minor > 0),
	CONSTRAINT rate_change CHECK (change_kind IN ('initial', 'raise', 'promotion', 'new_project', 'decrease')),
	CONSTRAINT rate_above_benchmark CHECK (benchmark_minor IS NULL OR amount_minor >= benchmark_minor
	    OR (COALESCE(below_by <> set_by, 0) AND COALESCE(below_reason, '') <> ''))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what is paid for whose work from when; retention: at least 10 years, then by command; erase: kept under pay law';
-- ==== payments/referral.sql
-- Who brought whom, what that is worth, and whether it is earned and paid: a list of its own. Statements
-- show it apart; no sum holds it.
CREATE TABLE referral (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	person_id BIGINT NOT NULL COMMENT 'who brought somebody',
	brought VARCHAR(200) NOT NULL COMMENT 'whom, by the name that the person knows',
	amount_minor BIGINT NOT NULL,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	since DATE NOT NULL,
	state VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'waiting',
	earned_on DATE NULL,
	paid_on DATE NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	added_by BIGINT NOT NULL,
	added_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_person (person_id, since),
	KEY by_state (state, since),
	CONSTRAINT referral_amount CHECK (amount_minor > 0),
	CONSTRAINT referral_state CHECK (state IN ('waiting', 'earned', 'paid')),
	CONSTRAINT referral_earned CHECK (state = 'waiting' OR earned_on IS NOT NULL),
	CONSTRAINT referral_paid CHECK (state <> 'paid' OR paid_on IS NOT NULL),
	CONSTRAINT referral_not_self CHECK (added_by <> person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, brought; purpose: what was promised for bringing somebody; retention: at least 10 years, then by command; erase: kept under pay law';
-- ==== payments/statement.sql
-- The account of one period for one person, never changed once issued: the plugin's account may
-- update the steps of payment only. Stored by person, newest first, as it is read.
CREATE TABLE statement (
	person_id BIGINT NOT NULL,
	period_end DATE NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	period_id BIGINT NOT NULL,
	period_start DATE NOT NULL,
	pay_run_id BIGINT NOT NULL,
	legal_entity_id BIGINT NOT NULL,
	payee_name VARCHAR(200) NOT NULL COMMENT 'legal name on the day of issue',
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	minutes INT UNSIGNED NOT NULL,
	gross_minor BIGINT NOT NULL COMMENT 'sum of the lines',
	adjustment_minor BIGINT NOT NULL COMMENT 'sum of the adjustments',
	net_minor BIGINT NOT NULL,
	corrects_id BIGINT NULL COMMENT 'supplementary: the statement that it corrects',
	issued_at DATETIME(6) NOT NULL,
	promised_on DATE NOT NULL,
	state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'issued',
	sent_on DATE NULL,
	funds_on DATE NULL,
	late_cause VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (person_id, period_end DESC, id DESC),
	UNIQUE KEY id (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY once (pay_run_id, person_id, currency),
	KEY of_period (period_id, person_id),
	CONSTRAINT statement_period FOREIGN KEY (period_id) REFERENCES pay_period (id),
	CONSTRAINT statement_pay_run FOREIGN KEY (pay_run_id) REFERENCES pay_run (id),
	CONSTRAINT statement_legal_entity FOREIGN KEY (legal_entity_id) REFERENCES legal_entity (id),
	CONSTRAINT statement_corrects FOREIGN KEY (corrects_id) REFERENCES statement (id),
	CONSTRAINT statement_net CHECK (net_minor = gross_minor + adjustment_minor AND net_minor >= 0),
	CONSTRAINT statement_state CHECK (state IN ('issued', 'sent', 'failed', 'funds_available', 'received')),
	CONSTRAINT statement_funds CHECK (state NOT IN ('funds_available', 'received') OR funds_on IS NOT NULL),
	CONSTRAINT statement_late CHECK (late_cause IS NULL OR late_cause IN ('holiday_roll',
	    'payee_details_missing', 'tax_form_missing', 'partner_fault', 'bank_return', 'our_lateness',
	    'dispute_part'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what was paid, when and why; retention: at least 10 years, then by command; erase: kept under pay law';

CREATE TABLE statement_line (
	statement_id BIGINT NOT NULL,
	line_no SMALLINT UNSIGNED NOT NULL,
	project_id BIGINT NOT NULL,
	project_name VARCHAR(120) NOT NULL,
	kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	unit VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	minutes INT UNSIGNED NOT NULL,
	units INT UNSIGNED NOT NULL DEFAULT 0,
	rate_id BIGINT NOT NULL,
	rate_minor BIGINT NOT NULL,
	rate_from DATE NOT NULL,
	benchmark_minor BIGINT NULL,
	amount_minor BIGINT NOT NULL COMMENT 'as payable_line computed it',
	PRIMARY KEY (statement_id, line_no),
	CONSTRAINT statement_line_statement FOREIGN KEY (statement_id) REFERENCES statement (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through statement; purpose: what each amount is for; retention: at least 10 years, then by command; erase: kept under pay law';

-- Which entries a line is made of: each approved entry stands on exactly one statement.
CREATE TABLE statement_entry (
	statement_id BIGINT NOT NULL,
	line_no SMALLINT UNSIGNED NOT NULL,
	work_entry_id BIGINT NOT NULL,
	PRIMARY KEY (statement_id, line_no, work_entry_id),
	UNIQUE KEY once (work_entry_id),
	CONSTRAINT statement_entry_line FOREIGN KEY (statement_id, line_no) REFERENCES statement_line (statement_id, line_no),
	CONSTRAINT statement_entry_entry FOREIGN KEY (work_entry_id) REFERENCES work_entry (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through statement; purpose: proof of each line; retention: at least 10 years, then by command; erase: kept under pay law';

CREATE TABLE statement_adjustment (
	statement_id BIGINT NOT NULL,
	adjustment_id BIGINT NOT NULL,
	PRIMARY KEY (statement_id, adjustment_id),
	UNIQUE KEY once (adjustment_id),
	CONSTRAINT statement_adjustment_statement FOREIGN KEY (statement_id) REFERENCES statement (id),
	CONSTRAINT statement_adjustment_adjustment FOREIGN KEY (adjustment_id) REFERENCES adjustment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through statement; purpose: each adjustment on exactly one statement; retention: at least 10 years, then by command; erase: kept under pay law';
-- ==== payments/work_entry.sql
-- What a person worked on a day. Read by person and day, so stored by person and day.
-- period_id is the period that pays it: that of the day, or the open one when it came late.
CREATE TABLE work_entry (
	person_id BIGINT NOT NULL,
	day DATE NOT NULL COMMENT 'in the zone of the schedule',
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	project_id BIGINT NOT NULL,
	period_id BIGINT NOT NULL,
	off_cycle_id BIGINT NOT NULL DEFAULT 0 COMMENT 'the pay run outside the schedule that pays it; 0: that of its period',
	kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	minutes INT UNSIGNED NOT NULL,
	units INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'tasks done; above 0: paid by task, minutes are then only told',
	pay_unit VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin
	    GENERATED ALWAYS AS (IF(units > 0, 'task', 'hour')) VIRTUAL,
	source VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	began_at DATETIME(6) NULL COMMENT 'its start, where the source told it; finds overlaps',
	external_key BINARY(32) NULL COMMENT 'hash of all cells and the occurrence, or of the sender''s own key: the same row is never taken twice',
	import_id BIGINT NULL,
	note VARCHAR(1000) NOT NULL DEFAULT '',
	state VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'submitted',
	decided_by BIGINT NULL COMMENT 'who approved, queried or rejected it; NULL with approved: silence until the lock',
	decided_at DATETIME(6) NULL,
	reason VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'code of a query or rejection',
	question VARCHAR(1000) NULL,
	answer VARCHAR(1000) NULL,
	evidence VARCHAR(1000) NULL COMMENT 'what a rejection rests on, told to the person',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_by BIGINT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id, day, id),
	UNIQUE KEY id (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY external (source, external_key),
	KEY of_period (period_id, state, person_id, day, off_cycle_id),
	KEY waiting (state, period_id),
	KEY of_import (import_id),
	CONSTRAINT work_entry_period FOREIGN KEY (period_id) REFERENCES pay_period (id),
	CONSTRAINT work_entry_import FOREIGN KEY (import_id) REFERENCES import_batch (id) ON DELETE SET NULL,
	CONSTRAINT work_entry_kind CHECK (kind IN ('production', 'review', 'training', 'assessment',
	    'meeting', 'one_on_one', 'rework', 'survey')),
	CONSTRAINT work_entry_source CHECK (source IN ('toggl', 'clockify', 'harvest', 'hubstaff',
	    'deel', 'generic', 'own', 'manual', 'system')),
	CONSTRAINT work_entry_some CHECK (minutes > 0 OR units > 0),
	CONSTRAINT work_entry_day CHECK (minutes <= 1440),
	CONSTRAINT work_entry_state CHECK (state IN ('submitted', 'approved', 'queried', 'rejected',
	    'disputed', 'rejected_final')),
	CONSTRAINT work_entry_decided CHECK (state = 'submitted' OR decided_at IS NOT NULL),
	CONSTRAINT work_entry_by_human CHECK (state NOT IN ('queried', 'rejected', 'rejected_final')
	    OR (decided_by IS NOT NULL AND reason IS NOT NULL)),
	CONSTRAINT work_entry_asked CHECK (state NOT IN ('rejected', 'rejected_final')
	    OR (question IS NOT NULL AND evidence IS NOT NULL)),
	CONSTRAINT work_entry_not_self CHECK (decided_by IS NULL OR decided_by <> person_id),
	CONSTRAINT work_entry_reason CHECK (reason IS NULL OR reason IN ('not_on_project', 'duplicate',
	    'no_matching_work', 'over_own_cap_unconfirmed', 'wrong_kind', 'fraud_evidence'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what is paid, and why; retention: at least 10 years, then by command; erase: kept under pay law, note emptied';

-- More hours in a week than were agreed for a project: the person is asked, nothing is cut and
-- nothing waits for the answer. One row for each person, project and week.
CREATE TABLE cap_question (
	person_id BIGINT NOT NULL,
	project_id BIGINT NOT NULL,
	week DATE NOT NULL COMMENT 'its Monday',
	public_id BINARY(16) NOT NULL,
	cap_minutes INT UNSIGNED NOT NULL COMMENT 'what was agreed for a week',
	minutes INT UNSIGNED NOT NULL COMMENT 'what was entered when it was asked',
	state VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'asked',
	answer VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'what is not right, in the words of the person',
	asked_at DATETIME(6) NOT NULL,
	answered_at DATETIME(6) NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (person_id, project_id, week),
	UNIQUE KEY public_id (public_id),
	KEY by_state (state, asked_at),
	KEY by_time (asked_at),
	CONSTRAINT cap_question_state CHECK (state IN ('asked', 'confirmed', 'denied')),
	CONSTRAINT cap_question_over CHECK (minutes > cap_minutes),
	CONSTRAINT cap_question_answered CHECK ((state = 'asked') = (answered_at IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: hours above what was agreed, confirmed by the person; retention: 2 years; erase: deleted';
