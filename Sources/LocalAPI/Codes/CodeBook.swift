internal import Synchronization

/// What the agent remembers of the codes that it asked for, as long as it runs.
final class CodeBook: Sendable {
    private let messages = Mutex(MessageBound())
    private let sessions = Mutex(SessionList())

    /// As ``MessageBound/take(_:at:)``.
    func takeMessage(to phone: PhoneNumber, at now: Duration) -> Duration? {
        messages.withLock { $0.take(phone, at: now) }
    }

    /// As ``SessionList/add(_:)``.
    func began(_ session: String) { sessions.withLock { $0.add(session) } }

    /// As ``SessionList/state(of:)``.
    func state(of session: String) -> ShownCode.State? {
        sessions.withLock { $0.state(of: session) }
    }

    /// As ``SessionList/note(_:of:)``.
    func note(_ state: ShownCode.State, of session: String) -> ShownCode.State {
        sessions.withLock { $0.note(state, of: session) }
    }
}
