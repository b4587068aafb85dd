public import Ledger
public import TerminalCore

extension Ledger {
    /// Imports a list as the API does.
    @discardableResult
    public func importLostCards(
        _ cards: [CardNumber], version: String? = nil, now: Timestamp
    ) async throws(LedgerError) -> LostList {
        let stage = try LostListStage(for: self)
        try await stage.add(cards)
        return try await importLostList(stage, version: version, now: now)
    }
}
