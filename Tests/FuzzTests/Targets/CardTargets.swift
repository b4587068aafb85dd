import TerminalCore

@testable import CardReader

extension FuzzTarget {
    /// What a card answers: each answer with its length before it.
    static let cards = [
        FuzzTarget(
            name: "answers of a card", share: 70,
            samples: [
                lengthFirst([
                    "6110", "00A4040062284804025648900000AAFF6C10",
                    "00A4040062284804025648900000AAFF9000",
                ]),
                lengthFirst(["00A404006228480402564890FFFF9000"]),
            ], verdict: answers),
        FuzzTarget(
            name: "identifiers of a card", share: 30,
            samples: ["04A23B1C", "04A23B1C5D6E80", "04A23B1C5D6E80112233"].map(bytes)
        ) { bytes in
            guard let uid = try? CardUID(bytes) else { return .refused }
            let numbers = CardNumberFormat.common.map { try? $0.number(of: uid).exposed }
            let areNumbers = numbers.allSatisfy { (1...64).contains($0?.utf8.count ?? 0) }
            let isSame = numbers[0].flatMap(HexText.decode) == uid.bytes
            return areNumbers && isSame ? .taken : .broken("\(numbers)")
        },
    ]

    private static func bytes(_ hex: String) -> [UInt8] { HexText.decode(hex) ?? [] }

    private static func lengthFirst(_ answers: [String]) -> [UInt8] {
        answers.map(bytes).flatMap { [UInt8($0.count)] + $0 }
    }

    /// The dialogue ends, gives no more than came, and the number is one.
    @Sendable private static func answers(_ bytes: [UInt8]) -> Verdict {
        var exchange = Exchange(command: [0x00, 0xB0, 0x00, 0x00, 0x10], index: 1)
        var (rest, sent) = (bytes[...], 0)
        while let length = rest.popFirst() {
            let answer = rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
            switch exchange.answered(answer) {
            case .send: sent += 1
            case .failed: return .refused
            case .done(let data):
                guard data.count < bytes.count else { return .broken("more than came") }
                return number(in: data)
            }
            if sent > Exchange.followUpsMax { return .broken("a dialogue without an end") }
        }
        return .refused
    }

    private static func number(in data: [UInt8]) -> Verdict {
        var verdict = Verdict.refused
        for kind in CardFile.Kind.allCases {
            let file = CardFile(
                commands: [[0x00, 0xB0, 0x00, 0x00, 0x10]],
                slice: .init(response: 1, offset: 4, length: 8, kind: kind))
            guard let number = try? file.number(in: [data]).exposed else { continue }
            let isDigits = number.utf8.allSatisfy { (0x30...0x39).contains($0) }
            if kind == .bcd || kind == .decimal, !isDigits { return .broken("\(kind): \(number)") }
            verdict = .taken
        }
        return verdict
    }

    /// Numbers and their forms as people and pages write them.
    static let numbers = [
        FuzzTarget(
            name: "numbers of a card", share: 20,
            samples: ["CARD0001", "card-1_2:3.4"].map { Array($0.utf8) }
        ) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let number = try? CardNumber(text) else { return .refused }
            let isSame = number.exposed.utf8.elementsEqual(bytes)
            let isShort = bytes.count <= CardNumber.lengthMax
            // At most half of a number may be seen.
            let isMasked = number.masked.utf8.count <= 4 + min(4, bytes.count / 2)
            return isSame && isShort && isMasked ? .taken : .broken("\(bytes.count) bytes")
        },
        FuzzTarget(
            name: "bytes of an identifier", share: 10,
            samples: ["all", "first 4", "last 10"].map { Array($0.utf8) }
        ) { bytes in
            guard let chosen = CardNumberFormat.Bytes(String(decoding: bytes, as: UTF8.self))
            else { return .refused }
            let isSame = CardNumberFormat.Bytes("\(chosen)") == chosen
            return isSame ? .taken : .broken("\(chosen)")
        },
        FuzzTarget(
            name: "hex", share: 10, samples: ["04A23B1C", "00 a4 04 00"].map { Array($0.utf8) }
        ) { bytes in
            guard let decoded = HexText.decode(String(decoding: bytes, as: UTF8.self)) else {
                return .refused
            }
            let digits = bytes.filter { $0 != UInt8(ascii: " ") }
            let isSame =
                HexText.encode(decoded) == String(decoding: digits, as: UTF8.self).uppercased()
            return isSame ? .taken : .broken("\(decoded.count) bytes")
        },
    ]
}
