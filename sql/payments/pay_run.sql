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
