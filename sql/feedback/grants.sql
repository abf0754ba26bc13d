-- feedback: its own database; answers after the close are never changed, and deleted when
-- their time is over; an answer goes with its response.
GRANT SELECT, INSERT ON keptword_feedback.* TO 'keptword_feedback'@'localhost';
GRANT UPDATE ON keptword_feedback.survey TO 'keptword_feedback'@'localhost';
GRANT UPDATE (survey_id, questionnaire_id) ON keptword_feedback.survey_file TO 'keptword_feedback'@'localhost';
GRANT UPDATE ON keptword_feedback.survey_run TO 'keptword_feedback'@'localhost';
GRANT DELETE ON keptword_feedback.response TO 'keptword_feedback'@'localhost';
GRANT UPDATE, DELETE ON keptword_feedback.invitation TO 'keptword_feedback'@'localhost';
GRANT UPDATE, DELETE ON keptword_feedback.sealed_response TO 'keptword_feedback'@'localhost';
GRANT UPDATE, DELETE ON keptword_feedback.job TO 'keptword_feedback'@'localhost';
GRANT UPDATE, DELETE ON keptword_feedback.outbox TO 'keptword_feedback'@'localhost';
GRANT UPDATE (location), DELETE ON keptword_feedback.submission TO 'keptword_feedback'@'localhost';
GRANT UPDATE ON keptword_feedback.work_count TO 'keptword_feedback'@'localhost';
GRANT DELETE ON keptword_feedback.event TO 'keptword_feedback'@'localhost';
GRANT DELETE ON keptword_feedback.event_done TO 'keptword_feedback'@'localhost';

-- What it reads of others.
GRANT SELECT ON keptword_core.caller TO 'keptword_feedback'@'localhost';
GRANT SELECT ON keptword_core.api_caller TO 'keptword_feedback'@'localhost';
GRANT SELECT ON keptword_core.person_public TO 'keptword_feedback'@'localhost';
GRANT SELECT ON keptword_core.project TO 'keptword_feedback'@'localhost';
GRANT SELECT ON keptword_core.pod TO 'keptword_feedback'@'localhost';
GRANT SELECT ON keptword_core.pod_member TO 'keptword_feedback'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.session_touch TO 'keptword_feedback'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.api_token_touch TO 'keptword_feedback'@'localhost';
GRANT SELECT ON keptword_onboarding.published_engagement TO 'keptword_feedback'@'localhost';
GRANT SELECT ON keptword_onboarding.event_public TO 'keptword_feedback'@'localhost';
GRANT SELECT ON keptword_payments.event_public TO 'keptword_feedback'@'localhost';
