internal import Hummingbird
internal import NIOCore

/// What belongs to one request: its connection, which faults cut, and its number in the journal.
struct SandboxContext: RequestContext {
    /// The largest body that is read, in bytes.
    static let bodyBytesMax = 64 * 1_024

    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    var number = 0

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    var maxUploadSize: Int { Self.bodyBytesMax }
}
