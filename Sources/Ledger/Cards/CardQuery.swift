/// A statement with a condition on one card.
///
/// Where nothing is sealed a card has one text, and SQLite would make a table of a list at each
/// lookup: so there are two forms.
struct CardQuery: Sendable {
    private let forOneText: String
    private let forBoth: String

    /// `statement` is given the condition, which may stand in it more than once, before any other
    /// parameter; ``Execution/bind(_:)`` knows its values.
    init(_ statement: (_ condition: String) -> String) {
        forOneText = statement("card = ?1")
        forBoth = statement("card IN (?1, ?2)")
    }

    func text(of card: StoredCard) -> String { card.hasOneText ? forOneText : forBoth }
}
