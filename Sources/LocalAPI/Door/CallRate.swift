/// So many calls at once and so many in a second: the generic cell rate algorithm of ATM networks.
///
/// It takes no memory but one moment, whoever calls how often.
struct CallRate: Hashable, Sendable {
    /// What one call takes of the allowance.
    private let share: Duration
    /// How far the allowance may be used in advance.
    private let ahead: Duration
    /// Up to this uptime the allowance is used.
    private var used = Duration.zero

    /// `perSecond` and `burst` are 1 or more.
    init(perSecond: Int, burst: Int) {
        share = Duration.seconds(1) / perSecond
        ahead = share * (burst - 1)
    }

    /// Whether one more call fits in at `uptime`; one that does not fit uses nothing up.
    mutating func take(at uptime: Duration) -> Bool {
        let from = max(used, uptime)
        guard from - uptime <= ahead else { return false }
        used = from + share
        return true
    }
}
