/* What recording, filling and signing share. */
#ifndef KIOSK_YARDSTICK_LEDGER_H
#define KIOSK_YARDSTICK_LEDGER_H

#include "CYardstick.h"
#include "database.h"

#include <stdint.h>

/* The statements of Ledger.recordTap in Sources/Ledger, in their order, and those of a settling. */
enum {
    BEGIN, CARD_IS_PAYING, READ_MARK, RAISE_MARK, IS_NAMED, IS_IMPORTED, CARD_EXPOSURE, OLDEST_ID,
    OLDEST, INSERT_PAYMENT, CHAIN_END, INSERT_HISTORY, COMMIT, ROLLBACK,
    ACCEPTED, SETTLE, STATEMENTS
};

#define YARDSTICK_SEQ_MAX 32
#define YARDSTICK_CARD_MAX 65
#define YARDSTICK_HASH_LENGTH 16

struct yardstick_ledger {
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENTS];
    /* This start of the machine, as the agent's ledger noted it. */
    sqlite3_int64 boot;
};

typedef struct {
    const char *host, *card;
    int64_t now;
    char order[YARDSTICK_SEQ_MAX];
} yardstick_tap;

/* One line of history. Its payment's order number is its seq. */
typedef struct {
    int64_t id, payment, revision, at;
    const char *seq, *from, *to, *reason, *card, *host;
} yardstick_line;

/* Binds text that outlives the statement's next run; NULL is no text. */
void yardstick_bind(sqlite3_stmt *statement, int index, const char *text);

/* Records a tap inside a transaction, with what a tap asks first if `checks`. */
int yardstick_accept(yardstick_ledger *ledger, yardstick_tap *tap, int checks);

/* Numbers and signs the line and writes it. */
int yardstick_write_line(yardstick_ledger *ledger, yardstick_line *line);

#endif
