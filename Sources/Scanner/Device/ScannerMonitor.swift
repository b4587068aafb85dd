/// What the scanner's thread does: it finds the device, reads it, and finds it again.
final class ScannerMonitor: Sendable {
    /// The pause before a device that cannot be opened is tried again: nothing tells that another
    /// program lets go of it.
    static let retryPause = Duration.seconds(5)
    /// The pause after a device was lost, so that one which is lost at once can never spin.
    static let lostPause = Duration.milliseconds(250)
    /// How often a device is read before a look at whether the end has come.
    static let readsMax = 64

    private let source: ScannerSource
    private let emit: @Sendable (ScanEvent) -> Void
    private let stopping = StopSignal()

    init(source: ScannerSource, emit: @escaping @Sendable (ScanEvent) -> Void) {
        self.source = source
        self.emit = emit
    }

    /// Ends ``run()``, before it begins too.
    func stop() { stopping.set() }

    /// Returns after ``stop()``.
    func run() {
        var told: ScannerTrouble.Code?
        while let device = find(told: told) {
            emit(.connected)
            guard let trouble = follow(device) else { return }
            emit(.disconnected(trouble))
            told = trouble.code
            guard stopping.wait(for: -1, upTo: Self.lostPause) != .stopped else { return }
        }
    }

    /// Opens the device, however long it takes; nil at the end. Trouble that was told already is
    /// not told again.
    private func find(told: ScannerTrouble.Code?) -> ScannerDevice? {
        var told = told
        while true {
            // Before the device is looked for: one that comes in between is not missed.
            let directories = DirectoryWatch(above: source.path)
            do throws(ScannerTrouble) {
                return try ScannerDevice(source)
            } catch {
                if error.code != told { emit(.disconnected(error)) }
                told = error.code
                let isTold = error.code == .absent && directories.isWhole
                let limit = isTold ? nil : Self.retryPause
                guard directories.wait(until: stopping, upTo: limit) else { return nil }
            }
        }
    }

    /// Reads the device until it is lost; nil at the end.
    private func follow(_ device: ScannerDevice) -> ScannerTrouble? {
        var line = ScanLine(openedAt: .zero)
        let start = ContinuousClock.now
        // What is there by the end of the first wait came with the opening, however late this
        // thread is: a pause counts only when a wait has seen it.
        var (limit, time): (Duration?, Duration) = (ScanLine.gapMax, .zero)
        while true {
            let outcome = device.wait(until: stopping, upTo: limit)
            if outcome == .stopped { return nil }
            if limit == nil { time = ContinuousClock.now - start }
            limit = nil
            guard outcome == .ready else { continue }
            do throws(ScannerTrouble) {
                // What waits there came at about the same time, however late this thread is.
                for _ in 0..<Self.readsMax {
                    guard let inputs = try device.receive() else { break }
                    for input in inputs { tell(line.received(input, at: time)) }
                }
            } catch {
                return error
            }
        }
    }

    private func tell(_ outcome: ScanLine.Outcome?) {
        switch outcome {
        case .scanned(let text): emit(.scanned(text))
        case .rejected(let reason): emit(.rejected(reason))
        case nil: break
        }
    }
}
