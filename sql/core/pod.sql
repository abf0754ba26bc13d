-- A team within a project: up to 10 experts, 5 reviewers, a lead, and the HDM who looks after it.
CREATE TABLE pod (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	project_id BIGINT NOT NULL,
	name VARCHAR(120) NOT NULL,
	hdm_person_id BIGINT NULL,
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY name (project_id, name),
	KEY of_hdm (hdm_person_id),
	CONSTRAINT pod_project FOREIGN KEY (project_id) REFERENCES project (id),
	CONSTRAINT pod_hdm FOREIGN KEY (hdm_person_id) REFERENCES person (id),
	CONSTRAINT pod_state CHECK (state IN ('active', 'closed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: hdm_person_id; purpose: who works with whom, and who answers them; retention: kept; erase: none';

CREATE TABLE pod_member (
	pod_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	from_on DATE NOT NULL,
	to_on DATE NULL COMMENT 'last day; NULL: still here',
	part VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'expert',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	PRIMARY KEY (pod_id, person_id, from_on),
	KEY of_person (person_id, to_on),
	KEY ended (to_on),
	CONSTRAINT pod_member_pod FOREIGN KEY (pod_id) REFERENCES pod (id),
	CONSTRAINT pod_member_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT pod_member_part CHECK (part IN ('expert', 'reviewer', 'lead')),
	CONSTRAINT pod_member_order CHECK (to_on IS NULL OR to_on >= from_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: who belongs to which pod when; retention: 3 years after the end; erase: kept without name';
