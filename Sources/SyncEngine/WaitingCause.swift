public import TerminalCore

/// Why a payment is not at its end yet, for people.
public struct WaitingCause: Hashable, Sendable {
    /// What it waits for.
    public enum Kind: String, Sendable, CaseIterable {
        /// A tap or a code.
        case payer
        /// The answer to a call that is being made now.
        case answer
        /// An operator's decision about this payment.
        case decision
        /// An operator who lets forwarding go on: it stopped after refusals in a row.
        case release
        /// The platform that it was made for: another one is configured.
        case otherPlatform = "other_platform"
        /// A way to the platform: nothing is sent before a probe finds one.
        case network
        /// The end of the pause after a failed try.
        case pause
        /// Another payment of its card, which is being delivered.
        case card
        /// Its turn.
        case turn
    }

    /// What the last try brought instead of an end.
    public enum Trouble: String, Sendable, CaseIterable {
        /// No connection was made.
        case noConnection = "no_connection"
        /// The platform gave no token for now.
        case noToken = "no_token"
        /// The platform does not accept this terminal's credentials.
        case credentials
        /// The platform sent us elsewhere.
        case redirected
        /// A request left, and no answer came.
        case noAnswer = "no_answer"
        /// The platform wants to be asked later, or has an error of its own.
        case notNow = "not_now"
        /// The platform has the order and is not done.
        case processing
        /// The order is not there; an earlier request may still arrive.
        case absent
        /// A "no" that is to be confirmed.
        case refused
    }

    public var kind: Kind
    /// When something is tried again, by the wall clock; nil when that is not up to the time.
    public var nextTry: Timestamp?
    /// Nil when nothing was tried since the start, or the last try brought nothing wrong.
    public var trouble: Trouble?
    /// Failed tries in a row since the start, or since the platform came back.
    public var tries: Int

    public init(
        _ kind: Kind, nextTry: Timestamp? = nil, trouble: Trouble? = nil, tries: Int = 0
    ) {
        self.kind = kind
        self.nextTry = nextTry
        self.trouble = trouble
        self.tries = tries
    }
}

extension WaitingCause.Trouble {
    /// Nil for an answer that ends the payment or leaves it to an operator.
    init?(_ answer: PlatformAnswer) {
        switch answer {
        case .notSent(.network): self = .noConnection
        case .notSent(.platform): self = .noToken
        case .notSent(.credentials): self = .credentials
        case .notSent(.redirected), .later(_, _?): self = .redirected
        case .unknown: self = .noAnswer
        case .later: self = .notNow
        case .processing: self = .processing
        case .absent: self = .absent
        case .refused, .cardRefused, .dead: self = .refused
        case .charged, .cardLost, .conflict, .overcharged, .collision, .notSent(.withdrawn):
            return nil
        }
    }
}
