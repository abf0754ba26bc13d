-- One round of a survey. What people are told when they are asked (purpose, threshold, minutes) is
-- sealed when it opens. min_group may be raised before, never below 5. While a run is open its key
-- lies in the key folder of the machine, in no database and no backup; 'closing': the answers are
-- written without names, the key is being destroyed; 'closed': it is destroyed.
CREATE TABLE survey_run (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	survey_id BIGINT NOT NULL,
	questionnaire_id BIGINT NOT NULL,
	purpose VARCHAR(1000) NOT NULL COMMENT 'shown to everyone who is asked',
	state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'draft',
	audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'all',
	audience_id BIGINT NULL COMMENT 'project or pod',
	opens_at DATETIME(6) NOT NULL,
	closes_at DATETIME(6) NOT NULL,
	opened_at DATETIME(6) NULL,
	closed_at DATETIME(6) NULL,
	published_at DATETIME(6) NULL,
	min_group SMALLINT UNSIGNED NOT NULL DEFAULT 5,
	paid_minutes SMALLINT UNSIGNED NOT NULL DEFAULT 10 COMMENT 'credited to everyone invited, answered or not',
	invited INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'counted when it opens',
	answered INT UNSIGNED NULL COMMENT 'counted when it closes, never before',
	unreadable INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'sealed answers that could not be opened at the close',
	give_up TINYINT NOT NULL DEFAULT 0 COMMENT 'somebody decided to close it without its lost key',
	created_by BIGINT NULL,
	reviewed_by BIGINT NULL,
	published_by BIGINT NULL,
	created_at DATETIME(6) NOT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	KEY of_survey (survey_id, opens_at),
	KEY to_open (state, opens_at),
	KEY to_close (state, closes_at),
	KEY by_close (closed_at),
	CONSTRAINT survey_run_survey FOREIGN KEY (survey_id) REFERENCES survey (id),
	CONSTRAINT survey_run_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaire (id),
	CONSTRAINT survey_run_state CHECK (state IN ('draft', 'reviewed', 'open', 'closing', 'closed',
	    'published', 'actions_assigned', 'reported_back')),
	CONSTRAINT survey_run_audience CHECK ((audience = 'all' AND audience_id IS NULL)
	    OR (audience IN ('project', 'pod') AND audience_id IS NOT NULL)),
	CONSTRAINT survey_run_purpose CHECK (purpose <> ''),
	CONSTRAINT survey_run_group CHECK (min_group >= 5),
	CONSTRAINT survey_run_order CHECK (opens_at < closes_at),
	CONSTRAINT survey_run_give_up CHECK (give_up IN (0, 1)),
	CONSTRAINT survey_run_count CHECK (answered IS NULL OR state NOT IN ('draft', 'reviewed', 'open')),
	CONSTRAINT survey_run_published CHECK (state NOT IN ('published', 'actions_assigned', 'reported_back')
	    OR (published_at IS NOT NULL AND published_by IS NOT NULL)),
	CONSTRAINT survey_run_two_people CHECK (published_by IS NULL OR created_by IS NULL
	    OR published_by <> created_by)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: created_by; purpose: when who was asked; retention: kept; erase: none';

-- Who is asked. The flag 'answered' lives only while the run is open: closing counts it per pod into
-- run_pod and sets every invitation to 'closed', so who answered is nobody's business afterwards.
CREATE TABLE invitation (
	run_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	pod_id BIGINT NULL COMMENT 'the pod at the time of asking',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'sent',
	PRIMARY KEY (run_id, person_id),
	KEY of_person (person_id, run_id),
	CONSTRAINT invitation_run FOREIGN KEY (run_id) REFERENCES survey_run (id),
	CONSTRAINT invitation_state CHECK (state IN ('sent', 'opened', 'answered', 'closed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: asking, and crediting the minutes; retention: 2 years after the close; erase: deleted';

-- Counts per pod, written when a run closes. told: whether its rate may be shown, decided once, so
-- that nothing can be worked out from two different tables (suppress.c).
CREATE TABLE run_pod (
	run_id BIGINT NOT NULL,
	pod_id BIGINT NOT NULL,
	invited INT UNSIGNED NOT NULL,
	answered INT UNSIGNED NOT NULL,
	told TINYINT NOT NULL,
	PRIMARY KEY (run_id, pod_id),
	KEY of_pod (pod_id, run_id),
	CONSTRAINT run_pod_run FOREIGN KEY (run_id) REFERENCES survey_run (id),
	CONSTRAINT run_pod_order CHECK (answered <= invited),
	CONSTRAINT run_pod_told CHECK (told = 0 OR (told = 1 AND invited >= 5))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: a pod''s rate, shown from 5 invited on; retention: kept; erase: none';
