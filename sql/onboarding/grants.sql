-- onboarding: its own database; reviews, scores and questionnaires are never changed; they
-- go with their application, when its time is over.
GRANT SELECT, INSERT ON keptword_onboarding.* TO 'keptword_onboarding'@'localhost';
GRANT UPDATE, DELETE ON keptword_onboarding.application TO 'keptword_onboarding'@'localhost';
GRANT UPDATE, DELETE ON keptword_onboarding.interview TO 'keptword_onboarding'@'localhost';
GRANT UPDATE, DELETE ON keptword_onboarding.interview_answer TO 'keptword_onboarding'@'localhost';
GRANT UPDATE (to_at) ON keptword_onboarding.rubric_criterion TO 'keptword_onboarding'@'localhost';
GRANT UPDATE (state, expires_at, sent_at, viewed_at, signed_name, signed_at, declined_at, version)
    ON keptword_onboarding.offer TO 'keptword_onboarding'@'localhost';
GRANT UPDATE ON keptword_onboarding.engagement TO 'keptword_onboarding'@'localhost';
GRANT UPDATE, DELETE ON keptword_onboarding.job TO 'keptword_onboarding'@'localhost';
GRANT UPDATE, DELETE ON keptword_onboarding.outbox TO 'keptword_onboarding'@'localhost';
GRANT UPDATE (location), DELETE ON keptword_onboarding.submission TO 'keptword_onboarding'@'localhost';
GRANT UPDATE ON keptword_onboarding.work_count TO 'keptword_onboarding'@'localhost';
GRANT DELETE ON keptword_onboarding.event TO 'keptword_onboarding'@'localhost';
GRANT DELETE ON keptword_onboarding.event_done TO 'keptword_onboarding'@'localhost';

-- What it reads of others, and the doors into core.
GRANT SELECT ON keptword_core.caller TO 'keptword_onboarding'@'localhost';
GRANT SELECT ON keptword_core.api_caller TO 'keptword_onboarding'@'localhost';
GRANT SELECT ON keptword_core.person_public TO 'keptword_onboarding'@'localhost';
GRANT SELECT ON keptword_core.person_contact TO 'keptword_onboarding'@'localhost';
GRANT SELECT ON keptword_core.project TO 'keptword_onboarding'@'localhost';
GRANT SELECT ON keptword_core.pod TO 'keptword_onboarding'@'localhost';
GRANT SELECT ON keptword_core.pod_member TO 'keptword_onboarding'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.session_touch TO 'keptword_onboarding'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.api_token_touch TO 'keptword_onboarding'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.person_add TO 'keptword_onboarding'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.person_invite TO 'keptword_onboarding'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.role_grant TO 'keptword_onboarding'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.pod_join TO 'keptword_onboarding'@'localhost';
GRANT SELECT ON keptword_payments.published_benchmark TO 'keptword_onboarding'@'localhost';
GRANT SELECT ON keptword_payments.published_period TO 'keptword_onboarding'@'localhost';
GRANT SELECT ON keptword_payments.event_public TO 'keptword_onboarding'@'localhost';
