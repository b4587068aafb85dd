import Foundation
import Glibc
import LocalAPI
import Synchronization
import TerminalAgent
import TerminalCore
import TerminalTesting

/// Takes every journal but one whose text is the name of a refusal; its replay waits until it is
/// let go.
final class ScriptedReplayer: Replayer {
    /// What was to be read.
    struct Arrival: Hashable, Sendable {
        var text: String
        var secret: String?
        /// The permission bits of the file.
        var mode: UInt32
        /// Where the file lies, as the system names it.
        var place: String
    }

    private static let states: [PaymentState] = [
        .accepted, .reversing, .held, .rejected, .settled, .cancelled,
    ]

    /// Something for each thing that may have to be done, and two payments that are closed.
    static let payments: [Payment] = states.enumerated().map { number, state in
        var payment = Sample.payment(state, sends: 0)
        payment.seq = "K009176761440000\(number)"
        return payment
    }

    private let log = Mutex<[Arrival]>([])
    private let replay = ScriptedReplay()

    /// What was to be read so far.
    var arrivals: [Arrival] { log.withLock { $0 } }

    /// Lets the replay that waits end.
    func letGo() { replay.letGo() }

    func read(
        _ path: String, secret: String?
    ) async throws(ReplayRefusal) -> any Replay {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? "unreadable"
        var found = stat()
        stat(path, &found)
        let place = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
        let arrival = Arrival(
            text: text, secret: secret, mode: found.st_mode & 0o777, place: place ?? "")
        log.withLock { $0.append(arrival) }
        switch text {
        case "invalid": throw ReplayRefusal(.invalid, "line 2 of the journal is damaged")
        case "busy": throw ReplayRefusal(.busy, "terminal K009 is alive")
        case "unavailable": throw ReplayRefusal(.unavailable, "nothing can be read")
        default: return replay
        }
    }
}

/// Says that one of two payments is through, waits, and leaves one undone.
private struct ScriptedReplay: Replay {
    let terminal = "K009"
    let tornLine: Int? = 7
    private let gate: AsyncStream<Void>
    private let opener: AsyncStream<Void>.Continuation

    init() { (gate, opener) = AsyncStream.makeStream() }

    var payments: [Payment] { ScriptedReplayer.payments }

    func letGo() { opener.yield() }

    func run(tell: @escaping ReplayTell) async -> ReplayEnd {
        await tell(0, 2)
        await tell(0, 2)
        await tell(1, 2)
        for await _ in gate { break }
        return ReplayEnd(
            payments: Array(payments[..<2]), failure: "1 payments are left — send it again")
    }
}
