-- A file of time entries on its way in: read by the parser process, shown as a preview, taken
-- whole or not at all, unless somebody chooses to take the good rows. A call of the API is a
-- batch as well, taken in the transaction in which it is read.
CREATE TABLE import_batch (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	file_name VARCHAR(255) NOT NULL,
	file_hash BINARY(32) NOT NULL,
	way VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'file',
	source VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	options JSON NOT NULL DEFAULT '{}' COMMENT 'dates, zone, person as given',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'preview',
	rows_read INT UNSIGNED NOT NULL DEFAULT 0,
	rows_new INT UNSIGNED NOT NULL DEFAULT 0,
	rows_known INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'here already from an earlier file',
	rows_empty INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'entries of 0 minutes',
	rows_bad INT UNSIGNED NOT NULL DEFAULT 0,
	good_only TINYINT NOT NULL DEFAULT 0 COMMENT '1: taken without the rows that could not be used',
	started_by BIGINT NULL COMMENT 'NULL: from the command line',
	started_at DATETIME(6) NOT NULL,
	done_at DATETIME(6) NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY by_time (started_at),
	KEY by_way (way, started_at),
	CONSTRAINT import_batch_source CHECK (source IN ('toggl', 'clockify', 'harvest', 'hubstaff',
	    'deel', 'generic', 'own')),
	CONSTRAINT import_batch_way CHECK (way IN ('file', 'api')),
	CONSTRAINT import_batch_state CHECK (state IN ('preview', 'done', 'refused', 'abandoned')),
	CONSTRAINT import_batch_done CHECK (state <> 'done' OR (done_at IS NOT NULL
	    AND (rows_bad = 0 OR good_only = 1)))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: started_by; purpose: which file brought which entries; retention: 2 years; erase: kept';

-- What the preview shows and the confirmation takes. Emptied when the batch is done or abandoned,
-- but of a call of the API only when it cannot be repeated any more.
CREATE TABLE import_row (
	batch_id BIGINT NOT NULL,
	row_no INT UNSIGNED NOT NULL COMMENT 'line of the file, the header is 1',
	verdict VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	person_id BIGINT NULL,
	project_id BIGINT NULL,
	who VARCHAR(254) NOT NULL DEFAULT '' COMMENT 'as the file names the person',
	project_name VARCHAR(255) NOT NULL DEFAULT '' COMMENT 'as the file names it',
	day DATE NULL,
	minutes INT UNSIGNED NULL,
	units INT UNSIGNED NOT NULL DEFAULT 0,
	kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'production',
	began_at DATETIME(6) NULL,
	overlap_row INT UNSIGNED NULL COMMENT 'a row of the same file with which it overlaps',
	overlap_entry BIGINT NULL COMMENT 'an entry that is here already with which it overlaps',
	external_key BINARY(32) NULL,
	marks TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'bits of enum tracker_note',
	note VARCHAR(1000) NOT NULL DEFAULT '',
	PRIMARY KEY (batch_id, row_no),
	CONSTRAINT import_row_batch FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE,
	KEY of_person (batch_id, person_id, day),
	CONSTRAINT import_row_verdict CHECK (verdict IN ('new', 'known', 'empty', 'bad')),
	CONSTRAINT import_row_new CHECK (verdict <> 'new' OR (person_id IS NOT NULL AND project_id IS NOT NULL
	    AND day IS NOT NULL AND minutes IS NOT NULL AND external_key IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: preview of an import; retention: until taken, 7 days at most; erase: deleted';

CREATE TABLE import_fault (
	batch_id BIGINT NOT NULL,
	fault_no INT UNSIGNED NOT NULL,
	row_no INT UNSIGNED NOT NULL COMMENT '0: the file as a whole',
	column_name VARCHAR(100) NOT NULL DEFAULT '',
	code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'key of a sentence in words',
	value VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'what stood there, shortened',
	PRIMARY KEY (batch_id, fault_no),
	CONSTRAINT import_fault_batch FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: why a file was not taken; retention: with import_batch; erase: deleted with it';

-- How files name people and projects when the name is not our own.
CREATE TABLE import_name (
	what VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	name VARCHAR(255) NOT NULL,
	target_id BIGINT NOT NULL COMMENT 'person or project',
	set_by BIGINT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (what, name),
	CONSTRAINT import_name_what CHECK (what IN ('person', 'project'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: target_id where what is person; purpose: matching imported names; retention: kept, a person''s 3 years after the engagement; erase: deleted';
