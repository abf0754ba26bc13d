-- Names of applicants as words, so that an application is found by the beginning of any of them
-- (compare person_word in core). Kept by triggers. `restricted`: the word stands in the legal name
-- or the e-mail only, which are for people officers.
CREATE TABLE application_word (
	word VARCHAR(60) NOT NULL,
	application_id BIGINT NOT NULL,
	restricted TINYINT NOT NULL,
	PRIMARY KEY (word, application_id),
	KEY of_application (application_id),
	CONSTRAINT application_word_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
	CONSTRAINT application_word_restricted CHECK (restricted IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: through application; purpose: finding applications by a part of a name; retention: with application; erase: follows application'
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE application_words(IN p_application BIGINT,
    IN p_legal VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    IN p_preferred VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    IN p_email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci)
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	DELETE FROM application_word WHERE application_id = p_application;
	INSERT IGNORE INTO application_word (word, application_id, restricted)
	SELECT j.w, p_application, 0 FROM JSON_TABLE(keptword_core.name_words(COALESCE(p_preferred, '')),
	    '$[*]' COLUMNS (w VARCHAR(200) PATH '$')) j WHERE j.w <> '';
	INSERT IGNORE INTO application_word (word, application_id, restricted)
	SELECT j.w, p_application, 1 FROM JSON_TABLE(keptword_core.name_words(CONCAT_WS(' ', p_legal,
	    SUBSTRING_INDEX(p_email, '@', 1))), '$[*]' COLUMNS (w VARCHAR(200) PATH '$')) j
	WHERE j.w <> '';
END
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
TRIGGER application_words_new AFTER INSERT ON application FOR EACH ROW
CALL application_words(NEW.id, NEW.legal_name, NEW.preferred_name, NEW.email)
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
TRIGGER application_words_changed AFTER UPDATE ON application FOR EACH ROW
BEGIN
	IF NOT (BINARY OLD.legal_name <=> BINARY NEW.legal_name)
	    OR NOT (BINARY OLD.preferred_name <=> BINARY NEW.preferred_name)
	    OR NOT (BINARY OLD.email <=> BINARY NEW.email) THEN
		CALL application_words(NEW.id, NEW.legal_name, NEW.preferred_name, NEW.email);
	END IF;
END
--end
