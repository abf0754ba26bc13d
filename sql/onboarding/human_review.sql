-- What a reviewer scores. A change of a criterion is a new row; the old one ends.
CREATE TABLE rubric_criterion (
	id BIGINT NOT NULL AUTO_INCREMENT,
	code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	title VARCHAR(120) NOT NULL,
	about VARCHAR(500) NOT NULL COMMENT 'what 1, 3 and 5 look like',
	place TINYINT UNSIGNED NOT NULL,
	to_at DATETIME(6) NULL,
	PRIMARY KEY (id),
	KEY by_place (to_at, place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: the same measure for everyone; retention: kept; erase: none';

-- What one person thinks of one application: a score and a reason for each criterion. Insert-only,
-- one per person, so it cannot be bent to fit what others wrote.
CREATE TABLE assessment (
	id BIGINT NOT NULL AUTO_INCREMENT,
	application_id BIGINT NOT NULL,
	interview_id BIGINT NULL,
	reviewer_id BIGINT NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY one_each (application_id, reviewer_id),
	UNIQUE KEY whose (id, application_id, reviewer_id),
	CONSTRAINT assessment_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
	CONSTRAINT assessment_interview FOREIGN KEY (interview_id) REFERENCES interview (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application, reviewer_id; purpose: who scored what; retention: with application; erase: deleted';

CREATE TABLE assessment_score (
	assessment_id BIGINT NOT NULL,
	criterion_id BIGINT NOT NULL,
	score TINYINT UNSIGNED NOT NULL,
	reason VARCHAR(1000) NOT NULL,
	PRIMARY KEY (assessment_id, criterion_id),
	CONSTRAINT assessment_score_assessment FOREIGN KEY (assessment_id) REFERENCES assessment (id) ON DELETE CASCADE,
	CONSTRAINT assessment_score_criterion FOREIGN KEY (criterion_id) REFERENCES rubric_criterion (id),
	CONSTRAINT assessment_score_range CHECK (score BETWEEN 1 AND 5),
	CONSTRAINT assessment_score_reason CHECK (reason <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application; purpose: each score with its reason; retention: with assessment; erase: deleted';

-- A decision by a named person, with reasons and the letter. Insert-only by grant: another decision
-- is another review. The keys say: nobody decides without scores of their own, and nobody decides
-- the same application twice (who is asked to look again is somebody else).
CREATE TABLE human_review (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	application_id BIGINT NOT NULL,
	interview_id BIGINT NULL,
	assessment_id BIGINT NOT NULL,
	reviewer_id BIGINT NOT NULL,
	reviewer_name VARCHAR(120) NOT NULL COMMENT 'as it stands under the letter',
	outcome VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	reason_code VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
	strengths TEXT NOT NULL,
	gaps TEXT NOT NULL,
	letter TEXT NOT NULL COMMENT 'what the applicant reads',
	minutes_spent SMALLINT UNSIGNED NULL,
	is_final TINYINT GENERATED ALWAYS AS (IF(outcome = 'info_requested', NULL, 1)) STORED,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY decision (id, application_id, outcome),
	UNIQUE KEY once_each (application_id, reviewer_id, is_final),
	KEY of_application (application_id, created_at),
	KEY of_reviewer (reviewer_id, created_at),
	CONSTRAINT human_review_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
	CONSTRAINT human_review_interview FOREIGN KEY (interview_id) REFERENCES interview (id) ON DELETE CASCADE,
	CONSTRAINT human_review_assessment FOREIGN KEY (assessment_id, application_id, reviewer_id)
	    REFERENCES assessment (id, application_id, reviewer_id) ON DELETE CASCADE,
	CONSTRAINT human_review_outcome CHECK (outcome IN ('certified', 'not_selected', 'info_requested')),
	CONSTRAINT human_review_words CHECK (letter <> '' AND strengths <> ''
	    AND (outcome <> 'not_selected' OR (gaps <> '' AND reason_code IS NOT NULL))),
	CONSTRAINT human_review_reason CHECK (reason_code IS NULL OR reason_code IN ('requirement_missing',
	    'score_below_bar', 'id_failed', 'capacity_full', 'eligibility_country',
	    'integrity_confirmed_by_human'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application, reviewer_id; purpose: who decided what and why; retention: with application; erase: deleted';

-- The applicant asks for another look. Once per application; answered by another review.
CREATE TABLE reevaluation (
	application_id BIGINT NOT NULL,
	ground VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	text TEXT NOT NULL,
	review_id BIGINT NOT NULL COMMENT 'the decision that is questioned',
	asked_at DATETIME(6) NOT NULL,
	PRIMARY KEY (application_id),
	CONSTRAINT reevaluation_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
	CONSTRAINT reevaluation_review FOREIGN KEY (review_id) REFERENCES human_review (id) ON DELETE CASCADE,
	CONSTRAINT reevaluation_ground CHECK (ground IN ('error', 'bias', 'technical')),
	CONSTRAINT reevaluation_text CHECK (text <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application; purpose: looking again; retention: with application; erase: deleted';
