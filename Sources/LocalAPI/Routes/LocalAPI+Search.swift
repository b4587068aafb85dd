internal import Hummingbird
internal import Ledger
internal import SyncEngine
internal import TerminalCore

extension LocalAPI {
    /// An operator's list of payments, newest first.
    func list(_ request: Request) async throws -> Response {
        try operators.check(request)
        let page = try await ledger.page(try filter(request))
        let causes = await engine.waitingCauses(of: page.payments)
        return try JSONAnswer.make(PaymentsView(page, waiting: causes))
    }

    private func filter(_ request: Request) throws -> PaymentFilter {
        let query = request.uri.queryParameters
        var filter = PaymentFilter(
            states: try words(query["state"], "state"), since: try moment(query["since"], "since"),
            limit: try whole("limit", of: request, 1...PaymentFilter.limitMax) ?? 50,
            before: try number(query["after"], "after"))
        filter.reasons = try words(query["reason"], "reason")
        filter.isOffline = try flag(query["offline"], "offline")
        filter.isSent = try flag(query["sent"], "sent")
        filter.isKnownPaid = try flag(query["paid"], "paid")
        filter.reference = try reference(query["reference"])
        filter.cardEnd = try cardEnd(query["card"])
        filter.until = try moment(query["until"], "until")
        return filter
    }

    /// Words of one kind, separated by commas.
    private func words<Word: RawRepresentable<String> & CaseIterable & Hashable>(
        _ text: Substring?, _ name: String
    ) throws -> Set<Word> {
        Set(
            try (text?.split(separator: ",") ?? []).map { word in
                guard let known = Word(rawValue: String(word)) else {
                    let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
                    throw Problem.invalid("\(name) must be one of \(all)")
                }
                return known
            })
    }

    private func moment(_ text: Substring?, _ name: String) throws -> Timestamp? {
        try number(text, name).map(Timestamp.init(milliseconds:))
    }

    private func number(_ text: Substring?, _ name: String) throws -> Int64? {
        guard let text else { return nil }
        guard let number = Int64(text), number >= 0 else {
            throw Problem.invalid("\(name) must be a number, 0 or more")
        }
        return number
    }

    private func flag(_ text: Substring?, _ name: String) throws -> Bool? {
        guard let text else { return nil }
        guard let flag = Bool(String(text)) else {
            throw Problem.invalid("\(name) must be true or false")
        }
        return flag
    }

    private func reference(_ text: Substring?) throws -> String? {
        guard let text else { return nil }
        guard Self.isOneLine(String(text)) else {
            throw Problem.invalid(
                "reference must be one line of 1 to \(APILimits.textMax) characters")
        }
        return String(text)
    }

    /// A whole number has no place in a URL, so its end must do.
    private func cardEnd(_ text: Substring?) throws -> String? {
        guard let text else { return nil }
        guard (1...APILimits.cardEndMax).contains(text.utf8.count),
            let end = try? CardNumber(String(text))
        else {
            throw Problem.invalid(
                "card must be the last 1 to \(APILimits.cardEndMax) digits or letters of a number")
        }
        return end.exposed
    }
}
