/// Where the local API listens and whom it lets in.
public struct APISettings: Hashable, Sendable {
    /// A loopback address.
    public var host: String
    /// 0 takes any free port.
    public var port: Int
    /// The path of the Unix socket; nil serves TCP only.
    public var socket: String?
    /// Origins of web pages that may call besides the agent's own, for example `http://pos.local`.
    public var allowedOrigins: [String]
    /// What operator calls must carry; nil refuses them all.
    public var operatorToken: String?
    public var terminalID: String
    public var terminalName: String
    public var language: String
    public var version: String

    public init(
        host: String = "127.0.0.1", port: Int = 7717, socket: String? = nil,
        allowedOrigins: [String] = [], operatorToken: String? = nil, terminalID: String,
        terminalName: String, language: String = "zh", version: String
    ) {
        self.host = host
        self.port = port
        self.socket = socket
        self.allowedOrigins = allowedOrigins
        self.operatorToken = operatorToken
        self.terminalID = terminalID
        self.terminalName = terminalName
        self.language = language
        self.version = version
    }
}

/// The bounds of the local API.
enum APILimits {
    /// The longest request body, in bytes.
    static let bodyMax = 64 * 1024
    /// The longest imported list or sent journal, in bytes.
    static let importBytesMax = 64 * 1024 * 1024
    /// The longest an imported list or a sent journal may take to arrive.
    static let importArrivalMax = Duration.seconds(300)
    /// The longest secret of another terminal, in bytes.
    static let secretMax = 4_096
    /// Payments of a replay in one answer.
    static let replayListMax = 1_000
    /// Entries of the lost list in one answer.
    static let listMax = 1_000
    /// The longest a request may take to arrive.
    static let arrivalMax = Duration.seconds(10)
    /// The longest a POS may wait for an outcome in one call.
    static let waitMax = Duration.seconds(60)
    /// A connection on which nothing moves for so long is closed: longer than any wait.
    static let idleMax = Duration.seconds(75)
    /// Open connections on TCP, and as many on the socket; a new one takes the place of one that
    /// asks for nothing.
    static let connectionsMax = 64
    /// Connections that one door may have for a moment, those included that are being closed to
    /// make room.
    static let acceptedMax = 2 * connectionsMax
    /// Event streams and waiting calls of one door: other calls always find a place beside them.
    static let heldMax = 48
    /// Calls of one door in a second: a POS that asks every 20 ms uses half of them, and all of
    /// them leave a small machine most of its time for payments.
    static let callsPerSecond = 100
    /// Calls of one door at once, for a page and a POS that both start anew.
    static let callsBurst = 400
    /// The longest head of a request and any header in it, in bytes; browsers send some 1 KiB.
    static let headBytesMax = 16 * 1024
    /// The most headers of a request; browsers send some 20.
    static let headerFieldsMax = 100
    /// A listener that takes in nothing of what is sent for so long is dropped.
    static let stalledMax = Duration.seconds(30)
    /// A silent event stream says a word this often, so that both ends notice a dead one.
    static let keepAlive = Duration.seconds(15)
    /// The longest end of a card's number that is searched for.
    static let cardEndMax = 8
    /// The longest title and reference, in characters.
    static let textMax = 128
    /// How long a payment may wait for its tap, in seconds.
    static let expirySeconds: ClosedRange<Int64> = 1...600
    /// Card numbers in one import.
    static let importMax = 1_000_000

    /// The longest body that the call at `path` may bring.
    static func bodyMax(for path: String) -> Int { isStreamed(path) ? importBytesMax : bodyMax }

    /// Whether the call at `path` takes its body in while it arrives, and bounds it by itself.
    static func isStreamed(_ path: String) -> Bool {
        path == "/v1/lost-cards/import" || path == "/v1/replay"
    }
}
