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
