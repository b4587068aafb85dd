public import TerminalCore

/// What the engine can do at the platform; it does not know how.
public protocol Platform: Sendable {
    /// Exchanges the card, or the `code` of a payment without one, and posts the order.
    ///
    /// `clearance` is asked for right before each POST: it gives the payment with the mark of its
    /// send on disk, or nil when it must not be posted. `despiteLoss` is asked for a card that is
    /// lost.
    func deliver(
        _ payment: Payment, code: OneTimeCode?, despiteLoss: @Sendable () async -> Bool,
        clearance: @Sendable () async -> Payment?
    ) async -> Delivery
    /// Asks by order number; `patience` lets the platform hold its answer so long.
    func ask(_ payment: Payment, patience: Duration?) async -> PlatformAnswer
    /// Closes or refunds the order.
    func reverse(_ payment: Payment) async -> PlatformAnswer
    /// Looks whether the platform is there; nil when it is.
    func probe() async -> Trouble?
}
