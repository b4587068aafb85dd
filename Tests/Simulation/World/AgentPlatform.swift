import SovellPay
import SyncEngine
import TerminalCore
import TerminalTesting

/// The platform as the engine wants it, by the real wire client; broken on purpose if asked to.
struct AgentPlatform: Platform {
    let pay: SovellPay
    let sabotage: Sabotage?
    unowned let world: World

    func deliver(
        _ payment: Payment, code: OneTimeCode?, despiteLoss: @Sendable () async -> Bool,
        clearance: @Sendable () async -> Payment?
    ) async -> Delivery {
        await deliver(payment, code, despiteLoss) {
            world.isLookedAt(payment.order)
            return await clearance()
        }
    }

    private func deliver(
        _ payment: Payment, _ code: OneTimeCode?, _ despiteLoss: @Sendable () async -> Bool,
        _ look: @Sendable () async -> Payment?
    ) async -> Delivery {
        switch sabotage {
        case .claimsCharge: return Delivery(.charged(Trade()))
        case .ignoresLoss: return await post(payment, code, { true }, look)
        case .looksAway:
            return await post(payment, code, despiteLoss) {
                let seen = await look()
                try? await world.clock.sleep(for: .seconds(2))
                return seen
            }
        case .reversesEarly:
            async let early = pay.reverse(payment)
            let delivery = await post(payment, code, despiteLoss, look)
            _ = await early
            return delivery
        case .reversesStrangers:
            let delivery = await post(payment, code, despiteLoss, look)
            var confirmed = payment
            confirmed.tradeID = "T"
            if delivery.answer == .collision { _ = await pay.reverse(confirmed) }
            return delivery
        case .triesCodesAgain:
            let delivery = await post(payment, code, despiteLoss, look)
            guard code != nil, await pay.ask(payment, patience: nil) == .absent else {
                return delivery
            }
            return await post(payment, code, despiteLoss, look)
        default: return await post(payment, code, despiteLoss, look)
        }
    }

    private func post(
        _ payment: Payment, _ code: OneTimeCode?, _ despiteLoss: @Sendable () async -> Bool,
        _ look: @Sendable () async -> Payment?
    ) async -> Delivery {
        await pay.deliver(payment, code: code, despiteLoss: despiteLoss, clearance: look)
    }

    /// Posts `payment` as it is, whatever the ledger says of it.
    private func postUncleared(_ payment: Payment) async -> PlatformAnswer {
        await post(payment, nil, { false }, { payment }).answer
    }

    func ask(_ payment: Payment, patience: Duration?) async -> PlatformAnswer {
        switch sabotage {
        case .claimsAbsence: return .absent
        case .sendsInsteadOfAsking: return await postUncleared(payment)
        default: return await pay.ask(payment, patience: patience)
        }
    }

    func reverse(_ payment: Payment) async -> PlatformAnswer {
        switch sabotage {
        case .claimsReversal: return .dead
        case .sendsWhatIsWithdrawn:
            _ = await postUncleared(payment)
            return await pay.reverse(payment)
        default: return await pay.reverse(payment)
        }
    }

    func probe() async -> Trouble? { await pay.probe() }
}
