/// The places at the platform: it is asked about so many payments of the backlog at once.
///
/// A payment gives its place up while it waits for the disk. Who comes back for its POST goes
/// before those that begin, so none waits for longer than the calls before it take.
struct PlatformPlaces {
    private var taken: Set<String> = []
    private var returning: [(seq: String, enter: CheckedContinuation<Void, Never>)] = []

    /// How many are taken.
    var count: Int { taken.count }

    /// How many wait to come back.
    var returningCount: Int { returning.count }

    /// Takes one without a look at how many there are.
    mutating func take(_ seq: String) { taken.insert(seq) }

    /// Gives the place of `seq` to the one who came back first; false when `seq` had none.
    mutating func leave(_ seq: String) -> Bool {
        guard taken.remove(seq) != nil else { return false }
        guard !returning.isEmpty else { return true }
        let next = returning.removeFirst()
        taken.insert(next.seq)
        next.enter.resume()
        return true
    }

    /// Lets `seq` in, at once or when one of `limit` places is free.
    mutating func comeBack(_ seq: String, limit: Int, enter: CheckedContinuation<Void, Never>) {
        guard taken.count >= limit else {
            taken.insert(seq)
            return enter.resume()
        }
        returning.append((seq, enter))
    }
}
