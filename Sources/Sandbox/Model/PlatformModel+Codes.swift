/// One-time codes: text messages, QR sessions and the browser's.
extension PlatformModel {
    /// The most text messages that are remembered.
    static let messagesMax = 200

    /// Sends a code by text message, when a terminal asks; a phone of nobody is 404 (assumed).
    mutating func messageAsked(
        phone: String?, title: String?, bearer: String?, now: Int64
    ) throws(Refusal) {
        guard subject(bearer: bearer, now: now) == .terminal else { throw .unauthorised }
        guard let phone, let title, (1...256).contains(title.utf8.count) else {
            throw .badRequest("phone or title is missing")
        }
        guard send(title, to: phone, now: now) != nil else {
            throw .notFound("nobody has this phone")
        }
    }

    /// Sends a code to the holder of a card with this phone; nil when there is none.
    ///
    /// The code before it becomes worthless.
    mutating func send(_ title: String, to phone: String, now: Int64) -> SandboxMessage? {
        guard let card = cards.first(where: { $0.phone == phone }) else { return nil }
        if let old = messages.last(where: { $0.phone == phone }) { codes.withdraw(old.code) }
        var code = generator.decimal(6)
        while codes.contains(code) { code = generator.decimal(6) }
        codes.insert(
            OneTimeCodes.Code(text: code, subject: .holder(card.number), expires: codeEnd(now)))
        let message = SandboxMessage(phone: phone, title: title, code: code, at: now)
        messages.append(message)
        if messages.count > Self.messagesMax { messages.removeFirst() }
        return message
    }

    /// Opens a QR session under a new name and gives its code; 409 when the name is taken.
    mutating func sessionOpened(
        _ name: String, bearer: String?, now: Int64
    ) throws(Refusal) -> SandboxSession {
        guard let subject = subject(bearer: bearer, now: now) else { throw .unauthorised }
        guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(isNumberByte) else {
            throw .badRequest("a session name has 1 to 64 of A-Z a-z 0-9 . _ : -")
        }
        // A card's session is its holder's phone: what it pays for is no card payment.
        guard let session = openSession(name, for: subject.cardNumber, now: now) else {
            throw Refusal(
                status: 409, error: "session_taken", description: "the name is taken")
        }
        return session
    }

    /// Opens a session for a card's holder, or for the terminal when `card` is nil; nil when the
    /// name is taken.
    mutating func openSession(_ name: String, for card: String?, now: Int64) -> SandboxSession? {
        let session = SandboxSession(
            name: name, code: generator.hex(32), card: card, created: now,
            expires: codeEnd(now), state: .waiting)
        guard sessions.insert(session) else { return nil }
        let subject = card.map { TokenTable.Subject.holder($0) } ?? .terminal
        codes.insert(
            OneTimeCodes.Code(text: session.code, subject: subject, expires: session.expires))
        return session
    }

    /// Whether a session's code is used; one that is over or unknown is 404 (assumed).
    func sessionAsked(
        _ name: String, bearer: String?, now: Int64
    ) throws(Refusal) -> SandboxSession {
        guard subject(bearer: bearer, now: now) != nil else { throw .unauthorised }
        guard let session = sessions.session(name, now: now), session.state != .expired else {
            throw .notFound("no session has this name, or its time is over")
        }
        return session
    }

    /// Somebody's phone scans a session's QR code and redeems what it shows.
    mutating func sessionScanned(
        _ name: String, now: Int64
    ) throws(SandboxError) -> SandboxSession {
        guard var session = sessions.session(name, now: now) else { throw .unknownSession }
        guard session.state == .waiting else { throw .sessionOver }
        codes.withdraw(session.code)
        sessions.codeUsed(session.code)
        session.state = .used
        return session
    }

    /// A code for a browser whose user signed in as this card's holder.
    mutating func signedIn(as card: String, _ login: LoginRequest, now: Int64) -> String {
        let code = generator.hex(32)
        codes.insert(
            OneTimeCodes.Code(
                text: code, subject: .holder(card), redirectURI: login.redirectURI,
                state: login.state, expires: codeEnd(now)))
        return code
    }

    /// Whom a code speaks for, once; a browser's code wants the address it was given to.
    mutating func redeem(
        _ text: String?, redirectURI: String?, now: Int64
    ) throws(Refusal) -> TokenTable.Subject {
        guard let text else { throw .badRequest("code is missing") }
        guard let code = codes.take(text, now: now) else {
            throw .invalidGrant("the code is unknown, used or over")
        }
        guard code.redirectURI == nil || code.redirectURI == redirectURI else {
            throw .invalidGrant("the code was given to another redirect_uri")
        }
        sessions.codeUsed(text)
        return code.subject
    }

    private func codeEnd(_ now: Int64) -> Int64 { now + lifetimes.codeSeconds * 1_000 }
}

/// Whether a byte may stand in a card number or in the name of a session.
func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: Array("._:-".utf8).contains(byte)
    }
}
