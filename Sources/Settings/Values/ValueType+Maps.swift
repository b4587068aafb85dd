internal import TerminalCore

extension ValueType where Value == CardFile.Slice? {
    /// Which bytes of which answer; an empty map or null is no slice.
    static var slice: Self {
        let names = ["response", "offset", "length", "as"]
        let allowed = Phrase(
            en: "{response: 1 to 16, offset: 0 to 65535, length: 1 to 64, as: word} or {}",
            zh: "{response: 1 至 16, offset: 0 至 65535, length: 1 至 64, as: 词} 或 {}")
        return Self(shape: .map, allowed: allowed) { raw, findings in
            if case .null = raw.content { return .some(nil) }
            if case .map(let members) = raw.content, members.isEmpty { return .some(nil) }
            guard var reader = MemberReader(raw, names: names, into: &findings) else { return nil }
            let response = reader.required("response", .integer(1...CardFile.commandsMax))
            let offset = reader.required("offset", .integer(0...65_535))
            let kind = reader.required("as", ScalarType<CardFile.Kind>.word)
            let length = reader.required("length", .integer(1...(kind?.lengthMax ?? 64)))
            findings += reader.findings
            guard reader.findings.isEmpty, let response, let offset, let length, let kind
            else { return nil }
            return CardFile.Slice(response: response, offset: offset, length: length, kind: kind)
        }
    }
}

extension CardFile.Kind {
    /// The longest slice that still makes a card number, in bytes.
    var lengthMax: Int {
        switch self {
        case .ascii: CardNumber.lengthMax
        case .hex, .bcd: CardNumber.lengthMax / 2
        case .decimal: 16
        }
    }
}

extension ValueType where Value == [Int: Reason] {
    /// Status codes that say something about the connection, never about the payment.
    private static var neverRefusals: Set<Int> { [401, 404, 405, 406, 408, 425, 429] }

    /// The reasons that a platform can have.
    private static var reasons: [Reason] {
        [.balanceTooLow, .cardLost, .cardUnknown, .cardNotNormal, .platformRefused]
    }

    /// A status code for each reason.
    static var refusalReasons: Self {
        let words = ScalarType<Reason>.word(of: reasons)
        let codes = Phrase(
            en: "400 to 499 without 401, 404, 405, 406, 408, 425 and 429",
            zh: "400 至 499，但 401、404、405、406、408、425 和 429 除外")
        let allowed = Phrase(
            en: "{status: reason}, status \(codes.en), reason \(words.allowed.en)",
            zh: "{状态码: 原因}，状态码为 \(codes.zh)，原因为 \(words.allowed.zh)")
        return Self(shape: .map, allowed: allowed) { raw, findings in
            guard let members = raw.members(allowed: allowed, into: &findings) else { return nil }
            var result: [Int: Reason] = [:]
            for member in members {
                let name = Raw(content: .scalar(member.name), place: member.place)
                let status = status(codes).read(name, into: &findings)
                let reason = words.read(
                    member.value, member: "[\(member.name)]", into: &findings)
                guard let status, let reason else { continue }
                if result.updateValue(reason, forKey: status) != nil {
                    let what = Phrase(en: "has \(status) twice", zh: "\(status) 出现了两次")
                    findings.append(name.unfit(what, allowed: allowed))
                }
            }
            return result
        }
    }

    private static func status(_ allowed: Phrase) -> ScalarType<Int> {
        ScalarType<Int>(allowed: allowed) { text throws(Flaw) in
            let status = try Digits.number(text)
            guard (400...499).contains(status), !neverRefusals.contains(status) else {
                throw Flaw(
                    what: Phrase(
                        en: "is not the status of a definite no", zh: "不是表示明确拒绝的状态码"))
            }
            return status
        }
    }
}
