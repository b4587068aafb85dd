/// Who pays: a card on a reader, or somebody with a code that is good once.
public enum Payer: Hashable, Sendable {
    case card(CardNumber)
    case code(OneTimeCode)

    /// The code of who has no card.
    public var code: OneTimeCode? { if case .code(let code) = self { code } else { nil } }

    /// How notices call it.
    public var masked: String {
        switch self {
        case .card(let card): card.masked
        case .code(let code): code.description
        }
    }
}
