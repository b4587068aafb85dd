internal import Foundation
public import Ledger
public import Sealing
public import TerminalCore

/// A directory for one ledger, removed with everything in it when this object goes.
public final class TemporaryLedger: Sendable {
    public let directory: String
    /// The SQLite file inside ``directory``.
    public let path: String

    /// Makes the directory; the ledger itself is made by
    /// ``open(sequence:platform:auditKey:cardSeal:recoveryKey:clock:)``.
    public init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("kiosk-ledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        directory = url.path
        path = url.appendingPathComponent("ledger.sqlite").path
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// Opens the ledger, or opens it again once the earlier `Ledger` object is gone.
    public func open(
        sequence: SeqGenerator = Sample.terminal, platform: PlatformIdentity = Sample.platform,
        auditKey: AuditKey = Sample.auditKey, cardSeal: CardSeal? = nil,
        recoveryKey: RecoveryKey? = nil, clock: any TerminalClock = ManualClock()
    ) throws(LedgerError) -> Ledger {
        try Ledger(
            LedgerSettings(
                path: path, sequence: sequence, platform: platform, auditKey: auditKey,
                cardSeal: cardSeal, recoveryKey: recoveryKey, clock: clock))
    }

    /// A copy of the files as they are now: what a loss of power would leave to the next start.
    public func copy() throws -> TemporaryLedger {
        let copy = try TemporaryLedger()
        for name in ["ledger.sqlite", "ledger.sqlite-wal"] {
            let from = "\(directory)/\(name)"
            guard FileManager.default.fileExists(atPath: from) else { continue }
            try FileManager.default.copyItem(atPath: from, toPath: "\(copy.directory)/\(name)")
        }
        return copy
    }

    /// Removes one file of ``directory``.
    public func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(directory)/\(name)")
    }

    /// The permission bits of a file in ``directory``.
    public func mode(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory)/\(name)")
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }

    /// Puts `bytes` where the ledger is to be, for files that are no ledger.
    public func place(_ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}
