-- hdm: its own database; contacts are facts and are not changed; what is old is deleted.
GRANT SELECT, INSERT ON keptword_hdm.* TO 'keptword_hdm'@'localhost';
GRANT DELETE ON keptword_hdm.contact TO 'keptword_hdm'@'localhost';
GRANT UPDATE (visibility, body, version, changed_at), DELETE ON keptword_hdm.note TO 'keptword_hdm'@'localhost';
GRANT UPDATE (state, contact_id, version), DELETE ON keptword_hdm.one_on_one TO 'keptword_hdm'@'localhost';
GRANT UPDATE (visibility, body, version, changed_at) ON keptword_hdm.note TO 'keptword_hdm'@'localhost';
GRANT UPDATE (state, contact_id, version) ON keptword_hdm.one_on_one TO 'keptword_hdm'@'localhost';
GRANT UPDATE, DELETE ON keptword_hdm.overdue_told TO 'keptword_hdm'@'localhost';
GRANT UPDATE, DELETE ON keptword_hdm.job TO 'keptword_hdm'@'localhost';
GRANT UPDATE, DELETE ON keptword_hdm.outbox TO 'keptword_hdm'@'localhost';
GRANT UPDATE (location), DELETE ON keptword_hdm.submission TO 'keptword_hdm'@'localhost';
GRANT UPDATE ON keptword_hdm.work_count TO 'keptword_hdm'@'localhost';
GRANT DELETE ON keptword_hdm.event TO 'keptword_hdm'@'localhost';
GRANT DELETE ON keptword_hdm.event_done TO 'keptword_hdm'@'localhost';

-- What it reads of others: no answers, no amounts.
GRANT SELECT ON keptword_core.caller TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_core.api_caller TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_core.person_public TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_core.project TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_core.pod TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_core.pod_member TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_core.pod_hdm TO 'keptword_hdm'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.session_touch TO 'keptword_hdm'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.api_token_touch TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_onboarding.published_engagement TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_onboarding.event_public TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_payments.published_on_time TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_payments.published_hours TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_payments.published_period TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_payments.event_public TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_feedback.published_run TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_feedback.published_pod_rate TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_feedback.published_result TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_feedback.published_number TO 'keptword_hdm'@'localhost';
GRANT SELECT ON keptword_feedback.event_public TO 'keptword_hdm'@'localhost';
