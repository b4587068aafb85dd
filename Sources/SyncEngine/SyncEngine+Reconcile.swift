public import Ledger
public import TerminalCore

extension SyncEngine {
    /// How many rows are read at once.
    private static let pageSize = 256
    /// How often one order is asked for before its answer counts as unknown.
    private static let triesMax = 3

    /// A payment that is to be looked at.
    private enum Listed: Sendable {
        case kept(Payment)
        case archived(ArchivedPayment)
    }

    /// Asks the platform about every payment made within `time` that may have been sent, and
    /// compares to the fen; with `repairs` our side is brought in line where a legal change does
    /// it, but never in an archive.
    ///
    /// Asks about `sync.concurrency` orders at once, on top of what the backlog delivers. Ends
    /// early when the platform cannot be reached. `progress` is told after each payment.
    public func reconcile(
        madeWithin time: Range<Timestamp>, repairs: Bool, by who: String,
        progress: @Sendable (Reconciliation) async -> Void
    ) async throws(LedgerError) -> Reconciliation {
        var result = Reconciliation(total: try await ledger.count(madeWithin: time))
        var (after, seen): (Int64, Set<Int64>) = (0, [])
        while !result.isCutOff {
            let page = try await ledger.payments(
                madeWithin: time, after: after, limit: Self.pageSize)
            guard let last = page.last else { break }
            after = last.id
            seen.formUnion(page.map(\.id))
            result = await examine(
                page.map(Listed.kept), result, repairer: repairs ? who : nil, progress)
        }
        result = try await examineArchive(of: time, besides: seen, result, progress)
        wake()
        return result
    }

    /// Goes on with what the ledger does not have any more; what was `seen` there may have gone to
    /// the archive since.
    private func examineArchive(
        of time: Range<Timestamp>, besides seen: Set<Int64>, _ begun: Reconciliation,
        _ progress: @Sendable (Reconciliation) async -> Void
    ) async throws(LedgerError) -> Reconciliation {
        var (result, after): (Reconciliation, Int64) = (begun, 0)
        while !result.isCutOff {
            let page = try await ledger.archivedPayments(
                madeWithin: time, after: after, limit: Self.pageSize)
            guard let last = page.last else { break }
            after = last.payment.id
            let rest = page.filter { !seen.contains($0.payment.id) }
            result.archived += rest.count
            result = await examine(rest.map(Listed.archived), result, repairer: nil, progress)
        }
        return result
    }

    private func examine(
        _ page: [Listed], _ begun: Reconciliation, repairer: String?,
        _ progress: @Sendable (Reconciliation) async -> Void
    ) async -> Reconciliation {
        await withTaskGroup(of: Finding.self) { group in
            var (result, rest) = (begun, page[...])
            for listed in page.prefix(rules.concurrency) {
                group.addTask { await self.examine(listed, repairer: repairer) }
            }
            rest = rest.dropFirst(rules.concurrency)
            for await finding in group {
                result.add(finding)
                await progress(result)
                guard !result.isCutOff, let next = rest.popFirst() else { continue }
                group.addTask { await self.examine(next, repairer: repairer) }
            }
            return result
        }
    }

    private func examine(_ listed: Listed, repairer: String?) async -> Finding {
        switch listed {
        case .kept(let payment): return await examine(payment, repairer: repairer)
        case .archived(let archived): return await examine(archived)
        }
    }

    /// Looks at one payment; nobody else touches it meanwhile.
    private func examine(_ listed: Payment, repairer: String?) async -> Finding {
        if listed.wasNeverSent, listed.order == listed.seq { return .neverSent }
        guard claim(listed.seq) else { return .underWay }
        defer { letGo(of: listed.seq) }
        guard let payment = try? await ledger.payment(listed.seq), payment.state != .pending,
            let earlier = try? await earlierOrders(payment)
        else { return .underWay }
        guard var lines = await compareEarlier(payment, earlier) else { return .cutOff }
        if !payment.wasNeverSent {
            guard let answer = await askPatiently(payment) else { return .cutOff }
            lines.append(await settle(payment, answer, repairer: repairer))
        }
        return .compared(lines)
    }

