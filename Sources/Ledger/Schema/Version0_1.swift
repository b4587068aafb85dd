/// Schema 0.1, as it was released: this text never changes.
///
/// A ledger made by it must open with every later program; see `Tests/Fixtures/ledger`.
extension Schema {
    static let version0_1 =
        [payments, history, cards, lostCards, marks] + guards + indexes

    private static let states = """
        'awaiting_card', 'cancelled', 'pending', 'settled', 'accepted', 'refused', 'held', \
        'rejected', 'reversing', 'reversed', 'written_off'
        """

    private static let reasons = """
        'card_lost', 'card_unknown', 'card_not_normal', 'card_unreadable', \
        'balance_too_low', 'platform_refused', 'platform_unreachable', \
        'platform_processing', 'platform_conflict', 'platform_changed', 'platform_forgot', \
        'seq_collision', 'offline_disabled', 'offline_payment_limit', 'offline_card_limit', \
        'offline_total_limit', 'offline_too_old', 'offline_card_unknown', \
        'offline_list_too_old', 'period_limit', 'code_needs_platform', 'interrupted', \
        'storage_failed', 'cancelled'
        """

    private static let changes = """
        'accepted>held', 'accepted>rejected', 'accepted>reversing', 'accepted>settled', \
        'awaiting_card>accepted', 'awaiting_card>cancelled', 'awaiting_card>pending', \
        'awaiting_card>refused', 'held>accepted', 'held>reversing', 'held>settled', \
        'held>written_off', 'pending>accepted', 'pending>refused', 'pending>reversing', \
        'pending>settled', 'refused>reversing', 'rejected>accepted', 'rejected>settled', \
        'rejected>written_off', 'reversed>reversing', 'reversing>reversed', \
        'reversing>written_off', 'settled>reversing', 'written_off>reversing', \
        'written_off>settled'
        """

    private static let initial = "'accepted', 'awaiting_card', 'pending', 'refused'"

    /// `revision` counts the lines of history; the deferred foreign key makes a change without its
    /// line impossible to commit.
    private static let payments = """
        CREATE TABLE payments (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            seq TEXT NOT NULL UNIQUE CHECK (length(seq) BETWEEN 14 AND 25),
            state TEXT NOT NULL CHECK (state IN (\(states))),
            reason TEXT CHECK (reason IN (\(reasons))),
            amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 100000000),
            title TEXT NOT NULL,
            reference TEXT,
            card TEXT CHECK (length(card) BETWEEN 1 AND 64),
            offline INTEGER NOT NULL DEFAULT 0 CHECK (offline IN (0, 1)),
            decision TEXT CHECK (decision = 'approve' OR decision IN (\(reasons))),
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
        ) STRICT
        """

    private static let history = """
        CREATE TABLE history (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            payment INTEGER NOT NULL REFERENCES payments (id),
            revision INTEGER NOT NULL,
            at INTEGER NOT NULL,
            from_state TEXT CHECK (from_state IN (\(states))),
            to_state TEXT NOT NULL CHECK (to_state IN (\(states))),
            reason TEXT CHECK (reason IN (\(reasons))),
            order_number TEXT NOT NULL,
            by TEXT NOT NULL,
            note TEXT,
            UNIQUE (payment, revision)
        ) STRICT
        """

    private static let cards = """
        CREATE TABLE cards (
            card TEXT PRIMARY KEY,
            seen_online_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """

    private static let lostCards = """
        CREATE TABLE lost_cards (
            card TEXT NOT NULL,
            source TEXT NOT NULL CHECK (source IN ('platform', 'operator', 'import')),
            added_at INTEGER NOT NULL,
            PRIMARY KEY (card, source)
        ) STRICT, WITHOUT ROWID
        """

    /// Numbers that only grow: `sequence` is the high-water mark of order numbers, `lost_list` the
    /// moment of the last import.
    private static let marks = """
        CREATE TABLE marks (
            name TEXT PRIMARY KEY CHECK (name IN ('sequence', 'lost_list')),
            value INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """

    private static let guards = [
        """
        CREATE TRIGGER payments_first_state BEFORE INSERT ON payments
        WHEN NEW.state NOT IN (\(initial)) OR NEW.revision <> 1
        BEGIN SELECT RAISE(ABORT, 'a payment cannot begin in this state'); END
        """,
        """
        CREATE TRIGGER payments_legal_change BEFORE UPDATE ON payments
        WHEN NEW.revision NOT IN (OLD.revision, OLD.revision + 1) OR NEW.state <> OLD.state AND (
            OLD.state || '>' || NEW.state NOT IN (\(changes)) OR NEW.revision <> OLD.revision + 1)
        BEGIN SELECT RAISE(ABORT, 'this change of state is not allowed'); END
        """,
        """
        CREATE TRIGGER payments_identity BEFORE UPDATE ON payments
        WHEN NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.amount <> OLD.amount
            OR NEW.created_at <> OLD.created_at OR NEW.platform_host <> OLD.platform_host
            OR NEW.client_id <> OLD.client_id OR NEW.reference IS NOT OLD.reference
            OR (OLD.card IS NOT NULL AND NEW.card IS NOT OLD.card)
            OR (OLD.told_at IS NOT NULL AND NEW.told_at IS NOT OLD.told_at)
        BEGIN SELECT RAISE(ABORT, 'what names a payment never changes'); END
        """,
        """
        CREATE TRIGGER payments_keep BEFORE DELETE ON payments
        BEGIN SELECT RAISE(ABORT, 'payments are never deleted'); END
        """,
        """
        CREATE TRIGGER history_is_final BEFORE UPDATE ON history
        BEGIN SELECT RAISE(ABORT, 'history is never changed'); END
        """,
        """
        CREATE TRIGGER history_keep BEFORE DELETE ON history
        BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END
        """,
        """
        CREATE TRIGGER marks_keep BEFORE DELETE ON marks
        BEGIN SELECT RAISE(ABORT, 'a mark is never deleted'); END
        """,
        """
        CREATE TRIGGER marks_only_grow BEFORE UPDATE ON marks
        WHEN NEW.value < OLD.value
        BEGIN SELECT RAISE(ABORT, 'a mark never goes back'); END
        """,
    ]

    /// Partial, so that a million settled payments cost them nothing.
    private static let indexes = [
        """
        CREATE INDEX payments_exposed ON payments (card, amount, created_at)
        WHERE state IN ('pending', 'accepted', 'held', 'rejected')
        """,
        """
        CREATE INDEX payments_open ON payments (id)
        WHERE state IN ('awaiting_card', 'pending', 'accepted', 'reversing')
        """,
        """
        CREATE INDEX payments_reference ON payments (reference) WHERE reference IS NOT NULL
        """,
        """
        CREATE INDEX payments_state ON payments (state, id)
        """,
        """
        CREATE INDEX payments_card ON payments (card, created_at)
        """,
    ]
}
