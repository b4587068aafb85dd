#include "CYardstick.h"
#include "database.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* The statements of Ledger.recordTap in Sources/Ledger, in their order. */
enum {
    BEGIN, CARD_IS_PAYING, READ_MARK, RAISE_MARK, IS_LOST, CARD_EXPOSURE, TOTALS, IS_BLOCKED,
    INSERT_PAYMENT, INSERT_HISTORY, COMMIT, ROLLBACK, STATEMENTS
};

#define EXPOSED                                                                                    \
    "state IN ('pending', 'accepted', 'held', 'rejected') "                                        \
    "AND (state <> 'pending' OR decision = 'approve')"

static const char *const texts[STATEMENTS] = {
    [BEGIN] = "BEGIN IMMEDIATE TRANSACTION",
    [CARD_IS_PAYING] = "SELECT 1 FROM payments WHERE card = ? AND state = 'pending' LIMIT 1",
    [READ_MARK] = "SELECT value FROM marks WHERE name = ?",
    [RAISE_MARK] = "INSERT INTO marks (name, value) VALUES (?, ?) "
                   "ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",
    [IS_LOST] = "SELECT 1 FROM lost_cards WHERE card = ? LIMIT 1",
    [CARD_EXPOSURE] =
        "SELECT coalesce(sum(amount), 0) FROM payments WHERE card = ? AND " EXPOSED,
    [TOTALS] = "SELECT coalesce(sum(amount), 0), min(created_at) FROM payments WHERE " EXPOSED,
    [IS_BLOCKED] = "SELECT 1 FROM lost_cards "
                   "WHERE card = ? AND source IN ('operator', 'import') LIMIT 1",
    [INSERT_PAYMENT] =
        "INSERT INTO payments (seq, state, reason, amount, title, reference, card, offline, "
        "decision, created_at, updated_at, expires_at, told_at, platform_host, client_id, "
        "order_number, attempts, unresolved, in_flight, sent_at, trade_id, paid_amount, balance, "
        "revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [INSERT_HISTORY] = "INSERT INTO history (payment, revision, at, from_state, to_state, reason, "
                       "order_number, by, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [COMMIT] = "COMMIT TRANSACTION",
    [ROLLBACK] = "ROLLBACK TRANSACTION",
};

typedef struct {
    const char *card;
    int64_t now;
    char order[32];
} tap;

struct yardstick_ledger {
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENTS];
};

yardstick_ledger *yardstick_ledger_open(const char *path) {
    yardstick_ledger *ledger = calloc(1, sizeof *ledger);
    if (!ledger) return NULL;
    ledger->database = yardstick_database_open(path);
    int code = ledger->database ? SQLITE_OK : SQLITE_CANTOPEN;
    for (int i = 0; i < STATEMENTS && code == SQLITE_OK; i++)
        code = sqlite3_prepare_v3(
            ledger->database, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &ledger->statements[i],
            NULL);
    if (code == SQLITE_OK) return ledger;
    yardstick_ledger_close(ledger);
    return NULL;
}

void yardstick_ledger_close(yardstick_ledger *ledger) {
    for (int i = 0; i < STATEMENTS; i++) sqlite3_finalize(ledger->statements[i]);
    sqlite3_close(ledger->database);
    free(ledger);
}

