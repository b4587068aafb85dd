-- The ledger of 0.2.sql as schema 0.3 left it, and a payment by code after it. Never changed.
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
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
    revision INTEGER NOT NULL CHECK (revision >= 1), boot INTEGER REFERENCES boots (id), uptime_ms INTEGER, clock_synced INTEGER CHECK (clock_synced IN (0, 1)), sent_boot INTEGER REFERENCES boots (id), sent_uptime_ms INTEGER,
    CHECK (state NOT IN ('accepted', 'held', 'rejected') OR card IS NOT NULL),
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
    note TEXT, hash BLOB CHECK (length(hash) = 16),
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
CREATE TABLE boots (
    id INTEGER PRIMARY KEY,
    boot_id TEXT NOT NULL UNIQUE,
    first_at INTEGER NOT NULL
) STRICT;
CREATE TABLE audit_keys (
    first_history INTEGER PRIMARY KEY,
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 8)
) STRICT;
CREATE TABLE archived (
    first_history INTEGER PRIMARY KEY,
    last_history INTEGER NOT NULL CHECK (last_history >= first_history),
    hash BLOB NOT NULL,
    proof BLOB NOT NULL CHECK (length(proof) = 16)
) STRICT;
CREATE TABLE lost_lists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version TEXT CHECK (length(version) BETWEEN 1 AND 64),
    imported_at INTEGER NOT NULL,
    cards INTEGER NOT NULL CHECK (cards >= 0),
    in_force INTEGER NOT NULL CHECK (in_force IN (0, 1))
) STRICT;
CREATE TABLE listed_cards (
    list INTEGER NOT NULL REFERENCES lost_lists (id),
    card TEXT NOT NULL CHECK (length(card) BETWEEN 1 AND 64),
    PRIMARY KEY (list, card)
) STRICT, WITHOUT ROWID;
INSERT INTO grdb_migrations VALUES('0.1');
INSERT INTO grdb_migrations VALUES('0.2');
INSERT INTO grdb_migrations VALUES('0.3');
INSERT INTO payments VALUES(1,'K0011767614401000','awaiting_card',NULL,1001,'Lunch',NULL,NULL,0,NULL,1767614401000,1767614401000,1767614461000,NULL,'pass.example.com','test','K0011767614401000',0,0,0,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(2,'K0011767614402000','cancelled','cancelled',1002,'Lunch',NULL,NULL,0,NULL,1767614402000,1767614402300,1767614462000,NULL,'pass.example.com','test','K0011767614402000',0,0,0,NULL,NULL,NULL,NULL,2,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(3,'K0011767614403000','pending',NULL,1003,'Lunch','bill 3','CARD0003',0,'approve',1767614403000,1767614403300,1767614463000,NULL,'pass.example.com','test','K0011767614403000',1,1,1,NULL,NULL,NULL,NULL,2,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(4,'K0011767614404000','settled',NULL,1004,'Lunch',NULL,'CARD0004',0,'approve',1767614404000,1767614404600,1767614464000,1767614404600,'pass.example.com','test','K0011767614404000',1,0,0,NULL,'T4',1004,5000,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(5,'K0011767614405000','accepted','platform_unreachable',1005,'Lunch',NULL,'CARD0005',1,'approve',1767614405000,1767614405600,1767614465000,NULL,'pass.example.com','test','K0011767614405000',1,1,0,1767614405900,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(6,'K0011767614406000','refused','balance_too_low',1006,'Lunch','bill 6','CARD0006',0,NULL,1767614406000,1767614406300,1767614466000,1767614406300,'pass.example.com','test','K0011767614406000',0,0,0,NULL,NULL,NULL,NULL,2,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(7,'K0011767614407000','held','platform_conflict',1007,'Lunch',NULL,'CARD0007',1,'approve',1767614407000,1767614407900,1767614467000,NULL,'pass.example.com','test','K0011767614407000',1,0,0,NULL,NULL,NULL,NULL,4,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(8,'K0011767614408000','rejected','platform_refused',1008,'Lunch',NULL,'CARD0008',1,'approve',1767614408000,1767614408900,1767614468000,NULL,'pass.example.com','test','K0011767614408000',1,0,0,NULL,NULL,NULL,NULL,4,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(9,'K0011767614409000','reversing','interrupted',1009,'Lunch','bill 9','CARD0009',0,'approve',1767614409000,1767614409600,1767614469000,NULL,'pass.example.com','test','K0011767614409000',1,1,0,1767614409900,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(10,'K0011767614410000','reversed','interrupted',1010,'Lunch',NULL,'CARD0010',0,'approve',1767614410000,1767614410900,1767614470000,NULL,'pass.example.com','test','K0011767614410000',1,0,0,NULL,NULL,NULL,NULL,4,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(11,'K0011767614411000','written_off','platform_conflict',1011,'Lunch',NULL,'CARD0011',1,'approve',1767614411000,1767614412200,1767614471000,NULL,'pass.example.com','test','K0011767614411000',1,0,0,NULL,NULL,NULL,NULL,5,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(12,'K0011767614412000','accepted','platform_unreachable',1012,'Lunch','bill 12','CARD0012',1,'approve',1767614412000,1767614412600,1767614472000,NULL,'pass.example.com','test','K0011767614412000',1,1,0,1767614412900,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(13,'K0011767614413000','accepted','platform_unreachable',1013,'Lunch',NULL,'CARD0013',1,'approve',1767614413000,1767614413600,1767614473000,NULL,'pass.example.com','test','K0011767614413000',0,0,0,NULL,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(14,'K0011767614414000','accepted','platform_unreachable',1014,'Lunch',NULL,'CARD0014',1,'approve',1767614414000,1767614414600,1767614474000,NULL,'pass.example.com','test','K0011767614414000',1,1,0,1767614414900,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(15,'K0011767614415000','accepted','platform_unreachable',1015,'Lunch','bill 15','CARD0015',1,'approve',1767614415000,1767614415600,1767614475000,NULL,'pass.example.com','test','K0011767614415000',0,0,0,NULL,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(16,'K0011767614416000','accepted','platform_unreachable',1016,'Lunch',NULL,'CARD0016',1,'approve',1767614416000,1767614416600,1767614476000,NULL,'pass.example.com','test','K0011767614416000',1,1,0,1767614416900,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(17,'K0011767614417000','accepted','platform_unreachable',1017,'Lunch',NULL,'CARD0017',1,'approve',1767614417000,1767614417600,1767614477000,NULL,'pass.example.com','test','K0011767614417000',0,0,0,NULL,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(18,'K0011767614418000','accepted','platform_unreachable',1018,'Lunch','bill 18','CARD0018',1,'approve',1767614418000,1767614418600,1767614478000,NULL,'pass.example.com','test','K0011767614418000',1,1,0,1767614418900,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(19,'K0011767614419000','accepted','platform_unreachable',1019,'Lunch',NULL,'CARD0019',1,'approve',1767614419000,1767614419600,1767614479000,NULL,'pass.example.com','test','K0011767614419000',0,0,0,NULL,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(20,'K0011767614420000','accepted','platform_unreachable',1020,'Lunch',NULL,'CARD0020',1,'approve',1767614420000,1767614420600,1767614480000,NULL,'pass.example.com','test','K0011767614420000',1,1,0,1767614420900,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(21,'K0011767614421000','accepted','platform_unreachable',1021,'Lunch','bill 21','CARD0021',1,'approve',1767614421000,1767614421600,1767614481000,NULL,'pass.example.com','test','K0011767614421000',0,0,0,NULL,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(22,'K0011767614422000','accepted','platform_unreachable',1022,'Lunch',NULL,'CARD0022',1,'approve',1767614422000,1767614422600,1767614482000,NULL,'pass.example.com','test','K0011767614422000',1,1,0,1767614422900,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(23,'K0011767614423000','accepted','platform_unreachable',1023,'Lunch',NULL,'CARD0023',1,'approve',1767614423000,1767614423600,1767614483000,NULL,'pass.example.com','test','K0011767614423000',0,0,0,NULL,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(24,'K0011767614424000','reversing','interrupted',1024,'Lunch','bill 24','CARD0024',0,'approve',1767614424000,1767614424600,1767614484000,NULL,'pass.example.com','test','K0011767614424000',1,1,0,1767614424900,NULL,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payments VALUES(25,'K0011767614425000','settled',NULL,1025,'Lunch',NULL,NULL,0,'code_needs_platform',1767614425000,1767614425600,1767614485000,NULL,'pass.example.com','test','K0011767614425000',1,0,0,1767614425300,'T25',1025,NULL,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO history VALUES(1,1,1,1767614401000,NULL,'awaiting_card',NULL,'K0011767614401000','pos',NULL,X'34872b3d66f5a2c29e5dca69b17d71c2');
INSERT INTO history VALUES(2,2,1,1767614402000,NULL,'awaiting_card',NULL,'K0011767614402000','pos',NULL,X'b49f4f09e7144ab9a2c9e7458f1884a8');
INSERT INTO history VALUES(3,2,2,1767614402300,'awaiting_card','cancelled','cancelled','K0011767614402000','agent',NULL,X'1d4ae753aac4f067fc4f9eb3aeac4ba0');
INSERT INTO history VALUES(4,3,1,1767614403000,NULL,'awaiting_card',NULL,'K0011767614403000','pos',NULL,X'93f096f4dd76f6911782c106398bc11c');
INSERT INTO history VALUES(5,3,2,1767614403300,'awaiting_card','pending',NULL,'K0011767614403000','agent',NULL,X'6bb5909b3b2bbd83a42f3ebb76c57bce');
INSERT INTO history VALUES(6,4,1,1767614404000,NULL,'awaiting_card',NULL,'K0011767614404000','pos',NULL,X'29983204d27786c371037a5ffe2b0762');
INSERT INTO history VALUES(7,4,2,1767614404300,'awaiting_card','pending',NULL,'K0011767614404000','agent',NULL,X'2697ebece8514e86a40cb1e753b64896');
INSERT INTO history VALUES(8,4,3,1767614404600,'pending','settled',NULL,'K0011767614404000','agent',NULL,X'1e40af789c336a51bdb2242a5a9338f6');
INSERT INTO history VALUES(9,5,1,1767614405000,NULL,'awaiting_card',NULL,'K0011767614405000','pos',NULL,X'86f20007b51c2ceb543dfbd50627812a');
INSERT INTO history VALUES(10,5,2,1767614405300,'awaiting_card','pending',NULL,'K0011767614405000','agent',NULL,X'b3407da5ffb60761d35363cd8a3bff9a');
INSERT INTO history VALUES(11,5,3,1767614405600,'pending','accepted','platform_unreachable','K0011767614405000','agent',NULL,X'835dc701d316234c71c2aa5ed5d1a44f');
INSERT INTO history VALUES(12,6,1,1767614406000,NULL,'awaiting_card',NULL,'K0011767614406000','pos',NULL,X'2441d7488c9668a2d1e0ccdba7e49dae');
INSERT INTO history VALUES(13,6,2,1767614406300,'awaiting_card','refused','balance_too_low','K0011767614406000','agent',NULL,X'746fd953a06be16ab4abfd0a306debb1');
INSERT INTO history VALUES(14,7,1,1767614407000,NULL,'awaiting_card',NULL,'K0011767614407000','pos',NULL,X'c94edad38bfe7a2fb0ab5e9a0598aa65');
INSERT INTO history VALUES(15,7,2,1767614407300,'awaiting_card','pending',NULL,'K0011767614407000','agent',NULL,X'742a9c73f26d3125a41e5dac6fd65ee5');
INSERT INTO history VALUES(16,7,3,1767614407600,'pending','accepted','platform_unreachable','K0011767614407000','agent',NULL,X'baee1c3f51ad490c5395c4364427c975');
INSERT INTO history VALUES(17,7,4,1767614407900,'accepted','held','platform_conflict','K0011767614407000','agent',NULL,X'097149d4efe475e02ce3569ceb523f9f');
INSERT INTO history VALUES(18,8,1,1767614408000,NULL,'awaiting_card',NULL,'K0011767614408000','pos',NULL,X'7f1d41106ec411c1d4ed9c890a312872');
INSERT INTO history VALUES(19,8,2,1767614408300,'awaiting_card','pending',NULL,'K0011767614408000','agent',NULL,X'54b28028da3dd083d87ad595348557cb');
INSERT INTO history VALUES(20,8,3,1767614408600,'pending','accepted','platform_unreachable','K0011767614408000','agent',NULL,X'8b10bb0e61616a861ac972a88aad4e76');
INSERT INTO history VALUES(21,8,4,1767614408900,'accepted','rejected','platform_refused','K0011767614408000','agent',NULL,X'd88c6a304a0fbafd770ce6bdc3022d69');
INSERT INTO history VALUES(22,9,1,1767614409000,NULL,'awaiting_card',NULL,'K0011767614409000','pos',NULL,X'cd2ab46ec584c170e8ed8b219d2097b1');
INSERT INTO history VALUES(23,9,2,1767614409300,'awaiting_card','pending',NULL,'K0011767614409000','agent',NULL,X'5ae35e85281a39f56b351d3ffbf45e55');
INSERT INTO history VALUES(24,9,3,1767614409600,'pending','reversing','interrupted','K0011767614409000','agent',NULL,X'fade1accec1f5c6d0b784b575e2d4889');
INSERT INTO history VALUES(25,10,1,1767614410000,NULL,'awaiting_card',NULL,'K0011767614410000','pos',NULL,X'71d7e55c1ca2a9da6bfee9c2d9cffad8');
INSERT INTO history VALUES(26,10,2,1767614410300,'awaiting_card','pending',NULL,'K0011767614410000','agent',NULL,X'765723cb19f8b9dbfa175279d7d21bb2');
INSERT INTO history VALUES(27,10,3,1767614410600,'pending','reversing','interrupted','K0011767614410000','agent',NULL,X'ef3ce5b465c672cea7a2cccb523ee4e5');
INSERT INTO history VALUES(28,10,4,1767614410900,'reversing','reversed','interrupted','K0011767614410000','agent',NULL,X'90988188b17ef37054d8fae53855c754');
INSERT INTO history VALUES(29,11,1,1767614411000,NULL,'awaiting_card',NULL,'K0011767614411000','pos',NULL,X'f47b96428bf5fa142e954b96cc9fa086');
INSERT INTO history VALUES(30,11,2,1767614411300,'awaiting_card','pending',NULL,'K0011767614411000','agent',NULL,X'bee1ba15defef39e5ea3ea0c3f923991');
INSERT INTO history VALUES(31,11,3,1767614411600,'pending','accepted','platform_unreachable','K0011767614411000','agent',NULL,X'ca28ceec71ee149575cc3c63cd2a1579');
INSERT INTO history VALUES(32,11,4,1767614411900,'accepted','held','platform_conflict','K0011767614411000','agent',NULL,X'd0a69bfd8e9fc08a14215d5099bde9d5');
INSERT INTO history VALUES(33,11,5,1767614412200,'held','written_off','platform_conflict','K0011767614411000','operator','refunded by hand',X'5cd05896ebafeda714d9c96fc1277267');
INSERT INTO history VALUES(34,12,1,1767614412000,NULL,'awaiting_card',NULL,'K0011767614412000','pos',NULL,X'd36b4722ddd6999b5f830ef76517f9b0');
INSERT INTO history VALUES(35,12,2,1767614412300,'awaiting_card','pending',NULL,'K0011767614412000','agent',NULL,X'cdd99f5533e18cabc34c7eaeb1ba4113');
INSERT INTO history VALUES(36,12,3,1767614412600,'pending','accepted','platform_unreachable','K0011767614412000','agent',NULL,X'8d972f96e8fac17544c163d0e477aa3f');
INSERT INTO history VALUES(37,13,1,1767614413000,NULL,'awaiting_card',NULL,'K0011767614413000','pos',NULL,X'87631b1ceffed2ffed94d69eec9cdc0e');
INSERT INTO history VALUES(38,13,2,1767614413300,'awaiting_card','pending',NULL,'K0011767614413000','agent',NULL,X'bf6bf3452f80e04fe46b38ab3f169cf0');
INSERT INTO history VALUES(39,13,3,1767614413600,'pending','accepted','platform_unreachable','K0011767614413000','agent',NULL,X'c3e84c0f7db1dc286309b48966b2e848');
INSERT INTO history VALUES(40,14,1,1767614414000,NULL,'awaiting_card',NULL,'K0011767614414000','pos',NULL,X'9ef40c621861c9f06cc4c436ff46c81e');
INSERT INTO history VALUES(41,14,2,1767614414300,'awaiting_card','pending',NULL,'K0011767614414000','agent',NULL,X'c8efa8181079cc35868f3fee605568df');
INSERT INTO history VALUES(42,14,3,1767614414600,'pending','accepted','platform_unreachable','K0011767614414000','agent',NULL,X'7107a5d28323dd65c8046845a8a39215');
INSERT INTO history VALUES(43,15,1,1767614415000,NULL,'awaiting_card',NULL,'K0011767614415000','pos',NULL,X'4558ec5f7c4be824621490d48cb5c2cd');
INSERT INTO history VALUES(44,15,2,1767614415300,'awaiting_card','pending',NULL,'K0011767614415000','agent',NULL,X'456a1084ba0d20927f84af2853133c45');
INSERT INTO history VALUES(45,15,3,1767614415600,'pending','accepted','platform_unreachable','K0011767614415000','agent',NULL,X'7ce8440af2e625e3ee2a30883cc7bcbb');
INSERT INTO history VALUES(46,16,1,1767614416000,NULL,'awaiting_card',NULL,'K0011767614416000','pos',NULL,X'883f7a0d49f031d90c17c1219963d35d');
INSERT INTO history VALUES(47,16,2,1767614416300,'awaiting_card','pending',NULL,'K0011767614416000','agent',NULL,X'6e6a741d6bdfc8f4850a0c4b5da84fe4');
INSERT INTO history VALUES(48,16,3,1767614416600,'pending','accepted','platform_unreachable','K0011767614416000','agent',NULL,X'f8a0eb878944b8addc2f184fdb27da4c');
INSERT INTO history VALUES(49,17,1,1767614417000,NULL,'awaiting_card',NULL,'K0011767614417000','pos',NULL,X'554538e05aa67443c27c0af9b1308ff9');
INSERT INTO history VALUES(50,17,2,1767614417300,'awaiting_card','pending',NULL,'K0011767614417000','agent',NULL,X'174e335f0170052c4bc4b3a88156d7b8');
INSERT INTO history VALUES(51,17,3,1767614417600,'pending','accepted','platform_unreachable','K0011767614417000','agent',NULL,X'f265585f3776e4dfda2c548609c0ea2a');
INSERT INTO history VALUES(52,18,1,1767614418000,NULL,'awaiting_card',NULL,'K0011767614418000','pos',NULL,X'3b7816dbec77a4f57fd775ceb2bffa0c');
INSERT INTO history VALUES(53,18,2,1767614418300,'awaiting_card','pending',NULL,'K0011767614418000','agent',NULL,X'5a68ec8c32ea2943d55c516bac65727f');
INSERT INTO history VALUES(54,18,3,1767614418600,'pending','accepted','platform_unreachable','K0011767614418000','agent',NULL,X'6a176b8c14b44dc4707aaa52f1fb290a');
INSERT INTO history VALUES(55,19,1,1767614419000,NULL,'awaiting_card',NULL,'K0011767614419000','pos',NULL,X'9b6d43e171f4336ec5690998e640a4e0');
INSERT INTO history VALUES(56,19,2,1767614419300,'awaiting_card','pending',NULL,'K0011767614419000','agent',NULL,X'd5b89f4a2e24ad2b15478eeb1036996e');
INSERT INTO history VALUES(57,19,3,1767614419600,'pending','accepted','platform_unreachable','K0011767614419000','agent',NULL,X'6d92984884a3f40c15b51422608c8734');
INSERT INTO history VALUES(58,20,1,1767614420000,NULL,'awaiting_card',NULL,'K0011767614420000','pos',NULL,X'31f5145adab7431c3314df44edc41919');
INSERT INTO history VALUES(59,20,2,1767614420300,'awaiting_card','pending',NULL,'K0011767614420000','agent',NULL,X'c7219d449238166cf2e696fd556d8073');
INSERT INTO history VALUES(60,20,3,1767614420600,'pending','accepted','platform_unreachable','K0011767614420000','agent',NULL,X'bcd5b9239c33a9a2cd406392bfb5df56');
INSERT INTO history VALUES(61,21,1,1767614421000,NULL,'awaiting_card',NULL,'K0011767614421000','pos',NULL,X'7d1354f73a800c8787618d20b0fc978e');
INSERT INTO history VALUES(62,21,2,1767614421300,'awaiting_card','pending',NULL,'K0011767614421000','agent',NULL,X'a3122da57096a4e35c5ef59427e3fcad');
INSERT INTO history VALUES(63,21,3,1767614421600,'pending','accepted','platform_unreachable','K0011767614421000','agent',NULL,X'246cdc151c94a4d3e5b34d5c4a33a214');
INSERT INTO history VALUES(64,22,1,1767614422000,NULL,'awaiting_card',NULL,'K0011767614422000','pos',NULL,X'459d87ed38d0ef8ecc6dc90998a93584');
INSERT INTO history VALUES(65,22,2,1767614422300,'awaiting_card','pending',NULL,'K0011767614422000','agent',NULL,X'0dc7cb1280773e934a30eca84383bf94');
INSERT INTO history VALUES(66,22,3,1767614422600,'pending','accepted','platform_unreachable','K0011767614422000','agent',NULL,X'878dd3d0d0240700c89bba79d2f9312a');
INSERT INTO history VALUES(67,23,1,1767614423000,NULL,'awaiting_card',NULL,'K0011767614423000','pos',NULL,X'dc45ed63a21f35d1de12603fdeb8eea9');
INSERT INTO history VALUES(68,23,2,1767614423300,'awaiting_card','pending',NULL,'K0011767614423000','agent',NULL,X'1f96cd67a376c0ab026848171e58e320');
INSERT INTO history VALUES(69,23,3,1767614423600,'pending','accepted','platform_unreachable','K0011767614423000','agent',NULL,X'04baa3d6cfaea15b92aeffc0b0b9de1d');
INSERT INTO history VALUES(70,24,1,1767614424000,NULL,'awaiting_card',NULL,'K0011767614424000','pos',NULL,X'7147a209b6b6b237a5b883c641fa389e');
INSERT INTO history VALUES(71,24,2,1767614424300,'awaiting_card','pending',NULL,'K0011767614424000','agent',NULL,X'6e0a82c503b04b5db6236efa68cdcd77');
INSERT INTO history VALUES(72,24,3,1767614424600,'pending','reversing','interrupted','K0011767614424000','agent',NULL,X'a4f38d2dcc825f20d3389b6b198baa8d');
INSERT INTO history VALUES(73,25,1,1767614425000,NULL,'awaiting_card',NULL,'K0011767614425000','pos',NULL,X'0c05e82881fd8009777ea9365187c209');
INSERT INTO history VALUES(74,25,2,1767614425300,'awaiting_card','pending',NULL,'K0011767614425000','agent',NULL,X'ada80e287bf4573536985ed2ff74f09f');
INSERT INTO history VALUES(75,25,3,1767614425600,'pending','settled',NULL,'K0011767614425000','agent',NULL,X'6b557df86691700f3ae16134207cfa18');
INSERT INTO cards VALUES('CARD0004',1767614404000);
INSERT INTO lost_cards VALUES('CARD9001','operator',1767614400000);
INSERT INTO lost_cards VALUES('CARD9003','platform',1767614400000);
INSERT INTO marks VALUES('lost_list',1767614400000);
INSERT INTO marks VALUES('sequence',1767614425000);
INSERT INTO boots VALUES(1,'boot-1',1767614400000);
INSERT INTO audit_keys VALUES(1,X'0535dd85e7cb6ff2');
INSERT INTO lost_lists VALUES(1,NULL,1767614400000,1,1);
INSERT INTO listed_cards VALUES(1,'CARD9002');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('payments',25);
INSERT INTO sqlite_sequence VALUES('history',75);
INSERT INTO sqlite_sequence VALUES('lost_lists',1);
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
CREATE TRIGGER marks_keep BEFORE DELETE ON marks
BEGIN SELECT RAISE(ABORT, 'a mark is never deleted'); END;
CREATE INDEX payments_exposed ON payments (card, amount, created_at)
WHERE state IN ('pending', 'accepted', 'held', 'rejected');
CREATE INDEX payments_open ON payments (id)
WHERE state IN ('awaiting_card', 'pending', 'accepted', 'reversing');
CREATE INDEX payments_reference ON payments (reference) WHERE reference IS NOT NULL;
CREATE INDEX payments_state ON payments (state, id);
CREATE INDEX payments_card ON payments (card, created_at);
CREATE TRIGGER history_is_final BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
CREATE TRIGGER history_keep BEFORE DELETE ON history
WHEN OLD.id > coalesce((
    SELECT last_history FROM archived WHERE first_history <= OLD.id
    ORDER BY first_history DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
CREATE TRIGGER payments_keep BEFORE DELETE ON payments
WHEN OLD.state NOT IN ('cancelled', 'settled', 'refused', 'reversed', 'written_off')
    OR OLD.in_flight OR EXISTS (SELECT 1 FROM history WHERE payment = OLD.id)
BEGIN SELECT RAISE(ABORT, 'payments are never deleted'); END;
CREATE TRIGGER marks_only_grow BEFORE UPDATE ON marks
WHEN NEW.value < OLD.value
BEGIN SELECT RAISE(ABORT, 'a mark never goes back'); END;
CREATE TRIGGER archived_keep BEFORE DELETE ON archived
WHEN NOT EXISTS (
    SELECT 1 FROM archived WHERE first_history < OLD.first_history
    AND last_history >= OLD.last_history)
BEGIN SELECT RAISE(ABORT, 'what was archived stays noted'); END;
CREATE TRIGGER archived_only_grows BEFORE UPDATE ON archived
WHEN NEW.first_history <> OLD.first_history OR NEW.last_history < OLD.last_history
BEGIN SELECT RAISE(ABORT, 'what was archived stays noted'); END;
CREATE TRIGGER audit_keys_keep BEFORE DELETE ON audit_keys
BEGIN SELECT RAISE(ABORT, 'a key of the audit chain stays noted'); END;
CREATE TRIGGER audit_keys_are_final BEFORE UPDATE ON audit_keys
WHEN NEW.first_history <> OLD.first_history
    OR EXISTS (SELECT 1 FROM history WHERE id >= OLD.first_history)
BEGIN SELECT RAISE(ABORT, 'a key of the audit chain stays noted'); END;
CREATE UNIQUE INDEX lost_lists_in_force ON lost_lists (in_force) WHERE in_force = 1;
CREATE INDEX payments_created ON payments (created_at);
COMMIT;
