public import TerminalCore

/// How this terminal takes payments, as configured.
public struct AgentRules: Hashable, Sendable {
    public var mode: Session.Mode
    /// The title of a payment that brings none.
    public var title: String
    public var schedule: Schedule
    /// Fixed mode: how often one card may pay in one period; 0 = without limit.
    public var perCardPerPeriod: Int
    public var repeatWindow: Duration
    public var tapTimeout: Duration
    /// From tap to answer; then the offline decision stands.
    public var decisionDeadline: Duration
    public var policy: OfflinePolicy

    /// Fixed mode: for how long after a restart a card is shown its untold payment instead of
    /// paying again. Longer than a restart, shorter than the way to the next meal.
    public static let untoldMax = Duration.seconds(15 * 60)

    public init(
        mode: Session.Mode, title: String, schedule: Schedule, perCardPerPeriod: Int = 0,
        repeatWindow: Duration = .seconds(3), tapTimeout: Duration = .seconds(60),
        decisionDeadline: Duration = .seconds(4), policy: OfflinePolicy = OfflinePolicy()
    ) {
        self.mode = mode
        self.title = title
        self.schedule = schedule
        self.perCardPerPeriod = perCardPerPeriod
        self.repeatWindow = repeatWindow
        self.tapTimeout = tapTimeout
        self.decisionDeadline = decisionDeadline
        self.policy = policy
    }
}
