-- When a person was on their home page, so that it can say what is new since. A visit ends when
-- home was not asked for 30 minutes; until then reloading shows the same list. seen_at is written at
-- most every 5 minutes (home.c), so it may lag behind: something is told twice rather than never.
CREATE TABLE home_visit (
	person_id BIGINT NOT NULL,
	since_at DATETIME(6) NULL COMMENT 'the end of the visit before: what is newer is new; NULL: this is the first',
	seen_at DATETIME(6) NOT NULL COMMENT 'home was last asked for in this visit',
	PRIMARY KEY (person_id),
	CONSTRAINT home_visit_person FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what is new since the last visit; retention: until the names of person go, after 3 years; erase: deleted';
