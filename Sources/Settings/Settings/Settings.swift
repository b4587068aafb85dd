public import TerminalCore

/// The whole configuration, checked: one plain struct per section.
///
/// Only ``SettingsLoader`` makes one, so that whoever holds it holds a complete and consistent one.
public struct Settings: Sendable {
    public var terminal: Terminal
    public var platform: Platform
    public var reader: Reader
    /// The section `card_number`.
    public var cardReading: CardReading
    public var payment: PaymentRules
    /// The section `offline`, without ``lostCard``.
    public var offline: OfflinePolicy
    /// `offline.lost_card`.
    public var lostCard: LostCardRule
    public var sync: Sync
    public var ledger: Ledger
    public var api: API
    public var scanner: Scanner
    public var log: Log
    public var otherPlatforms: OtherPlatforms
}

extension Settings {
    /// What happens to an accepted payment whose card turns out to be lost.
    public enum LostCardRule: String, Sendable, CaseIterable {
        /// It waits for an operator.
        case hold
        /// It is forwarded all the same.
        case submit
    }

    /// Who this terminal is.
    public struct Terminal: Hashable, Sendable {
        /// The language of the payer's page.
        public enum Language: String, Sendable, CaseIterable {
            /// Chinese.
            case zh
            /// English.
            case en
        }

        /// 1 to 12 of `A-Z a-z 0-9`; it begins every order number.
        public var id: String
        /// What people call it; the ``id`` when none is configured.
        public var name: String
        public var language: Language
    }

    /// Where the readers come from.
    public struct Reader: Hashable, Sendable {
        /// The kind of reader.
        public enum Source: String, Sendable, CaseIterable { case pcsc, simulated }

        public var source: Source
        /// A glob over the names of the readers.
        public var name: String
    }

    /// A barcode scanner beside the card reader.
    public struct Scanner: Hashable, Sendable {
        /// A hidraw or keyboard-emulating device.
        public var device: String?
        /// A serial device.
        public var serial: String?
    }

    /// What is logged and how.
    public struct Log: Hashable, Sendable {
        /// From the most to the least talkative, in the words of swift-log.
        public enum Level: String, Sendable, CaseIterable {
            case trace, debug, info, notice, warning, error, critical
        }
        /// The form of one log line.
        public enum Format: String, Sendable, CaseIterable { case text, json }

        public var level: Level
        public var format: Format
    }
}
