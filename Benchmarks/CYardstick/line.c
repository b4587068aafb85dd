#include "ledger.h"
#include "sha256.h"

#include <string.h>

/* The message of AuditLine in Sources/Ledger: fields one after the other, each with its length. */

enum { MESSAGE_MAX = 1024 };

typedef struct {
    uint8_t bytes[MESSAGE_MAX];
    size_t length;
} message;

static void add_bytes(message *to, const void *bytes, size_t length) {
    if (length > MESSAGE_MAX - to->length) return;
    memcpy(&to->bytes[to->length], bytes, length);
    to->length += length;
}

static void add_number(message *to, int64_t number) {
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
    add_bytes(to, bytes, sizeof bytes);
}

static void add_field(message *to, const void *bytes, size_t length) {
    add_number(to, bytes ? (int64_t)length : -1);
    if (bytes) add_bytes(to, bytes, length);
}

static void add_text(message *to, const char *text) {
    add_field(to, text, text ? strlen(text) : 0);
}

static void sign(const yardstick_line *line, const void *previous, uint8_t *hash) {
    static const char domain[] = "kiosk-agent history 1\n";
    message message = {.length = 0};
    add_bytes(&message, domain, sizeof domain - 1);
    add_field(&message, previous, YARDSTICK_HASH_LENGTH);
    const int64_t numbers[] = {line->id, line->payment, line->revision, line->at, YARDSTICK_FEN};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) add_number(&message, numbers[i]);
    const char *texts[] = {
        line->seq, line->from, line->to, line->reason, line->seq, "agent", NULL, line->card, NULL,
        line->host, YARDSTICK_CLIENT,
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) add_text(&message, texts[i]);
    yardstick_hmac_sha256(YARDSTICK_AUDIT_KEY, message.bytes, message.length, hash);
}

/* Reads the end of the chain; returns the hash that the line follows, NULL when it is the first. */
static const void *read_end(yardstick_ledger *ledger, yardstick_line *line, uint8_t *hash) {
    sqlite3_stmt *end = ledger->statements[CHAIN_END];
    const void *previous = NULL;
    if (sqlite3_step(end) == SQLITE_ROW) {
        line->id = sqlite3_column_int64(end, 0) + 1;
        const void *blob = sqlite3_column_blob(end, 1);
        if (blob && sqlite3_column_bytes(end, 1) == YARDSTICK_HASH_LENGTH)
            previous = memcpy(hash, blob, YARDSTICK_HASH_LENGTH);
    }
    sqlite3_reset(end);
    return previous;
}

int yardstick_write_line(yardstick_ledger *ledger, yardstick_line *line) {
    uint8_t before[YARDSTICK_HASH_LENGTH], hash[YARDSTICK_SHA256_LENGTH];
    sign(line, read_end(ledger, line, before), hash);
    sqlite3_stmt *insert = ledger->statements[INSERT_HISTORY];
    sqlite3_bind_int64(insert, 1, line->id);
    sqlite3_bind_int64(insert, 2, line->payment);
    sqlite3_bind_int64(insert, 3, line->revision);
    sqlite3_bind_int64(insert, 4, line->at);
    yardstick_bind(insert, 5, line->from);
    yardstick_bind(insert, 6, line->to);
    yardstick_bind(insert, 7, line->reason);
    yardstick_bind(insert, 8, line->seq);
    yardstick_bind(insert, 9, "agent");
    sqlite3_bind_blob(insert, 11, hash, YARDSTICK_HASH_LENGTH, SQLITE_STATIC);
    int code = yardstick_run(insert);
    sqlite3_clear_bindings(insert);
    return code;
}
