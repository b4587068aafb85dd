/// The imported lost list: whole lists beside each other, of which one is in force.
///
/// A list is filled in many small transactions while payments go on, and put in force in one; what
/// is not in force is removed in small steps. A stop in between leaves the old list in force.
extension Schema {
    static let version0_2lostList = [
        """
        CREATE TABLE lost_lists (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            version TEXT CHECK (length(version) BETWEEN 1 AND 64),
            imported_at INTEGER NOT NULL,
            cards INTEGER NOT NULL CHECK (cards >= 0),
            in_force INTEGER NOT NULL CHECK (in_force IN (0, 1))
        ) STRICT
        """,
        "CREATE UNIQUE INDEX lost_lists_in_force ON lost_lists (in_force) WHERE in_force = 1",
        """
        CREATE TABLE listed_cards (
            list INTEGER NOT NULL REFERENCES lost_lists (id),
            card TEXT NOT NULL CHECK (length(card) BETWEEN 1 AND 64),
            PRIMARY KEY (list, card)
        ) STRICT, WITHOUT ROWID
        """,
        """
        INSERT INTO lost_lists (imported_at, cards, in_force)
        SELECT value, (SELECT count(*) FROM lost_cards WHERE source = 'import'), 1
        FROM marks WHERE name = 'lost_list'
        """,
        """
        INSERT INTO listed_cards (list, card)
        SELECT id, card FROM lost_lists JOIN lost_cards ON source = 'import'
        """,
        "DELETE FROM lost_cards WHERE source = 'import'",
    ]
}
