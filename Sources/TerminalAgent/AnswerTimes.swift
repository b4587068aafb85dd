public import Instruments
internal import TerminalCore

/// How long payers waited since this program began: from the moment that ``AgentRules`` counts the
/// decision deadline from to the answer on the screen.
public struct AnswerTimes: Sendable {
    /// Approved by the platform's word.
    public private(set) var approved = Histogram()
    /// Approved by this terminal alone.
    public private(set) var approvedOffline = Histogram()
    /// Told "no", whoever said so.
    public private(set) var declined = Histogram()
    /// Who waits for an answer now, and the uptime since when.
    private var waiting: [String: Duration] = [:]

    /// The payer of `seq` waits since `uptime`.
    mutating func began(_ seq: String, at uptime: Duration) { waiting[seq] = uptime }

    /// The payer of `seq` is shown `screen`. The first time counts.
    mutating func ended(_ seq: String, with screen: Screen, at uptime: Duration) {
        guard let began = waiting.removeValue(forKey: seq) else { return }
        let time = uptime - began
        switch screen {
        case .approved(_, _, _, let isOffline):
            isOffline ? approvedOffline.record(time) : approved.record(time)
        case .declined: declined.record(time)
        case .idle, .price, .awaitingCard, .reading, .paying, .cancelled, .outOfService: return
        }
    }
}
