import TerminalCore

/// What happened, one event a line, and a digest of it.
struct Trace {
    private(set) var lines: [String] = []
    /// FNV-1a over every line: the same seed must give the same digest.
    private(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func note(_ text: String, at now: Duration) {
        let line = "\(Self.seconds(now))  \(text)"
        for byte in line.utf8 { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
        lines.append(line)
    }

    /// Seconds with three digits, right-aligned.
    private static func seconds(_ time: Duration) -> String {
        let milliseconds = time.wholeMilliseconds
        let fraction = String(milliseconds % 1_000 + 1_000).dropFirst()
        let text = "\(milliseconds / 1_000).\(fraction)"
        return String(repeating: " ", count: max(0, 9 - text.utf8.count)) + text
    }
}
