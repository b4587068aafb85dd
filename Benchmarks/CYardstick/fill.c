#include "ledger.h"

#include <inttypes.h>
#include <stdio.h>

/* The oldest payment that is accepted; SQLITE_DONE when there is none. */
static int read_accepted(
    yardstick_ledger *ledger, yardstick_line *line, char *seq, char *card, char *host) {
    sqlite3_stmt *accepted = ledger->statements[ACCEPTED];
    int code = sqlite3_step(accepted);
    if (code == SQLITE_ROW) {
        line->payment = sqlite3_column_int64(accepted, 0);
        line->at = sqlite3_column_int64(accepted, 1);
        const int max = YARDSTICK_CARD_MAX;
        snprintf(seq, YARDSTICK_SEQ_MAX, "%s", (const char *)sqlite3_column_text(accepted, 2));
        snprintf(card, max, "%s", (const char *)sqlite3_column_text(accepted, 3));
        snprintf(host, max, "%s", (const char *)sqlite3_column_text(accepted, 4));
    }
    sqlite3_reset(accepted);
    return code;
}

static int settle_one(yardstick_ledger *ledger) {
    char seq[YARDSTICK_SEQ_MAX], card[YARDSTICK_CARD_MAX], host[YARDSTICK_CARD_MAX];
    yardstick_line line = {
        .revision = 2, .seq = seq, .from = "accepted", .to = "settled", .card = card, .host = host};
    int code = read_accepted(ledger, &line, seq, card, host);
    if (code != SQLITE_ROW) return code;
    sqlite3_bind_int64(ledger->statements[SETTLE], 1, line.payment);
    code = yardstick_run(ledger->statements[SETTLE]);
    return code == SQLITE_OK ? yardstick_write_line(ledger, &line) : code;
}

static int end(yardstick_ledger *ledger, int code) {
    if (code == SQLITE_OK) return yardstick_run(ledger->statements[COMMIT]);
    yardstick_run(ledger->statements[ROLLBACK]);
    return code;
}

int yardstick_ledger_settle(yardstick_ledger *ledger) {
    int code = yardstick_run(ledger->statements[BEGIN]);
    if (code != SQLITE_OK) return code;
    while (code == SQLITE_OK) code = settle_one(ledger);
    return end(ledger, code == SQLITE_DONE ? SQLITE_OK : code);
}

/* In one transaction: as cards come in no order, each step of many would write all pages anew. */
int yardstick_ledger_fill(
    yardstick_ledger *ledger, const char *host, int64_t count, int64_t now, int settles) {
    int code = sqlite3_exec(
        ledger->database, "PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -1000000",
        NULL, NULL, NULL);
    if (code == SQLITE_OK) code = yardstick_run(ledger->statements[BEGIN]);
    if (code != SQLITE_OK) return code;
    for (int64_t i = 0; i < count && code == SQLITE_OK; i++) {
        char card[YARDSTICK_CARD_MAX];
        snprintf(card, sizeof card, "%" PRId64, INT64_C(10000000000000) + i % YARDSTICK_CARDS);
        yardstick_tap tap = {.host = host, .card = card, .now = now + i};
        code = yardstick_accept(ledger, &tap, 0);
        if (code == SQLITE_OK && settles) code = settle_one(ledger);
    }
    return end(ledger, code);
}
