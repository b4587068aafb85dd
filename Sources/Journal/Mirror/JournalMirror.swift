internal import Dispatch
internal import Synchronization
public import TerminalCore

/// Keeps a signed journal of every open payment in a directory on a second medium.
///
/// A thread of its own writes, because a medium may hang; payers wait for it no longer than
/// ``MirrorSettings/patience``, and not at all once it is known not to answer.
public final class JournalMirror: PaymentMirror {
    private let settings: MirrorSettings
    private let clock: any TerminalClock
    private let calls: any FileCalls
    private let thread = DispatchQueue(label: "kiosk-agent.mirror", qos: .userInitiated)
    private let queue = Mutex(MirrorQueue())
    private let writing: Mutex<Writing>
    private let eventsIn: AsyncStream<MirrorEvent>.Continuation
    /// For one listener, which begins anew when it is asked to.
    public let events: AsyncStream<MirrorEvent>

    /// What the thread alone touches.
    private struct Writing {
        var file: MirrorFile?
        var askedForRoom = false
    }

    /// Touches no medium: it is written from ``begin(_:)`` on.
    public convenience init(_ settings: MirrorSettings, clock: any TerminalClock) {
        self.init(settings, clock: clock, calls: SystemCalls())
    }

    init(_ settings: MirrorSettings, clock: any TerminalClock, calls: any FileCalls) {
        self.settings = settings
        self.clock = clock
        self.calls = calls
        writing = Mutex(Writing())
        (events, eventsIn) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
    }

    public var problem: String? { queue.withLock { $0.problem } }

    public var isRequired: Bool { settings.isRequired }

    public var refusesOffline: Bool {
        settings.isRequired && queue.withLock { !$0.isPromising }
    }

    public func begin(_ open: any OpenPayments) { add(.begin(open)) }

    public func note(_ payment: Payment, change: Int64?) {
        add(.line(payment, change: change, nil))
    }

    public func secure(_ payment: Payment, change: Int64?) -> Bool {
        guard queue.withLock({ $0.isPromising }) else {
            note(payment, change: change)
            return !settings.isRequired
        }
        let ticket = MirrorTicket()
        add(.line(payment, change: change, ticket))
        if let isWritten = ticket.wait(settings.patience) {
            return isWritten || !settings.isRequired
        }
        queue.withLock { $0.payerGaveUp() }
        eventsIn.yield(.slow)
        return !settings.isRequired
    }

    /// Returns when everything noted so far was written or given up, or when `time` is over.
    public func drain(within time: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            let (ends, end) = AsyncStream.makeStream(of: Void.self)
            thread.async { end.finish() }
            group.addTask { for await _ in ends {} }
            group.addTask { try? await self.clock.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
    }

    private func add(_ item: MirrorQueue.Item) {
        guard queue.withLock({ $0.add(item) }) else { return }
        thread.async { self.work() }
    }

    // MARK: On the mirror's thread

    private func work() {
        while true {
            let items = queue.withLock { $0.take() }
            if items.isEmpty { return }
            writing.withLock { process(items, &$0) }
        }
    }

    /// Writes what waits: the lines since the last beginning in one piece, with one sync.
    private func process(_ items: [MirrorQueue.Item], _ writing: inout Writing) {
        var (lines, tickets) = ([(payment: Payment, change: Int64?)](), [MirrorTicket]())
        var failure: String?
        let start = items.lastIndex { if case .begin = $0 { true } else { false } }
        if let start, case .begin(let open) = items[start] { failure = begin(open, &writing) }
        for item in items[(start ?? 0)...] {
            guard case .line(let payment, let change, let ticket) = item else { continue }
            lines.append((payment, change))
            if let ticket { tickets.append(ticket) }
        }
        failure = failure ?? append(lines, &writing)
        finish(failure, began: start != nil, &writing)
        for ticket in tickets { ticket.finish(written: failure == nil) }
        // It may not be committed yet: then the beginning does not hold it.
        for case .line(_, _, let ticket?) in items[..<(start ?? 0)] {
            ticket.finish(written: false)
        }
    }

    /// What was noted before a beginning stands in it: the ledger is read later.
    private func begin(_ open: any OpenPayments, _ writing: inout Writing) -> String? {
        writing.file = nil
        do {
            let older = try MirrorFile.names(
                in: settings.directory, terminal: settings.signer.terminal, calls)
            let file = try MirrorFile(
                in: settings.directory, signer: settings.signer, now: clock.now(), open: open,
                calls)
            for path in try file.remove(older, open: open) { eventsIn.yield(.foreign(path: path)) }
            (writing.file, writing.askedForRoom) = (file, false)
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func append(
        _ lines: [(payment: Payment, change: Int64?)], _ writing: inout Writing
    ) -> String? {
        guard writing.file != nil else { return problem ?? "the mirror was not begun" }
        guard !lines.isEmpty else { return nil }
        do {
            try writing.file?.append(lines)
            return nil
        } catch {
            writing.file = nil
            return "\(error)"
        }
    }

    private func finish(_ failure: String?, began: Bool, _ writing: inout Writing) {
        let event = queue.withLock { $0.worked(failure, began: began) }
        if let event { eventsIn.yield(event) }
        guard let file = writing.file, !writing.askedForRoom,
            file.isFull(minimum: settings.fileMin)
        else { return }
        writing.askedForRoom = true
        eventsIn.yield(.full)
    }
}
