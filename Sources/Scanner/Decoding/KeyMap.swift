/// What the keys of a US keyboard type.
struct KeyMap: Sendable {
    /// Keys whose numbers follow each other, and what each types; 0 where it types nothing.
    private struct Run {
        var first: Int
        var plain: [UInt8]
        var shifted: [UInt8]
    }

    private let runs: [Run]

    /// Each run: the number of its first key, and what the keys type without and with Shift.
    private init(_ runs: [(first: Int, plain: String, shifted: String)]) {
        self.runs = runs.map { run in
            precondition(run.plain.utf8.count == run.shifted.utf8.count, "each key has both")
            return Run(
                first: run.first, plain: Array(run.plain.utf8), shifted: Array(run.shifted.utf8))
        }
    }

    func input(key: Int, isShifted: Bool) -> ScanInput {
        for run in runs where run.plain.indices.contains(key - run.first) {
            let character = (isShifted ? run.shifted : run.plain)[key - run.first]
            return character == 0 ? .illegible : .character(character)
        }
        return .illegible
    }
}

extension KeyMap {
    /// By usage of the page Keyboard (HID Usage Tables 1.5, chapter 10). The keypad counts with
    /// Num Lock on, as scanners do that use it.
    static let usages = KeyMap([
        (
            0x04, "abcdefghijklmnopqrstuvwxyz1234567890\r\0\0\t -=[]\\\0;'`,./",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\r\0\0\t _+{}|\0:\"~<>?"
        ),
        (0x54, "/*-+\r1234567890.", "/*-+\r1234567890."),
    ])

    /// By key code of Linux (`linux/input-event-codes.h`, from KEY_ESC on; the keypad's last two
    /// stand apart).
    static let eventCodes = KeyMap([
        (
            1, "\u{0}1234567890-=\0\tqwertyuiop[]\r\0asdfghjkl;'`\0\\zxcvbnm,./\0*\0 ",
            "\0!@#$%^&*()_+\0\tQWERTYUIOP{}\r\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0*\0 "
        ),
        (71, "789-456+1230.", "789-456+1230."),
        (96, "\r\0/", "\r\0/"),
    ])
}
