/// What a test does to its sandbox without going through HTTP.
extension SandboxServer {
    /// Adds or replaces a card.
    public func setCard(_ card: SandboxCard) async {
        _ = await platform.change { model, _ in model.put(card) }
    }

    /// The card with this number as it is now.
    public func card(_ number: String) async -> SandboxCard? { await platform.model.card(number) }

    public func cards() async -> [SandboxCard] { await platform.model.cards }

    /// Puts these faults in the place of all others; values out of range are a programmer error.
    public func setFaults(_ faults: [SandboxFault]) async {
        precondition(faults.allSatisfy { $0.problem == nil }, "a fault has a value out of range")
        await platform.setFaults(faults)
    }

    /// The faults that are left.
    public func faults() async -> [SandboxFault] { await platform.faults.faults }

    /// Down: every request to the platform gets its connection reset and nothing is done.
    public func setNetwork(up: Bool) async { await platform.setNetwork(up: up) }

    /// All trades in the order they came.
    public func trades() async -> [SandboxTrade] { await platform.model.tradeList }

    public func trade(_ seq: String) async -> SandboxTrade? { await platform.model.trades[seq] }

    /// The last 200 requests, oldest first.
    public func requests() async -> [SandboxRequest] { await platform.journal.requests }

    /// The status of orders to come; anything but `normal` leaves the card uncharged at first.
    public func setNewTradeStatus(_ status: String) async {
        await platform.change { model, _ in model.newTradeStatus = status }
    }

    /// Moves an order to another status, with the money that this status means; false when there
    /// is no such order.
    @discardableResult
    public func setTrade(_ seq: String, status: String) async -> Bool {
        await platform.change { model, _ in model.setTrade(seq, status: status) }
    }

    /// The last text messages, oldest first.
    public func messages() async -> [SandboxMessage] { await platform.model.messages }

    /// The newest QR sessions, newest first.
    public func sessions() async -> [SandboxSession] {
        await platform.sessions(QRSessions.sessionsMax)
    }

    /// Somebody's phone scans the QR code of this session and redeems what it shows.
    @discardableResult
    public func scanSession(_ name: String) async throws(SandboxError) -> SandboxSession {
        try await platform.sessionScanned(name)
    }

    /// The holder of this card shows a QR code on the phone: a session of its own.
    public func showCode(of card: String) async throws(SandboxError) -> SandboxSession {
        try await platform.showCode(of: card)
    }

    /// ChainUp's keys: those given, or those made for this sandbox.
    public func chainUpKeys() async throws(SandboxError) -> ChainUpKeys {
        try await platform.chainUpKeys()
    }

    /// How long tokens and codes to come are good for.
    public func setLifetimes(_ lifetimes: TokenLifetimes) async {
        await platform.change { model, _ in model.lifetimes = lifetimes }
    }

    /// Makes all tokens given out so far worthless.
    public func forgetTokens() async {
        await platform.forgetTokens()
    }

    /// Puts a card into a virtual reader for `seconds`; returns the reader's port at once.
    @discardableResult
    public func tap(
        _ number: String, seconds: Double, reader: UInt16? = nil
    ) async throws(SandboxError) -> UInt16 {
        guard let card = await platform.model.card(number) else { throw .unknownCard }
        guard let uid = card.uidBytes else { throw .noIdentifier }
        return try await readers.tap(uid: uid, seconds: seconds, port: reader)
    }
}
