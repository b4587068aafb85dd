internal import Sealing
internal import TerminalCore

extension ScalarType where Value == String {
    /// 1 to `lengthMax` characters on one line.
    static func text(lengthMax: Int = 128) -> Self {
        let allowed = Phrase(
            en: "1 to \(lengthMax) characters on one line, no spaces at the ends",
            zh: "一行内 1 至 \(lengthMax) 个字符，首尾无空格")
        return Self(allowed: allowed) { text throws(Flaw) in
            try checkText(text, lengthMax: lengthMax)
            let isControl = { (scalar: Unicode.Scalar) in
                scalar.properties.generalCategory == .control
            }
            guard !text.unicodeScalars.contains(where: isControl) else { throw .control }
            return text
        }
    }

    /// A key as base64url or PEM, so that lines are allowed.
    static let publicKey = Self(
        allowed: Phrase(
            en: "a public key as base64url or PEM, at most 16 KiB",
            zh: "base64url 或 PEM 格式的公钥，最多 16 KiB")
    ) { text throws(Flaw) in
        try checkText(text, lengthMax: 16_384, keepsEnd: true)
        return text
    }

    /// A pattern with `*` and `?`.
    static let glob = Self(
        allowed: Phrase(
            en: "a pattern of 1 to 128 characters; * and ? stand for others",
            zh: "1 至 128 个字符的模式；* 和 ? 代表其他字符")
    ) { text throws(Flaw) in
        try ScalarType<String>.text().parse(text)
    }

    /// 1 to 12 letters and digits.
    static let terminalID = Self(
        allowed: Phrase(en: "1 to 12 of A-Z a-z 0-9", zh: "1 至 12 个 A-Z a-z 0-9 字符")
    ) { text throws(Flaw) in
        if text.isEmpty { throw .empty }
        if text == Raw.placeholder { throw .placeholder }
        guard SeqGenerator.isTerminalID(text) else {
            throw Flaw(what: Phrase(en: "is not a terminal id", zh: "不是终端编号"))
        }
        return text
    }

    /// An absolute path; a Unix socket's has a shorter limit than a file's.
    static func path(lengthMax: Int = 1_024) -> Self {
        let allowed = Phrase(
            en: "an absolute path of at most \(lengthMax) bytes",
            zh: "不超过 \(lengthMax) 字节的绝对路径")
        return Self(allowed: allowed) { text throws(Flaw) in
            if text.isEmpty { throw .empty }
            guard text.hasPrefix("/") else {
                throw Flaw(
                    what: Phrase(en: "is not an absolute path", zh: "不是绝对路径"))
            }
            guard text.utf8.count <= lengthMax else { throw .tooLong }
            guard !text.utf8.contains(where: { $0 < 0x20 }) else { throw .control }
            return text
        }
    }
}

extension Flaw {
    fileprivate static let tooLong = Flaw(what: Phrase(en: "is too long", zh: "过长"))
    fileprivate static let control = Flaw(
        what: Phrase(en: "holds a control character", zh: "含有控制字符"))
    fileprivate static let privateHalf = Flaw(
        what: Phrase(en: "is the private key", zh: "是私钥"), hidesValue: true)
    fileprivate static let otherKey = Flaw(
        what: Phrase(en: "is no public key of X25519", zh: "不是 X25519 公钥"), hidesValue: true)
}

/// What every text must be.
private func checkText(
    _ text: String, lengthMax: Int, keepsEnd: Bool = false
) throws(Flaw) {
    if text.isEmpty { throw .empty }
    if text == Raw.placeholder { throw .placeholder }
    guard text.count <= lengthMax else { throw .tooLong }
    guard keepsEnd || !(text.first?.isWhitespace ?? false || text.last?.isWhitespace ?? false)
    else {
        throw Flaw(what: Phrase(en: "begins or ends with a space", zh: "首尾有空格"))
    }
}

extension ScalarType where Value == RecoveryKey {
    /// A key to wrap for. The value is not repeated: it may be the private part by mistake.
    static let recoveryKey = Self(
        allowed: Phrase(
            en: "a public key of X25519 as base64url or PEM",
            zh: "base64url 或 PEM 格式的 X25519 公钥")
    ) { text throws(Flaw) in
        try checkText(text, lengthMax: 4_096, keepsEnd: true)
        guard let key = RecoveryKey(text) else {
            let isPrivate = RecoverySecret(pem: text) != nil
            throw isPrivate ? Flaw.privateHalf : Flaw.otherKey
        }
        return key
    }
}

extension ScalarType where Value == Bool {
    /// `true` or `false`, and none of YAML's other spellings.
    static let boolean = Self(
        allowed: Phrase(en: "true or false", zh: "true 或 false")
    ) { text throws(Flaw) in
        switch text {
        case "true": return true
        case "false": return false
        default:
            throw Flaw(
                what: Phrase(
                    en: "is neither true nor false", zh: "既不是 true 也不是 false"))
        }
    }
}

extension ScalarType where Value: RawRepresentable<String> & CaseIterable {
    /// One of the words of an enumeration.
    static var word: Self { word(of: Value.allCases) }

    /// One of these words.
    static func word(of words: some Collection<Value>) -> Self {
        let texts = words.map(\.rawValue)
        let allowed = Phrase(verbatim: texts.joined(separator: ", "))
        return Self(allowed: allowed) { text throws(Flaw) in
            guard texts.contains(text), let value = Value(rawValue: text) else {
                throw Flaw(
                    what: Phrase(en: "is not one of the words", zh: "不是允许的词"))
            }
            return value
        }
    }
}

extension ScalarType where Value == Secret {
    /// A secret text, bounded in length as a credential file is.
    static let secret = Self(
        allowed: Phrase(en: "a secret of 1 to 65536 bytes", zh: "1 至 65536 字节的密钥")
    ) { text throws(Flaw) in
        let end = text.lastIndex { !$0.isNewline }
        guard let end else { throw .empty }
        let secret = text[...end]
        guard secret != Raw.placeholder else {
            throw Flaw(what: Flaw.placeholder.what, hidesValue: true)
        }
        guard secret.utf8.count <= CredentialSource.bytesMax else {
            throw Flaw(what: Flaw.tooLong.what, hidesValue: true)
        }
        return Secret(String(secret))
    }
}

extension ScalarType where Value == CardNumberFormat.Bytes {
    /// `all`, `first N` or `last N`.
    static let chosenBytes = Self(
        allowed: Phrase(
            en: "all, first 1 to first 10, last 1 to last 10",
            zh: "all、first 1 至 first 10、last 1 至 last 10")
    ) { text throws(Flaw) in
        guard let bytes = CardNumberFormat.Bytes(text), bytes.description == text else {
            throw Flaw(
                what: Phrase(en: "does not say which bytes", zh: "没有说明取哪些字节"))
        }
        return bytes
    }
}

extension ScalarType where Value == [UInt8] {
    /// A command for a card in hex.
    static let command = Self(
        allowed: Phrase(
            en: "a command of 4 to 261 bytes in hex digits", zh: "4 至 261 字节的十六进制命令")
    ) { text throws(Flaw) in
        guard let bytes = HexText.decode(text) else {
            throw Flaw(what: Phrase(en: "is not hex", zh: "不是十六进制"))
        }
        guard (4...261).contains(bytes.count) else { throw .outOfRange }
        return bytes
    }
}
