/*
 * csv.h: reading other people's tables, writing ours (RFC 4180).
 */
#ifndef KEPTWORD_CSV_H
#define KEPTWORD_CSV_H

#include "base/status.h"
#include "base/text.h"

struct csv_row {
	size_t line;   /* of the file, from 1, where the row begins */
	size_t n;
	const char **cells;
};
struct csv {
	size_t n;               /* rows, the header among them */
	struct csv_row *rows;
	char separator;         /* as found: , ; TAB | */
};
struct csv_fault {
	size_t line, column;    /* from 1; column counts cells */
	const char *code;       /* "encoding" "quote" "nul" "too_many_rows" "cell_too_long" "empty" */
};

/* Reads a whole file. Takes UTF-8 with or without a byte order mark, and UTF-16 with one;
 * anything else that is not valid UTF-8 is E_INPUT "encoding" with its line. CRLF, LF or CR
 * ends a row; quoted cells may hold separators, line ends and doubled quotes; blank lines are
 * skipped. The separator is the one of , ; TAB | that stands most often outside quotes in the
 * first row. At most max_rows rows and 64 KiB a cell. */
MUST_USE enum status csv_read(struct arena *arena, struct bytes file, size_t max_rows,
    struct csv *ret, struct csv_fault *ret_fault);

/* Adds one cell or ends the row. Cells are quoted where needed; a cell that begins with
 * = + - @ TAB or CR, where it is not a plain number, gets a ' in front so that a spreadsheet
 * shows it and does not run it (OWASP CSV injection). Rows end in CRLF. The first cell of a
 * row needs no separator: csv_cell keeps count in writer. */
struct csv_writer {
	struct buf *out;
	size_t cells;
};
void csv_cell(struct csv_writer *writer, const char *text);
void csv_end(struct csv_writer *writer);

/* A whole row of n cells. CSV_LINE(&writer, "day", "minutes") counts them. */
void csv_line(struct csv_writer *writer, size_t n, const char *const *cells);
#define CSV_LINE(writer, ...)                                                            \
	csv_line((writer), sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *), \
	    (const char *const[]){ __VA_ARGS__ })

#endif
