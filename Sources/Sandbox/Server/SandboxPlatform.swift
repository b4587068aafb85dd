internal import Glibc

/// The platform's state behind one door: the model, the faults, the network switch and the journal.
actor SandboxPlatform {
    var model: PlatformModel
    var chainUp: ChainUpModel
    var tf56: TF56Model
    var realShark: RealSharkModel
    private(set) var faults = FaultPlan()
    private(set) var isNetworkUp = true
    private(set) var journal = RequestJournal()
    private var knownChainUpKeys: ChainUpKeys?
    private var feed = ChangeFeed()
    private var generator: SeededGenerator
    nonisolated let now: @Sendable () -> Int64

    init(
        model: PlatformModel, chainUpKeys: ChainUpKeys?, seed: UInt64,
        now: @escaping @Sendable () -> Int64
    ) {
        self.model = model
        knownChainUpKeys = chainUpKeys
        self.now = now
        generator = SeededGenerator(seed: seed &+ 1)
        // One client and its secret for all platforms.
        let (id, secret) = (model.clientID, model.clientSecret)
        tf56 = TF56Model(book: GrantBook(clientID: id, clientSecret: secret, seed: seed &+ 2))
        realShark = RealSharkModel(
            book: GrantBook(clientID: id, clientSecret: secret, seed: seed &+ 3))
        chainUp = ChainUpModel(
            book: GrantBook(clientID: id, clientSecret: secret, seed: seed &+ 4))
    }

    /// What happens to a request.
    enum Fate: Sendable {
        case served
        case cut
        case fault(SandboxFault)
    }

    /// Notes a request and decides about it.
    func arrived(method: String, path: String) -> (number: Int, fate: Fate) {
        let number = journal.begin(method: method, path: redacted(path), now: now())
        defer { feed.tell() }
        guard isNetworkUp else {
            journal.update(number) { $0.fault = "network_down" }
            return (number, .cut)
        }
        guard let fault = faults.take(method: method, path: path, using: &generator) else {
            return (number, .served)
        }
        journal.update(number) { $0.fault = fault.mode.rawValue }
        return (number, .fault(fault))
    }

    /// A path whose card numbers keep their last four characters only.
    private func redacted(_ path: String) -> String {
        model.cards.reduce(path) { path, card in
            path.replacing(card.number, with: lastFour(of: card.number))
        }
    }

    /// Notes what became of a request; `status` is nil when its connection was cut.
    func answered(_ number: Int, status: Int?) {
        let time = now()
        journal.update(number) {
            $0.status = status
            $0.milliseconds = time - $0.at
        }
        feed.tell()
    }

    func note(_ number: Int, _ text: String) {
        journal.update(number) { $0.note = text }
    }

    /// Reads or changes the model; whoever listens is told.
    func change<Value: Sendable>(
        _ body: @Sendable (inout PlatformModel, Int64) -> Value
    ) -> Value {
        defer { feed.tell() }
        return body(&model, now())
    }

    func tokenAsked(
        _ form: [String: String], client: (id: String, secret: String)?
    ) throws(Refusal) -> TokenAnswer {
        try model.tokenAsked(form, client: client, now: now())
    }

    func tradePosted(_ order: TradeOrder, bearer: String?) throws(Refusal) -> TradeAnswer {
        defer { feed.tell() }
        return answer(try model.tradePosted(order, bearer: bearer, now: now()))
    }

    func tradeAsked(_ seq: String, bearer: String?) throws(Refusal) -> TradeAnswer {
        answer(try model.tradeAsked(seq, bearer: bearer, now: now()))
    }

    func tradeDeleted(
        _ seq: String, sign: String?, bearer: String?
    ) throws(Refusal) -> TradeAnswer {
        defer { feed.tell() }
        return answer(try model.tradeDeleted(seq, sign: sign, bearer: bearer, now: now()))
    }

    private func answer(_ trade: SandboxTrade) -> TradeAnswer {
        TradeAnswer(trade, accountID: model.accountID(of: trade.card))
    }

    /// The keys that were given, or else made when they are first needed.
    func chainUpKeys() throws(SandboxError) -> ChainUpKeys {
        if let knownChainUpKeys { return knownChainUpKeys }
        let keys = try ChainUpKeys.made()
        knownChainUpKeys = keys
        return keys
    }

    func setFaults(_ list: [SandboxFault]) {
        faults.replace(with: list)
        feed.tell()
    }

    func setNetwork(up: Bool) {
        isNetworkUp = up
        feed.tell()
    }

    func listen() -> (id: Int, changes: AsyncStream<Void>) { feed.listen() }

    func forget(listener id: Int) { feed.forget(id) }

    /// Tells the listeners of a change outside, for instance of a card in a reader.
    func tell() { feed.tell() }
}

/// `****` and the last four characters of a card number, never more than half of it.
func lastFour(of number: String) -> String {
    "****" + number.suffix(min(4, number.count / 2))
}

/// Unix milliseconds by the system's clock; wraps `clock_gettime`.
@Sendable func systemMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
}
