#include "database.h"

#include <stddef.h>

sqlite3 *yardstick_database_open(const char *path) {
    sqlite3 *database = NULL;
    sqlite3_stmt *level = NULL;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const char *settings =
        "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA journal_mode = WAL; "
        "PRAGMA synchronous = FULL";
    int isFull = 0;

    if (sqlite3_open_v2(path, &database, flags, NULL) == SQLITE_OK
        && sqlite3_busy_timeout(database, 5000) == SQLITE_OK
        && sqlite3_exec(database, settings, NULL, NULL, NULL) == SQLITE_OK
        && sqlite3_prepare_v2(database, "PRAGMA synchronous", -1, &level, NULL) == SQLITE_OK)
        isFull = yardstick_integer(level, -1) == 2;
    sqlite3_finalize(level);
    if (isFull) return database;
    sqlite3_close(database);
    return NULL;
}

int yardstick_run(sqlite3_stmt *statement) {
    int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

sqlite3_int64 yardstick_integer(sqlite3_stmt *statement, sqlite3_int64 otherwise) {
    sqlite3_int64 value = otherwise;
    if (sqlite3_step(statement) == SQLITE_ROW
        && sqlite3_column_type(statement, 0) != SQLITE_NULL)
        value = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return value;
}
