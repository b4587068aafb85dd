extension Session {
    /// Decides what a request, a tap, a scan and an outcome mean. Times are uptime, never the wall
    /// clock.
    public struct StateMachine: ~Copyable {
        private enum Counter {
            case free
            /// The request is being written; a second one must not slip in.
            case opening
            case waiting(Waiting)
        }

        /// What is remembered of a card or code, so that one presentation is one payment.
        private struct Presence {
            /// The readers that it lies on; a scanner does not tell when a code goes away.
            var readers: Set<String> = []
            /// The later of its removal, its last scan and the display of its outcome.
            var quietSince: Duration
            var isPaying = false
        }

        private let mode: Mode
        private var repeatWindow: Duration
        private var counter = Counter.free
        private var payers: [Payer: Presence] = [:]
        private var paying: [String: Payer] = [:]

        public init(mode: Mode, repeatWindow: Duration) {
            self.mode = mode
            self.repeatWindow = repeatWindow
        }

        /// Another time within which the same card is one tap, also for the cards that are known.
        public mutating func repeatWindowChanged(to window: Duration) { repeatWindow = window }

        /// The payment that waits for its payer, if any.
        public var waiting: Waiting? {
            if case .waiting(let waiting) = counter { waiting } else { nil }
        }

        /// How many have a card or code and no outcome, also while that is being written.
        public var payingCount: Int { payers.values.count(where: \.isPaying) }

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

        /// What a tap or a scan leads to.
        public enum PayerAction: Hashable, Sendable {
            /// Record the payer of the waiting payment.
            case payWaiting(Waiting)
            /// Record a new payment at the current price.
            case payFixed
            case ignore(Ignored)
        }

        /// Why a tap or a scan means nothing.
        public enum Ignored: Hashable, Sendable {
            /// The same presentation, or the same card or code within the repeat window.
            case repeated
            /// The card or code has a payment without an outcome.
            case stillPaying
            /// No payment waits for a payer.
            case nothingToPay
        }

        /// A card was read.
        public mutating func cardTapped(
            _ card: CardNumber, reader: String, at now: Duration
        ) -> PayerAction {
            forgetQuietPayers(at: now)
            if let known = payers[.card(card)] {
                payers[.card(card)]?.readers.insert(reader)
                return .ignore(known.isPaying ? .stillPaying : .repeated)
            }
            return payerCame(.card(card), Presence(readers: [reader], quietSince: now))
        }

        /// A code was scanned. A scanner reads one that stays in front of it again and again.
        public mutating func codeScanned(
            _ code: OneTimeCode, at now: Duration
        ) -> PayerAction {
            forgetQuietPayers(at: now)
            if let known = payers[.code(code)] {
                payers[.code(code)]?.quietSince = now
                return .ignore(known.isPaying ? .stillPaying : .repeated)
            }
            return payerCame(.code(code), Presence(quietSince: now))
        }

        /// A code was given for the payment `seq`; nil when that does not wait, or when another
        /// payment is under way with this code: it is good once.
        public mutating func codeGiven(
            _ code: OneTimeCode, for seq: String, at now: Duration
        ) -> Waiting? {
            forgetQuietPayers(at: now)
            guard let waiting, waiting.seq == seq, payers[.code(code)]?.isPaying != true else {
                return nil
            }
            counter = .free
            payers[.code(code)] = Presence(quietSince: now, isPaying: true)
            paying[seq] = .code(code)
            return waiting
        }

        private mutating func payerCame(_ payer: Payer, _ presence: Presence) -> PayerAction {
            var presence = presence
            presence.isPaying = true
            switch (mode, counter) {
            case (.fixed, _):
                payers[payer] = presence
                return .payFixed
            case (.requested, .waiting(let waiting)):
                payers[payer] = presence
                counter = .free
                paying[waiting.seq] = payer
                return .payWaiting(waiting)
            case (.requested, _): return .ignore(.nothingToPay)
            }
        }

        /// The payer is on disk: `seq` has no outcome yet.
        public mutating func paymentStarted(_ seq: String, by payer: Payer) {
            paying[seq] = payer
        }

        /// The payer could not be written; the payment, if one waited, is given up.
        public mutating func recordingFailed(_ payer: Payer, seq: String?, at now: Duration) {
            if let seq { paying[seq] = nil }
            payers[payer]?.isPaying = false
            payers[payer]?.quietSince = now
        }

        public enum OutcomeAction: Hashable, Sendable {
            case show
            /// It was shown before.
            case nothing
        }

        /// A payment has its outcome, and it is about to be shown.
        public mutating func paymentDecided(_ seq: String, at now: Duration) -> OutcomeAction {
            guard let payer = paying.removeValue(forKey: seq) else { return .nothing }
            payers[payer]?.isPaying = false
            payers[payer]?.quietSince = now
            return .show
        }

        /// A card left its reader.
        public mutating func cardRemoved(reader: String, at now: Duration) {
            for payer in payers.keys where payers[payer]?.readers.remove(reader) != nil {
                payers[payer]?.quietSince = now
            }
        }

        /// The waiting payment ended without a payer: cancelled, or its time is over.
        ///
        /// False when it does not wait any more, so that nothing is cancelled twice.
        public mutating func waitingEnded(_ seq: String) -> Bool {
            guard case .waiting(let waiting) = counter, waiting.seq == seq else { return false }
            counter = .free
            return true
        }

        private mutating func forgetQuietPayers(at now: Duration) {
            payers = payers.filter { _, presence in
                presence.isPaying || !presence.readers.isEmpty
                    || now - presence.quietSince < repeatWindow
            }
        }
    }
}
