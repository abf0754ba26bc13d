-- Names as words, so that somebody is found by the beginning of any word of their name: an index
-- range instead of a look at everybody. Kept by triggers on person; rows are never written by hand.
-- `restricted`: the word stands in the legal name or the e-mail only, and finds people for those
-- alone who may read these.
CREATE TABLE person_word (
	word VARCHAR(60) NOT NULL,
	person_id BIGINT NOT NULL,
	restricted TINYINT NOT NULL,
	PRIMARY KEY (word, person_id),
	KEY of_person (person_id),
	CONSTRAINT person_word_person FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
	CONSTRAINT person_word_restricted CHECK (restricted IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: finding people by a part of their name; retention: with person; erase: follows person'
--end

-- The words of a name as a JSON array of texts: runs of letters, marks and digits.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
FUNCTION name_words(p_text VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci)
RETURNS VARCHAR(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci
DETERMINISTIC NO SQL SQL SECURITY DEFINER
RETURN CONCAT('["', REPLACE(REGEXP_REPLACE(p_text, '[^\\p{L}\\p{M}\\p{N}]+', ' '), ' ', '","'), '"]')
--end

-- 16 bytes as the 26 characters of an address (id_text() of common/data/crypto.h): base32 in
-- Crockford's letters, of two runs of 60 bits and one of 8 with two zero bits behind it.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
FUNCTION id_text(p_id BINARY(16))
RETURNS CHAR(26) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci
DETERMINISTIC NO SQL SQL SECURITY DEFINER
RETURN LOWER(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
    REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(
        LPAD(CONV(SUBSTR(HEX(p_id), 1, 15), 16, 32), 12, '0'),
        LPAD(CONV(SUBSTR(HEX(p_id), 16, 15), 16, 32), 12, '0'),
        LPAD(CONV(CONV(SUBSTR(HEX(p_id), 31, 2), 16, 10) * 4, 10, 32), 2, '0')) USING ascii) COLLATE ascii_bin,
    'V', 'z'), 'U', 'y'), 'T', 'x'), 'S', 'w'), 'R', 'v'), 'Q', 't'), 'P', 's'), 'O', 'r'), 'N', 'q'),
    'M', 'p'), 'L', 'n'), 'K', 'm'), 'J', 'k'), 'I', 'j'))
--end

-- The words of one person anew. What is called by first comes first: it makes a word unrestricted.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE person_words(IN p_person BIGINT,
    IN p_legal VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    IN p_preferred VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    IN p_email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci)
MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	DELETE FROM person_word WHERE person_id = p_person;
	INSERT IGNORE INTO person_word (word, person_id, restricted)
	SELECT j.w, p_person, 0 FROM JSON_TABLE(name_words(p_preferred), '$[*]'
	    COLUMNS (w VARCHAR(200) PATH '$')) j WHERE j.w <> '';
	INSERT IGNORE INTO person_word (word, person_id, restricted)
	SELECT j.w, p_person, 1 FROM JSON_TABLE(name_words(CONCAT(p_legal, ' ',
	    SUBSTRING_INDEX(p_email, '@', 1))), '$[*]' COLUMNS (w VARCHAR(200) PATH '$')) j
	WHERE j.w <> '';
END
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
TRIGGER person_words_new AFTER INSERT ON person FOR EACH ROW
CALL person_words(NEW.id, NEW.legal_name, NEW.preferred_name, NEW.email)
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
TRIGGER person_words_changed AFTER UPDATE ON person FOR EACH ROW
BEGIN
	IF BINARY OLD.legal_name <> BINARY NEW.legal_name
	    OR BINARY OLD.preferred_name <> BINARY NEW.preferred_name
	    OR BINARY OLD.email <> BINARY NEW.email THEN
		CALL person_words(NEW.id, NEW.legal_name, NEW.preferred_name, NEW.email);
	END IF;
END
--end
