-- Each time an HDM and a person of theirs were in touch. Read by person and time.
CREATE TABLE contact (
	person_id BIGINT NOT NULL,
	at DATETIME(6) NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	hdm_person_id BIGINT NOT NULL,
	kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	note VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'readable by the person too',
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id, at DESC, id DESC),
	UNIQUE KEY id (id),
	KEY of_hdm (hdm_person_id, at),
	CONSTRAINT contact_kind CHECK (kind IN ('message', 'call', 'one_on_one', 'feedback')),
	CONSTRAINT contact_other CHECK (hdm_person_id <> person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, hdm_person_id; purpose: nobody goes without contact; retention: 2 years; erase: deleted';

-- A note: shared is read by both, private by its author only.
CREATE TABLE note (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	person_id BIGINT NOT NULL,
	author_id BIGINT NOT NULL,
	visibility VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'shared',
	body TEXT NOT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_person (person_id, created_at),
	CONSTRAINT note_visibility CHECK (visibility IN ('shared', 'private'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, author_id; purpose: what was agreed; retention: 2 years; erase: deleted';
