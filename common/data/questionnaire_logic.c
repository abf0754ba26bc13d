/*
 * questionnaire_logic.c: evaluates compiled conditions. Used by questionnaire.c (what is shown,
 * where pages are cut). Never fails: what cannot be compared is false.
 */
#include "data/questionnaire.h"
#include "data/questionnaire_impl.h"

#include <string.h>

struct evaluation {
	const struct questionnaire *q;
	const struct answers *answers;
	const struct questionnaire_view *shown;
	bool absent; /* a name without .NAOK of a question that is not shown was read */
};

struct value {
	const char *text;
	double number;
	bool numeric;
};

static struct value
value_of_text(const char *text)
{
	struct value value = { .text = text };

	value.numeric = decimal_value(text, &value.number);
	return value;
}

static struct value
value_of_number(double number)
{
	return (
	    struct value){ .text = number != 0 ? "1" : "0", .number = number, .numeric = true };
}

static bool
value_true(struct value value)
{
	return value.numeric ? value.number != 0 : *value.text != '\0';
}

static struct value
value_of_name(struct evaluation *evaluation, const struct condition_node *node)
{
	const struct question *question = &evaluation->q->questions[node->question];
	const char *answer = answers_get(evaluation->answers, node->text);
	bool shown = evaluation->shown->questions[node->question];

	if (node->row < QUESTION_OTHER)
		shown = questionnaire_row_shown(evaluation->shown, node->question, node->row);
	if (!shown) {
		evaluation->absent |= !node->hidden_ok;
		return value_of_text("");
	}
	if (node->label && *answer && question->kind == QUESTION_SEVERAL &&
	    node->row < QUESTION_OTHER)
		return value_of_text(questionnaire_text(question->rows[node->row].text, 0));
	if (node->label && node->row != QUESTION_OTHER)
		return value_of_text(question_answer_text(question, answer, 0));
	return value_of_text(answer);
}

static bool
compare(enum condition_op op, struct value a, struct value b)
{
	int order;

	if (a.numeric && b.numeric)
		order = (a.number > b.number) - (a.number < b.number);
	else
		order = strcmp(a.text, b.text);
	if (op == OP_EQ)
		return order == 0;
	if (op == OP_NE)
		return order != 0;
	/* An order needs two sides of one sort. */
	if (a.numeric != b.numeric || !*a.text || !*b.text)
		return false;
	switch (op) {
	case OP_LT:
		return order < 0;
	case OP_LE:
		return order <= 0;
	case OP_GT:
		return order > 0;
	default:
		return order >= 0;
	}
}

static struct value evaluate(struct evaluation *evaluation, const struct condition_node *node);

static struct value
evaluate_call(struct evaluation *evaluation, const struct condition_node *node)
{
	double total = 0;

	for (const struct condition_node *arg = node->a; arg; arg = arg->next) {
		struct value value = evaluate(evaluation, arg);

		if (node->op == OP_SUM)
			total += value.numeric ? value.number : 0;
		else
			total += *value.text ? 1 : 0;
	}
	return value_of_number(node->op == OP_EMPTY ? (total > 0 ? 0 : 1) : total);
}

/* Both sides are always read: a name that is not shown counts wherever it stands. */
static struct value
evaluate(struct evaluation *evaluation, const struct condition_node *node)
{
	struct value a, b;

	switch (node->op) {
	case OP_TEXT:
		return value_of_text(node->text);
	case OP_NAME:
		return value_of_name(evaluation, node);
	case OP_EMPTY:
	case OP_COUNT:
	case OP_SUM:
		return evaluate_call(evaluation, node);
	case OP_NOT:
		return value_of_number(value_true(evaluate(evaluation, node->a)) ? 0 : 1);
	default:
		break;
	}
	a = evaluate(evaluation, node->a);
	b = evaluate(evaluation, node->b);
	if (node->op == OP_AND)
		return value_of_number(value_true(a) && value_true(b) ? 1 : 0);
	if (node->op == OP_OR)
		return value_of_number(value_true(a) || value_true(b) ? 1 : 0);
	return value_of_number(compare(node->op, a, b) ? 1 : 0);
}

bool
condition_holds(const struct condition *condition, const struct questionnaire *q,
    const struct answers *answers, const struct questionnaire_view *shown)
{
	struct evaluation evaluation = { .q = q, .answers = answers, .shown = shown };

	if (!condition)
		return true;
	return value_true(evaluate(&evaluation, condition->root)) && !evaluation.absent;
}

static bool
node_reads(const struct condition_node *node, size_t first, size_t end)
{
	if (!node)
		return false;
	if (node->op == OP_NAME)
		return node->question >= first && node->question < end;
	if (node_reads(node->b, first, end))
		return true;
	for (const struct condition_node *arg = node->a; arg; arg = arg->next)
		if (node_reads(arg, first, end))
			return true;
	return false;
}

bool
condition_reads(const struct condition *condition, size_t first, size_t end)
{
	return condition && node_reads(condition->root, first, end);
}
