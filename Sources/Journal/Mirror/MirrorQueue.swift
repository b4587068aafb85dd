internal import TerminalCore

/// What waits for the mirror's thread, and how the medium is. Pure.
struct MirrorQueue {
    /// Changes that wait at most; a medium that hangs must not fill the memory.
    static let itemsMax = 4_096

    enum Item {
        case begin(any OpenPayments)
        case line(Payment, change: Int64?, MirrorTicket?)
    }

    private enum Medium: Hashable {
        /// Nothing was tried yet.
        case untried
        case writable
        case failed(String)
    }

    private var items: [Item] = []
    private var medium = Medium.untried
    /// A payer has waited in vain, and the thread has not come back since.
    private var isSlow = false
    /// Changes were dropped since the last beginning.
    private var hasLost = false
    private var isWorking = false

    /// Whether it makes sense that a payer waits.
    var isPromising: Bool {
        if case .failed = medium { return false }
        return !isSlow
    }

    var problem: String? {
        if case .failed(let text) = medium { return text }
        return isSlow ? MirrorError.overflow.description : nil
    }

    /// Whether the thread must be woken.
    mutating func add(_ item: Item) -> Bool {
        if case .begin = item { hasLost = false }
        if items.count < Self.itemsMax || item.isBeginning {
            items.append(item)
        } else {
            hasLost = true
        }
        defer { isWorking = true }
        return !isWorking
    }

    mutating func payerGaveUp() { isSlow = true }

    /// Everything that waits; empty ends the work.
    mutating func take() -> [Item] {
        let taken = items
        items = []
        isWorking = !taken.isEmpty
        return taken
    }

    /// Notes how the work went, nil was well, and whether a new file was begun; returns what is to
    /// be said about it.
    mutating func worked(_ failure: String?, began: Bool) -> MirrorEvent? {
        let failure = failure ?? (hasLost ? MirrorError.overflow.description : nil)
        defer { (medium, isSlow) = (failure.map { .failed($0) } ?? .writable, false) }
        guard let failure else { return began || isSlow ? .ready : nil }
        if case .failed = medium, !began { return nil }
        return .failed(failure)
    }
}

extension MirrorQueue.Item {
    fileprivate var isBeginning: Bool {
        if case .begin = self { true } else { false }
    }
}
