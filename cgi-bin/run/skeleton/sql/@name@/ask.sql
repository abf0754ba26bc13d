-- What people ask, and the answer. Read by person and time; what is open, by when it is due.
CREATE TABLE ask (
	person_id BIGINT NOT NULL,
	asked_at DATETIME(6) NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	title VARCHAR(120) NOT NULL,
	body TEXT NOT NULL,
	due_at DATETIME(6) NOT NULL,
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
	answer TEXT NULL,
	answered_by BIGINT NULL,
	answered_at DATETIME(6) NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (person_id, asked_at DESC, id DESC),
	UNIQUE KEY id (id),
	UNIQUE KEY public_id (public_id),
	KEY open (state, due_at),
	KEY answered (state, answered_at),
	CONSTRAINT ask_words CHECK (title <> '' AND body <> ''),
	CONSTRAINT ask_state CHECK (state IN ('open', 'answered')),
	CONSTRAINT ask_answered CHECK ((state = 'answered') = (answer IS NOT NULL AND answered_by IS NOT NULL
	    AND answered_at IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, answered_by; purpose: questions and their answers; retention: 2 years after the answer; erase: deleted';
