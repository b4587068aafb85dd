internal import TerminalCore

extension ValueType where Value == CardFile.Slice? {
    /// Which bytes of which answer; an empty map or null is no slice.
    static var slice: Self {
        let names = ["response", "offset", "length", "as"]
        let allowed = "{response: 1 to 16, offset: 0 to 65535, length: 1 to 64, as: word} or {}"
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
        let codes = "400 to 499 without 401, 404, 405, 406, 408, 425 and 429"
        let allowed = "{status: reason}, status \(codes), reason \(words.allowed)"
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
                    findings.append(name.unfit("has \(status) twice", allowed: allowed))
                }
            }
            return result
        }
    }

    private static func status(_ allowed: String) -> ScalarType<Int> {
        ScalarType<Int>(allowed: allowed) { text throws(Flaw) in
            let status = try Digits.number(text)
            guard (400...499).contains(status), !neverRefusals.contains(status) else {
                throw Flaw(what: "is not the status of a definite no")
            }
            return status
        }
    }
}
