#include "CYardstick.h"
#include "database.h"

#include <stddef.h>

/* All but `uptime_ms`, which is a moment of its own on each side. No line of history knows it. */
#define PAYMENT                                                                                    \
    "id, seq, state, reason, amount, title, reference, card, offline, decision, created_at, "     \
    "updated_at, expires_at, told_at, platform_host, client_id, order_number, attempts, "         \
    "unresolved, in_flight, sent_at, trade_id, paid_amount, balance, revision, boot, "            \
    "clock_synced, sent_boot, sent_uptime_ms"

#define ONE_SIDE(columns, table, left, right)                                                      \
    "(SELECT count(*) FROM (SELECT " columns " FROM " left "." table " EXCEPT SELECT " columns     \
    " FROM " right "." table "))"
#define BOTH_SIDES(columns, table)                                                                 \
    ONE_SIDE(columns, table, "main", "other") " + " ONE_SIDE(columns, table, "other", "main")

long yardstick_ledgers_differ(const char *path, const char *other) {
    static const char attach_text[] = "ATTACH ? AS other";
    static const char count_text[] = "SELECT " BOTH_SIDES(PAYMENT, "payments") " + " BOTH_SIDES(
        "*", "history") " + " BOTH_SIDES("*", "marks");
    long rows = -1;
    sqlite3_stmt *attach = NULL, *count = NULL;
    sqlite3 *database = yardstick_database_open(path);
    if (!database) return rows;
    if (sqlite3_prepare_v2(database, attach_text, -1, &attach, NULL) == SQLITE_OK
        && sqlite3_bind_text(attach, 1, other, -1, SQLITE_STATIC) == SQLITE_OK
        && yardstick_run(attach) == SQLITE_OK
        && sqlite3_prepare_v2(database, count_text, -1, &count, NULL) == SQLITE_OK)
        rows = (long)yardstick_integer(count, -1);
    sqlite3_finalize(attach);
    sqlite3_finalize(count);
    sqlite3_close(database);
    return rows;
}
