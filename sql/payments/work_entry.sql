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
