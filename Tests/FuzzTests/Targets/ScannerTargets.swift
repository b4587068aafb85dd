import QRCode
import TerminalCore

@testable import Scanner

extension FuzzTarget {
    /// What scanners send, and what becomes of it.
    static let scanners = [
        FuzzTarget(
            name: "reports of a scanner", share: 50,
            samples: [reports.flatMap(report)]
        ) { bytes in
            var keyboard = HIDKeyboard()
            let pieces = stride(from: 0, to: bytes.count, by: HIDKeyboard.reportBytes).map {
                Array(bytes[$0..<min($0 + HIDKeyboard.reportBytes, bytes.count)])
            }
            return scanned(pieces.flatMap { keyboard.received($0) })
        },
        FuzzTarget(
            name: "events of a scanner", share: 40,
            samples: [presses.flatMap { event($0.0, $0.1) }]
        ) { bytes in
            var keyboard = EventKeyboard()
            return scanned(keyboard.received(bytes, size: eventBytes))
        },
        FuzzTarget(
            name: "characters of a scanner", share: 50,
            samples: ["card/0012345678\r\n", "a-1\tb 2\r"].map { Array($0.utf8) }
        ) { bytes in
            let found = texts(of: bytes.map(ScanInput.character))
            guard found == whole(bytes) else { return .broken("\(found)") }
            return found.isEmpty ? .refused : .taken
        },
    ]

    /// The code that a platform has us show, and the one that a payer shows.
    static let codes = [
        FuzzTarget(
            name: "texts of a QR code", share: 10,
            samples: [Array("https://pass.example.com/q/7abbd5ba-7704-4ba8".utf8)]
        ) { bytes in
            guard let code = try? QRCode(String(decoding: bytes, as: UTF8.self)) else {
                return .refused
            }
            let isSize = (21...177).contains(code.width) && (code.width - 17).isMultiple(of: 4)
            return isSize ? .taken : .broken("\(code.width) modules wide")
        },
        FuzzTarget(
            name: "codes of a payer", share: 10,
            samples: ["281937465028174650", "https://pass.example.com/q/7abbd5ba 7704"].map {
                Array($0.utf8)
            }
        ) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let code = OneTimeCode(.qr, text) else { return .refused }
            let isSame = code.exposed.utf8.elementsEqual(bytes)
            let isPrintable = isText(bytes[...]) && bytes.first != 0x20 && bytes.last != 0x20
            return isSame && isPrintable ? .taken : .broken("\(bytes.count) bytes")
        },
    ]

    private static let eventBytes = 24
    /// `A12` and Enter: modifiers and keys of each report.
    private static let reports: [[UInt8]] = [
        [2, 4], [0], [0, 0x1E], [0, 0x1E, 0x1F], [0], [0, 0x28], [0],
    ]
    /// `A1` and Enter: each key and whether it goes down.
    private static let presses: [(UInt16, Int32)] = [
        (42, 1), (30, 1), (30, 0), (42, 0), (2, 1), (2, 0), (28, 1), (28, 0),
    ]

    /// A report of these modifiers and keys.
    @Sendable private static func report(_ keys: [UInt8]) -> [UInt8] {
        let report = [keys[0], 0] + keys.dropFirst()
        return report + [UInt8](repeating: 0, count: HIDKeyboard.reportBytes - report.count)
    }

    /// A key that goes down (1) or up (0).
    private static func event(_ code: UInt16, _ value: Int32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: eventBytes - EventKeyboard.tailBytes)
        withUnsafeBytes(of: UInt16(1)) { bytes += $0 }
        withUnsafeBytes(of: code) { bytes += $0 }
        withUnsafeBytes(of: value) { bytes += $0 }
        return bytes
    }

    /// All at once, long after the opening: pauses have their own tests.
    private static func texts(of inputs: [ScanInput]) -> [String] {
        var line = ScanLine(openedAt: .seconds(-1))
        return inputs.compactMap { input in
            guard case .scanned(let text)? = line.received(input, at: .zero) else { return nil }
            return text.exposed
        }
    }

    private static func scanned(_ inputs: [ScanInput]) -> Verdict {
        let found = texts(of: inputs)
        guard found.allSatisfy({ isText(Array($0.utf8)[...]) }) else { return .broken("\(found)") }
        return found.isEmpty ? .refused : .taken
    }

    private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
        (1...512).contains(bytes.count) && bytes.allSatisfy { (0x20...0x7E).contains($0) }
    }

    /// The texts in `bytes`, as the rule has it: ended, printable, not too long.
    private static func whole(_ bytes: [UInt8]) -> [String] {
        let parts = bytes.split(omittingEmptySubsequences: false) { [9, 10, 13].contains($0) }
        return parts.dropLast().filter(isText).map { String(decoding: $0, as: UTF8.self) }
    }
}
