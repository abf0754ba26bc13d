-- A structured interview in writing: open at any hour, saved answer by answer, never timed.
CREATE TABLE interview (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	application_id BIGINT NOT NULL,
	questionnaire_id BIGINT NOT NULL,
	state VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
	opened_at DATETIME(6) NOT NULL,
	started_at DATETIME(6) NULL,
	submitted_at DATETIME(6) NULL,
	incident TINYINT NOT NULL DEFAULT 0 COMMENT '1: a technical fault was told',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_application (application_id),
	CONSTRAINT interview_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
	CONSTRAINT interview_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaire (id),
	CONSTRAINT interview_state CHECK (state IN ('open', 'started', 'interrupted', 'submitted')),
	CONSTRAINT interview_submitted CHECK (state <> 'submitted' OR submitted_at IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application; purpose: the same questions for everyone of a role; retention: with application; erase: deleted';

CREATE TABLE interview_answer (
	interview_id BIGINT NOT NULL,
	answer_key VARCHAR(140) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'key of common/data/questionnaire.h',
	value TEXT NOT NULL,
	saved_at DATETIME(6) NOT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (interview_id, answer_key),
	CONSTRAINT interview_answer_interview FOREIGN KEY (interview_id) REFERENCES interview (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application; purpose: what the reviewer reads; retention: with interview; erase: deleted';
