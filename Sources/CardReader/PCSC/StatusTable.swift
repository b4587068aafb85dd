import CPCSC
import Glibc

/// The readers that are waited on, as C wants them; wraps `SCardGetStatusChange`.
///
/// The first row is pcscd's own: it tells that a reader came or went, which a wait on an absent
/// reader would not (it fails at once and would spin).
final class StatusTable {
    /// How a wait ended.
    enum Outcome: Hashable {
        case changed
        case timeout
        case cancelled
        /// A reader went between the listing and the wait.
        case unknownReader
        case failed(PCSCError)
    }

    /// libpcsclite takes 16 rows, of which one is ``newReaders``.
    static let readersMax = Int(PCSCLITE_MAX_READERS_CONTEXTS) - 1

    private static let newReaders = #"\\?PnP?\Notification"#

    private(set) var names: [String] = []
    private let rows = UnsafeMutablePointer<SCARD_READERSTATE>.allocate(
        capacity: Int(PCSCLITE_MAX_READERS_CONTEXTS))

    init() {
        rows.initialize(to: Self.row(named: Self.newReaders))
    }

    deinit {
        for row in 0...names.count { free(UnsafeMutablePointer(mutating: rows[row].szReader)) }
        rows.deallocate()
    }

    /// Waits for these readers from now on, of whose state nothing is known yet.
    func fill(with readers: [String]) {
        for row in 0..<names.count { free(UnsafeMutablePointer(mutating: rows[row + 1].szReader)) }
        names = Array(readers.prefix(Self.readersMax))
        for (row, name) in names.enumerated() {
            (rows + row + 1).initialize(to: Self.row(named: name))
        }
    }

    /// Waits for a change of any row; blocks up to `limit`.
    func wait(in context: borrowing PCSCContext, upTo limit: Duration) -> Outcome {
        let milliseconds = DWORD(limit / .milliseconds(1))
        let code = SCardGetStatusChange(
            context.handle, milliseconds, rows, DWORD(names.count + 1))
        switch PCSCError(code: code) {
        case _ where code == SCARD_S_SUCCESS: return .changed
        case .timeout: return .timeout
        case .cancelled: return .cancelled
        case .unknownReader: return .unknownReader
        case let error: return .failed(error)
        }
    }

    /// Calls `body` for each reader that changed, and takes the new words as known.
    ///
    /// Returns whether the list of readers is out of date.
    func takeChanges(_ body: (String, StateWord) -> Void) -> Bool {
        var isStale = takeChange(row: 0) != nil
        for (row, name) in names.enumerated() {
            guard let word = takeChange(row: row + 1) else { continue }
            if word.isGone { isStale = true } else { body(name, word) }
        }
        return isStale
    }

    /// What the last wait said of each reader.
    var states: [ReaderState] {
        names.enumerated().map { row, name in
            let state = rows[row + 1]
            let word = StateWord(rawValue: state.dwEventState)
            let atr = withUnsafeBytes(of: state.rgbAtr) { Array($0.prefix(Int(state.cbAtr))) }
            return ReaderState(name: name, hasCard: word.hasCard, atr: atr, isHeld: word.isHeld)
        }
    }

    private func takeChange(row: Int) -> StateWord? {
        let word = StateWord(rawValue: rows[row].dwEventState)
        // The upper half of row 0 counts readers since pcsc-lite 2.3 when it is handed back.
        rows[row].dwCurrentState = word.known
        return word.isChanged ? word : nil
    }

    /// A row with a name of its own on the C heap: the structure does not copy it.
    private static func row(named name: String) -> SCARD_READERSTATE {
        var row = SCARD_READERSTATE()
        row.szReader = UnsafePointer(strdup(name))
        row.dwCurrentState = DWORD(SCARD_STATE_UNAWARE)
        return row
    }
}
