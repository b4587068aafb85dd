import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger
@testable import LocalAPI
@testable import SyncEngine
@testable import TerminalAgent

/// What is encoded has the members that the description names, each optional where it may be
/// absent.
@Suite("The members of the interface") struct MemberTests {
    private let interface: Interface

    init() throws { interface = try Interface() }

    /// How the members of `value` differ from those of the schema with this name.
    private func differences(_ value: some Encodable, _ name: String) throws -> [String] {
        let schema = try #require(interface.component("schemas", name))
        let encoded = try JSONValue.read(
            String(decoding: try JSONAnswer.encode(value), as: UTF8.self))
        return Members(interface).differences(value, schema, at: name)
            + interface.problems(of: encoded, schema, at: name)
    }

    @Test("payments, their history and their pages")
    func payments() throws {
        let change = PaymentChange(
            id: 7, seq: "K0011", at: Sample.start, from: .pending, to: .accepted, reason: nil,
            order: "K0011", by: "agent", note: nil)
        let cause = WaitingCause(.pause, nextTry: Sample.start, trouble: .noAnswer, tries: 2)
        let payment = PaymentView(
            Sample.payment(), whole: true, waiting: cause, history: [change])
        #expect(try differences(payment, "Payment") == [])
        let page = PaymentsView(PaymentPage([Sample.payment()], next: 1))
        #expect(try differences(page, "PaymentPage") == [])
        #expect(try differences(PaymentsView(PaymentPage([])), "PaymentPage") == [])
    }

    @Test("a day by quarters of an hour")
    func day() async throws {
        try await withAPI { api in
            _ = try await api.paid()
            let ledger = try #require(api.server).ledger
            let day = DayView(try await ledger.pace(LocalDate(Sample.start)))
            #expect(day.quarters.count == 1)
            #expect(try differences(day, "Day") == [])
        }
    }

    @Test("receipts")
    func receipts() throws {
        var receipt = try #require(
            Receipt(Sample.payment(.settled), history: [], terminalName: "Canteen"))
        #expect(try differences(ReceiptView(receipt), "Receipt") == [])
        receipt.refundTime = Sample.start
        #expect(try differences(ReceiptView(receipt), "Receipt") == [])
    }

    @Test("the state, with whatever may be missing in it")
    func status() async throws {
        let list = LostListView(
            LostList(version: "1", cards: 2, importedAt: Sample.start), now: Sample.start,
            ageMax: nil)
        try await withAPI { api in
            _ = try await api.request()
            let server = try #require(api.server)
            var status = try await server.status()
            status.lostList = list
            status.storage.mirror = StatusView.Mirror(ok: false, problem: "away")
            status.scanners = [StatusView.Scanner(device: "/dev/scanner", ready: true)]
            #expect(status.queue.count == 1)
            let found = try differences(status, "Status")
            #expect(found == [])
        }
    }

    @Test("each screen, and a card", arguments: ViewTests.screens)
    func screens(_ row: (screen: Screen, json: String)) throws {
        #expect(try differences(ScreenView(row.screen), "Screen") == [])
        let card = CardView(CardNotice(reader: "reader"))
        #expect(try differences(card, "CardNotice") == [])
    }

    @Test("lost cards")
    func lostCards() throws {
        let list = LostListView(
            LostList(version: nil, cards: 2, importedAt: Sample.start), now: Sample.start,
            ageMax: nil)
        let card = LostCard(card: Sample.card(), source: .import, addedAt: Sample.start)
        let page = LostCardsView(cards: [.init(card)], total: 1, next: "1", list: list)
        #expect(try differences(page, "LostCards") == [])
        #expect(try differences(list, "LostList") == [])
    }

    @Test("codes")
    func codes() throws {
        let session = QRSessionView(session: "K001-1", code: "a", svg: "<svg/>")
        #expect(try differences(session, "QRSession") == [])
        for state in [ShownCode.State.unused, .used, .expired] {
            #expect(try differences(QRStateView(state: state.rawValue), "QRState") == [])
        }
    }

    @Test("the report of a day")
    func report() throws {
        let group = DayReport.Group(
            terminal: "K001", state: .refused, reason: .cardLost, isOffline: false, count: 1,
            amount: Money(fen: 700), paidAmount: .zero, first: Sample.start, last: Sample.start)
        let report = DayReport(LocalDate(Sample.start), groups: [group])
        #expect(report.refused.count == 1)
        #expect(try differences(report, "Report") == [])
    }

    @Test("a comparison, and each kind of difference")
    func reconciliation() throws {
        var job = ReconcileJob(date: LocalDate(Sample.start), repairs: true)
        job.result.differences = Reconciliation.Kind.allCases.map { kind in
            Reconciliation.Difference(
                seq: "K0011", order: "K0011", state: .refused, kind: kind, ours: .zero,
                platforms: Money(fen: 700), repaired: .reversed)
        }
        #expect(try differences(ReconcileView(job, whole: true), "Reconciliation") == [])
        #expect(try differences(ReconcileView(job), "Reconciliation") == [])
    }

    @Test("a replay and its plan")
    func replay() async throws {
        let replay = try await ScriptedReplayer().read("/dev/null", secret: nil)
        #expect(try differences(ReplayPlanView(replay), "ReplayPlan") == [])
        var job = ReplayJob(terminal: "K009", tornLine: nil)
        job.end = ReplayEnd(payments: ScriptedReplayer.payments)
        #expect(try differences(ReplayView(job, whole: true), "Replay") == [])
    }

    @Test("a check of the ledger, and how far it is")
    func verification() throws {
        var result = Verification()
        result.add("a line is missing", line: 7, seq: "K0011")
        result.addUnchecked(8)
        result.totals[.settled] = StateTotal(
            count: 1, amount: Money(fen: 700), oldest: Sample.start)
        #expect(try differences(VerificationView(result), "Verification") == [])
        let progress = VerificationProgressView(done: 1, total: 2)
        #expect(try differences(progress, "VerificationProgress") == [])
    }

    @Test("a member too many, too few, or of another type is found")
    func found() throws {
        struct Odd: Encodable {
            var session: Int
            var code: String?
            var extra: String
        }
        let odd = Odd(session: 1, code: nil, extra: "x")
        let schema = try #require(interface.component("schemas", "QRSession"))
        #expect(
            Members(interface).differences(odd, schema, at: "it") == [
                "it.code: required", "it.extra: not described", "it.session: type",
                "it.svg: not encoded",
            ])
    }
}
