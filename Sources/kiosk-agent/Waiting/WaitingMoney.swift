internal import FoundationEssentials
internal import Ledger
internal import TerminalCore

/// Payments whose money waits, counted by state.
struct WaitingMoney {
    private struct Total: Encodable {
        var count = 0
        var fen: Int64 = 0
    }

    private struct Answer: Encodable {
        var count: Int
        var fen: Int64
        var states: [String: Total]
    }

    private var states: [String: Total] = [:]

    var count: Int { states.values.map(\.count).reduce(0, +) }
    private var fen: Int64 { states.values.map(\.fen).reduce(0, +) }

    init() {}

    /// Of a running agent's open payments.
    init(_ queue: [String: StatusAnswer.Total]) {
        for state in PaymentState.waiting {
            if let total = queue[state.rawValue] { add(state, total.count, total.fen) }
        }
    }

    /// Adds what waits in a ledger file.
    mutating func add(_ copy: LedgerCopy) async throws {
        do {
            for (state, total) in try await copy.reader.waiting() {
                add(state, total.count, total.amount.fen)
            }
        } catch {
            throw error.failure
        }
    }

    private mutating func add(_ state: PaymentState, _ count: Int, _ fen: Int64) {
        guard count > 0 else { return }
        states[state.rawValue, default: Total()].count += count
        states[state.rawValue, default: Total()].fen += fen
    }

    /// For people.
    var text: String {
        guard count > 0 else { return WaitingWords.nothing.text }
        let heads = [WaitingWords.all(count), TableWords.sum(Money(fen: fen).description)]
        var table = TextTable(heads.map(\.text), overflow: .kept)
        for (state, total) in states.sorted(by: { $0.key < $1.key }) {
            let some = WaitingWords.some(total.count, PaymentWords.state(state))
            table.add([some.text, TableWords.sum(Money(fen: total.fen).description).text])
        }
        return table.text
    }

    /// For programs: `{"count":2,"fen":2050,"states":{"accepted":{"count":2,"fen":2050}}}`.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let answer = Answer(count: count, fen: fen, states: states)
        return String(decoding: try encoder.encode(answer), as: UTF8.self)
    }
}

/// What `kiosk-agent waiting` says.
private enum WaitingWords {
    static let nothing = Phrase(en: "no money waits", zh: "没有待处理的款项")

    static func all(_ count: Int) -> Phrase {
        count == 1
            ? Phrase(en: "\(count) payment waits", zh: "\(count) 笔交易待处理")
            : Phrase(en: "\(count) payments wait", zh: "\(count) 笔交易待处理")
    }

    static func some(_ count: Int, _ state: Phrase) -> Phrase {
        Phrase(en: "\(count) \(state.en)", zh: "\(count) 笔\(state.zh)")
    }
}
