-- One round of a survey. min_group may be raised, never below 5; after the first answer neither it
-- nor the questionnaire changes.
CREATE TABLE survey_run (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	survey_id BIGINT NOT NULL,
	questionnaire_id BIGINT NOT NULL,
	state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'draft',
	opens_at DATETIME(6) NOT NULL,
	closes_at DATETIME(6) NOT NULL,
	opened_at DATETIME(6) NULL,
	closed_at DATETIME(6) NULL,
	published_at DATETIME(6) NULL,
	min_group SMALLINT UNSIGNED NOT NULL DEFAULT 5,
	paid_minutes SMALLINT UNSIGNED NOT NULL DEFAULT 10 COMMENT 'credited to everyone invited, answered or not',
	key_name VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'key file of the open run; NULL once destroyed',
	invited INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'counted when it opens',
	answered INT UNSIGNED NULL COMMENT 'counted when it closes, never before',
	created_by BIGINT NULL,
	created_at DATETIME(6) NOT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_survey (survey_id, opens_at),
	KEY by_state (state, closes_at),
	CONSTRAINT survey_run_survey FOREIGN KEY (survey_id) REFERENCES survey (id),
	CONSTRAINT survey_run_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaire (id),
	CONSTRAINT survey_run_state CHECK (state IN ('draft', 'reviewed', 'open', 'closing', 'closed',
	    'published', 'actions_assigned', 'reported_back')),
	CONSTRAINT survey_run_group CHECK (min_group >= 5),
	CONSTRAINT survey_run_order CHECK (opens_at < closes_at),
	CONSTRAINT survey_run_key CHECK (state IN ('draft', 'reviewed', 'open', 'closing') OR key_name IS NULL),
	CONSTRAINT survey_run_count CHECK (answered IS NULL OR state NOT IN ('draft', 'reviewed', 'open')),
	CONSTRAINT survey_run_published CHECK (state NOT IN ('published', 'actions_assigned', 'reported_back')
	    OR published_at IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: created_by; purpose: when who was asked; retention: kept; erase: none';

-- Who is asked. The flag 'answered' lives only while the run is open: closing counts it per pod into
-- run_pod and sets every invitation to 'closed', so who answered is nobody's business afterwards.
CREATE TABLE invitation (
	run_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	pod_id BIGINT NULL COMMENT 'the pod at the time of asking',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'queued',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (run_id, person_id),
	KEY of_person (person_id, run_id),
	CONSTRAINT invitation_run FOREIGN KEY (run_id) REFERENCES survey_run (id),
	CONSTRAINT invitation_state CHECK (state IN ('queued', 'sent', 'opened', 'answered', 'opted_out', 'closed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: asking, and crediting the minutes; retention: 2 years; erase: deleted';

-- Counts per pod, written when a run closes.
CREATE TABLE run_pod (
	run_id BIGINT NOT NULL,
	pod_id BIGINT NOT NULL,
	invited INT UNSIGNED NOT NULL,
	answered INT UNSIGNED NOT NULL,
	PRIMARY KEY (run_id, pod_id),
	KEY of_pod (pod_id, run_id),
	CONSTRAINT run_pod_run FOREIGN KEY (run_id) REFERENCES survey_run (id),
	CONSTRAINT run_pod_order CHECK (answered <= invited)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: a pod''s rate, shown from 5 invited on; retention: kept; erase: none';
