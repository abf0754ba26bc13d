/* work_count.c: what workers have done, see work_count.h. */
#include "data/work_count.h"

#include "base/metric.h"

#include <string.h>

#define LABELS_MAX 48
#define LABEL_MAX 60
#define WRITE_EVERY (5 * SECOND)

const struct work_family WORK_FAMILIES[WORK_COUNT_MAX] = {
#define X(constant, name, label, help) { #name, label, help },
	WORK_COUNT_LIST(X)
#undef X
};

static const struct stmt ADD = { "INSERT INTO work_count (name, label, value) VALUES (?, ?, ?)"
				 " ON DUPLICATE KEY UPDATE value = value + VALUES(value)" };
static const struct stmt READ = {
	"SELECT name, label, value FROM work_count ORDER BY name, label"
};

/* What has been counted and not been written yet. The last label of a family is "-". */
static struct counted {
	char label[LABEL_MAX + 1];
	bool used;
	int64_t n;
} counted[WORK_COUNT_MAX][LABELS_MAX + 1];
static int64_t written_at; /* ticks */
static int64_t retries_written;

static struct counted *
counted_of(struct counted *family, const char *label)
{
	size_t n = strlen(label);

	for (size_t i = 0; i < LABELS_MAX && n <= LABEL_MAX; i++) {
		if (!family[i].used) {
			family[i].used = true;
			memcpy(family[i].label, label, n + 1);
		}
		if (text_is(family[i].label, label))
			return &family[i];
	}
	family[LABELS_MAX].label[0] = '-';
	return &family[LABELS_MAX];
}

void
work_count(enum work_count family, const char *label, int64_t n)
{
	counted_of(counted[family], label)->n += n;
}

void
work_count_write(struct db *db, bool last)
{
	int64_t now = time_ticks(), retries = metric_value(METRIC_DB_RETRIES);

	if (!last && now - written_at < WRITE_EVERY)
		return;
	written_at = now;
	work_count(WORK_COUNT_RETRIES, "", retries - retries_written);
	retries_written = retries;
	for (size_t family = 0; family < WORK_COUNT_MAX; family++)
		for (size_t i = 0; i <= LABELS_MAX; i++) {
			struct counted *one = &counted[family][i];
			if (one->n && db_write(db, &ADD, v_text(WORK_FAMILIES[family].name),
					  v_text(one->label), v_int(one->n)) >= 0)
				one->n = 0;
		}
}

struct rows *
work_count_read(struct db *db)
{
	return db_read(db, &READ);
}
