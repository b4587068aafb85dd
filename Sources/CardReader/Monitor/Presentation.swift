/// A card on a reader from its coming to its going; counted, so that a late answer is known.
struct Presentation: Hashable, Sendable {
    var number: UInt64
}
