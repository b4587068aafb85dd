/// Four lanes before one terminal, each with one payer at a time.
final class PeakTill: Sendable {
    private static let lanes = 4
    /// After a standstill the queue is shorter than it could be, as people go elsewhere.
    private static let queueMax = Duration.seconds(10)

    private let wire: PeakWire
    private let diary: PeakDiary

    init(wire: PeakWire, diary: PeakDiary) {
        self.wire = wire
        self.diary = diary
    }

    /// Sells until `end`, and waits for the last outcomes.
    func sell(_ crowd: Crowd, until end: ContinuousClock.Instant) async {
        await withTaskGroup(of: Void.self) { group in
            var crowd = crowd
            var due = ContinuousClock.now
            var busy = 0
            while !Task.isCancelled {
                let payer = crowd.next()
                due = max(due + payer.gap, ContinuousClock.now - Self.queueMax)
                guard due < end else { break }
                try? await Task.sleep(until: due, clock: .continuous)
                if busy == Self.lanes {
                    await group.next()
                    busy -= 1
                }
                guard let seq = await begin(payer) else { continue }
                busy += 1
                group.addTask { await self.hear(seq) }
            }
        }
    }

    private struct Seen: Decodable {
        var seq: String
        var state: String
    }

    private struct Code: Decodable { var code: String }

    /// Opens a payment and has it paid; nil when there is no outcome to wait for.
    private func begin(_ payer: Crowd.Payer) async -> String? {
        guard let opened = await payment("POST", "/v1/payments", #"{"amount":\#(payer.fen)}"#)
        else { return nil }
        await present(payer, opened.seq)
        let path = "/v1/payments/\(opened.seq)"
        guard await payment("GET", path)?.state == "awaiting_card" else { return opened.seq }
        // It was not presented as it should: the next payer must not pay for this one.
        if let ended = await payment("DELETE", path) { diary.told(opened.seq, ended.state) }
        return nil
    }

    private func present(_ payer: Crowd.Payer, _ seq: String) async {
        let card = #"{"card":"\#(payer.card)"}"#
        guard payer.paysByCode else {
            _ = await call("POST", "/v1/taps", card)
            return
        }
        do {
            let code = try await wire.sandbox("POST", "/admin/codes", card).decoded(Code.self).code
            let body = #"{"kind":"qr","code":"\#(code)"}"#
            _ = await call("POST", "/v1/payments/\(seq)/code", body)
        } catch {
            diary.failed("a code of the sandbox: \(error)")
        }
    }

    private func hear(_ seq: String) async {
        if let seen = await payment("GET", "/v1/payments/\(seq)?wait=30") {
            diary.told(seq, seen.state)
        }
    }

    private func payment(_ method: String, _ path: String, _ body: String? = nil) async -> Seen? {
        guard let answer = await call(method, path, body) else { return nil }
        do {
            return try answer.decoded(Seen.self)
        } catch {
            diary.failed("\(method) \(path): \(error)")
            return nil
        }
    }

    /// A call as a POS; nil for an answer that is none, which is written down.
    private func call(
        _ method: String, _ path: String, _ body: String?
    ) async -> PeakWire.Answer? {
        do {
            let answer = try await wire.agent(method, path, body)
            if answer.isGood { return answer }
            diary.failed("\(method) \(path): \(answer.status)")
        } catch {
            diary.failed("\(method) \(path): \(error)")
        }
        return nil
    }
}
