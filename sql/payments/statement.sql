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
