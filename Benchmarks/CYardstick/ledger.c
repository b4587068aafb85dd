#include "ledger.h"

#include <CClock.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define EXPOSED                                                                                    \
    "state IN ('pending', 'accepted', 'held', 'rejected') "                                        \
    "AND (state <> 'pending' OR decision = 'approve')"

#define COLUMNS                                                                                    \
    "seq, state, reason, amount, title, reference, card, offline, decision, created_at, "         \
    "updated_at, expires_at, told_at, platform_host, client_id, order_number, attempts, "         \
    "unresolved, in_flight, sent_at, trade_id, paid_amount, balance, revision, boot, uptime_ms, " \
    "clock_synced, sent_boot, sent_uptime_ms"

static const char *const texts[STATEMENTS] = {
    [BEGIN] = "BEGIN IMMEDIATE TRANSACTION",
    [CARD_IS_PAYING] = "SELECT 1 FROM payments WHERE card = ? AND state = 'pending' LIMIT 1",
    [READ_MARK] = "SELECT value FROM marks WHERE name = ?",
    [RAISE_MARK] = "INSERT INTO marks (name, value) VALUES (?, ?) "
                   "ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",
    [IS_NAMED] = "SELECT 1 FROM lost_cards WHERE card = ? LIMIT 1",
    [IS_IMPORTED] = "SELECT 1 FROM listed_cards WHERE card = ? "
                    "AND list = (SELECT id FROM lost_lists WHERE in_force = 1) LIMIT 1",
    [CARD_EXPOSURE] =
        "SELECT coalesce(sum(amount), 0) FROM payments WHERE card = ? AND " EXPOSED,
    [OLDEST_ID] = "SELECT min(id) FROM ("
                  "SELECT min(id) AS id FROM payments WHERE state = 'accepted' UNION ALL "
                  "SELECT min(id) AS id FROM payments WHERE state = 'held' UNION ALL "
                  "SELECT min(id) AS id FROM payments WHERE state = 'rejected' UNION ALL "
                  "SELECT min(id) AS id FROM payments "
                  "WHERE state = 'pending' AND decision = 'approve')",
    [OLDEST] = "SELECT created_at, boot, uptime_ms, clock_synced FROM payments WHERE id = ?",
    [INSERT_PAYMENT] = "INSERT INTO payments (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                       "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [CHAIN_END] = "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'history'), "
                  "(SELECT hash FROM history ORDER BY id DESC LIMIT 1)",
    [INSERT_HISTORY] = "INSERT INTO history (id, payment, revision, at, from_state, to_state, "
                       "reason, order_number, by, note, hash) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [COMMIT] = "COMMIT TRANSACTION",
    [ROLLBACK] = "ROLLBACK TRANSACTION",
    [ACCEPTED] = "SELECT id, updated_at, seq, card, platform_host FROM payments "
                 "WHERE state = 'accepted' ORDER BY id LIMIT 1",
    [SETTLE] = "UPDATE payments SET state = 'settled', reason = NULL, revision = 2 WHERE id = ?",
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
    sqlite3_stmt *boot = NULL;
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(
            ledger->database, "SELECT max(id) FROM boots", -1, &boot, NULL);
    if (code == SQLITE_OK) {
        ledger->boot = yardstick_integer(boot, 0);
        sqlite3_finalize(boot);
        return ledger;
    }
    yardstick_ledger_close(ledger);
    return NULL;
}

void yardstick_ledger_close(yardstick_ledger *ledger) {
    for (int i = 0; i < STATEMENTS; i++) sqlite3_finalize(ledger->statements[i]);
    sqlite3_close(ledger->database);
    free(ledger);
}

