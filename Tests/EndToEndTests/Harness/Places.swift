/// Lets so many tests in at once: each runs programs of its own, and the machine is small.
actor Places {
    static let kiosks = Places(4)
    /// A Chromium takes as much as several kiosks.
    static let browsers = Places(2)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func leave() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
