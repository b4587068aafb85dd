internal import FoundationEssentials
internal import Ledger
internal import Synchronization
internal import TerminalAgent
internal import TerminalCore

/// What one listener is sent.
///
/// Payments are read from the ledger's history by their numbers, each once and in order; a change
/// is only the sign to look there. So nothing is missing and nothing comes twice, whatever a slow
/// listener's buffer had to drop: its newest item is always kept.
struct EventStream {
    /// A sign that there is something to send.
    struct Item: Sendable {
        enum Kind: Sendable {
            case agent(AgentEvent)
            case payment
            case keepAlive
        }

        var kind: Kind
        /// The number of the newest change before it: the payments up to it go first.
        var newest: Int64
    }

    /// One event, or a comment, as it is sent.
    struct Word: Sendable {
        var text: String
        /// The payment whose outcome it shows.
        var outcome: String?
    }

    /// How many items wait for one listener.
    static let bufferMax = 256
    /// How many lines of history are read at once.
    static let pageSize = 200

    let items: AsyncStream<Item>
    private let api: LocalAPI
    private let isPayersPage: Bool
    /// The number of the last payment event that is sent or in ``due``.
    private var last: Int64 = 0
    /// The number of the newest payment event that is to be sent.
    private var newest: Int64 = 0
    /// What waits until the payments before it were sent.
    private var item: Item?
    private var due: ArraySlice<Word> = []

    /// Listens from now on, so that nothing falls between what was missed and what is new.
    init(_ api: LocalAPI, isPayersPage: Bool) {
        self.api = api
        self.isPayersPage = isPayersPage
        items = Self.subscribe(api)
    }

    /// Begins with what the page should show now, and the payments after the id `known`.
    mutating func begin(after known: String?) async throws {
        newest = try await api.ledger.newestChange()
        last = newest
        due = [Word(text: "retry: 1000\n\n"), try Self.word(await api.agent.screen)]
        guard let known else { return }
        guard let id = Int64(known), (0...newest).contains(id) else {
            return due.append(Word(text: "id: \(newest)\nevent: reset\ndata: {}\n\n"))
        }
        last = id
    }

    /// Something happened: ``next()`` has words again.
    mutating func take(_ item: Item) {
        self.item = item
        newest = max(newest, item.newest)
    }

    /// What is to be sent next; nil until something happens.
    mutating func next() async throws -> Word? {
        while due.isEmpty {
            if last < newest {
                due = try await payments()
            } else if let item {
                self.item = nil
                if let word = try await word(item) { return word }
            } else {
                return nil
            }
        }
        return due.removeFirst()
    }

    /// `word` went out: an outcome on the payer's page is told.
    func wrote(_ word: Word) async throws {
        guard isPayersPage, let seq = word.outcome,
            let payment = try await api.ledger.payment(seq)
        else { return }
        await api.agent.told(payment)
    }

    /// A page of the history: each payment as it stood after the change; what else is known of it
    /// is of now.
    private mutating func payments() async throws -> ArraySlice<Word> {
        let count = min(Self.pageSize, Int(newest - last))
        let page = try await api.ledger.changes(after: last, limit: count) ?? []
        var words: ArraySlice<Word> = []
        if page.isEmpty { last = newest }
        for change in page {
            last = change.id
            guard var now = try await api.ledger.payment(change.seq) else { continue }
            (now.state, now.reason, now.updatedAt) = (change.to, change.reason, change.at)
            words.append(Word(text: try Self.event("payment", PaymentView(now), id: change.id)))
        }
        return words
    }

    private func word(_ item: Item) async throws -> Word? {
        switch item.kind {
        case .payment: nil
        case .keepAlive: Word(text: isPayersPage ? Self.lifeSign : ": still here\n\n")
        case .agent(.status): Word(text: try Self.event("status", try await api.status()))
        case .agent(.reconciling(let job)):
            Word(text: try Self.event("reconcile", ReconcileView(job)))
        case .agent(.replaying(let job)):
            Word(text: try Self.event("replay", ReplayView(job)))
        case .agent(.verifying(let progress, let isOver)):
            Word(
                text: try Self.event(
                    "verify",
                    VerificationProgressView(
                        done: progress.done, total: progress.total, running: !isOver)))
        case .agent(.screen(let screen)): try Self.word(screen)
        case .agent(.card(let notice)): Word(text: try Self.event("card", CardView(notice)))
        }
    }

    /// A page does not see comments, and must find out by itself that its stream is dead.
    private static let lifeSign = ": still here\nevent: alive\ndata: {}\n\n"

    private static func word(_ screen: Screen) throws -> Word {
        Word(text: try event("screen", ScreenView(screen)), outcome: screen.outcomeSeq)
    }

    private static func event(
        _ name: String, _ value: some Encodable, id: Int64? = nil
    ) throws -> String {
        let json = String(decoding: try JSONAnswer.encode(value), as: UTF8.self)
        return (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: \(json)\n\n"
    }

    /// The agent's events, the ledger's changes and a regular sign of life, in one stream.
    private static func subscribe(_ api: LocalAPI) -> AsyncStream<Item> {
        let (agentEvents, changes) = (api.agent.events(), api.ledger.changes())
        let clock = api.clock
        return AsyncStream(bufferingPolicy: .bufferingNewest(bufferMax)) { continuation in
            let merge = Merge(continuation)
            let task = Task {
                await withDiscardingTaskGroup { group in
                    group.addTask { for await event in agentEvents { merge.add(.agent(event)) } }
                    group.addTask { for await change in changes { merge.add(.payment, change.id) } }
                    while (try? await clock.sleep(for: APILimits.keepAlive)) != nil {
                        merge.add(.keepAlive)
                    }
                    group.cancelAll()
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// Gives each item the number of the newest change before it, so that a dropped sign of a
    /// payment is made up for by whatever comes next.
    private final class Merge: Sendable {
        private let newest = Mutex(Int64(0))
        private let continuation: AsyncStream<Item>.Continuation

        init(_ continuation: AsyncStream<Item>.Continuation) { self.continuation = continuation }

        func add(_ kind: Item.Kind, _ change: Int64 = 0) {
            newest.withLock { newest in
                newest = max(newest, change)
                _ = continuation.yield(Item(kind: kind, newest: newest))
            }
        }
    }
}

extension Screen {
    /// The payment whose outcome this screen tells; nil while it tells none.
    fileprivate var outcomeSeq: String? {
        switch self {
        case .approved(let seq, _, _, _): seq
        case .declined(let seq, _, _): seq
        case .cancelled(let seq): seq
        case .idle, .price, .awaitingCard, .reading, .paying, .outOfService: nil
        }
    }
}