void yardstick_bind(sqlite3_stmt *statement, int index, const char *text) {
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

/* A fresh order number: the clock's milliseconds, or one more than the mark. */
static int next_order(yardstick_ledger *ledger, yardstick_tap *tap) {
    sqlite3_stmt *read = ledger->statements[READ_MARK], *raise = ledger->statements[RAISE_MARK];
    yardstick_bind(read, 1, "sequence");
    sqlite3_int64 mark = yardstick_integer(read, 0) + 1;
    if (mark < tap->now) mark = tap->now;
    yardstick_bind(raise, 1, "sequence");
    sqlite3_bind_int64(raise, 2, mark);
    snprintf(
        tap->order, sizeof tap->order, "%s%013" PRId64, YARDSTICK_TERMINAL, (int64_t)mark);
    return yardstick_run(raise);
}

static int is_found(yardstick_ledger *ledger, int statement, const char *card) {
    yardstick_bind(ledger->statements[statement], 1, card);
    return yardstick_integer(ledger->statements[statement], 0) != 0;
}

int yardstick_ledger_is_lost(yardstick_ledger *ledger, const char *card) {
    return is_found(ledger, IS_NAMED, card) || is_found(ledger, IS_IMPORTED, card);
}

/* When the oldest payment that is owed was made. What is owed in all is kept in memory. */
static void read_oldest(yardstick_ledger *ledger) {
    sqlite3_stmt *oldest = ledger->statements[OLDEST];
    sqlite3_int64 id = yardstick_integer(ledger->statements[OLDEST_ID], 0);
    if (!id) return;
    sqlite3_bind_int64(oldest, 1, id);
    if (sqlite3_step(oldest) == SQLITE_ROW)
        for (int column = 0; column < sqlite3_column_count(oldest); column++)
            sqlite3_column_int64(oldest, column);
    sqlite3_reset(oldest);
}

/* Reads what the policy decides by. The decision itself is a few comparisons. */
static int read_facts(yardstick_ledger *ledger, const yardstick_tap *tap) {
    if (yardstick_ledger_is_lost(ledger, tap->card)) return SQLITE_MISUSE;
    yardstick_bind(ledger->statements[CARD_EXPOSURE], 1, tap->card);
    yardstick_integer(ledger->statements[CARD_EXPOSURE], 0);
    read_oldest(ledger);
    return SQLITE_OK;
}

static int insert_payment(yardstick_ledger *ledger, const yardstick_tap *tap) {
    sqlite3_stmt *insert = ledger->statements[INSERT_PAYMENT];
    struct timespec uptime;
    clock_gettime(CLOCK_BOOTTIME, &uptime);
    yardstick_bind(insert, 1, tap->order);
    yardstick_bind(insert, 2, "accepted");
    yardstick_bind(insert, 3, "platform_unreachable");
    sqlite3_bind_int64(insert, 4, YARDSTICK_FEN);
    yardstick_bind(insert, 5, YARDSTICK_TITLE);
    yardstick_bind(insert, 7, tap->card);
    sqlite3_bind_int(insert, 8, 1);
    yardstick_bind(insert, 9, "approve");
    sqlite3_bind_int64(insert, 10, tap->now);
    sqlite3_bind_int64(insert, 11, tap->now);
    sqlite3_bind_int64(insert, 12, tap->now + YARDSTICK_EXPIRES_MILLISECONDS);
    yardstick_bind(insert, 14, tap->host);
    yardstick_bind(insert, 15, YARDSTICK_CLIENT);
    yardstick_bind(insert, 16, tap->order);
    for (int column = 17; column <= 19; column++) sqlite3_bind_int(insert, column, 0);
    sqlite3_bind_int(insert, 24, 1);
    sqlite3_bind_int64(insert, 25, ledger->boot);
    sqlite3_bind_int64(insert, 26, uptime.tv_sec * INT64_C(1000) + uptime.tv_nsec / 1000000);
    sqlite3_bind_int(insert, 27, CClock_isSynchronised());
    return yardstick_run(insert);
}

static int insert_history(yardstick_ledger *ledger, const yardstick_tap *tap) {
    yardstick_line line = {
        .payment = sqlite3_last_insert_rowid(ledger->database), .revision = 1, .at = tap->now,
        .seq = tap->order, .to = "accepted", .reason = "platform_unreachable", .card = tap->card,
        .host = tap->host};
    return yardstick_write_line(ledger, &line);
}

int yardstick_accept(yardstick_ledger *ledger, yardstick_tap *tap, int checks) {
    if (checks && is_found(ledger, CARD_IS_PAYING, tap->card)) return SQLITE_MISUSE;
    int code = next_order(ledger, tap);
    if (code == SQLITE_OK && checks) code = read_facts(ledger, tap);
    if (code == SQLITE_OK) code = insert_payment(ledger, tap);
    if (code == SQLITE_OK) code = insert_history(ledger, tap);
    return code;
}

int yardstick_ledger_record(yardstick_ledger *ledger, const char *card, int64_t now) {
    yardstick_tap tap = {.host = YARDSTICK_HOST, .card = card, .now = now};
    int code = yardstick_run(ledger->statements[BEGIN]);
    if (code != SQLITE_OK) return code;
    code = yardstick_accept(ledger, &tap, 1);
    if (code == SQLITE_OK) code = yardstick_run(ledger->statements[COMMIT]);
    if (code != SQLITE_OK) yardstick_run(ledger->statements[ROLLBACK]);
    return code;
}
