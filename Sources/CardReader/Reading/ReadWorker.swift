import CPCSC
import TerminalCore

/// The thread that reads the cards of one reader.
///
/// One for each reader, not one for all: a call into a reader that hangs cannot be ended from
/// outside, and would keep every other reader's cards waiting. They are at most 15, asleep.
final class ReadWorker: Sendable {
    /// What the thread is asked for.
    private struct Mail {
        /// The presentation to read; nil when there is nothing to do.
        var wanted: Presentation?
        /// The last presentation whose card left: its read is not tried again.
        var left: Presentation?
        var isClosed = false
    }

    private let reader: String
    private let reading: CardReading
    private let report: @Sendable (Presentation, Result<CardTap, CardError>) -> Void
    private let mail = Guarded(Mail())

    init(
        reader: String, reading: CardReading,
        report: @escaping @Sendable (Presentation, Result<CardTap, CardError>) -> Void
    ) {
        self.reader = reader
        self.reading = reading
        self.report = report
    }

    /// Asks for a presentation to be read; the answer comes by `report`.
    func read(_ presentation: Presentation) {
        mail.withLock { $0.wanted = presentation }
    }

    /// The card of this presentation left: a read that waits for another try ends.
    func cardLeft(_ presentation: Presentation) {
        mail.withLock { $0.left = presentation }
    }

    /// Ends the thread, as soon as the call that it is in returns.
    func close() {
        mail.withLock { $0.isClosed = true }
    }

    /// What the thread does until it is closed.
    func work() {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: CPCSC_ANSWER_MAX)
        defer { buffer.deallocate() }
        let scan = CardScan(reader: reader, reading: reading, buffer: buffer)
        // Made before the first card comes: it is two messages that the payer need not wait for.
        var context = try? PCSCContext()
        while let presentation = nextPresentation() {
            report(presentation, read(presentation, by: scan, in: &context))
        }
    }

    /// Waits for work; nil when the thread is to end.
    private func nextPresentation() -> Presentation? {
        mail.wait { mail -> Presentation?? in
            if mail.isClosed { return .some(nil) }
            guard let wanted = mail.wanted else { return nil }
            mail.wanted = nil
            return .some(wanted)
        }
    }

    private func read(
        _ presentation: Presentation, by scan: CardScan, in context: inout PCSCContext?
    ) -> Result<CardTap, CardError> {
        let start = ContinuousClock.now
        var attempts = ReadAttempts()
        while true {
            switch attempt(scan, in: &context) {
            case .success(let tap): return .success(tap)
            case .failure(.card(let error)): return .failure(error)
            case .failure(.pcsc(let error)):
                if error.needsNewContext { context = nil }
                switch attempts.failed(error, spent: ContinuousClock.now - start) {
                case .giveUp(let error): return .failure(error)
                case .again(let pause):
                    if isOver(presentation, after: pause) { return .failure(.removed) }
                }
            }
        }
    }

    private func attempt(
        _ scan: CardScan, in context: inout PCSCContext?
    ) -> Result<CardTap, ScanFailure> {
        Result { () throws(ScanFailure) -> CardTap in
            if context == nil {
                do throws(PCSCError) { context = try PCSCContext() } catch { throw .pcsc(error) }
            }
            return try scan.scan(in: context!)
        }
    }

    /// Whether the card left or the reader was closed within `pause`.
    private func isOver(_ presentation: Presentation, after pause: Duration) -> Bool {
        mail.wait(upTo: pause) { $0.isClosed || $0.left == presentation }
    }
}
