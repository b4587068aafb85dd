import Dispatch
import Foundation
import Ledger
import TerminalCore
import TerminalTesting

@testable import Journal

/// A ledger with a mirror in a directory of its own.
struct MirrorBench {
    let files: TemporaryLedger
    let mirror: JournalMirror
    let ledger: Ledger
    let directory: String
    let clock = ManualClock()

    init(
        required: Bool = false, fileMin: Int = 1 << 20, missing: Bool = false,
        patience: Duration = .seconds(20), files: TemporaryLedger? = nil,
        signer: JournalSigner = JournalBench.signer, calls: any FileCalls = SystemCalls()
    ) throws {
        self.files = try files ?? TemporaryLedger()
        directory = self.files.directory + "/medium"
        if !missing { try Self.make(directory) }
        mirror = JournalMirror(
            MirrorSettings(
                directory: directory, signer: signer, isRequired: required,
                patience: patience, fileMin: fileMin),
            clock: clock, calls: calls)
        var settings = Sample.settings(self.files.path)
        settings.clock = clock
        settings.mirror = mirror
        settings.cardSeal = signer.seal
        ledger = try Ledger(settings)
    }

    static func make(_ directory: String) throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    /// A tap while the platform is known to be down.
    func tap(_ number: Int) async throws -> Payment {
        try await ledger.recordTap(
            Sample.draft(100), card: Sample.card(number), rules: Sample.tapRules(up: false),
            now: Sample.start)
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }
    }

    /// What stands in the newest file.
    func journal() throws -> Journal {
        try Journal.read(directory + "/" + (names.last ?? "none"), key: JournalBench.key)
    }

    /// The payments of the newest file by state.
    func states() throws -> [String: PaymentState] {
        Dictionary(uniqueKeysWithValues: try journal().payments.map { ($0.seq, $0.state) })
    }

    /// The next thing the mirror has to say.
    func event() async -> MirrorEvent? {
        for await event in mirror.events { return event }
        return nil
    }
}

/// Holds the mirror's thread until it is opened for good.
final class Gate: Sendable {
    private let (waits, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))

    /// Blocks until the mirror's thread is caught.
    func untilCaught() { waits.wait() }
    func open() { release.signal() }

    func pass() {
        waits.signal()
        release.wait()
        release.signal()
    }
}

/// What is open in a ledger whose medium hangs: reading it returns when it is told to.
final class Hang: OpenPayments {
    private let gate = Gate()

    /// Blocks until the mirror's thread is caught.
    func untilCaught() { gate.untilCaught() }
    func end() { gate.open() }
    func forEach(_ body: (Payment, Int64) throws -> Void) { gate.pass() }

    func knows(_ seq: String) -> Bool { true }
}
