/// The QR sessions that this agent began, the oldest first. Pure.
struct SessionList {
    /// So many are remembered; a terminal shows one at a time.
    static let sessionsMax = 16

    private struct Session {
        var name: String
        var state = ShownCode.State.unused
    }

    private var sessions: [Session] = []

    /// Remembers a fresh session; the oldest that is over makes room, or else the oldest.
    mutating func add(_ name: String) {
        if sessions.count >= Self.sessionsMax {
            let over = sessions.firstIndex { $0.state != .unused }
            sessions.remove(at: over ?? 0)
        }
        sessions.append(Session(name: name))
    }

    /// What was last known; nil for a session that is none of ours, or was forgotten.
    func state(of name: String) -> ShownCode.State? {
        sessions.first { $0.name == name }?.state
    }

    /// Takes in the platform's word and gives what counts.
    ///
    /// A used code stays used, also when the platform forgets it. An expired one may turn out to be
    /// used: a proxy on the way can answer 404 as well.
    mutating func note(_ state: ShownCode.State, of name: String) -> ShownCode.State {
        guard let index = sessions.firstIndex(where: { $0.name == name }) else { return state }
        if sessions[index].state != .used { sessions[index].state = state }
        return sessions[index].state
    }
}
