internal import Sealing
internal import TerminalCore

extension ScalarType where Value == String {
    /// 1 to `lengthMax` characters on one line.
    static func text(lengthMax: Int = 128) -> Self {
        let allowed = "1 to \(lengthMax) characters on one line, no spaces at the ends"
        return Self(allowed: allowed) { text throws(Flaw) in
            try checkText(text, lengthMax: lengthMax)
            let isControl = { (scalar: Unicode.Scalar) in
                scalar.properties.generalCategory == .control
            }
            guard !text.unicodeScalars.contains(where: isControl) else {
                throw Flaw(what: "holds a control character")
            }
            return text
        }
    }

    /// A key as base64url or PEM, so that lines are allowed.
    static let publicKey = Self(allowed: "a public key as base64url or PEM, at most 16 KiB") {
        text throws(Flaw) in
        try checkText(text, lengthMax: 16_384, keepsEnd: true)
        return text
    }

    /// A pattern with `*` and `?`.
    static let glob = Self(allowed: "a pattern of 1 to 128 characters; * and ? stand for others") {
        text throws(Flaw) in
        try ScalarType<String>.text().parse(text)
    }

    /// 1 to 12 letters and digits.
    static let terminalID = Self(allowed: "1 to 12 of A-Z a-z 0-9") { text throws(Flaw) in
        if text.isEmpty { throw .empty }
        if text == Raw.placeholder { throw .placeholder }
        guard TerminalCore.Sequence.isTerminalID(text) else {
            throw Flaw(what: "is not a terminal id")
        }
        return text
    }

    /// An absolute path; a Unix socket's has a shorter limit than a file's.
    static func path(lengthMax: Int = 1_024) -> Self {
        Self(allowed: "an absolute path of at most \(lengthMax) bytes") { text throws(Flaw) in
            if text.isEmpty { throw .empty }
            guard text.hasPrefix("/") else { throw Flaw(what: "is not an absolute path") }
            guard text.utf8.count <= lengthMax else { throw Flaw(what: "is too long") }
            guard !text.utf8.contains(where: { $0 < 0x20 }) else {
                throw Flaw(what: "holds a control character")
            }
            return text
        }
    }
}

/// What every text must be.
private func checkText(
    _ text: String, lengthMax: Int, keepsEnd: Bool = false
) throws(Flaw) {
    if text.isEmpty { throw .empty }
    if text == Raw.placeholder { throw .placeholder }
    guard text.count <= lengthMax else { throw Flaw(what: "is too long") }
    guard keepsEnd || !(text.first?.isWhitespace ?? false || text.last?.isWhitespace ?? false)
    else { throw Flaw(what: "begins or ends with a space") }
}

extension ScalarType where Value == RecoveryKey {
    /// A key to wrap for. The value is not repeated: it may be the private part by mistake.
    static let recoveryKey = Self(allowed: "a public key of X25519 as base64url or PEM") {
        text throws(Flaw) in
        try checkText(text, lengthMax: 4_096, keepsEnd: true)
        guard let key = RecoveryKey(text) else {
            let isPrivate = RecoverySecret(pem: text) != nil
            throw Flaw(
                what: isPrivate ? "is the private key" : "is no public key of X25519",
                hidesValue: true)
        }
        return key
    }
}

extension ScalarType where Value == Bool {
    /// `true` or `false`, and none of YAML's other spellings.
    static let boolean = Self(allowed: "true or false") { text throws(Flaw) in
        switch text {
        case "true": return true
        case "false": return false
        default: throw Flaw(what: "is neither true nor false")
        }
    }
}

extension ScalarType where Value: RawRepresentable<String> & CaseIterable {
    /// One of the words of an enumeration.
    static var word: Self { word(of: Value.allCases) }

    /// One of these words.
    static func word(of words: some Collection<Value>) -> Self {
        let texts = words.map(\.rawValue)
        return Self(allowed: texts.joined(separator: ", ")) { text throws(Flaw) in
            guard texts.contains(text), let value = Value(rawValue: text) else {
                throw Flaw(what: "is not one of the words")
            }
            return value
        }
    }
}

extension ScalarType where Value == Secret {
    /// A secret text, bounded in length as a credential file is.
    static let secret = Self(allowed: "a secret of 1 to 65536 bytes") { text throws(Flaw) in
        let end = text.lastIndex { !$0.isNewline }
        guard let end else { throw .empty }
        let secret = text[...end]
        guard secret != Raw.placeholder else {
            throw Flaw(what: Flaw.placeholder.what, hidesValue: true)
        }
        guard secret.utf8.count <= CredentialSource.bytesMax else {
            throw Flaw(what: "is too long", hidesValue: true)
        }
        return Secret(String(secret))
    }
}

extension ScalarType where Value == CardNumberFormat.Bytes {
    /// `all`, `first N` or `last N`.
    static let chosenBytes = Self(allowed: "all, first 1 to first 10, last 1 to last 10") {
        text throws(Flaw) in
        guard let bytes = CardNumberFormat.Bytes(text), bytes.description == text else {
            throw Flaw(what: "does not say which bytes")
        }
        return bytes
    }
}

extension ScalarType where Value == [UInt8] {
    /// A command for a card in hex.
    static let command = Self(allowed: "a command of 4 to 261 bytes in hex digits") {
        text throws(Flaw) in
        guard let bytes = HexText.decode(text) else { throw Flaw(what: "is not hex") }
        guard (4...261).contains(bytes.count) else { throw .outOfRange }
        return bytes
    }
}
