import SovellPay
import SyncEngine
import TerminalCore

/// The platform as the engine wants it, by the real wire client; broken on purpose if asked to.
struct AgentPlatform: Platform {
    let pay: SovellPay
    let sabotage: Sabotage?

    func deliver(_ payment: Payment, despiteLoss: Bool) async -> Delivery {
        switch sabotage {
        case .claimsCharge: return Delivery(.charged(Trade()))
        case .ignoresLoss: return await pay.deliver(payment, despiteLoss: true)
        case .reversesEarly:
            async let early = pay.reverse(payment)
            let delivery = await pay.deliver(payment, despiteLoss: despiteLoss)
            _ = await early
            return delivery
        case .reversesStrangers:
            let delivery = await pay.deliver(payment, despiteLoss: despiteLoss)
            var confirmed = payment
            confirmed.tradeID = "T"
            if delivery.answer == .collision { _ = await pay.reverse(confirmed) }
            return delivery
        default: return await pay.deliver(payment, despiteLoss: despiteLoss)
        }
    }

    func ask(_ payment: Payment, patience: Duration?) async -> PlatformAnswer {
        if sabotage == .sendsInsteadOfAsking {
            return await pay.deliver(payment, despiteLoss: false).answer
        }
        return await pay.ask(payment, patience: patience)
    }

    func reverse(_ payment: Payment) async -> PlatformAnswer {
        switch sabotage {
        case .claimsReversal: return .dead
        case .sendsWhatIsWithdrawn:
            _ = await pay.deliver(payment, despiteLoss: false)
            return await pay.reverse(payment)
        default: return await pay.reverse(payment)
        }
    }

    func probe() async -> Trouble? { await pay.probe() }
}
