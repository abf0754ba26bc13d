-- A file of people on its way in: read by the parser process, shown as a preview, applied by a job
-- once somebody has said so. Whom a file does not name is left as they are.
CREATE TABLE people_import (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	file_name VARCHAR(255) NOT NULL,
	file_hash BINARY(32) NOT NULL,
	header MEDIUMTEXT NOT NULL COMMENT 'names of the columns, as in the file, parted by U+001E',
	unused VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'columns that nothing is taken from',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'preview',
	invite TINYINT NOT NULL DEFAULT 0 COMMENT '1: new people are written to',
	rows_read INT UNSIGNED NOT NULL DEFAULT 0,
	rows_new INT UNSIGNED NOT NULL DEFAULT 0,
	rows_same INT UNSIGNED NOT NULL DEFAULT 0,
	rows_changed INT UNSIGNED NOT NULL DEFAULT 0,
	rows_bad INT UNSIGNED NOT NULL DEFAULT 0,
	rows_late INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'changed by somebody else since the preview: left alone',
	started_by BIGINT NULL COMMENT 'NULL: from the command line',
	started_at DATETIME(6) NOT NULL,
	decided_by BIGINT NULL COMMENT 'who applied or gave it up',
	done_at DATETIME(6) NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY by_time (started_at),
	CONSTRAINT people_import_state CHECK (state IN ('preview', 'applying', 'done', 'abandoned')),
	CONSTRAINT people_import_done CHECK (state <> 'done' OR done_at IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: started_by; purpose: which file brought which people; retention: 2 years; erase: kept';

-- Rows with an error keep the cells of the file, so that they can be given back. Everything is
-- deleted 7 days after the file was sent.
CREATE TABLE people_import_row (
	import_id BIGINT NOT NULL,
	row_no INT UNSIGNED NOT NULL COMMENT 'line of the file, the header is 1',
	verdict VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	person_id BIGINT NULL,
	person_version INT UNSIGNED NULL COMMENT 'of person when the preview was made',
	legal_name VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'empty: stays as it is',
	preferred_name VARCHAR(120) NOT NULL DEFAULT '',
	email VARCHAR(254) NOT NULL DEFAULT '',
	time_zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
	country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
	locale VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
	roles INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'bit mask, see role_bit()',
	changes VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'fields that differ, parted by commas',
	cells MEDIUMTEXT NULL COMMENT 'of a row with an error: as in the file, parted by U+001E',
	PRIMARY KEY (import_id, row_no),
	KEY by_verdict (import_id, verdict, row_no),
	CONSTRAINT people_import_row_import FOREIGN KEY (import_id) REFERENCES people_import (id) ON DELETE CASCADE,
	CONSTRAINT people_import_row_verdict CHECK (verdict IN ('new', 'same', 'changed', 'bad', 'added',
	    'updated', 'late'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, or nobody yet; purpose: preview of an import; retention: 7 days; erase: deleted';

CREATE TABLE people_import_fault (
	import_id BIGINT NOT NULL,
	fault_no INT UNSIGNED NOT NULL,
	row_no INT UNSIGNED NOT NULL,
	column_name VARCHAR(100) NOT NULL DEFAULT '',
	code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'key of a sentence in words',
	value VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'what stood there, shortened',
	PRIMARY KEY (import_id, fault_no),
	KEY by_row (import_id, row_no),
	CONSTRAINT people_import_fault_import FOREIGN KEY (import_id) REFERENCES people_import (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none, but may name one; purpose: why a row was not taken; retention: 7 days; erase: deleted';
