-- How `bin/portal check-audit` reads the audit chains of all databases: with the rights of the
-- locked account, and only this. A view over all of them would be made whole for each piece that
-- is read; a procedure goes to the one table. The names of databases come from the server's own
-- catalogue, so no plugin is named here.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
FUNCTION audit_database(p_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin)
RETURNS VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	IF p_chain NOT REGEXP '^[a-z0-9_]+$' OR NOT EXISTS (SELECT 1 FROM information_schema.views
	    WHERE table_schema = CONCAT('keptword_', p_chain) AND table_name = 'audit_chain') THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1370, MESSAGE_TEXT = 'no such chain';
	END IF;
	RETURN CONCAT('keptword_', p_chain);
END
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_chains()
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	SELECT CAST(SUBSTR(table_schema, 10) AS CHAR(60)) AS chain FROM information_schema.views
	WHERE table_schema LIKE 'keptword\_%' AND table_name = 'audit_chain' ORDER BY chain;
END
--end

-- The end of a chain, and how many rows there are.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_last(IN p_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin)
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql TEXT DEFAULT REPLACE(
	    'SELECT s.sequence, s.audit_id, s.sealed_at, (SELECT COUNT(*) FROM @d.audit)
	     FROM (SELECT 1) one LEFT JOIN @d.audit_seal s
	     ON s.sequence = (SELECT MAX(sequence) FROM @d.audit_seal)', '@d', audit_database(p_chain));
	EXECUTE IMMEDIATE v_sql;
END
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_links(IN p_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_after BIGINT, IN p_most BIGINT)
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql TEXT DEFAULT REPLACE(
	    'SELECT sequence, audit_id, sealed_at, hash, id, at, actor_id, action, object, reason,
	     request_id FROM @d.audit_chain WHERE sequence > ? ORDER BY sequence LIMIT ?',
	    '@d', audit_database(p_chain));
	EXECUTE IMMEDIATE v_sql USING p_after, p_most;
END
--end

CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_without_seal(IN p_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_most BIGINT)
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql TEXT DEFAULT REPLACE('SELECT id, at FROM @d.audit_unsealed ORDER BY id LIMIT ?',
	    '@d', audit_database(p_chain));
	EXECUTE IMMEDIATE v_sql USING p_most;
END
--end
