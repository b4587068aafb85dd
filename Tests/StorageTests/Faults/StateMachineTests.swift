import Foundation
import Testing

@testable import Ledger

@Suite("What the ledger does about its disk")
struct StateMachineTests {
    static let codes: [(Int32, StorageTrouble?)] = [
        (13, .full), (8, .readOnly), (10, .failing), (14, .failing), (11, .corrupt),
        (26, .corrupt), (5, nil), (19, nil), (1, nil),
    ]

    @Test("which code is which trouble", arguments: codes)
    func code(code: Int32, trouble: StorageTrouble?) {
        #expect(LedgerError.storage(code: code, "x").trouble == trouble)
    }

    @Test("each trouble says what happened, why and what to do", arguments: StorageTrouble.allCases)
    func texts(trouble: StorageTrouble) {
        #expect(StorageTrouble(code: trouble.code) == trouble)
        let text = StorageHealth.trouble(trouble, detail: "because").problem ?? ""
        #expect(text.components(separatedBy: " — ").count == 3)
        #expect(text.contains("because") && text.contains("payments are refused"))
        #expect(Set(StorageTrouble.allCases.map { $0.text("") }).count == 4)
    }

    /// Trouble, then: may new work be tried, does a commit end it, does a probe end it.
    static let rules: [(StorageTrouble, Storage.StateMachine.Admission, Bool, Bool)] = [
        (.full, .probe, false, true), (.readOnly, .probe, true, true),
        (.failing, .probe, true, true), (.corrupt, .refuse, false, false),
    ]

    @Test("new work waits until the disk is well, what was begun is tried", arguments: rules)
    func admission(
        trouble: StorageTrouble, admission: Storage.StateMachine.Admission, byCommit: Bool,
        byProbe: Bool
    ) {
        var machine = Storage.StateMachine()
        #expect(machine.admission(.begins) == .write)
        #expect(machine.failed(.storage(code: trouble.code, "x"), .begins) == .disown)
        #expect(machine.admission(.begins) == admission)
        #expect(machine.admission(.finishes) == .write)
        machine.wrote()
        #expect((machine.health == .fine) == byCommit)
        machine.recovered()
        #expect((machine.health == .fine) == byProbe)
    }

    @Test("the reserve is given back once, and only for what was begun")
    func reserve() {
        let full = LedgerError.storage(code: 13, "full")
        var machine = Storage.StateMachine()
        #expect(machine.failed(full, .finishes) == .disown)
        machine.reserved(nil)
        #expect(machine.failed(full, .begins) == .disown)
        #expect(machine.failed(full, .finishes) == .releaseReserve)
        #expect(machine.failed(full, .finishes) == .disown)
        machine.reserved(full)
        #expect(!machine.hasReserve && machine.health.trouble == .full)
    }

    @Test("damage is not forgotten over a smaller trouble, and rules are no trouble")
    func damage() {
        var machine = Storage.StateMachine()
        #expect(machine.failed(.notFound, .begins) == .none)
        #expect(machine.failed(.storage(code: 19, "constraint"), .begins) == .none)
        #expect(machine.health == .fine)
        _ = machine.failed(.storage(code: 11, "malformed"), .finishes)
        _ = machine.failed(.storage(code: 10, "I/O"), .finishes)
        #expect(machine.health.trouble == .corrupt)
    }
}
