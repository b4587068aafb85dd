public import TerminalCore

extension Settings {
    /// How payments come about.
    public struct PaymentRules: Hashable, Sendable {
        /// Who asks for a payment.
        public enum Mode: String, Sendable, CaseIterable {
            /// A POS asks for each payment.
            case requested
            /// Each tap pays a fixed amount.
            case fixed
        }

        public var mode: Mode
        /// The title of a payment that has none; the terminal's name when none is configured.
        public var title: String
        /// Fixed mode: what a tap pays outside of every period; nil = nothing is sold then.
        public var fixedAmount: Money?
        /// Fixed mode: in the order of the day, without overlaps.
        public var schedule: [Period]
        /// Fixed mode: how often one card may pay in one period; 0 = no limit.
        public var perCardPerPeriod: Int
        /// The same card within this time is one tap.
        public var repeatWindow: Duration
        public var tapTimeout: Duration
    }

    /// A part of the day with its own amount, in local time.
    public struct Period: Hashable, Sendable {
        /// The first minute of the day, from 0.
        public var from: Int
        /// The first minute that no longer belongs to it, up to 1440.
        public var to: Int
        public var amount: Money
        /// Its own title, else that of ``PaymentRules``.
        public var title: String
    }
}
