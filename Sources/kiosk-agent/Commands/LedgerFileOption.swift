internal import ArgumentParser
internal import Ledger
internal import TerminalCore

/// A ledger file to read in place of asking the running agent.
struct LedgerFileOption: ParsableArguments {
    @Option(
        name: .customLong("ledger"),
        help: "Read a private copy of this ledger file and its -wal; no agent is needed.")
    var file: String?

    @Flag(
        name: .customLong("no-wal"),
        help: "The ledger file has no -wal because it was closed cleanly.")
    var acceptsMissingWAL = false

    func validate() throws {
        guard !acceptsMissingWAL || file != nil else {
            throw ValidationError(
                Phrase(
                    en: "--no-wal belongs to --ledger FILE",
                    zh: "--no-wal 须与 --ledger FILE 一起使用"))
        }
    }

    /// Nil when no file was named. The copy is removed when it goes.
    func copy() throws -> LedgerCopy? {
        guard let file else { return nil }
        do {
            return try LedgerCopy(of: file, acceptsMissingWAL: acceptsMissingWAL)
        } catch {
            throw error.failure
        }
    }
}

extension LedgerError {
    /// How a command ends that reads a ledger file.
    var failure: CommandFailure {
        switch self {
        case .beingWritten: CommandFailure(.tryLater, phrase)
        default: CommandFailure(.data, phrase)
        }
    }

    /// How a command ends that cannot open a ledger of this machine.
    var openingFailure: CommandFailure {
        switch self {
        case .cardsSealed, .otherDataKey: CommandFailure(.configuration, phrase)
        default: CommandFailure(.cannotWrite, phrase)
        }
    }
}
