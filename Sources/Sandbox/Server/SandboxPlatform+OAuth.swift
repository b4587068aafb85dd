/// The model's one-time codes, sessions and lists behind the door; whoever listens is told.
extension SandboxPlatform {
    func messageAsked(phone: String?, title: String?, bearer: String?) throws(Refusal) {
        defer { tell() }
        try model.messageAsked(phone: phone, title: title, bearer: bearer, now: now())
    }

    func sessionOpened(_ name: String, bearer: String?) throws(Refusal) -> SandboxSession {
        defer { tell() }
        return try model.sessionOpened(name, bearer: bearer, now: now())
    }

    func sessionAsked(_ name: String, bearer: String?) throws(Refusal) -> SandboxSession {
        try model.sessionAsked(name, bearer: bearer, now: now())
    }

    func sessionScanned(_ name: String) throws(SandboxError) -> SandboxSession {
        defer { tell() }
        return try model.sessionScanned(name, now: now())
    }

    /// A card's holder opens the QR code of a fresh session on the phone.
    func showCode(of card: String) throws(SandboxError) -> SandboxSession {
        defer { tell() }
        guard model.card(card) != nil else { throw .unknownCard }
        let name = "phone-" + model.generator.hex(16)
        guard let session = model.openSession(name, for: card, now: now()) else {
            throw .sessionOver
        }
        return session
    }

    /// Sends a code although no terminal asked.
    func sendMessage(to phone: String) throws(SandboxError) -> SandboxMessage {
        defer { tell() }
        guard let message = model.send("kiosk-sandbox", to: phone, now: now()) else {
            throw .unknownPhone
        }
        return message
    }

    /// The newest sessions, newest first.
    func sessions(_ count: Int) -> [SandboxSession] { model.sessions.last(count, now: now()) }

    func signedIn(as card: String, _ login: LoginRequest) -> String {
        model.signedIn(as: card, login, now: now())
    }

    func tokenChecked(_ text: String?) throws(Refusal) -> CheckAnswer {
        try model.tokenChecked(text, now: now())
    }

    func identityAsked(bearer: String?) throws(Refusal) -> IdentityAnswer {
        try model.identityAsked(bearer: bearer, now: now())
    }

    func accountsAsked(bearer: String?) throws(Refusal) -> [AccountAnswer] {
        try model.accountsAsked(bearer: bearer, now: now())
    }

    func vouchersAsked(bearer: String?) throws(Refusal) -> [VoucherAnswer] {
        try model.vouchersAsked(bearer: bearer, now: now())
    }

    /// Makes every token given out so far worthless, on every platform.
    func forgetTokens() {
        model.tokens.removeAll()
        chainUp.book.tokens.removeAll()
        tf56.book.tokens.removeAll()
        realShark.book.tokens.removeAll()
        tell()
    }
}
