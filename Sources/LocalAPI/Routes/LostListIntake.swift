internal import Hummingbird
internal import Ledger
internal import NIOCore
internal import TerminalCore

/// A lost list that has arrived whole, staged beside the ledger.
struct LostListIntake {
    let stage: LostListStage
    let version: String?

    /// Cards that are staged at once.
    private static let stepMax = 5_000

    /// Takes a list in while it arrives, within a bound of bytes and of time.
    ///
    /// After the first mistake, or when `refusal` is one, the rest is read and dropped. Throws a
    /// ``Problem``.
    static func take(
        _ body: RequestBody, for ledger: Ledger, refusal: Result<Void, any Error>
    ) async throws -> LostListIntake {
        try await TimedArrival.of { try await read(body, for: ledger, refusal: refusal) }
    }

    private static func read(
        _ body: RequestBody, for ledger: Ledger, refusal: Result<Void, any Error>
    ) async throws -> LostListIntake {
        let stage = try LostListStage(for: ledger)
        var parser = LostListParser(cardMax: APILimits.importMax)
        var (cards, bytes, state): ([CardNumber], Int, Result<Void, any Error>) = ([], 0, refusal)
        for try await chunk in body {
            bytes += chunk.readableBytes
            guard bytes <= APILimits.importBytesMax else { throw Problem.tooLong }
            guard case .success = state else { continue }
            do {
                cards += try parser.take(chunk.readableBytesView)
                guard cards.count >= stepMax else { continue }
                try await stage.add(cards)
                cards.removeAll(keepingCapacity: true)
            } catch {
                state = .failure(problem(error))
            }
        }
        try state.get()
        do {
            if let last = try parser.finish() { cards.append(last) }
            try await stage.add(cards)
        } catch {
            throw problem(error)
        }
        return LostListIntake(stage: stage, version: parser.version)
    }

    private static func problem(_ error: any Error) -> any Error {
        switch error {
        case let error as LostListError:
            Problem(.badRequest, "invalid", error.description)
        case let error as LedgerError: Problem(error)
        default: error
        }
    }
}
