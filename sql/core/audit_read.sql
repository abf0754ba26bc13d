-- How portal reads the audit of all databases, for `bin/portal check-audit` and the pages of the
-- audit: with the rights of the locked account, and only this. A view that unites them would be
-- made whole for each piece or page that is read, however many rows there are; here each database
-- gives its own newest rows by an index. The names of databases come from the server's own
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

-- Which actions there are, each once for each chain: hops over an index.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_actions()
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql MEDIUMTEXT;
	SELECT GROUP_CONCAT(REPLACE('SELECT CAST(''@d'' AS CHAR(60)) AS chain,
	    CAST(action AS CHAR(60)) AS action FROM keptword_@d.audit GROUP BY action', '@d',
	    SUBSTR(table_schema, 10)) SEPARATOR ' UNION ALL ') INTO v_sql
	FROM information_schema.views WHERE table_schema LIKE 'keptword\_%' AND table_name = 'audit_public';
	SET v_sql = CONCAT(v_sql, ' ORDER BY action, chain');
	EXECUTE IMMEDIATE v_sql;
END
--end

-- The chains in which rows wait for their seal, since when, and how many. Looks at every row: for whoever
-- checks an installation, not for a page.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_waiting()
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql MEDIUMTEXT;
	SELECT GROUP_CONCAT(REPLACE('SELECT CAST(''@d'' AS CHAR(60)) AS chain, MIN(at), COUNT(*)
	    FROM keptword_@d.audit_unsealed HAVING COUNT(*) > 0', '@d',
	    SUBSTR(table_schema, 10)) SEPARATOR ' UNION ALL ') INTO v_sql
	FROM information_schema.views WHERE table_schema LIKE 'keptword\_%' AND table_name = 'audit_unsealed';
	EXECUTE IMMEDIATE v_sql;
END
--end

-- The newest rows that fit, newest first, at most p_most. NULL: any. p_at, p_at_chain and p_at_id are
-- those of the last row of the page before: what follows it. Each database is asked by the index of
-- the condition that leaves the fewest rows (the system, 0, has done very much), and gives p_most rows at most. What a '@' stands before
-- is put in as a variable, so nothing that somebody typed becomes a part of the statement.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE audit_rows(IN p_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_from DATETIME(6), IN p_to DATETIME(6), IN p_actor BIGINT,
    IN p_action VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_object VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_at DATETIME(6), IN p_at_chain VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_at_id BIGINT, IN p_most INT)
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql MEDIUMTEXT;
	SET @audit_from = COALESCE(p_from, CAST('1000-01-01' AS DATETIME(6))),
	    @audit_to = COALESCE(p_to, CAST('9999-01-01' AS DATETIME(6))),
	    @audit_actor = p_actor, @audit_action = p_action, @audit_object = p_object,
	    @audit_at = COALESCE(p_at, CAST('9999-01-01' AS DATETIME(6))),
	    @audit_chain = COALESCE(p_at_chain, ''), @audit_id = COALESCE(p_at_id, 0);
	SELECT GROUP_CONCAT(REPLACE(CONCAT('(SELECT CAST(''@d'' AS CHAR(60)) AS chain, a.id, a.at,
	    a.actor_id, a.action, a.object, a.reason, a.request_id,
	    (SELECT s.sequence FROM keptword_@d.audit_seal s WHERE s.audit_id = a.id) AS sequence
	    FROM keptword_@d.audit a FORCE INDEX (', CASE WHEN p_object IS NOT NULL THEN 'audit_object'
	        WHEN p_actor <> 0 OR p_action IS NULL AND p_actor = 0 THEN 'audit_actor' WHEN p_action IS NOT NULL THEN 'audit_action'
	        ELSE 'audit_at' END, ')
	    WHERE a.at >= @audit_from AND a.at < @audit_to AND a.at <= @audit_at',
	    IF(p_object IS NULL, '', ' AND a.object = @audit_object'),
	    IF(p_actor IS NULL, '', ' AND a.actor_id = @audit_actor'),
	    IF(p_action IS NULL, '', ' AND a.action = @audit_action'),
	    ' AND NOT (a.at = @audit_at AND (''@d'' < @audit_chain
	        OR (''@d'' = @audit_chain AND a.id >= @audit_id)))
	    ORDER BY a.at DESC, a.id DESC LIMIT ', p_most, ')'), '@d', SUBSTR(table_schema, 10))
	    SEPARATOR ' UNION ALL ') INTO v_sql
	FROM information_schema.views WHERE table_schema LIKE 'keptword\_%' AND table_name = 'audit_public'
	    AND (p_chain IS NULL OR table_schema = CONCAT('keptword_', p_chain));
	IF v_sql IS NULL THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1370, MESSAGE_TEXT = 'no such chain';
	END IF;
	SET v_sql = CONCAT('SELECT r.chain, r.id, r.at, r.actor_id, r.action, r.object, r.reason,
	    r.request_id, r.sequence, COALESCE(p.preferred_name, '''') AS who, p.public_id,
	    COALESCE(o.preferred_name, '''') AS whom FROM (', v_sql,
	    ' ORDER BY at DESC, chain, id DESC LIMIT ', p_most, ') r
	    LEFT JOIN keptword_core.person p ON p.id = r.actor_id
	    LEFT JOIN keptword_core.person o
	        ON o.id = IF(r.object LIKE ''person:%'', CAST(SUBSTR(r.object, 8) AS SIGNED), NULL)
	    ORDER BY r.at DESC, r.chain, r.id DESC');
	EXECUTE IMMEDIATE v_sql;
END
--end