static void bind_text(sqlite3_stmt *statement, int index, const char *text) {
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

/* A fresh order number: the clock's milliseconds, or one more than the mark. */
static int next_order(yardstick_ledger *ledger, tap *tap) {
    sqlite3_stmt *read = ledger->statements[READ_MARK], *raise = ledger->statements[RAISE_MARK];
    bind_text(read, 1, "sequence");
    sqlite3_int64 mark = yardstick_integer(read, 0) + 1;
    if (mark < tap->now) mark = tap->now;
    bind_text(raise, 1, "sequence");
    sqlite3_bind_int64(raise, 2, mark);
    snprintf(
        tap->order, sizeof tap->order, "%s%013" PRId64, YARDSTICK_TERMINAL, (int64_t)mark);
    return yardstick_run(raise);
}

/* Reads what the policy decides by. The decision itself is a few comparisons. */
static int read_facts(yardstick_ledger *ledger, const tap *tap) {
    static const int facts[] = {IS_LOST, CARD_EXPOSURE, TOTALS, IS_BLOCKED};
    sqlite3_int64 values[4];
    for (int i = 0; i < 4; i++) {
        sqlite3_stmt *fact = ledger->statements[facts[i]];
        if (facts[i] != TOTALS) bind_text(fact, 1, tap->card);
        values[i] = yardstick_integer(fact, 0);
    }
    return values[0] || values[3] ? SQLITE_MISUSE : SQLITE_OK;
}

static int insert_payment(yardstick_ledger *ledger, const tap *tap) {
    sqlite3_stmt *insert = ledger->statements[INSERT_PAYMENT];
    bind_text(insert, 1, tap->order);
    bind_text(insert, 2, "accepted");
    bind_text(insert, 3, "platform_unreachable");
    sqlite3_bind_int64(insert, 4, YARDSTICK_FEN);
    bind_text(insert, 5, YARDSTICK_TITLE);
    bind_text(insert, 7, tap->card);
    sqlite3_bind_int(insert, 8, 1);
    bind_text(insert, 9, "approve");
    sqlite3_bind_int64(insert, 10, tap->now);
    sqlite3_bind_int64(insert, 11, tap->now);
    sqlite3_bind_int64(insert, 12, tap->now + YARDSTICK_EXPIRES_MILLISECONDS);
    bind_text(insert, 14, YARDSTICK_HOST);
    bind_text(insert, 15, YARDSTICK_CLIENT);
    bind_text(insert, 16, tap->order);
    for (int column = 17; column <= 19; column++) sqlite3_bind_int(insert, column, 0);
    sqlite3_bind_int(insert, 24, 1);
    return yardstick_run(insert);
}

static int insert_history(yardstick_ledger *ledger, const tap *tap) {
    sqlite3_stmt *insert = ledger->statements[INSERT_HISTORY];
    sqlite3_bind_int64(insert, 1, sqlite3_last_insert_rowid(ledger->database));
    sqlite3_bind_int(insert, 2, 1);
    sqlite3_bind_int64(insert, 3, tap->now);
    bind_text(insert, 5, "accepted");
    bind_text(insert, 6, "platform_unreachable");
    bind_text(insert, 7, tap->order);
    bind_text(insert, 8, "agent");
    return yardstick_run(insert);
}

static int record(yardstick_ledger *ledger, tap *tap) {
    sqlite3_stmt *paying = ledger->statements[CARD_IS_PAYING];
    bind_text(paying, 1, tap->card);
    if (yardstick_integer(paying, 0)) return SQLITE_MISUSE;
    int code = next_order(ledger, tap);
    if (code == SQLITE_OK) code = read_facts(ledger, tap);
    if (code == SQLITE_OK) code = insert_payment(ledger, tap);
    if (code == SQLITE_OK) code = insert_history(ledger, tap);
    return code;
}

int yardstick_ledger_record(yardstick_ledger *ledger, const char *card, int64_t now) {
    tap tap = {.card = card, .now = now};
    int code = yardstick_run(ledger->statements[BEGIN]);
    if (code != SQLITE_OK) return code;
    code = record(ledger, &tap);
    if (code == SQLITE_OK) code = yardstick_run(ledger->statements[COMMIT]);
    if (code != SQLITE_OK) yardstick_run(ledger->statements[ROLLBACK]);
    return code;
}

#define ONE_SIDE(table, left, right)                                                               \
    "(SELECT count(*) FROM (SELECT * FROM " left "." table " EXCEPT SELECT * FROM " right          \
    "." table "))"
#define BOTH_SIDES(table) ONE_SIDE(table, "main", "other") " + " ONE_SIDE(table, "other", "main")

long yardstick_ledgers_differ(const char *path, const char *other) {
    long rows = -1;
    sqlite3_stmt *attach = NULL, *count = NULL;
    sqlite3 *database = yardstick_database_open(path);
    if (!database) return rows;
    if (sqlite3_prepare_v2(database, "ATTACH ? AS other", -1, &attach, NULL) == SQLITE_OK) {
        bind_text(attach, 1, other);
        if (yardstick_run(attach) == SQLITE_OK
            && sqlite3_prepare_v2(
                database,
                "SELECT " BOTH_SIDES("payments") " + " BOTH_SIDES("history") " + " BOTH_SIDES(
                    "marks"),
                -1, &count, NULL) == SQLITE_OK)
            rows = (long)yardstick_integer(count, -1);
    }
    sqlite3_finalize(attach);
    sqlite3_finalize(count);
    sqlite3_close(database);
    return rows;
}
