/// How often a code is sent: each message costs money, and no phone may be flooded. Pure.
///
/// What was asked for counts, whatever came of it: without an answer the message may be on its way.
struct MessageBound {
    /// The least time between two messages to one phone.
    static let phonePause = Duration.seconds(30)
    /// The most messages of this terminal in one ``window``.
    static let messagesMax = 10
    static let window = Duration.seconds(600)

    private struct Message {
        var digits: Substring
        var at: Duration
    }

    /// Those of the last ``window``, the oldest first.
    private var messages: [Message] = []

    /// Counts a message to `phone`; or says how long to wait, and counts nothing.
    ///
    /// `now` is a clock that never jumps.
    mutating func take(_ phone: PhoneNumber, at now: Duration) -> Duration? {
        messages.removeAll { now - $0.at >= Self.window }
        let wait = max(waitOfPhone(phone, now), waitOfTerminal(now))
        guard wait <= .zero else { return wait }
        messages.append(Message(digits: phone.digits, at: now))
        return nil
    }

    private func waitOfPhone(_ phone: PhoneNumber, _ now: Duration) -> Duration {
        guard let last = messages.last(where: { $0.digits == phone.digits }) else { return .zero }
        return last.at + Self.phonePause - now
    }

    private func waitOfTerminal(_ now: Duration) -> Duration {
        guard messages.count >= Self.messagesMax, let oldest = messages.first else { return .zero }
        return oldest.at + Self.window - now
    }
}
