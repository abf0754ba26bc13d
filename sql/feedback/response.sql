-- Until a run closes: one row per invitation, AES-256-GCM under the run's key, padded. Written in
-- one transaction with the invitation's state; replaced when edited; deleted when the run closes.
CREATE TABLE sealed_response (
	run_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	sealed MEDIUMBLOB NOT NULL COMMENT 'padded to 1, 4, 16 or 64 KiB before sealing',
	complete TINYINT NOT NULL DEFAULT 0 COMMENT '1: holds answers that were sent, not only saved',
	PRIMARY KEY (run_id, person_id),
	CONSTRAINT sealed_response_invitation FOREIGN KEY (run_id, person_id)
	    REFERENCES invitation (run_id, person_id),
	CONSTRAINT sealed_response_complete CHECK (complete IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id, unreadable without the key file; purpose: an answer that can be edited until the close; retention: until the close; erase: deleted';

-- After the close: random ids made by the closing job, shuffled, without person, pod or date.
CREATE TABLE response (
	id BINARY(16) NOT NULL,
	run_id BIGINT NOT NULL,
	PRIMARY KEY (id),
	KEY of_run (run_id),
	CONSTRAINT response_run FOREIGN KEY (run_id) REFERENCES survey_run (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none, anonymous; purpose: results; retention: 3 years after the close; erase: cannot be found';

CREATE TABLE answer (
	response_id BINARY(16) NOT NULL,
	answer_key VARCHAR(140) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'key of common/data/questionnaire.h',
	kind VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	choice VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'code of the chosen answer',
	number DECIMAL(24,6) NULL,
	words TEXT NULL,
	PRIMARY KEY (response_id, answer_key),
	CONSTRAINT answer_response FOREIGN KEY (response_id) REFERENCES response (id) ON DELETE CASCADE,
	CONSTRAINT answer_kind CHECK ((kind = 'choice' AND choice IS NOT NULL) OR (kind = 'number'
	    AND number IS NOT NULL) OR (kind = 'text' AND words IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none, anonymous; purpose: results; retention: with response; erase: cannot be found';
