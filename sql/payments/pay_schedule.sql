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
