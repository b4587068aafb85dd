/// Puts what a scanner sent together to texts; the time is a parameter.
///
/// A part of a code must not pass for a whole one: whatever went wrong, all is refused up to the
/// end of the text, or until the scanner rested so long that a new one must have begun. What comes
/// right after the device was opened may be such a part, too.
struct ScanLine {
    /// What the end of a text makes of it.
    enum Outcome: Hashable {
        case scanned(ScannedText)
        case rejected(RejectedScan)
    }

    /// The longest pause inside a text, and the longest after the opening in which the rest of a
    /// code may come. Scanners send a character each 1 to 50 ms; the rest is for a machine that is
    /// busy.
    static let gapMax = Duration.milliseconds(300)
    /// The shortest pause after which a new text begins, ended or not.
    static let restMin = Duration.seconds(2)

    private static let terminators = [
        UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: "\t"),
    ]
    private static let printable: ClosedRange<UInt8> = 0x20...0x7E

    private var bytes: [UInt8] = []
    /// Why the text begun cannot be taken any more.
    private var fault: RejectedScan?
    /// When the last thing came; at first, when the device was opened.
    private var last: Duration
    /// Whether nothing came since the device was opened.
    private var isUntouched = true

    /// The device was opened at `time`, which counts as those of ``received(_:at:)`` do.
    init(openedAt time: Duration) { last = time }

    /// Something came at `time`, which counts from any fixed moment and never goes back.
    mutating func received(_ input: ScanInput, at time: Duration) -> Outcome? {
        let outcome = rested(until: time)
        let mayBeRest = isUntouched && time - last <= Self.gapMax
        (last, isUntouched) = (time, false)
        switch input {
        case .character(let byte) where Self.terminators.contains(byte):
            return outcome == nil ? end() : outcome
        case _ where mayBeRest: spoil(.beginningMissing)
        case .character(let byte) where Self.printable.contains(byte): append(byte)
        case .character, .illegible: spoil(.illegible)
        }
        return outcome
    }

    private mutating func rested(until time: Duration) -> Outcome? {
        guard !bytes.isEmpty || fault != nil else { return nil }
        let pause = time - last
        if pause >= Self.restMin {
            spoil(.unterminated)
            return end()
        }
        if pause > Self.gapMax { spoil(.paused) }
        return nil
    }

    /// Carriage return and line feed are two ends, of which the second ends nothing.
    private mutating func end() -> Outcome? {
        defer { (bytes, fault) = ([], nil) }
        if let fault { return .rejected(fault) }
        return bytes.isEmpty ? nil : .scanned(ScannedText(bytes))
    }

    private mutating func append(_ byte: UInt8) {
        guard fault == nil else { return }
        guard bytes.count < ScannedText.lengthMax else { return spoil(.tooLong) }
        bytes.append(byte)
    }

    /// The first fault is the one that is told.
    private mutating func spoil(_ reason: RejectedScan) {
        fault = fault ?? reason
        bytes = []
    }
}
