/// The places at the platform: it is asked about so many payments of the backlog at once.
///
/// A payment gives its place up while it waits for the disk. Who comes back for its POST goes
/// before those that begin, so none waits for longer than the calls before it take.
struct PlatformPlaces {
    private var taken: Set<String> = []
    private var waiting: [(seq: String, enter: CheckedContinuation<Void, Never>)] = []

    /// How many are taken.
    var count: Int { taken.count }

    /// How many wait for one.
    var waitingCount: Int { waiting.count }

    /// Takes one without a look at how many there are.
    mutating func take(_ seq: String) { taken.insert(seq) }

    /// Gives the place of `seq` to the one who has waited for longest; false when `seq` had none.
    mutating func leave(_ seq: String) -> Bool {
        guard taken.remove(seq) != nil else { return false }
        guard !waiting.isEmpty else { return true }
        let next = waiting.removeFirst()
        taken.insert(next.seq)
        next.enter.resume()
        return true
    }

    /// Lets `seq` in, at once or when one of `limit` places is free.
    mutating func enter(_ seq: String, limit: Int, enter: CheckedContinuation<Void, Never>) {
        guard taken.count >= limit else {
            taken.insert(seq)
            return enter.resume()
        }
        waiting.append((seq, enter))
    }
}
