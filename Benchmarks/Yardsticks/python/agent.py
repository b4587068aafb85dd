#!/usr/bin/env python3
"""What integrators put together today to take cards offline: pyscard, requests and sqlite3.

A yardstick of kiosk-bench: one loop, one kept connection, one durable commit for each outcome. It
keeps no promise beyond that: no mark before a POST, no history, no limits.

    agent.py read --count N        microseconds to read the card on the first reader
    agent.py drain --url URL --payments N --file FILE     payments delivered a second
"""

import argparse
import hashlib
import sqlite3
import time

GET_UID = [0xFF, 0xCA, 0x00, 0x00, 0x00]
CLIENT = "bench"
PAGE = 100


def read(order):
    from smartcard.CardConnection import CardConnection
    from smartcard.scard import SCARD_LEAVE_CARD
    from smartcard.System import readers

    reader = readers()[0]

    def uid():
        connection = reader.createConnection()
        either = CardConnection.T0_protocol | CardConnection.T1_protocol
        connection.connect(either, disposition=SCARD_LEAVE_CARD)
        data, first, second = connection.transmit(GET_UID)
        assert (first, second) == (0x90, 0x00)
        connection.disconnect()
        return bytes(data)

    uid()
    begin = time.perf_counter()
    for _ in range(order.count):
        uid()
    print((time.perf_counter() - begin) / order.count * 1_000_000)


def outbox(path, count):
    """A file with `count` payments that wait."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute(
        "CREATE TABLE payments (id INTEGER PRIMARY KEY, seq TEXT NOT NULL UNIQUE, "
        "card TEXT NOT NULL, amount INTEGER NOT NULL, state TEXT NOT NULL, trade_id TEXT, "
        "balance INTEGER)")
    database.execute("CREATE INDEX waiting ON payments (id) WHERE state = 'waiting'")
    database.execute("BEGIN")
    database.executemany(
        "INSERT INTO payments (seq, card, amount, state) VALUES (?, ?, 1500, 'waiting')",
        ((f"P001{1_700_000_000_000 + i}", str(10_000_000_000_000 + i)) for i in range(count)))
    database.execute("COMMIT")
    return database


def sign(members):
    fields = sorted((f"{name}={value}" for name, value in members.items()), key=str.lower)
    text = "&".join(fields) + f"&key={CLIENT}"
    return hashlib.md5(text.encode()).hexdigest()


def deliver(session, url, seq, card, amount):
    """A card's token and its order; the platform's words about it."""
    answer = session.post(
        url + "/oauth/v2/token", timeout=3,
        data={
            "grant_type": "offline_cert", "code": f"card/{card}", "client_id": CLIENT,
            "client_secret": CLIENT,
        })
    answer.raise_for_status()
    members = {
        "seq": seq, "title": "Lunch", "app": "wallet", "intent": f"pay {amount}", "expire": "300s",
    }
    members["sign"] = sign(members)
    answer = session.post(
        url + "/sovellpay/v2/trade", json=members, timeout=3,
        headers={"Authorization": "Bearer " + answer.json()["access_token"]})
    answer.raise_for_status()
    trade = answer.json()
    assert trade["seq"] == seq and trade["status"] == "normal"
    return trade


def drain(order):
    import requests

    database = outbox(order.file, order.payments)
    session = requests.Session()
    session.trust_env = False
    begin = time.perf_counter()
    while True:
        page = database.execute(
            "SELECT id, seq, card, amount FROM payments WHERE state = 'waiting' "
            "ORDER BY id LIMIT ?", (PAGE,)).fetchall()
        if not page:
            break
        for number, seq, card, amount in page:
            trade = deliver(session, order.url, seq, card, amount)
            database.execute(
                "UPDATE payments SET state = 'settled', trade_id = ?, balance = ? WHERE id = ?",
                (trade["trade_id"], trade["detail"][0]["balance"], number))
    print(order.payments / (time.perf_counter() - begin))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("read")
    command.add_argument("--count", type=int, required=True)
    command.set_defaults(run=read)
    command = commands.add_parser("drain")
    command.add_argument("--url", required=True)
    command.add_argument("--payments", type=int, required=True)
    command.add_argument("--file", required=True)
    command.set_defaults(run=drain)
    order = parser.parse_args()
    order.run(order)


if __name__ == "__main__":
    main()
