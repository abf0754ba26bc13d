-- A survey: why it is asked, and with which questionnaire. A run keeps its own copy of both.
CREATE TABLE survey (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	title VARCHAR(200) NOT NULL,
	purpose VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'proposed for each run',
	questionnaire_id BIGINT NOT NULL COMMENT 'the newest; a run keeps its own',
	anonymity VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'anonymous',
	owner_person_id BIGINT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	CONSTRAINT survey_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaire (id),
	CONSTRAINT survey_anonymity CHECK (anonymity IN ('anonymous')),
	CONSTRAINT survey_words CHECK (title <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: owner_person_id; purpose: hearing people; retention: kept; erase: none';

-- A file that somebody imported, read but in use only when survey_id is set: then its document has
-- become a questionnaire.
CREATE TABLE survey_file (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	file_name VARCHAR(200) NOT NULL,
	title VARCHAR(200) NOT NULL COMMENT 'of the document, else the name of the file',
	document JSON NOT NULL,
	survey_id BIGINT NULL,
	questionnaire_id BIGINT NULL,
	created_by BIGINT NULL COMMENT 'NULL: the command line',
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	CONSTRAINT survey_file_survey FOREIGN KEY (survey_id) REFERENCES survey (id),
	CONSTRAINT survey_file_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaire (id),
	CONSTRAINT survey_file_used CHECK ((survey_id IS NULL) = (questionnaire_id IS NULL)),
	CONSTRAINT survey_file_title CHECK (title <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: created_by; purpose: what was imported, by whom; retention: kept; erase: none';

-- What the importer said of the file, one line each: a question that came along, one that did not,
-- or something of one that was left out.
CREATE TABLE survey_import (
	file_id BIGINT NOT NULL,
	item_no INT UNSIGNED NOT NULL,
	verdict VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	item VARCHAR(160) NOT NULL COMMENT 'question code; empty: the survey; group/2',
	code VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'end of a key in words',
	detail VARCHAR(500) NOT NULL DEFAULT '',
	PRIMARY KEY (file_id, item_no),
	CONSTRAINT survey_import_file FOREIGN KEY (file_id) REFERENCES survey_file (id) ON DELETE CASCADE,
	CONSTRAINT survey_import_verdict CHECK (verdict IN ('kept', 'changed', 'not_kept'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: what an imported file held and what of it was kept; retention: with survey_file; erase: none';
