-- portal owns core: reads and adds everywhere, changes table by table.
GRANT SELECT, INSERT ON keptword_core.* TO 'keptword_portal'@'localhost';
GRANT UPDATE (legal_name, preferred_name, email, password, time_zone, country, locale, state, version)
    ON keptword_core.person TO 'keptword_portal'@'localhost';
GRANT UPDATE, DELETE ON keptword_core.session TO 'keptword_portal'@'localhost';
GRANT UPDATE, DELETE ON keptword_core.one_time_link TO 'keptword_portal'@'localhost';
GRANT DELETE ON keptword_core.identity TO 'keptword_portal'@'localhost';
GRANT UPDATE (revoked_at) ON keptword_core.api_token TO 'keptword_portal'@'localhost';
GRANT DELETE ON keptword_core.sign_in_attempt TO 'keptword_portal'@'localhost';
GRANT UPDATE ON keptword_core.home_visit TO 'keptword_portal'@'localhost';
GRANT UPDATE ON keptword_core.project TO 'keptword_portal'@'localhost';
GRANT UPDATE ON keptword_core.pod TO 'keptword_portal'@'localhost';
GRANT UPDATE ON keptword_core.pod_member TO 'keptword_portal'@'localhost';
GRANT UPDATE, DELETE ON keptword_core.job TO 'keptword_portal'@'localhost';
GRANT UPDATE, DELETE ON keptword_core.outbox TO 'keptword_portal'@'localhost';
GRANT UPDATE (location), DELETE ON keptword_core.submission TO 'keptword_portal'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.session_touch TO 'keptword_portal'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.api_token_touch TO 'keptword_portal'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.staff_role_grant TO 'keptword_portal'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.staff_role_end TO 'keptword_portal'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.person_add TO 'keptword_portal'@'localhost';
