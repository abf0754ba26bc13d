-- How portal reads the outboxes of all databases: what is in no delivery yet, oldest first, after the
-- row that was read last (p_at, p_source and p_id; '' and 0: from p_at on). A view that unites them
-- would be made whole for each piece that is taken, so a hundred thousand notices would be read
-- hundreds of times; here each database gives p_most rows at most, by the index of the instant. With the
-- rights of the locked account; the names of databases come from the server's own catalogue.
CREATE OR REPLACE DEFINER='keptword_definer'@'localhost'
PROCEDURE outbox_new(IN p_at DATETIME(6), IN p_source VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_id BIGINT, IN p_most INT)
READS SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE v_sql MEDIUMTEXT;
	SET @outbox_at = p_at, @outbox_source = p_source, @outbox_id = p_id;
	SELECT GROUP_CONCAT(REPLACE(CONCAT('(SELECT CAST(''@d'' AS CHAR(60)) AS source, o.id, o.kind, o.topic,
	    o.person_id, o.path, o.detail, o.created_at, o.not_before, o.expires_at
	    FROM keptword_@d.outbox o FORCE INDEX (outbox_created)
	    WHERE o.created_at >= @outbox_at AND NOT (o.created_at = @outbox_at
	        AND (''@d'' < @outbox_source OR (''@d'' = @outbox_source AND o.id <= @outbox_id)))
	    AND NOT EXISTS (SELECT 1 FROM keptword_core.notice_delivery d WHERE d.source = ''@d''
	        AND d.outbox_id = o.id AND d.channel = ''mail'')
	    ORDER BY o.created_at, o.id LIMIT ', p_most, ')'), '@d', SUBSTR(table_schema, 10))
	    SEPARATOR ' UNION ALL ') INTO v_sql
	FROM information_schema.views WHERE table_schema LIKE 'keptword\_%' AND table_name = 'outbox_public';
	SET v_sql = CONCAT(v_sql, ' ORDER BY created_at, source, id LIMIT ', p_most);
	EXECUTE IMMEDIATE v_sql;
END
--end
