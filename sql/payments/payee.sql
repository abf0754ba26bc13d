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
