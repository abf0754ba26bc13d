-- What is added to or taken from a statement beside time: proposed by one, approved by another.
CREATE TABLE adjustment (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	person_id BIGINT NOT NULL,
	period_id BIGINT NOT NULL COMMENT 'the period that pays it',
	kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	amount_minor BIGINT NOT NULL COMMENT 'below 0 only for a deduction or correction',
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	reason VARCHAR(500) NOT NULL,
	state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'proposed',
	proposed_by BIGINT NOT NULL,
	proposed_at DATETIME(6) NOT NULL,
	decided_by BIGINT NULL,
	decided_at DATETIME(6) NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_period (period_id, state, person_id),
	KEY of_person (person_id, period_id),
	CONSTRAINT adjustment_period FOREIGN KEY (period_id) REFERENCES pay_period (id),
	CONSTRAINT adjustment_kind CHECK (kind IN ('bonus', 'commission', 'deduction', 'expense', 'other',
	    'overtime', 'time_off', 'vat', 'correction')),
	CONSTRAINT adjustment_sign CHECK (amount_minor > 0 OR (amount_minor < 0 AND kind IN ('deduction', 'correction'))),
	CONSTRAINT adjustment_state CHECK (state IN ('proposed', 'approved', 'declined')),
	CONSTRAINT adjustment_decided CHECK (state = 'proposed' OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
	CONSTRAINT adjustment_two_people CHECK (decided_by IS NULL OR (decided_by <> proposed_by AND decided_by <> person_id))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: bonuses, expenses and corrections with reason and approver; retention: 10 years; erase: kept under pay law';
