-- How far each notice is on each way to people. portal's worker makes the rows out of what every
-- outbox holds (README of portal, rules 41 to 47) and is the only one that changes them.

-- One row for each way that a notice takes: by mail, or to a webhook by its name. It repeats what the
-- outbox said, so that delivering asks one table.
CREATE TABLE notice_delivery (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL COMMENT 'by which a receiver knows a repetition',
	source VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'whose outbox',
	outbox_id BIGINT NOT NULL,
	channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'mail, or a webhook',
	person_id BIGINT NOT NULL COMMENT '0: nobody by mail',
	kind VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	topic ENUM('account', 'work', 'pay', 'survey', 'reminder', 'staff') NOT NULL,
	path VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	detail TEXT NOT NULL CHECK (JSON_VALID(detail)),
	created_at DATETIME(6) NOT NULL,
	expires_at DATETIME(6) NOT NULL,
	state ENUM('queued', 'sent', 'failed', 'expired', 'skipped') NOT NULL,
	reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'of what was not sent',
	why VARCHAR(300) NULL COMMENT 'what the other server said last; may hold an address',
	attempts INT NOT NULL DEFAULT 0,
	next_at DATETIME(6) NOT NULL,
	owner VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'one claim',
	lease_until DATETIME(6) NULL,
	done_at DATETIME(6) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY delivery_once (source, outbox_id, channel),
	UNIQUE KEY delivery_public (public_id),
	KEY delivery_due (state, channel, next_at),
	KEY delivery_owner (owner),
	KEY delivery_created (created_at),
	KEY delivery_of (person_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: telling each notice once; retention: 90 days; erase: deleted';

-- How the mail server and each webhook are: after a failure nothing is tried until paused_until.
CREATE TABLE notice_channel (
	channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	failures INT NOT NULL DEFAULT 0 COMMENT 'since it worked last',
	paused_until DATETIME(6) NULL,
	worked_at DATETIME(6) NULL,
	failed_at DATETIME(6) NULL,
	why VARCHAR(300) NULL,
	PRIMARY KEY (channel)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: sparing a server that is down; retention: kept, a row a channel; erase: none';

-- What a person does not want by mail. No row: they get it.
CREATE TABLE notice_choice (
	person_id BIGINT NOT NULL,
	topic ENUM('account', 'work', 'pay', 'survey', 'reminder', 'staff') NOT NULL,
	at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id, topic),
	CONSTRAINT notice_choice_person FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: what is not wanted by mail; retention: until the names of person go, after 3 years; erase: deleted';

-- Who has said that they look after what a webhook told.
CREATE TABLE notice_taken_up (
	source VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	outbox_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	at DATETIME(6) NOT NULL,
	PRIMARY KEY (source, outbox_id),
	KEY by_time (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: one of those told looks after it; retention: 90 days; erase: deleted';

-- The mails of a demo, which sends none.
CREATE TABLE demo_mail (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	person_id BIGINT NOT NULL,
	kind VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	locale VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	subject VARCHAR(300) NOT NULL,
	body TEXT NOT NULL COMMENT 'the plain form',
	html MEDIUMTEXT NOT NULL,
	action VARCHAR(120) NOT NULL,
	url VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY demo_mail_public (public_id),
	KEY demo_mail_of (person_id, id),
	KEY by_time (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: mails of a demo; retention: 90 days; erase: deleted';
