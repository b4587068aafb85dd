internal import SyncEngine
internal import TerminalCore

/// A platform that no connection reaches.
struct DeadPlatform: Platform {
    func deliver(
        _ payment: Payment, code: OneTimeCode?, despiteLoss: @Sendable () async -> Bool,
        clearance: @Sendable () async -> Payment?
    ) async -> Delivery {
        Delivery(.notSent(.network))
    }

    func ask(_ payment: Payment, patience: Duration?) async -> PlatformAnswer { .notSent(.network) }

    func reverse(_ payment: Payment) async -> PlatformAnswer { .notSent(.network) }

    func probe() async -> Trouble? { .network }
}
