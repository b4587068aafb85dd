import CountingVFS
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

/// The VFS becomes the process's default and watches one path, so these run one at a time.
@Suite("Each commit reaches the disk", .serialized)
struct SyncCountTests {
    private let files: TemporaryLedger
    private let ledger: Ledger

    init() throws {
        #expect(counting_vfs_register() == 0)
        files = try TemporaryLedger()
        counting_vfs_watch(files.directory)
        ledger = try files.open()
    }

    @Test("every committed change syncs before it returns")
    func oneEach() async throws {
        for index in 0..<20 {
            let before = counting_vfs_syncs()
            _ = try await ledger.open(Sample.draft(), now: Sample.start + .seconds(index))
            #expect(counting_vfs_syncs() >= before + 1)
        }
    }

    @Test("a tap is one sync: the decision, the send mark and the history go together")
    func tap() async throws {
        guard
            case .created(let payment) = try await ledger.open(
                Sample.draft(), now: Sample.start)
        else {
            Issue.record("not created")
            return
        }
        let before = counting_vfs_syncs()
        _ = try await ledger.recordTap(
            payment.seq, card: Sample.card(), rules: Sample.tapRules(), now: Sample.start)
        #expect(counting_vfs_syncs() == before + 1)
    }

    @Test("a send mark is synced before it returns")
    func mark() async throws {
        let payment = try await ledger.recordTap(
            Sample.draft(), card: Sample.card(), rules: Sample.tapRules(up: false),
            now: Sample.start)
        let before = counting_vfs_syncs()
        _ = try await ledger.markSend(payment.seq, now: Sample.start)
        #expect(counting_vfs_syncs() == before + 1)
    }

    @Test("what is decided while a commit is under way is one sync for all of it")
    func together() async throws {
        let seqs = try await ledger.accepted(8)
        let before = counting_vfs_syncs()
        try await ledger.atOnce(seqs) { [ledger] seq in
            _ = try await ledger.settleTogether(seq)
        }
        #expect(counting_vfs_syncs() == before + 1)
    }

    @Test("reading syncs nothing")
    func reading() async throws {
        let before = counting_vfs_syncs()
        _ = try await ledger.totals()
        _ = try await ledger.owed(after: 0, limit: 10)
        #expect(counting_vfs_syncs() == before)
    }
}
