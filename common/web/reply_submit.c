/*
 * reply_submit.c: a form's effect, once (data/submission.h), and the redirect to its receipt.
 */
#include "data/json.h"
#include "web/request_impl.h"

struct submit {
	struct request *req;
	request_work work;
	void *arg;
	struct receipt *receipt; /* of a form without a submission id */
};

static enum status
run_once(struct db *db, struct receipt *receipt, void *arg)
{
	struct submit *submit = arg;

	return submit->work(submit->req, db, receipt, submit->arg);
}

static enum status
run_plain(struct db *db, void *arg)
{
	struct submit *submit = arg;

	*submit->receipt = (struct receipt){ 0 };
	return submit->work(submit->req, db, submit->receipt, submit->arg);
}

/* A form of an API carries an id only if the client wants to try again safely. */
enum status
request_submit(struct request *req, request_work work, void *arg, struct receipt *receipt)
{
	struct submit one = { .req = req, .work = work, .arg = arg }, *submit = &one;
	struct submission submission = { .person = req->caller.person,
		.route = req->route->path };

	if (req->route->flags & ROUTE_NO_SUBMISSION ||
	    (req->route->flags & ROUTE_API && !form_has_submission(req))) {
		submit->receipt = receipt;
		return db_transact(request_db(req), run_plain, NULL, submit);
	}
	if (!form_has_submission(req))
		return E_INPUT;
	submission.id = form_submission(req);
	form_body_hash(req, submission.body_hash);
	return submission_run(request_db(req), &submission, run_once, submit, receipt);
}

enum status
reply_submit(struct request *req, request_work work, void *arg)
{
	struct receipt receipt = { 0 };
	enum status status = request_submit(req, work, arg, &receipt);

	if (status == OK && req->route->flags & ROUTE_API)
		return reply_json_value(req, 200,
		    json_held(req->arena, json_pack("{s:s, s:b}", "location", receipt.location,
					      "repeated", receipt.repeated)));
	if (status == OK)
		return reply_redirect(req, receipt.location);
	if (status == E_INPUT && req->route->flags & ROUTE_API && form_failed(req))
		return form_reply_errors(req);
	if ((status == E_INPUT || status == E_CONFLICT) && req->form && req->form->show &&
	    form_failed(req))
		return req->form->show(req);
	return status;
}
