extension Door {
    /// Who is connected, and who must leave for whom.
    ///
    /// A connection that never asked for anything goes first, then one that rests between two
    /// calls, each time the one that has been quiet for longest. Whoever waits for an answer stays.
    struct StateMachine {
        private let visitorsMax: Int
        /// Those that have not asked for anything, the oldest first.
        private var silent: [Int] = []
        /// Those that have had all of their answers, the one that rests for longest first.
        private var resting: [Int] = []
        private var asking: Set<Int> = []

        init(visitorsMax: Int) { self.visitorsMax = visitorsMax }

        var count: Int { silent.count + resting.count + asking.count }

        /// A new one is at the door; returns who must leave: nobody, another one or itself.
        mutating func came(_ visitor: Int) -> Int? {
            var leaving: Int?
            if count >= visitorsMax {
                if !silent.isEmpty {
                    leaving = silent.removeFirst()
                } else if !resting.isEmpty {
                    leaving = resting.removeFirst()
                } else {
                    return visitor
                }
            }
            silent.append(visitor)
            return leaving
        }

        /// The head of a request has arrived.
        mutating func asked(_ visitor: Int) {
            guard silent.contains(visitor) || resting.contains(visitor) else { return }
            left(visitor)
            asking.insert(visitor)
        }

        /// All requests of the visitor have had their answers.
        mutating func answered(_ visitor: Int) {
            guard asking.remove(visitor) != nil else { return }
            resting.append(visitor)
        }

        /// The connection is closed.
        mutating func left(_ visitor: Int) {
            silent.removeAll { $0 == visitor }
            resting.removeAll { $0 == visitor }
            asking.remove(visitor)
        }
    }
}
