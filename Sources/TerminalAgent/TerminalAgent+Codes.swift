public import Ledger
internal import Scanner
internal import SyncEngine
public import TerminalCore

/// Paying without a card. A code needs the platform, and nothing of it is written down.
extension TerminalAgent {
    /// Pays the waiting payment `seq` with a code. Returns it as it then stands: pending, or
    /// refused at once while the platform is known to be down.
    ///
    /// A payment that was paid with a code already is returned as it is, so that a POS may ask
    /// again. Throws when it does not wait for its payer, or cannot be written.
    public func pay(
        _ seq: String, with code: OneTimeCode
    ) async throws(LedgerError) -> Payment {
        guard !isStopping,
            let waiting = session.codeGiven(code, for: seq, at: clock.uptime())
        else {
            let known = try await row(seq)
            if known.isByCode { return known }
            throw .wrongState(known.state.rawValue)
        }
        defer { refreshScreen() }
        if let error = await pay(waiting, code) { throw error }
        return try await row(seq)
    }

    private func row(_ seq: String) async throws(LedgerError) -> Payment {
        guard let payment = try await ledger.payment(seq) else { throw .notFound }
        return payment
    }

    /// Takes one event of the barcode scanner at `device`.
    func handle(_ event: ScanEvent, of device: String) async {
        switch event {
        case .connected: scanner.troubles[device] = .some(nil)
        case .disconnected(let trouble): scanner.troubles[device] = trouble.description
        case .rejected(let scan):
            publish(.card(CardNotice(reader: device, problem: scan.description)))
        case .scanned(let text):
            guard let code = OneTimeCode(.qr, text.exposed) else {
                publish(.card(CardNotice(reader: device, problem: Self.noCode)))
                return
            }
            await scanned(code, device)
        }
        if case .scanned = event { return refreshScreen() }
        publish(.status)
        refreshScreen()
    }

    private static let noCode =
        "a scan was not taken — it begins or ends with a space — take the prefix or suffix out of "
        + "the scanner's settings"

    private func scanned(_ code: OneTimeCode, _ device: String) async {
        if isStopping { return }
        switch session.codeScanned(code, at: clock.uptime()) {
        case .ignore(let why):
            publish(.card(CardNotice(reader: device, masked: "\(code)", problem: why.text)))
        case .payWaiting(let waiting):
            publish(.card(CardNotice(reader: device, masked: "\(code)", seq: waiting.seq)))
            _ = await pay(waiting, code)
        case .payFixed:
            publish(.card(CardNotice(reader: device, masked: "\(code)")))
            await payFixed(code)
        }
    }

    private func pay(_ waiting: Session.Waiting, _ code: OneTimeCode) async -> LedgerError? {
        let isUp = await engine.platformIsUp
        return await record(.code(code), seq: waiting.seq) {
            [ledger, now = clock.now()] () throws(LedgerError) in
            try await ledger.recordCode(waiting.seq, platformIsUp: isUp, now: now)
        }
    }

    private func payFixed(_ code: OneTimeCode) async {
        let now = clock.now()
        guard let price = price(now) else {
            session.recordingFailed(.code(code), seq: nil, at: clock.uptime())
            return endIfSettled()
        }
        let (draft, isUp) = (draft(price), await engine.platformIsUp)
        await record(.code(code), seq: nil) { [ledger] () throws(LedgerError) in
            try await ledger.recordCode(draft, platformIsUp: isUp, now: now)
        }
    }
}
