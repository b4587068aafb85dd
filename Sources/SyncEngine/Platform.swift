public import TerminalCore

/// What the engine can do at the platform; it does not know how.
public protocol Platform: Sendable {
    /// Exchanges the card, or the `code` of a payment without one, and posts the order, whose send
    /// was marked before.
    ///
    /// `mayStillSend` is asked between the two: a payment withdrawn meanwhile is not posted.
    func deliver(
        _ payment: Payment, code: OneTimeCode?, despiteLoss: Bool,
        mayStillSend: @Sendable () async -> Bool
    ) async -> Delivery
    /// Asks by order number; `patience` lets the platform hold its answer so long.
    func ask(_ payment: Payment, patience: Duration?) async -> PlatformAnswer
    /// Closes or refunds the order.
    func reverse(_ payment: Payment) async -> PlatformAnswer
    /// Looks whether the platform is there; nil when it is.
    func probe() async -> Trouble?
}
