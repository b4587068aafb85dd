/* The yardsticks: the same work as the agent's, in plain C against the same libraries. */
#ifndef KIOSK_CYARDSTICK_H
#define KIOSK_CYARDSTICK_H

#include <stddef.h>
#include <stdint.h>

/* ---- card: connect, GET DATA (UID), disconnect ---- */

#define YARDSTICK_READER_MAX 128

/* One context, and the name of the first reader that pcscd knows. */
typedef struct {
    long context;
    char reader[YARDSTICK_READER_MAX];
} yardstick_card;

/* Makes the context and finds the reader. Returns an SCARD code, 0 for success. */
long yardstick_card_open(yardstick_card *card);

/* Reads the card's number once, leaving the card as it is. Returns an SCARD code; an answer that
   does not end in 9000 counts as SCARD_F_COMM_ERROR. */
long yardstick_card_read(const yardstick_card *card);

void yardstick_card_close(yardstick_card *card);

/* Keeps all threads of this process, and what they start, on one processor. Returns an errno.

   Each client has a thread of its own in pcscd. Where the kernel puts that thread is chance, lasts
   for long, and moved an exchange from 80 to 220 us in a virtual machine: both sides of a ratio
   must have it alike. (Here, as Swift's Glibc does not import sched_setaffinity.) */
int yardstick_use_one_processor(void);

/* Undoes it. */
void yardstick_use_all_processors(void);

/* ---- ledger: an offline approval in the agent's own schema ---- */

typedef struct yardstick_ledger yardstick_ledger;

/* What is the same in all payments of the benchmark; the Swift side uses these too. */
#define YARDSTICK_TERMINAL "K001"
#define YARDSTICK_HOST "pass.example.com"
#define YARDSTICK_CLIENT "bench"
#define YARDSTICK_TITLE "Lunch"
#define YARDSTICK_FEN 1500
#define YARDSTICK_EXPIRES_MILLISECONDS 60000
#define YARDSTICK_AUDIT_KEY "not a secret, for the benchmark"

/* How many cards a filled ledger's payments come from, one after the other. */
#define YARDSTICK_CARDS 50000

/* Opens a file that the agent's ledger made, with its pragmas; NULL when that fails. */
yardstick_ledger *yardstick_ledger_open(const char *path);

/* Records one tap at `now` (Unix milliseconds) as accepted, in one durable transaction. Returns an
   SQLite code, 0 for success. */
int yardstick_ledger_record(yardstick_ledger *ledger, const char *card, int64_t now);

/* Adds payments to the platform at `host`, one for each millisecond from `now` on, signed like all
   others: accepted, or settled too when `settles` is not 0. All in one transaction without
   syncing, so the connection is of no other use afterwards. Returns an SQLite code. */
int yardstick_ledger_fill(
    yardstick_ledger *ledger, const char *host, int64_t count, int64_t now, int settles);

/* Settles each accepted payment. Returns an SQLite code. */
int yardstick_ledger_settle(yardstick_ledger *ledger);

/* Whether the card is on the lost list: the lookups of a tap, without it. */
int yardstick_ledger_is_lost(yardstick_ledger *ledger, const char *card);

void yardstick_ledger_close(yardstick_ledger *ledger);

/* How many rows of payments, history and marks one of the two files has and the other has not, the
   payments' uptime aside; negative when they cannot be compared. */
long yardstick_ledgers_differ(const char *path, const char *other);

/* ---- commit: the least that a durable commit costs ---- */

typedef struct yardstick_commits yardstick_commits;

/* Makes a file with one table of one column, WAL and FULL; NULL when that fails. */
yardstick_commits *yardstick_commits_open(const char *path);

/* Commits one row. Returns an SQLite code, 0 for success. */
int yardstick_commit(yardstick_commits *commits);

void yardstick_commits_close(yardstick_commits *commits);

/* ---- platform: says yes to each card and each order, after a delay ---- */

typedef struct yardstick_platform yardstick_platform;

/* Listens on a free port of loopback, with a thread for each connection; each answer takes
   `delay_us`. The moments of the first `orders_max` orders are kept. NULL when that fails. */
yardstick_platform *yardstick_platform_open(int64_t delay_us, size_t orders_max);

uint16_t yardstick_platform_port(const yardstick_platform *platform);

/* How many orders came so far. */
size_t yardstick_platform_orders(yardstick_platform *platform);

/* When the order came, from 0 on, in nanoseconds of CLOCK_MONOTONIC. */
int64_t yardstick_platform_moment(const yardstick_platform *platform, size_t order);

/* What answering took of the processors so far, in nanoseconds. */
int64_t yardstick_platform_processor_ns(yardstick_platform *platform);

/* Ends all connections. */
void yardstick_platform_close(yardstick_platform *platform);

/* ---- client: a card's token and its order, over one kept connection ---- */

typedef struct yardstick_client yardstick_client;

/* Connects to loopback; NULL when nobody listens. */
yardstick_client *yardstick_client_open(uint16_t port);

/* Exchanges the card and posts the order: two round trips. Returns 0 when the order is paid. */
int yardstick_client_pay(yardstick_client *client, const char *card, const char *order);

void yardstick_client_close(yardstick_client *client);

#endif
