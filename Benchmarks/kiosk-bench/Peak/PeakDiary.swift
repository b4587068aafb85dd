internal import Synchronization

/// What the tasks of a soak write down, to be read in the end.
final class PeakDiary: Sendable {
    /// Failed calls whose words are kept.
    private static let wordsMax = 20

    struct Pages: Sendable {
        /// The state that the payer of each order number was told.
        var told: [String: String] = [:]
        var figures: [PeakFigures] = []
        var reloads = 0
        /// Calls that were not answered as they should.
        var failures = 0
        var words: [String] = []
    }

    private let state = Mutex(Pages())

    var pages: Pages { state.withLock { $0 } }

    func told(_ seq: String, _ state: String) { self.state.withLock { $0.told[seq] = state } }

    func measured(_ figures: PeakFigures) { state.withLock { $0.figures.append(figures) } }

    func reloaded() { state.withLock { $0.reloads += 1 } }

    func failed(_ word: String) {
        state.withLock { pages in
            pages.failures += 1
            if pages.words.count < Self.wordsMax { pages.words.append(word) }
        }
    }
}
