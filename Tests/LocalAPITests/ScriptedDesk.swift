import LocalAPI
import Synchronization

/// Notes what it is asked for and answers as a test wants it; honest otherwise.
final class ScriptedDesk: CodeDesk {
    /// A message that was to be sent.
    struct Message: Hashable, Sendable {
        var phone: String
        var title: String
    }

    private struct State {
        var messages: [Message] = []
        var opened = 0
        var questions: [String] = []
        var givenUp = 0
        var refusal: CodeRefusal?
        var isSilent = false
        var code = "a code"
        var states: [ShownCode.State] = []
    }

    private let log = Mutex(State())

    var messages: [Message] { log.withLock { $0.messages } }
    /// How many sessions were begun.
    var opened: Int { log.withLock { $0.opened } }
    /// The sessions whose state was asked for.
    var questions: [String] { log.withLock { $0.questions } }
    /// How many askers did not wait for the answer.
    var givenUp: Int { log.withLock { $0.givenUp } }

    /// From now on everything is refused.
    func refuse(_ refusal: CodeRefusal) { log.withLock { $0.refusal = refusal } }
    /// From now on nothing is answered.
    func fallSilent() { log.withLock { $0.isSilent = true } }
    /// What the sessions to come show.
    func show(_ code: String) { log.withLock { $0.code = code } }
    /// The next answers about states; then it is `unused` again.
    func tell(_ states: ShownCode.State...) { log.withLock { $0.states = states } }

    func sendCode(to phone: PhoneNumber, title: String) async throws(CodeRefusal) {
        log.withLock { $0.messages.append(Message(phone: phone.exposed, title: title)) }
        try await pass()
    }

    func openSession() async throws(CodeRefusal) -> ShownCode {
        let shown = log.withLock { state in
            state.opened += 1
            return ShownCode(session: "K001-\(state.opened)", code: state.code)
        }
        try await pass()
        return shown
    }

    func state(of session: String) async throws(CodeRefusal) -> ShownCode.State {
        let answer: ShownCode.State = log.withLock { state in
            state.questions.append(session)
            return state.states.isEmpty ? .unused : state.states.removeFirst()
        }
        try await pass()
        return answer
    }

    /// Throws what was scripted, or waits until the asker gives up.
    private func pass() async throws(CodeRefusal) {
        let (refusal, isSilent) = log.withLock { ($0.refusal, $0.isSilent) }
        if let refusal { throw refusal }
        guard isSilent else { return }
        let silence = AsyncStream<Void> { _ in }
        for await _ in silence {}
        log.withLock { $0.givenUp += 1 }
    }
}
