public import TerminalCore

extension Payment {
    /// What stands when the platform cannot be asked, or has not answered in time: the offline
    /// decision that was taken when the tap was recorded.
    ///
    /// `mayBeCharged` tells whether the platform may yet say "yes" to what the payer is told "no".
    func decided(mayBeCharged: Bool) -> PaymentUpdate {
        switch decision {
        case .approve:
            PaymentUpdate(.accepted, reason: reason ?? .platformUnreachable, offline: true)
        case .refuse(let reason):
            PaymentUpdate(mayBeCharged ? .reversing : .refused, reason: reason)
        case nil: PaymentUpdate(mayBeCharged ? .reversing : .refused, reason: .platformUnreachable)
        }
    }

    /// The decision at the deadline; nil when the payment already has its outcome.
    public var deadlineUpdate: PaymentUpdate? {
        state == .pending ? decided(mayBeCharged: mayBeCharged) : nil
    }
}
