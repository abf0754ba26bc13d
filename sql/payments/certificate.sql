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
