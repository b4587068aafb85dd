extension Session {
    /// Decides what a request, a tap and an outcome mean. Times are uptime, never the wall clock.
    public struct StateMachine: ~Copyable {
        private enum Counter {
            case free
            /// The request is being written; a second one must not slip in.
            case opening
            case waiting(Waiting)
        }

        /// What is remembered of a card, so that one presentation is one payment.
        private struct Presence {
            /// The readers that it lies on.
            var readers: Set<String> = []
            /// The later of its removal and the display of its outcome.
            var quietSince: Duration
            var isPaying = false
        }

        private let mode: Mode
        private let repeatWindow: Duration
        private var counter = Counter.free
        private var cards: [CardNumber: Presence] = [:]
        private var paying: [String: CardNumber] = [:]

        public init(mode: Mode, repeatWindow: Duration) {
            self.mode = mode
            self.repeatWindow = repeatWindow
        }

        /// The payment that waits for a tap, if any.
        public var waiting: Waiting? {
            if case .waiting(let waiting) = counter { waiting } else { nil }
        }

        /// How many payments have a card and no outcome.
        public var payingCount: Int { paying.count }

        public enum RequestAction: Hashable, Sendable {
            /// Write the payment, then report ``paymentOpened(_:)`` or ``openingFailed()``.
            case open
            /// Another payment waits; nil while it is still being written.
            case busy(String?)
            /// Each tap pays here; nothing can be asked for.
            case fixedMode
        }

        /// A POS asked for a payment.
        public mutating func paymentRequested() -> RequestAction {
            if mode == .fixed { return .fixedMode }
            switch counter {
            case .free:
                counter = .opening
                return .open
            case .opening: return .busy(nil)
            case .waiting(let waiting): return .busy(waiting.seq)
            }
        }

        /// The payment is on disk and waits for its tap.
        public mutating func paymentOpened(_ waiting: Waiting) { counter = .waiting(waiting) }

        /// The payment could not be written, or the request was answered by an older payment.
        public mutating func openingFailed() { counter = .free }

        public enum TapAction: Hashable, Sendable {
            /// Record the tap for the waiting payment.
            case payWaiting(Waiting)
            /// Record a new payment at the current price.
            case payFixed
            case ignore(Ignored)
        }

        /// Why a tap means nothing.
        public enum Ignored: Hashable, Sendable {
            /// The same presentation, or the same card within the repeat window.
            case repeated
            /// The card has a payment without an outcome.
            case stillPaying
            /// No payment waits for a tap.
            case nothingToPay
        }

        /// A card was read.
        public mutating func cardTapped(
            _ card: CardNumber, reader: String, at now: Duration
        ) -> TapAction {
            forgetQuietCards(at: now)
            if let known = cards[card] {
                cards[card]?.readers.insert(reader)
                return .ignore(known.isPaying ? .stillPaying : .repeated)
            }
            switch (mode, counter) {
            case (.fixed, _):
                cards[card] = Presence(readers: [reader], quietSince: now, isPaying: true)
                return .payFixed
            case (.requested, .waiting(let waiting)):
                cards[card] = Presence(readers: [reader], quietSince: now, isPaying: true)
                counter = .free
                paying[waiting.seq] = card
                return .payWaiting(waiting)
            case (.requested, _): return .ignore(.nothingToPay)
            }
        }

        /// The tap is on disk: `seq` has no outcome yet.
        public mutating func paymentStarted(_ seq: String, card: CardNumber) {
            paying[seq] = card
        }

        /// The tap could not be written; the payment, if one waited, is given up.
        public mutating func recordingFailed(
            _ card: CardNumber, seq: String?, at now: Duration
        ) {
            if let seq { paying[seq] = nil }
            cards[card]?.isPaying = false
            cards[card]?.quietSince = now
        }

        public enum OutcomeAction: Hashable, Sendable {
            case show
            /// It was shown before.
            case nothing
        }

        /// A payment has its outcome, and it is about to be shown.
        public mutating func paymentDecided(_ seq: String, at now: Duration) -> OutcomeAction {
            guard let card = paying.removeValue(forKey: seq) else { return .nothing }
            cards[card]?.isPaying = false
            cards[card]?.quietSince = now
            return .show
        }

        /// A card left its reader.
        public mutating func cardRemoved(reader: String, at now: Duration) {
            for card in cards.keys where cards[card]?.readers.remove(reader) != nil {
                cards[card]?.quietSince = now
            }
        }

        /// The waiting payment ended without a tap: cancelled, or its time is over.
        ///
        /// False when it does not wait any more, so that nothing is cancelled twice.
        public mutating func waitingEnded(_ seq: String) -> Bool {
            guard case .waiting(let waiting) = counter, waiting.seq == seq else { return false }
            counter = .free
            return true
        }

        private mutating func forgetQuietCards(at now: Duration) {
            cards = cards.filter { _, presence in
                presence.isPaying || !presence.readers.isEmpty
                    || now - presence.quietSince < repeatWindow
            }
        }
    }
}