    private func examine(_ archived: ArchivedPayment) async -> Finding {
        let payment = archived.payment
        if payment.wasNeverSent, archived.earlierOrders.isEmpty { return .neverSent }
        guard var lines = await compareEarlier(payment, archived.earlierOrders) else {
            return .cutOff
        }
        if !payment.wasNeverSent {
            guard let answer = await askPatiently(payment) else { return .cutOff }
            let now = ledger.moment(clock.now())
            lines.append(payment.line(judge.compared(payment, answer, now: now)))
        }
        for index in lines.indices { lines[index].difference?.isArchived = true }
        return .compared(lines)
    }

    /// Compares the order numbers that the payment gave up; nil when the platform cannot be reached
    /// any more.
    private func compareEarlier(
        _ payment: Payment, _ orders: [String]
    ) async -> [Finding.Line]? {
        var lines: [Finding.Line] = []
        for order in orders {
            var past = payment
            past.order = order
            guard let answer = await askPatiently(past) else { return nil }
            lines.append(past.line(judge.comparedEarlier(past, answer)))
        }
        return lines
    }

    private func earlierOrders(_ payment: Payment) async throws(LedgerError) -> [String] {
        payment.order == payment.seq ? [] : try await ledger.earlierOrders(of: payment)
    }

    /// Compares, and repairs where that is wanted and legal.
    private func settle(
        _ payment: Payment, _ answer: PlatformAnswer, repairer: String?
    ) async -> Finding.Line {
        let comparison = judge.compared(payment, answer, now: ledger.moment(clock.now()))
        var line = payment.line(comparison)
        guard comparison.kind != nil, let repairer else { return line }
        let state = try? await ledger.repair(payment.seq, now: clock.now(), by: repairer) {
            [judge] in judge.repaired($0, answer)
        }
        line.difference?.repaired = state
        return line
    }

    /// The platform's word, with some patience; nil when it cannot be reached any more.
    private func askPatiently(_ payment: Payment) async -> PlatformAnswer? {
        guard payment.platform == identity else { return .notSent(.network) }
        var backoff = Backoff()
        while platformIsUp, !isStopping, !Task.isCancelled {
            let answer = await platform.ask(payment, patience: nil)
            note(answer)
            guard answer.isPassing else { return answer }
            backoff.failed(at: .zero, rules: rules, patience: answer.patience, random: random)
            if backoff.tries == Self.triesMax { return platformIsUp ? answer : nil }
            try? await clock.sleep(for: backoff.dueAt)
        }
        return nil
    }
}

extension Payment {
    fileprivate func line(_ comparison: Comparison) -> Finding.Line {
        let difference = comparison.kind.map {
            Reconciliation.Difference(
                seq: seq, order: order, state: state, kind: $0, ours: comparison.ours,
                platforms: comparison.platforms)
        }
        return Finding.Line(
            ours: comparison.ours, platforms: comparison.platforms, difference: difference)
    }
}

extension PlatformAnswer {
    /// Whether another try may bring a better answer.
    fileprivate var isPassing: Bool {
        switch self {
        case .notSent, .unknown, .later: true
        default: false
        }
    }

    fileprivate var patience: Duration? {
        switch self {
        case .later(let after, _): after
        case .notSent(let trouble): trouble.patience
        default: nil
        }
    }
}

extension Ledger {
    /// Writes a repair that is decided on the row as it is now; returns the state that it led to,
    /// nil when nothing was repaired.
    fileprivate func repair(
        _ seq: String, now: Timestamp, by who: String,
        _ decide: @Sendable (Payment) -> PaymentUpdate?
    ) throws(LedgerError) -> PaymentState? {
        var isRepaired = false
        let payment = try update(seq, now: now) { payment in
            guard var update = decide(payment) else { return nil }
            (update.by, update.note) = (who, "found by reconcile")
            isRepaired = true
            return update
        }
        return isRepaired ? payment.state : nil
    }
}
