internal import Hummingbird
internal import Logging
internal import NIOCore

/// What a request carries through the guards and routes.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Whether it came over the Unix socket, which no web page can reach.
    let isLocalSocket: Bool

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        isLocalSocket = source.channel.localAddress?.pathname != nil
    }
}
