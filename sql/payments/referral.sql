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
