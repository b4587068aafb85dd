#include "CYardstick.h"
#include "database.h"

#include <stdlib.h>

struct yardstick_commits {
    sqlite3 *database;
    sqlite3_stmt *insert;
};

yardstick_commits *yardstick_commits_open(const char *path) {
    yardstick_commits *commits = calloc(1, sizeof *commits);
    if (!commits) return NULL;
    commits->database = yardstick_database_open(path);
    if (commits->database
        && sqlite3_exec(
            commits->database, "CREATE TABLE rows (value INTEGER)", NULL, NULL, NULL) == SQLITE_OK
        && sqlite3_prepare_v2(
            commits->database, "INSERT INTO rows (value) VALUES (1)", -1, &commits->insert, NULL)
            == SQLITE_OK)
        return commits;
    yardstick_commits_close(commits);
    return NULL;
}

int yardstick_commit(yardstick_commits *commits) { return yardstick_run(commits->insert); }

void yardstick_commits_close(yardstick_commits *commits) {
    sqlite3_finalize(commits->insert);
    sqlite3_close(commits->database);
    free(commits);
}
