internal import Ledger
internal import Synchronization
internal import TerminalCore

/// What is known of the mark under which one delivery posts.
final class SendMark: Sendable {
    enum State {
        /// Not made yet: nothing was posted.
        case absent
        /// It is on disk: a POST may have left.
        case made
        /// The payment must not be sent any more.
        case refused
        /// The disk did not take it.
        case unwritable
    }

    private let latest: Mutex<State>

    init(_ state: State) { latest = Mutex(state) }

    var state: State {
        get { latest.withLock { $0 } }
        set { latest.withLock { $0 = newValue } }
    }
}

extension SyncEngine {
    /// The payment whose POST may leave now, the mark of its send committed; nil when it must not.
    ///
    /// Asked between the exchange of a card and the POST, so that an exchange that fails costs no
    /// commit. A tap has its mark already, and a second POST, after a 401, goes by the mark of the
    /// first: then the row is only read again, as the payment may have been withdrawn meanwhile.
    ///
    /// A payment of the backlog has no place at the platform while its mark waits for the disk, so
    /// that many share a commit and no place stands empty for it.
    nonisolated func cleared(
        _ payment: Payment, under mark: SendMark
    ) async -> Payment? {
        guard mark.state != .made else { return await stillToBeSent(payment.seq) }
        let hadPlace = await leavePlatform(payment.seq)
        do throws(LedgerError) {
            guard let marked = try await self.marked(payment) else {
                mark.state = .refused
                return nil
            }
            mark.state = .made
            if hadPlace { return await inTurn(marked) }
            return isUnapprovable(payment.seq) ? nil : marked
        } catch {
            mark.state = .unwritable
            return nil
        }
    }

    /// `marked` once it has a place for its POST; nil when it must not leave any more: the engine
    /// stops, the platform is away, refusals have stopped the drain, or somebody withdrew it.
    private func inTurn(_ marked: Payment) async -> Payment? {
        let start = clock.uptime()
        await enterPlatform(marked.seq)
        guard !isStopping, !breaker.isOpen, !refusalsHoldBack(marked) else { return nil }
        let isFresh = clock.uptime() - start < Self.markFreshness
        guard isFresh, !isUnapprovable(marked.seq) else { return await stillToBeSent(marked.seq) }
        return marked
    }

    /// The row of a payment that waited longer for its place is read again, as it may have been
    /// withdrawn meanwhile.
    private static let markFreshness = Duration.milliseconds(100)

    /// What cannot be read is not sent.
    private nonisolated func stillToBeSent(_ seq: String) async -> Payment? {
        guard let payment = try? await ledger.payment(seq), !isUnapprovable(seq) else {
            return nil
        }
        return payment.state == .pending || payment.state == .accepted ? payment : nil
    }

    /// Nil when the payment must not be sent any more. Who waits for an outcome waits for no other
    /// payment's row.
    private nonisolated func marked(_ payment: Payment) async throws(LedgerError) -> Payment? {
        guard payment.state.isDecided else {
            return try await ledger.markSend(payment.seq, now: clock.now())
        }
        return try await ledger.markSendTogether(payment.seq, now: clock.now())
    }
}
