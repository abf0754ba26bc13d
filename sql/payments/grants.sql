-- payments: its own database; ledger, statements' amounts and lines are never changed.
GRANT SELECT, INSERT ON keptword_payments.* TO 'keptword_payments'@'localhost';
GRANT UPDATE ON keptword_payments.pay_schedule TO 'keptword_payments'@'localhost';
GRANT UPDATE, DELETE ON keptword_payments.cap_question TO 'keptword_payments'@'localhost';
GRANT UPDATE, DELETE ON keptword_payments.calendar_address TO 'keptword_payments'@'localhost';
GRANT UPDATE, DELETE ON keptword_payments.holiday TO 'keptword_payments'@'localhost';
GRANT UPDATE ON keptword_payments.pay_period TO 'keptword_payments'@'localhost';
GRANT UPDATE ON keptword_payments.rate TO 'keptword_payments'@'localhost';
GRANT UPDATE ON keptword_payments.work_entry TO 'keptword_payments'@'localhost';
GRANT UPDATE, DELETE ON keptword_payments.import_batch TO 'keptword_payments'@'localhost';
GRANT UPDATE, DELETE ON keptword_payments.import_row TO 'keptword_payments'@'localhost';
GRANT UPDATE, DELETE ON keptword_payments.import_name TO 'keptword_payments'@'localhost';
GRANT UPDATE ON keptword_payments.referral TO 'keptword_payments'@'localhost';
GRANT UPDATE ON keptword_payments.adjustment TO 'keptword_payments'@'localhost';
GRANT DELETE ON keptword_payments.pay_draft TO 'keptword_payments'@'localhost';
GRANT DELETE ON keptword_payments.pay_draft_line TO 'keptword_payments'@'localhost';
GRANT DELETE ON keptword_payments.pay_warning TO 'keptword_payments'@'localhost';
GRANT DELETE ON keptword_payments.pay_variance TO 'keptword_payments'@'localhost';
GRANT DELETE ON keptword_payments.pay_total TO 'keptword_payments'@'localhost';
GRANT DELETE ON keptword_payments.pay_change TO 'keptword_payments'@'localhost';
GRANT UPDATE, DELETE ON keptword_payments.gl_account TO 'keptword_payments'@'localhost';
GRANT UPDATE, DELETE ON keptword_payments.cost_centre TO 'keptword_payments'@'localhost';
GRANT DELETE ON keptword_payments.pay_block TO 'keptword_payments'@'localhost';
GRANT UPDATE ON keptword_payments.pay_run TO 'keptword_payments'@'localhost';
GRANT UPDATE (state, sent_on, funds_on, late_cause, version)
    ON keptword_payments.statement TO 'keptword_payments'@'localhost';
GRANT UPDATE ON keptword_payments.payee TO 'keptword_payments'@'localhost';
GRANT UPDATE, DELETE ON keptword_payments.job TO 'keptword_payments'@'localhost';
GRANT UPDATE, DELETE ON keptword_payments.outbox TO 'keptword_payments'@'localhost';
GRANT UPDATE (location), DELETE ON keptword_payments.submission TO 'keptword_payments'@'localhost';
GRANT UPDATE ON keptword_payments.work_count TO 'keptword_payments'@'localhost';
GRANT DELETE ON keptword_payments.event TO 'keptword_payments'@'localhost';
GRANT DELETE ON keptword_payments.event_done TO 'keptword_payments'@'localhost';

-- What it reads of others.
GRANT SELECT ON keptword_core.caller TO 'keptword_payments'@'localhost';
GRANT SELECT ON keptword_core.api_caller TO 'keptword_payments'@'localhost';
GRANT SELECT ON keptword_core.person_public TO 'keptword_payments'@'localhost';
GRANT SELECT ON keptword_core.person_contact TO 'keptword_payments'@'localhost';
GRANT SELECT ON keptword_core.project TO 'keptword_payments'@'localhost';
GRANT SELECT ON keptword_core.pod TO 'keptword_payments'@'localhost';
GRANT SELECT ON keptword_core.pod_member TO 'keptword_payments'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.session_touch TO 'keptword_payments'@'localhost';
GRANT EXECUTE ON PROCEDURE keptword_core.api_token_touch TO 'keptword_payments'@'localhost';
GRANT SELECT ON keptword_onboarding.published_engagement TO 'keptword_payments'@'localhost';
GRANT SELECT ON keptword_onboarding.published_terms TO 'keptword_payments'@'localhost';
GRANT SELECT ON keptword_onboarding.event_public TO 'keptword_payments'@'localhost';
GRANT SELECT ON keptword_feedback.published_credit TO 'keptword_payments'@'localhost';
GRANT SELECT ON keptword_feedback.event_public TO 'keptword_payments'@'localhost';
