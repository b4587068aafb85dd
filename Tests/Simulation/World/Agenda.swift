/// What happens at which moment, besides the sleepers of the clock.
final class Agenda {
    private struct Entry {
        var due: Duration
        var isPlatforms: Bool
        var action: () -> Void
    }

    /// The latest first; of the same moment, the last one added first.
    private var entries: [Entry] = []

    var nextDue: Duration? { entries.last?.due }

    /// Whether a request is still on its way, or an order worked on.
    var isPlatformBusy: Bool { entries.contains(where: \.isPlatforms) }

    func add(at due: Duration, platforms: Bool = false, _ action: @escaping () -> Void) {
        let index = entries.firstIndex { $0.due <= due } ?? entries.endIndex
        entries.insert(Entry(due: due, isPlatforms: platforms, action: action), at: index)
    }

    func clear() { entries = [] }

    /// Takes out what is due at `now`, one after the other.
    func popDue(at now: Duration) -> (() -> Void)? {
        guard let last = entries.last, last.due <= now else { return nil }
        entries.removeLast()
        return last.action
    }
}
