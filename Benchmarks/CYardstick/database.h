/* What both yardsticks over SQLite share. */
#ifndef KIOSK_YARDSTICK_DATABASE_H
#define KIOSK_YARDSTICK_DATABASE_H

#include <sqlite3.h>

/* Opens a file as the agent does: WAL, FULL, foreign keys, recursive triggers, 5 s for another
   connection, no mutex as one thread at a time uses it. NULL when that fails or FULL does not
   hold. */
sqlite3 *yardstick_database_open(const char *path);

/* Runs a statement that gives no rows to its end and makes it ready again. */
int yardstick_run(sqlite3_stmt *statement);

/* The first column of the first row, or `otherwise` when there is none or it is NULL. */
sqlite3_int64 yardstick_integer(sqlite3_stmt *statement, sqlite3_int64 otherwise);

#endif
