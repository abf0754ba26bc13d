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
