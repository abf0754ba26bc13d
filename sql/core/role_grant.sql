-- Who held which role from when to when, given by whom. Rows are ended; no program deletes one (cgi-bin/run/keys.md).
CREATE TABLE role_grant (
	id BIGINT NOT NULL AUTO_INCREMENT,
	person_id BIGINT NOT NULL,
	role VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	scope VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'empty: everywhere; else pod:3, project:1',
	granted_by BIGINT NULL COMMENT 'NULL: the system (set-up, offer signed)',
	from_at DATETIME(6) NOT NULL,
	to_at DATETIME(6) NULL,
	ended_by BIGINT NULL,
	is_open TINYINT GENERATED ALWAYS AS (IF(to_at IS NULL, 1, NULL)) STORED,
	PRIMARY KEY (id),
	UNIQUE KEY one_open (person_id, role, scope, is_open),
	KEY by_role (role, is_open, person_id),
	KEY ended (to_at),
	CONSTRAINT role_grant_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT role_grant_role CHECK (role IN ('applicant', 'contributor', 'reviewer', 'pod_lead',
	    'hdm', 'hdl', 'spl', 'people_officer', 'finance', 'care_officer', 'benchmark_keeper',
	    'admin', 'auditor')),
	CONSTRAINT role_grant_order CHECK (to_at IS NULL OR to_at >= from_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: who may do what, and who allowed it; retention: at least 6 years after the end, then by command; erase: kept';
