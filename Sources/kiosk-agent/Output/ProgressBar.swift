internal import Synchronization
internal import TerminalCore

/// How far long work is: a bar on a terminal, a line now and then in a pipe.
final class ProgressBar: Sendable {
    private struct State {
        var isDrawn = false
        var toldAt = ContinuousClock.now
    }

    private let words: Phrase
    private let state = Mutex(State())

    private static let width = 30
    /// Whoever reads a pipe wants to know that it goes on, and no more.
    private static let lineEvery = Duration.seconds(10)

    /// `words` are what is done, as `verifying`.
    init(_ words: Phrase) { self.words = words }

    /// `total` is nil when nobody knows how much there is.
    func show(_ done: Int, of total: Int?) {
        guard total != 0 else { return }
        let numbers = total.map { "\(done)/\($0)" } ?? "\(done)"
        if Terminal.isInteractive {
            state.withLock { $0.isDrawn = true }
            let bar = total.map { "[\(Self.bar(done, of: $0))] " } ?? ""
            print("\r\(words.text) \(bar)\(numbers)", terminator: "")
            Terminal.flush()
        } else if isDue {
            Terminal.say("\(words.text) \(numbers)")
        }
    }

    /// Ends the bar's line.
    func end() { if state.withLock({ $0.isDrawn }) { Terminal.say("") } }

    private static func bar(_ done: Int, of total: Int) -> String {
        let filled = min(width, max(0, width * done / total))
        return String(repeating: "#", count: filled)
            + String(repeating: ".", count: width - filled)
    }

    private var isDue: Bool {
        let now = ContinuousClock.now
        return state.withLock { state in
            guard now - state.toldAt >= Self.lineEvery else { return false }
            state.toldAt = now
            return true
        }
    }
}

/// What takes long, as ``ProgressBar`` names it.
enum ProgressWords {
    static let forwarding = Phrase(en: "forwarding", zh: "正在上传")
    static let comparing = Phrase(en: "comparing", zh: "正在核对")
    static let verifying = Phrase(en: "verifying", zh: "正在校验")
    static let exporting = Phrase(en: "exporting, KiB", zh: "正在导出，KiB")
    static let replaying = Phrase(en: "replaying", zh: "正在重放")
    static let sending = Phrase(en: "sending, KiB", zh: "正在发送，KiB")
}
