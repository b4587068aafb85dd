import CPCSC
import TerminalCore

/// Decides whether a read that failed in PC/SC is tried again while the card lies there.
struct ReadAttempts {
    /// What to do after a failure.
    enum Step: Hashable {
        case again(after: Duration)
        case giveUp(CardError)
    }

    /// How many failures other than "another program holds the card" one presentation may have.
    static let failuresMax = 5
    /// The pause before another try: a card that is still moving settles meanwhile.
    static let pause = Duration.milliseconds(30)
    /// How long another program may hold the card before the payer is told.
    static let heldMax = Duration.seconds(2)
    /// The pause between two tries while another program holds the card; there is no event.
    static let heldPause = Duration.milliseconds(50)

    /// How long a card that is not there is looked for while pcscd says that one lies there. pcscd
    /// polls many readers every 400 ms, and never tells of a card that leaves and comes back in
    /// between: nothing but another try finds it.
    static let goneMax = Duration.seconds(1)
    /// The pause between two looks for it; pcscd's word that the card left ends the pause.
    static let gonePause = Duration.milliseconds(50)

    private var failures = 0
    /// The card was missed once: until it is back the reader may fail in any way.
    private var isGone = false

    /// A try failed, `spent` after the presentation began.
    mutating func failed(_ error: PCSCError, spent: Duration) -> Step {
        switch error {
        case .noCard, .removedCard:
            isGone = true
            return gone(spent: spent)
        case .sharingViolation:
            guard spent < Self.heldMax else { return .giveUp(.heldByOtherProgram) }
            return .again(after: Self.heldPause)
        case _ where Self.isFinal(error): return .giveUp(.reader("\(error)"))
        case _ where isGone: return gone(spent: spent)
        default:
            failures += 1
            guard failures < Self.failuresMax else { return .giveUp(.reader("\(error)")) }
            return .again(after: Self.pause)
        }
    }

    private func gone(spent: Duration) -> Step {
        spent < Self.goneMax ? .again(after: Self.gonePause) : .giveUp(.removed)
    }

    /// Errors that the next try would only repeat.
    private static func isFinal(_ error: PCSCError) -> Bool {
        switch error {
        case .securityViolation, .unknownReader, .readerUnavailable: true
        default:
            [SCARD_E_INVALID_PARAMETER, SCARD_E_INVALID_VALUE, SCARD_E_INSUFFICIENT_BUFFER]
                .contains(Int(error.rawValue))
        }
    }
}
