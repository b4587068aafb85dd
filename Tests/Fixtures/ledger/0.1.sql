-- A ledger as program 0.1 left it: every state, and a queue of accepted payments. Never changed.
BEGIN;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES ('0.1');
CREATE TABLE payments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    seq TEXT NOT NULL UNIQUE CHECK (length(seq) BETWEEN 14 AND 25),
    state TEXT NOT NULL CHECK (state IN ('awaiting_card', 'cancelled', 'pending', 'settled', 'accepted', 'refused', 'held', 'rejected', 'reversing', 'reversed', 'written_off')),
    reason TEXT CHECK (reason IN ('card_lost', 'card_unknown', 'card_not_normal', 'card_unreadable', 'balance_too_low', 'platform_refused', 'platform_unreachable', 'platform_processing', 'platform_conflict', 'platform_changed', 'platform_forgot', 'seq_collision', 'offline_disabled', 'offline_payment_limit', 'offline_card_limit', 'offline_total_limit', 'offline_too_old', 'offline_card_unknown', 'offline_list_too_old', 'period_limit', 'code_needs_platform', 'interrupted', 'storage_failed', 'cancelled')),
    amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 100000000),
    title TEXT NOT NULL,
    reference TEXT,
    card TEXT CHECK (length(card) BETWEEN 1 AND 64),
    offline INTEGER NOT NULL DEFAULT 0 CHECK (offline IN (0, 1)),
    decision TEXT CHECK (decision = 'approve' OR decision IN ('card_lost', 'card_unknown', 'card_not_normal', 'card_unreadable', 'balance_too_low', 'platform_refused', 'platform_unreachable', 'platform_processing', 'platform_conflict', 'platform_changed', 'platform_forgot', 'seq_collision', 'offline_disabled', 'offline_payment_limit', 'offline_card_limit', 'offline_total_limit', 'offline_too_old', 'offline_card_unknown', 'offline_list_too_old', 'period_limit', 'code_needs_platform', 'interrupted', 'storage_failed', 'cancelled')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    told_at INTEGER,
    platform_host TEXT NOT NULL,
    client_id TEXT NOT NULL,
    order_number TEXT NOT NULL UNIQUE,
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    unresolved INTEGER NOT NULL DEFAULT 0 CHECK (unresolved BETWEEN 0 AND attempts),
    in_flight INTEGER NOT NULL DEFAULT 0 CHECK (in_flight IN (0, 1)),
    sent_at INTEGER,
    trade_id TEXT,
    paid_amount INTEGER CHECK (paid_amount >= 0),
    balance INTEGER,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    CHECK (state IN ('awaiting_card', 'cancelled') OR card IS NOT NULL),
    FOREIGN KEY (id, revision) REFERENCES history (payment, revision)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    payment INTEGER NOT NULL REFERENCES payments (id),
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    from_state TEXT CHECK (from_state IN ('awaiting_card', 'cancelled', 'pending', 'settled', 'accepted', 'refused', 'held', 'rejected', 'reversing', 'reversed', 'written_off')),
    to_state TEXT NOT NULL CHECK (to_state IN ('awaiting_card', 'cancelled', 'pending', 'settled', 'accepted', 'refused', 'held', 'rejected', 'reversing', 'reversed', 'written_off')),
    reason TEXT CHECK (reason IN ('card_lost', 'card_unknown', 'card_not_normal', 'card_unreadable', 'balance_too_low', 'platform_refused', 'platform_unreachable', 'platform_processing', 'platform_conflict', 'platform_changed', 'platform_forgot', 'seq_collision', 'offline_disabled', 'offline_payment_limit', 'offline_card_limit', 'offline_total_limit', 'offline_too_old', 'offline_card_unknown', 'offline_list_too_old', 'period_limit', 'code_needs_platform', 'interrupted', 'storage_failed', 'cancelled')),
    order_number TEXT NOT NULL,
    by TEXT NOT NULL,
    note TEXT,
    UNIQUE (payment, revision)
) STRICT;
CREATE TABLE cards (
    card TEXT PRIMARY KEY,
    seen_online_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE lost_cards (
    card TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('platform', 'operator', 'import')),
    added_at INTEGER NOT NULL,
    PRIMARY KEY (card, source)
) STRICT, WITHOUT ROWID;
CREATE TABLE marks (
    name TEXT PRIMARY KEY CHECK (name IN ('sequence', 'lost_list')),
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO payments VALUES (1, 'K0011767614401000', 'awaiting_card', NULL, 1001, 'Lunch', NULL, NULL, 0, NULL, 1767614401000, 1767614401000, 1767614461000, NULL, 'pass.example.com', 'test', 'K0011767614401000', 0, 0, 0, NULL, NULL, NULL, NULL, 1);
INSERT INTO payments VALUES (2, 'K0011767614402000', 'cancelled', 'cancelled', 1002, 'Lunch', NULL, NULL, 0, NULL, 1767614402000, 1767614402300, 1767614462000, NULL, 'pass.example.com', 'test', 'K0011767614402000', 0, 0, 0, NULL, NULL, NULL, NULL, 2);
INSERT INTO payments VALUES (3, 'K0011767614403000', 'pending', NULL, 1003, 'Lunch', 'bill 3', 'CARD0003', 0, 'approve', 1767614403000, 1767614403300, 1767614463000, NULL, 'pass.example.com', 'test', 'K0011767614403000', 1, 1, 1, NULL, NULL, NULL, NULL, 2);
INSERT INTO payments VALUES (4, 'K0011767614404000', 'settled', NULL, 1004, 'Lunch', NULL, 'CARD0004', 0, 'approve', 1767614404000, 1767614404600, 1767614464000, 1767614404600, 'pass.example.com', 'test', 'K0011767614404000', 1, 0, 0, NULL, 'T4', 1004, 5000, 3);
INSERT INTO payments VALUES (5, 'K0011767614405000', 'accepted', 'platform_unreachable', 1005, 'Lunch', NULL, 'CARD0005', 1, 'approve', 1767614405000, 1767614405600, 1767614465000, NULL, 'pass.example.com', 'test', 'K0011767614405000', 1, 1, 0, 1767614405900, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (6, 'K0011767614406000', 'refused', 'balance_too_low', 1006, 'Lunch', 'bill 6', 'CARD0006', 0, NULL, 1767614406000, 1767614406300, 1767614466000, 1767614406300, 'pass.example.com', 'test', 'K0011767614406000', 0, 0, 0, NULL, NULL, NULL, NULL, 2);
INSERT INTO payments VALUES (7, 'K0011767614407000', 'held', 'platform_conflict', 1007, 'Lunch', NULL, 'CARD0007', 1, 'approve', 1767614407000, 1767614407900, 1767614467000, NULL, 'pass.example.com', 'test', 'K0011767614407000', 1, 0, 0, NULL, NULL, NULL, NULL, 4);
INSERT INTO payments VALUES (8, 'K0011767614408000', 'rejected', 'platform_refused', 1008, 'Lunch', NULL, 'CARD0008', 1, 'approve', 1767614408000, 1767614408900, 1767614468000, NULL, 'pass.example.com', 'test', 'K0011767614408000', 1, 0, 0, NULL, NULL, NULL, NULL, 4);
INSERT INTO payments VALUES (9, 'K0011767614409000', 'reversing', 'interrupted', 1009, 'Lunch', 'bill 9', 'CARD0009', 0, 'approve', 1767614409000, 1767614409600, 1767614469000, NULL, 'pass.example.com', 'test', 'K0011767614409000', 1, 1, 0, 1767614409900, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (10, 'K0011767614410000', 'reversed', 'interrupted', 1010, 'Lunch', NULL, 'CARD0010', 0, 'approve', 1767614410000, 1767614410900, 1767614470000, NULL, 'pass.example.com', 'test', 'K0011767614410000', 1, 0, 0, NULL, NULL, NULL, NULL, 4);
INSERT INTO payments VALUES (11, 'K0011767614411000', 'written_off', 'platform_conflict', 1011, 'Lunch', NULL, 'CARD0011', 1, 'approve', 1767614411000, 1767614412200, 1767614471000, NULL, 'pass.example.com', 'test', 'K0011767614411000', 1, 0, 0, NULL, NULL, NULL, NULL, 5);
INSERT INTO payments VALUES (12, 'K0011767614412000', 'accepted', 'platform_unreachable', 1012, 'Lunch', 'bill 12', 'CARD0012', 1, 'approve', 1767614412000, 1767614412600, 1767614472000, NULL, 'pass.example.com', 'test', 'K0011767614412000', 1, 1, 0, 1767614412900, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (13, 'K0011767614413000', 'accepted', 'platform_unreachable', 1013, 'Lunch', NULL, 'CARD0013', 1, 'approve', 1767614413000, 1767614413600, 1767614473000, NULL, 'pass.example.com', 'test', 'K0011767614413000', 0, 0, 0, NULL, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (14, 'K0011767614414000', 'accepted', 'platform_unreachable', 1014, 'Lunch', NULL, 'CARD0014', 1, 'approve', 1767614414000, 1767614414600, 1767614474000, NULL, 'pass.example.com', 'test', 'K0011767614414000', 1, 1, 0, 1767614414900, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (15, 'K0011767614415000', 'accepted', 'platform_unreachable', 1015, 'Lunch', 'bill 15', 'CARD0015', 1, 'approve', 1767614415000, 1767614415600, 1767614475000, NULL, 'pass.example.com', 'test', 'K0011767614415000', 0, 0, 0, NULL, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (16, 'K0011767614416000', 'accepted', 'platform_unreachable', 1016, 'Lunch', NULL, 'CARD0016', 1, 'approve', 1767614416000, 1767614416600, 1767614476000, NULL, 'pass.example.com', 'test', 'K0011767614416000', 1, 1, 0, 1767614416900, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (17, 'K0011767614417000', 'accepted', 'platform_unreachable', 1017, 'Lunch', NULL, 'CARD0017', 1, 'approve', 1767614417000, 1767614417600, 1767614477000, NULL, 'pass.example.com', 'test', 'K0011767614417000', 0, 0, 0, NULL, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (18, 'K0011767614418000', 'accepted', 'platform_unreachable', 1018, 'Lunch', 'bill 18', 'CARD0018', 1, 'approve', 1767614418000, 1767614418600, 1767614478000, NULL, 'pass.example.com', 'test', 'K0011767614418000', 1, 1, 0, 1767614418900, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (19, 'K0011767614419000', 'accepted', 'platform_unreachable', 1019, 'Lunch', NULL, 'CARD0019', 1, 'approve', 1767614419000, 1767614419600, 1767614479000, NULL, 'pass.example.com', 'test', 'K0011767614419000', 0, 0, 0, NULL, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (20, 'K0011767614420000', 'accepted', 'platform_unreachable', 1020, 'Lunch', NULL, 'CARD0020', 1, 'approve', 1767614420000, 1767614420600, 1767614480000, NULL, 'pass.example.com', 'test', 'K0011767614420000', 1, 1, 0, 1767614420900, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (21, 'K0011767614421000', 'accepted', 'platform_unreachable', 1021, 'Lunch', 'bill 21', 'CARD0021', 1, 'approve', 1767614421000, 1767614421600, 1767614481000, NULL, 'pass.example.com', 'test', 'K0011767614421000', 0, 0, 0, NULL, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (22, 'K0011767614422000', 'accepted', 'platform_unreachable', 1022, 'Lunch', NULL, 'CARD0022', 1, 'approve', 1767614422000, 1767614422600, 1767614482000, NULL, 'pass.example.com', 'test', 'K0011767614422000', 1, 1, 0, 1767614422900, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (23, 'K0011767614423000', 'accepted', 'platform_unreachable', 1023, 'Lunch', NULL, 'CARD0023', 1, 'approve', 1767614423000, 1767614423600, 1767614483000, NULL, 'pass.example.com', 'test', 'K0011767614423000', 0, 0, 0, NULL, NULL, NULL, NULL, 3);
INSERT INTO payments VALUES (24, 'K0011767614424000', 'reversing', 'interrupted', 1024, 'Lunch', 'bill 24', 'CARD0024', 0, 'approve', 1767614424000, 1767614424600, 1767614484000, NULL, 'pass.example.com', 'test', 'K0011767614424000', 1, 1, 0, 1767614424900, NULL, NULL, NULL, 3);
INSERT INTO history VALUES (1, 1, 1, 1767614401000, NULL, 'awaiting_card', NULL, 'K0011767614401000', 'pos', NULL);
INSERT INTO history VALUES (2, 2, 1, 1767614402000, NULL, 'awaiting_card', NULL, 'K0011767614402000', 'pos', NULL);
INSERT INTO history VALUES (3, 2, 2, 1767614402300, 'awaiting_card', 'cancelled', 'cancelled', 'K0011767614402000', 'agent', NULL);
INSERT INTO history VALUES (4, 3, 1, 1767614403000, NULL, 'awaiting_card', NULL, 'K0011767614403000', 'pos', NULL);
INSERT INTO history VALUES (5, 3, 2, 1767614403300, 'awaiting_card', 'pending', NULL, 'K0011767614403000', 'agent', NULL);
INSERT INTO history VALUES (6, 4, 1, 1767614404000, NULL, 'awaiting_card', NULL, 'K0011767614404000', 'pos', NULL);
INSERT INTO history VALUES (7, 4, 2, 1767614404300, 'awaiting_card', 'pending', NULL, 'K0011767614404000', 'agent', NULL);
INSERT INTO history VALUES (8, 4, 3, 1767614404600, 'pending', 'settled', NULL, 'K0011767614404000', 'agent', NULL);
INSERT INTO history VALUES (9, 5, 1, 1767614405000, NULL, 'awaiting_card', NULL, 'K0011767614405000', 'pos', NULL);
INSERT INTO history VALUES (10, 5, 2, 1767614405300, 'awaiting_card', 'pending', NULL, 'K0011767614405000', 'agent', NULL);
INSERT INTO history VALUES (11, 5, 3, 1767614405600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614405000', 'agent', NULL);
INSERT INTO history VALUES (12, 6, 1, 1767614406000, NULL, 'awaiting_card', NULL, 'K0011767614406000', 'pos', NULL);
INSERT INTO history VALUES (13, 6, 2, 1767614406300, 'awaiting_card', 'refused', 'balance_too_low', 'K0011767614406000', 'agent', NULL);
INSERT INTO history VALUES (14, 7, 1, 1767614407000, NULL, 'awaiting_card', NULL, 'K0011767614407000', 'pos', NULL);
INSERT INTO history VALUES (15, 7, 2, 1767614407300, 'awaiting_card', 'pending', NULL, 'K0011767614407000', 'agent', NULL);
INSERT INTO history VALUES (16, 7, 3, 1767614407600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614407000', 'agent', NULL);
INSERT INTO history VALUES (17, 7, 4, 1767614407900, 'accepted', 'held', 'platform_conflict', 'K0011767614407000', 'agent', NULL);
INSERT INTO history VALUES (18, 8, 1, 1767614408000, NULL, 'awaiting_card', NULL, 'K0011767614408000', 'pos', NULL);
INSERT INTO history VALUES (19, 8, 2, 1767614408300, 'awaiting_card', 'pending', NULL, 'K0011767614408000', 'agent', NULL);
INSERT INTO history VALUES (20, 8, 3, 1767614408600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614408000', 'agent', NULL);
INSERT INTO history VALUES (21, 8, 4, 1767614408900, 'accepted', 'rejected', 'platform_refused', 'K0011767614408000', 'agent', NULL);
INSERT INTO history VALUES (22, 9, 1, 1767614409000, NULL, 'awaiting_card', NULL, 'K0011767614409000', 'pos', NULL);
INSERT INTO history VALUES (23, 9, 2, 1767614409300, 'awaiting_card', 'pending', NULL, 'K0011767614409000', 'agent', NULL);
INSERT INTO history VALUES (24, 9, 3, 1767614409600, 'pending', 'reversing', 'interrupted', 'K0011767614409000', 'agent', NULL);
INSERT INTO history VALUES (25, 10, 1, 1767614410000, NULL, 'awaiting_card', NULL, 'K0011767614410000', 'pos', NULL);
INSERT INTO history VALUES (26, 10, 2, 1767614410300, 'awaiting_card', 'pending', NULL, 'K0011767614410000', 'agent', NULL);
INSERT INTO history VALUES (27, 10, 3, 1767614410600, 'pending', 'reversing', 'interrupted', 'K0011767614410000', 'agent', NULL);
INSERT INTO history VALUES (28, 10, 4, 1767614410900, 'reversing', 'reversed', 'interrupted', 'K0011767614410000', 'agent', NULL);
INSERT INTO history VALUES (29, 11, 1, 1767614411000, NULL, 'awaiting_card', NULL, 'K0011767614411000', 'pos', NULL);
INSERT INTO history VALUES (30, 11, 2, 1767614411300, 'awaiting_card', 'pending', NULL, 'K0011767614411000', 'agent', NULL);
INSERT INTO history VALUES (31, 11, 3, 1767614411600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614411000', 'agent', NULL);
INSERT INTO history VALUES (32, 11, 4, 1767614411900, 'accepted', 'held', 'platform_conflict', 'K0011767614411000', 'agent', NULL);
INSERT INTO history VALUES (33, 11, 5, 1767614412200, 'held', 'written_off', 'platform_conflict', 'K0011767614411000', 'operator', 'refunded by hand');
INSERT INTO history VALUES (34, 12, 1, 1767614412000, NULL, 'awaiting_card', NULL, 'K0011767614412000', 'pos', NULL);
INSERT INTO history VALUES (35, 12, 2, 1767614412300, 'awaiting_card', 'pending', NULL, 'K0011767614412000', 'agent', NULL);
INSERT INTO history VALUES (36, 12, 3, 1767614412600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614412000', 'agent', NULL);
INSERT INTO history VALUES (37, 13, 1, 1767614413000, NULL, 'awaiting_card', NULL, 'K0011767614413000', 'pos', NULL);
INSERT INTO history VALUES (38, 13, 2, 1767614413300, 'awaiting_card', 'pending', NULL, 'K0011767614413000', 'agent', NULL);
INSERT INTO history VALUES (39, 13, 3, 1767614413600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614413000', 'agent', NULL);
INSERT INTO history VALUES (40, 14, 1, 1767614414000, NULL, 'awaiting_card', NULL, 'K0011767614414000', 'pos', NULL);
INSERT INTO history VALUES (41, 14, 2, 1767614414300, 'awaiting_card', 'pending', NULL, 'K0011767614414000', 'agent', NULL);
INSERT INTO history VALUES (42, 14, 3, 1767614414600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614414000', 'agent', NULL);
INSERT INTO history VALUES (43, 15, 1, 1767614415000, NULL, 'awaiting_card', NULL, 'K0011767614415000', 'pos', NULL);
INSERT INTO history VALUES (44, 15, 2, 1767614415300, 'awaiting_card', 'pending', NULL, 'K0011767614415000', 'agent', NULL);
INSERT INTO history VALUES (45, 15, 3, 1767614415600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614415000', 'agent', NULL);
INSERT INTO history VALUES (46, 16, 1, 1767614416000, NULL, 'awaiting_card', NULL, 'K0011767614416000', 'pos', NULL);
INSERT INTO history VALUES (47, 16, 2, 1767614416300, 'awaiting_card', 'pending', NULL, 'K0011767614416000', 'agent', NULL);
INSERT INTO history VALUES (48, 16, 3, 1767614416600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614416000', 'agent', NULL);
INSERT INTO history VALUES (49, 17, 1, 1767614417000, NULL, 'awaiting_card', NULL, 'K0011767614417000', 'pos', NULL);
INSERT INTO history VALUES (50, 17, 2, 1767614417300, 'awaiting_card', 'pending', NULL, 'K0011767614417000', 'agent', NULL);
INSERT INTO history VALUES (51, 17, 3, 1767614417600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614417000', 'agent', NULL);
INSERT INTO history VALUES (52, 18, 1, 1767614418000, NULL, 'awaiting_card', NULL, 'K0011767614418000', 'pos', NULL);
INSERT INTO history VALUES (53, 18, 2, 1767614418300, 'awaiting_card', 'pending', NULL, 'K0011767614418000', 'agent', NULL);
INSERT INTO history VALUES (54, 18, 3, 1767614418600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614418000', 'agent', NULL);
INSERT INTO history VALUES (55, 19, 1, 1767614419000, NULL, 'awaiting_card', NULL, 'K0011767614419000', 'pos', NULL);
INSERT INTO history VALUES (56, 19, 2, 1767614419300, 'awaiting_card', 'pending', NULL, 'K0011767614419000', 'agent', NULL);
INSERT INTO history VALUES (57, 19, 3, 1767614419600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614419000', 'agent', NULL);
INSERT INTO history VALUES (58, 20, 1, 1767614420000, NULL, 'awaiting_card', NULL, 'K0011767614420000', 'pos', NULL);
INSERT INTO history VALUES (59, 20, 2, 1767614420300, 'awaiting_card', 'pending', NULL, 'K0011767614420000', 'agent', NULL);
INSERT INTO history VALUES (60, 20, 3, 1767614420600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614420000', 'agent', NULL);
INSERT INTO history VALUES (61, 21, 1, 1767614421000, NULL, 'awaiting_card', NULL, 'K0011767614421000', 'pos', NULL);
INSERT INTO history VALUES (62, 21, 2, 1767614421300, 'awaiting_card', 'pending', NULL, 'K0011767614421000', 'agent', NULL);
INSERT INTO history VALUES (63, 21, 3, 1767614421600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614421000', 'agent', NULL);
INSERT INTO history VALUES (64, 22, 1, 1767614422000, NULL, 'awaiting_card', NULL, 'K0011767614422000', 'pos', NULL);
INSERT INTO history VALUES (65, 22, 2, 1767614422300, 'awaiting_card', 'pending', NULL, 'K0011767614422000', 'agent', NULL);
INSERT INTO history VALUES (66, 22, 3, 1767614422600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614422000', 'agent', NULL);
INSERT INTO history VALUES (67, 23, 1, 1767614423000, NULL, 'awaiting_card', NULL, 'K0011767614423000', 'pos', NULL);
INSERT INTO history VALUES (68, 23, 2, 1767614423300, 'awaiting_card', 'pending', NULL, 'K0011767614423000', 'agent', NULL);
INSERT INTO history VALUES (69, 23, 3, 1767614423600, 'pending', 'accepted', 'platform_unreachable', 'K0011767614423000', 'agent', NULL);
INSERT INTO history VALUES (70, 24, 1, 1767614424000, NULL, 'awaiting_card', NULL, 'K0011767614424000', 'pos', NULL);
INSERT INTO history VALUES (71, 24, 2, 1767614424300, 'awaiting_card', 'pending', NULL, 'K0011767614424000', 'agent', NULL);
INSERT INTO history VALUES (72, 24, 3, 1767614424600, 'pending', 'reversing', 'interrupted', 'K0011767614424000', 'agent', NULL);
INSERT INTO cards VALUES ('CARD0004', 1767614404000);
INSERT INTO lost_cards VALUES ('CARD9001', 'operator', 1767614400000), ('CARD9002', 'import', 1767614400000), ('CARD9003', 'platform', 1767614400000);
INSERT INTO marks VALUES ('sequence', 1767614424000), ('lost_list', 1767614400000);
CREATE TRIGGER payments_first_state BEFORE INSERT ON payments
WHEN NEW.state NOT IN ('accepted', 'awaiting_card', 'pending', 'refused') OR NEW.revision <> 1
BEGIN SELECT RAISE(ABORT, 'a payment cannot begin in this state'); END;
CREATE TRIGGER payments_legal_change BEFORE UPDATE ON payments
WHEN NEW.revision NOT IN (OLD.revision, OLD.revision + 1) OR NEW.state <> OLD.state AND (
    OLD.state || '>' || NEW.state NOT IN ('accepted>held', 'accepted>rejected', 'accepted>reversing', 'accepted>settled', 'awaiting_card>accepted', 'awaiting_card>cancelled', 'awaiting_card>pending', 'awaiting_card>refused', 'held>accepted', 'held>reversing', 'held>settled', 'held>written_off', 'pending>accepted', 'pending>refused', 'pending>reversing', 'pending>settled', 'refused>reversing', 'rejected>accepted', 'rejected>settled', 'rejected>written_off', 'reversed>reversing', 'reversing>reversed', 'reversing>written_off', 'settled>reversing', 'written_off>reversing', 'written_off>settled') OR NEW.revision <> OLD.revision + 1)
BEGIN SELECT RAISE(ABORT, 'this change of state is not allowed'); END;
CREATE TRIGGER payments_identity BEFORE UPDATE ON payments
WHEN NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.amount <> OLD.amount
    OR NEW.created_at <> OLD.created_at OR NEW.platform_host <> OLD.platform_host
    OR NEW.client_id <> OLD.client_id OR NEW.reference IS NOT OLD.reference
    OR (OLD.card IS NOT NULL AND NEW.card IS NOT OLD.card)
    OR (OLD.told_at IS NOT NULL AND NEW.told_at IS NOT OLD.told_at)
BEGIN SELECT RAISE(ABORT, 'what names a payment never changes'); END;
CREATE TRIGGER payments_keep BEFORE DELETE ON payments
BEGIN SELECT RAISE(ABORT, 'payments are never deleted'); END;
CREATE TRIGGER history_is_final BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
CREATE TRIGGER history_keep BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
CREATE TRIGGER marks_keep BEFORE DELETE ON marks
BEGIN SELECT RAISE(ABORT, 'a mark is never deleted'); END;
CREATE TRIGGER marks_only_grow BEFORE UPDATE ON marks
WHEN NEW.value < OLD.value
BEGIN SELECT RAISE(ABORT, 'a mark never goes back'); END;
CREATE INDEX payments_exposed ON payments (card, amount, created_at)
WHERE state IN ('pending', 'accepted', 'held', 'rejected');
CREATE INDEX payments_open ON payments (id)
WHERE state IN ('awaiting_card', 'pending', 'accepted', 'reversing');
CREATE INDEX payments_reference ON payments (reference) WHERE reference IS NOT NULL;
CREATE INDEX payments_state ON payments (state, id);
CREATE INDEX payments_card ON payments (card, created_at);
COMMIT;
