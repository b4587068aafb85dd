internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

extension LocalAPI {
    func addOperatorRoutes(_ router: Router<APIContext>) {
        router.get("/v1/lost-cards") { request, _ in
            try operators.check(request)
            return try JSONAnswer.make(LostCardsView(try await ledger.lostCards()))
        }
        router.post("/v1/lost-cards/add") { request, _ in
            let card = try await operatorsCard(request)
            try await ledger.addLostCard(card, now: clock.now())
            return Response(status: .noContent)
        }
        router.post("/v1/lost-cards/remove") { request, _ in
            let card = try await operatorsCard(request)
            guard try await ledger.removeLostCard(card) else {
                throw Problem(.notFound, "not_found", "the operator's list does not hold this card")
            }
            return Response(status: .noContent)
        }
        router.post("/v1/lost-cards/import") { request, _ in try await importList(request) }
        router.post("/v1/sync") { request, _ in
            try operators.check(request)
            await engine.syncNow()
            return try JSONAnswer.make(try await status(), status: .accepted)
        }
        router.post("/v1/taps") { request, _ in try await tap(request) }
    }

    private struct CardBody: Decodable { var card: String }
    private struct CardsBody: Decodable { var cards: [String] }

    private func number(_ text: String) throws -> CardNumber {
        do {
            return try CardNumber(text)
        } catch {
            throw Problem.invalid("card must be 1 to 64 of A-Z a-z 0-9 . _ : -")
        }
    }

    private func operatorsCard(_ request: Request) async throws -> CardNumber {
        try operators.check(request)
        return try number(try await JSONAnswer.decode(CardBody.self, from: request).card)
    }

    private func importList(_ request: Request) async throws -> Response {
        try operators.check(request)
        let texts = try await JSONAnswer.decode(CardsBody.self, from: request).cards
        guard texts.count <= APILimits.importMax else {
            throw Problem.invalid("a list has at most \(APILimits.importMax) cards")
        }
        let cards = try texts.map(number)
        try await ledger.importLostCards(cards, now: clock.now())
        return Response(status: .noContent)
    }

    private func tap(_ request: Request) async throws -> Response {
        guard await agent.reader.isSimulated else {
            throw Problem(
                .conflict, "unavailable", "taps come from a real reader — reader.source is pcsc")
        }
        await agent.simulateTap(
            try number(try await JSONAnswer.decode(CardBody.self, from: request).card))
        return Response(status: .accepted)
    }
}

/// The local list of lost cards, whole numbers: for operators only.
struct LostCardsView: Encodable {
    struct Entry: Encodable {
        var card: String
        var source: String
        var addedAt: Int64
    }

    var cards: [Entry]

    init(_ cards: [LostCard]) {
        self.cards = cards.map {
            Entry(
                card: $0.card.exposed, source: $0.source.rawValue,
                addedAt: $0.addedAt.milliseconds)
        }
    }
}
