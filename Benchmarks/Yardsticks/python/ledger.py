#!/usr/bin/env python3
"""Records taps in a ledger that the agent made: the same rows, checks and transactions in Python.

The statements are those of Benchmarks/CYardstick/ledger.c, in their order; kiosk-bench compares the
rows in the end. Prints the taps a second.
"""

import argparse
import hashlib
import hmac
import sqlite3
import struct
import time

# What is the same in all payments of the benchmark, as in CYardstick.h.
TERMINAL, HOST, CLIENT, TITLE = "K001", "pass.example.com", "bench", "Lunch"
FEN, EXPIRES_MS, CARDS = 1500, 60_000, 50_000
AUDIT_KEY = b"not a secret, for the benchmark"
HASH_LENGTH = 16

EXPOSED = (
    "state IN ('pending', 'accepted', 'held', 'rejected') "
    "AND (state <> 'pending' OR decision = 'approve')"
)
COLUMNS = (
    "seq, state, reason, amount, title, reference, card, offline, decision, created_at, "
    "updated_at, expires_at, told_at, platform_host, client_id, order_number, attempts, "
    "unresolved, in_flight, sent_at, trade_id, paid_amount, balance, revision, boot, uptime_ms, "
    "clock_synced, sent_boot, sent_uptime_ms"
)
CARD_IS_PAYING = "SELECT 1 FROM payments WHERE card = ? AND state = 'pending' LIMIT 1"
READ_MARK = "SELECT value FROM marks WHERE name = 'sequence'"
RAISE_MARK = (
    "INSERT INTO marks (name, value) VALUES ('sequence', ?) "
    "ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)"
)
IS_NAMED = "SELECT 1 FROM lost_cards WHERE card = ? LIMIT 1"
IS_IMPORTED = (
    "SELECT 1 FROM listed_cards WHERE card = ? "
    "AND list = (SELECT id FROM lost_lists WHERE in_force = 1) LIMIT 1"
)
CARD_EXPOSURE = f"SELECT coalesce(sum(amount), 0) FROM payments WHERE card = ? AND {EXPOSED}"
OLDEST_ID = (
    "SELECT min(id) FROM ("
    "SELECT min(id) AS id FROM payments WHERE state = 'accepted' UNION ALL "
    "SELECT min(id) AS id FROM payments WHERE state = 'held' UNION ALL "
    "SELECT min(id) AS id FROM payments WHERE state = 'rejected' UNION ALL "
    "SELECT min(id) AS id FROM payments WHERE state = 'pending' AND decision = 'approve')"
)
OLDEST = "SELECT created_at, boot, uptime_ms, clock_synced FROM payments WHERE id = ?"
INSERT_PAYMENT = f"INSERT INTO payments ({COLUMNS}) VALUES ({', '.join('?' * 29)})"
CHAIN_END = (
    "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'history'), "
    "(SELECT hash FROM history ORDER BY id DESC LIMIT 1)"
)
INSERT_HISTORY = (
    "INSERT INTO history (id, payment, revision, at, from_state, to_state, reason, order_number, "
    "by, note, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def field(value):
    """What is signed of a field: its length, -1 for none, and its bytes."""
    if value is None:
        return struct.pack(">q", -1)
    data = value.encode() if isinstance(value, str) else value
    return struct.pack(">q", len(data)) + data


def signed(line, previous):
    """The hash of a line of history after the one before; see AuditLine in Sources/Ledger."""
    number, payment, at, seq, to, reason, card = line
    message = b"kiosk-agent history 1\n" + field(previous)
    message += struct.pack(">5q", number, payment, 1, at, FEN)
    texts = (seq, None, to, reason, seq, "agent", None, card, None, HOST, CLIENT)
    message += b"".join(field(text) for text in texts)
    return hmac.new(AUDIT_KEY, message, hashlib.sha256).digest()[:HASH_LENGTH]


class Ledger:
    def __init__(self, path, clock_synced):
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.execute("PRAGMA foreign_keys = ON")
        self.database.execute("PRAGMA recursive_triggers = ON")
        self.database.execute("PRAGMA synchronous = FULL")
        assert self.first("PRAGMA synchronous") == 2
        self.boot = self.first("SELECT max(id) FROM boots")
        self.clock_synced = clock_synced

    def first(self, statement, *arguments):
        """The first column of the first row; None when there is none."""
        row = self.database.execute(statement, arguments).fetchone()
        return row[0] if row else None

    def check(self, card):
        """Reads what the decision needs."""
        if not self.first(IS_NAMED, card):
            self.first(IS_IMPORTED, card)
        self.first(CARD_EXPOSURE, card)
        oldest = self.first(OLDEST_ID)
        if oldest is not None:
            self.database.execute(OLDEST, (oldest,)).fetchone()

    def record(self, card, now):
        """One tap in one durable transaction."""
        execute = self.database.execute
        execute("BEGIN IMMEDIATE")
        assert self.first(CARD_IS_PAYING, card) is None
        mark = max((self.first(READ_MARK) or 0) + 1, now)
        execute(RAISE_MARK, (mark,))
        self.check(card)
        seq, state, reason = f"{TERMINAL}{mark:013}", "accepted", "platform_unreachable"
        uptime = time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
        payment = execute(INSERT_PAYMENT, (
            seq, state, reason, FEN, TITLE, None, card, 1, "approve", now, now, now + EXPIRES_MS,
            None, HOST, CLIENT, seq, 0, 0, 0, None, None, None, None, 1, self.boot, uptime,
            self.clock_synced, None, None,
        )).lastrowid
        last, previous = execute(CHAIN_END).fetchone()
        number = (last or 0) + 1
        line = (number, payment, now, seq, state, reason, card)
        execute(INSERT_HISTORY, (
            number, payment, 1, now, None, state, reason, seq, "agent", None,
            signed(line, previous),
        ))
        execute("COMMIT")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger")
    parser.add_argument("--start", type=int, required=True, help="Unix milliseconds of the first")
    parser.add_argument("--warm-up", type=int, required=True)
    parser.add_argument("--taps", type=int, required=True)
    parser.add_argument("--clock-synced", type=int, required=True)
    order = parser.parse_args()
    ledger = Ledger(order.ledger, order.clock_synced)
    begin = 0.0
    for tap in range(order.warm_up + order.taps):
        if tap == order.warm_up:
            begin = time.perf_counter()
        ledger.record(str(10_000_000_000_000 + tap * 7_919 % CARDS), order.start + tap)
    print(order.taps / (time.perf_counter() - begin))


if __name__ == "__main__":
    main()
