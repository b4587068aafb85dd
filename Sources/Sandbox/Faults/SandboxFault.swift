/// A failure of the platform or of the network, on demand.
public struct SandboxFault: Hashable, Sendable, Codable {
    /// What goes wrong.
    public enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
        /// The connection is reset once the head of the request is there; nothing is done.
        case refuse
        /// The whole request is read, then the connection is reset; nothing is done.
        case resetBefore = "reset_before"
        /// The work is done, then the connection is reset without an answer.
        case resetAfter = "reset_after"
        /// Nothing is done and no answer ever comes.
        case hang
        /// All is well, ``SandboxFault/milliseconds`` later.
        case delay
        /// ``SandboxFault/status`` is answered; nothing is done.
        case status
        /// The work is done, the answer is 200 with JSON that breaks off.
        case broken
        /// The work is done, the connection ends before the promised length of the answer.
        case truncated
        /// The work is done, the answer drips and never ends.
        case endless
    }

    /// The method it is for; nil for all.
    public var method: String?
    /// The beginning of the paths it is for, or a pattern with `*` and `?` for the whole path;
    /// nil for all.
    public var path: String?
    public var mode: Mode
    /// How many requests it still hits; nil for ever.
    public var times: Int?
    /// The chance to hit a request, 0 to 1; nil is always.
    ///
    /// Drawn from the sandbox's seed.
    public var probability: Double?
    /// The delay; with ``Mode/status`` the `Retry-After`, rounded up to seconds.
    public var milliseconds: Int?
    /// The status code of ``Mode/status``, 200 to 599; 500 when absent.
    public var status: Int?
    /// The body of ``Mode/status``; nil for a short JSON body.
    public var body: String?

    public init(
        _ mode: Mode, method: String? = nil, path: String? = nil, times: Int? = nil,
        probability: Double? = nil, milliseconds: Int? = nil, status: Int? = nil,
        body: String? = nil
    ) {
        self.mode = mode
        self.method = method
        self.path = path
        self.times = times
        self.probability = probability
        self.milliseconds = milliseconds
        self.status = status
        self.body = body
    }

    /// The longest delay and the longest silence, in milliseconds: ten minutes.
    public static let millisecondsMax = 600_000

    /// What is wrong with its numbers; nil when nothing is.
    var problem: String? {
        if let times, times < 1 { return "times is at least 1, or absent for ever" }
        if let probability, !(0...1).contains(probability) { return "probability is 0 to 1" }
        if let milliseconds, !(0...Self.millisecondsMax).contains(milliseconds) {
            return "milliseconds is 0 to \(Self.millisecondsMax)"
        }
        if let status, !(200...599).contains(status) { return "status is 200 to 599" }
        if let path, !(1...256).contains(path.utf8.count) { return "path has 1 to 256 bytes" }
        if let method, !(1...16).contains(method.utf8.count) { return "method has 1 to 16 bytes" }
        return nil
    }
}
