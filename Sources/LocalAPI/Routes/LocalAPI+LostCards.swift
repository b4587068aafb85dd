internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import TerminalAgent
internal import TerminalCore

extension LocalAPI {
    func addLostCardRoutes(_ router: Router<APIContext>) {
        router.get("/v1/lost-cards") { request, _ in
            try operators.check(request)
            return try JSONAnswer.make(try await lostCards(request))
        }
        router.post("/v1/lost-cards/add") { request, _ in
            try await ledger.addLostCard(try await operatorsCard(request), now: clock.now())
            return Response(status: .noContent)
        }
        router.post("/v1/lost-cards/remove") { request, _ in
            guard try await ledger.removeLostCard(try await operatorsCard(request)) else {
                throw Problem(
                    .notFound, "not_found",
                    "the card was not removed — the operator's list does not hold it — "
                        + "see kiosk-agent lost-cards")
            }
            return Response(status: .noContent)
        }
        router.post("/v1/lost-cards/import") { request, _ in try await importList(request) }
    }

    private func operatorsCard(_ request: Request) async throws -> CardNumber {
        try operators.check(request)
        return try number(try await JSONAnswer.decode(CardBody.self, from: request).card)
    }

    private func lostCards(_ request: Request) async throws -> LostCardsView {
        let limit = try whole("limit", of: request, 1...APILimits.listMax) ?? 100
        let skipped = try whole("after", of: request, 0...Int(Int32.max)) ?? 0
        let total = try await ledger.lostCardCount()
        let cards = try await ledger.lostCards(skipping: skipped, limit: limit)
        let end = skipped + cards.count
        return LostCardsView(
            cards: cards.map(LostCardsView.Entry.init), total: total,
            next: cards.isEmpty || end >= total ? nil : String(end),
            list: try await lostListView(clock.now()))
    }

    /// A number in the query; nil when it is left out.
    func whole(
        _ name: Substring, of request: Request, _ range: ClosedRange<Int>
    ) throws -> Int? {
        guard let text = request.uri.queryParameters[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Problem.invalid(
                "\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func lostListView(_ now: Timestamp) async throws -> LostListView? {
        try await ledger.lostList().map { list in
            LostListView(list, now: now, ageMax: agent.rules.policy.lostListMaxAge)
        }
    }

    /// The body is read to its end in any case, within its bounds: a client that still sends would
    /// not see the answer.
    private func importList(_ request: Request) async throws -> Response {
        let now = clock.now()
        let refusal = Result { try operators.check(request) }
        let intake = try await LostListIntake.take(
            request.body, for: ledger, refusal: refusal)
        do {
            let list = try await ledger.importLostList(
                intake.stage, version: intake.version, now: now)
            return try JSONAnswer.make(
                LostListView(list, now: now, ageMax: agent.rules.policy.lostListMaxAge))
        } catch let error as LedgerError {
            throw Problem(error)
        }
    }
}

/// The local list of lost cards, whole numbers: for operators only.
struct LostCardsView: Encodable {
    struct Entry: Encodable {
        var card: String
        var source: String
        var addedAt: Int64

        init(_ card: LostCard) {
            (self.card, source) = (card.card.exposed, card.source.rawValue)
            addedAt = card.addedAt.milliseconds
        }
    }

    var cards: [Entry]
    /// Entries of the whole list.
    var total: Int
    /// For `after`: how many entries were given so far; absent at the end. No card number may
    /// stand in a URL.
    var next: String?
    var list: LostListView?
}

/// The imported list in force.
struct LostListView: Encodable {
    var version: String?
    var cards: Int
    var importedAt: Int64
    var ageMs: Int64
    /// Whether it is so old that nothing is approved offline.
    var tooOld: Bool

    init(_ list: LostList, now: Timestamp, ageMax: Duration?) {
        let age = now - list.importedAt
        (version, cards) = (list.version, list.cards)
        (importedAt, ageMs) = (list.importedAt.milliseconds, age.wholeMilliseconds)
        tooOld = ageMax.map { age > $0 } ?? false
    }
}
