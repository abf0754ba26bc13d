-- Each time an HDM and a person of theirs were in touch: a fact, never changed. Read by person and
-- time. The person sees it the same minute; its words stand in note.
CREATE TABLE contact (
	person_id BIGINT NOT NULL,
	at DATETIME(6) NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	hdm_person_id BIGINT NOT NULL,
	kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id, at DESC, id DESC),
	UNIQUE KEY id (id),
	KEY of_hdm (hdm_person_id, at),
	KEY by_time (at),
	CONSTRAINT contact_kind CHECK (kind IN ('message', 'call', 'one_on_one', 'feedback')),
	CONSTRAINT contact_other CHECK (hdm_person_id <> person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, hdm_person_id; purpose: nobody goes without contact; retention: 2 years; erase: deleted';

-- Words about a person, mostly of a contact: shared is read by both, private by its author only.
-- What was shared stays shared; its words may be corrected.
CREATE TABLE note (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	person_id BIGINT NOT NULL,
	author_id BIGINT NOT NULL,
	contact_id BIGINT NULL,
	visibility VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'shared',
	body TEXT NOT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	changed_at DATETIME(6) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY of_contact (contact_id),
	KEY of_person (person_id, created_at),
	KEY by_time (created_at),
	CONSTRAINT note_contact FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE CASCADE,
	CONSTRAINT note_words CHECK (body <> ''),
	CONSTRAINT note_visibility CHECK (visibility IN ('shared', 'private'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, author_id; purpose: what was agreed; retention: 2 years, one of a contact with contact; erase: deleted';

-- A talk that is due. The first one comes from the event that an engagement became active.
CREATE TABLE one_on_one (
	id BIGINT NOT NULL AUTO_INCREMENT,
	person_id BIGINT NOT NULL,
	engagement_id BIGINT NULL COMMENT 'row of onboarding''s published_engagement',
	due_at DATETIME(6) NOT NULL,
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'due',
	contact_id BIGINT NULL COMMENT 'the contact by which it was held',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY once (person_id, engagement_id),
	KEY of_person (person_id, state, due_at),
	KEY by_time (due_at),
	CONSTRAINT one_on_one_state CHECK (state IN ('due', 'held', 'cancelled')),
	CONSTRAINT one_on_one_held CHECK (state <> 'held' OR contact_id IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: nobody starts without a talk; retention: 2 years after it was held or cancelled; erase: deleted';

-- Who was told that somebody still has not heard from their HDM: a row for each clock that has passed,
-- until the person hears or the clock is another. step 1: the HDM, 2: the HDLs as well.
CREATE TABLE overdue_told (
	pod_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	what VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	due_at DATETIME(6) NOT NULL COMMENT 'of the clock that was told',
	step TINYINT UNSIGNED NOT NULL,
	told_at DATETIME(6) NOT NULL,
	PRIMARY KEY (pod_id, person_id, what),
	CONSTRAINT overdue_told_what CHECK (what IN ('contact', 'talk')),
	CONSTRAINT overdue_told_step CHECK (step IN (1, 2))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: telling each delay once; retention: until they are in touch; erase: deleted';
