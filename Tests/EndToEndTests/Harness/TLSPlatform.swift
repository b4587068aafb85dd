import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A platform behind TLS on a loopback port of its own, which answers by a script.
final class TLSPlatform: Sendable {
    struct Answer: Sendable {
        var status = 200
        var location: String?
        /// The platform's clock, as HTTP writes it.
        var date: String?
        var body = ""
    }

    /// What it answers to `POST /path`.
    typealias Script = @Sendable (_ request: String) -> Answer

    /// Where it listens.
    let port: Int
    private let channel: any Channel
    private let heard: Heard

    /// Method and path of each request that came, in order.
    var requests: [String] { heard.requests.withLock { $0 } }

    /// `newest` is the newest version of TLS that it speaks; nil speaks all.
    init(
        _ certificate: Authority.Certificate, newest: TLSVersion? = nil, script: @escaping Script
    ) async throws {
        let chain = try NIOSSLCertificate.fromPEMFile(certificate.file)
        let key = try NIOSSLPrivateKey(file: certificate.key, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv1
        configuration.maximumTLSVersion = newest
        let context = try NIOSSLContext(configuration: configuration)
        let heard = Heard()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLServerHandler(context: context))
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(Answering(heard, script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        self.channel = channel
        self.heard = heard
    }

    deinit { channel.close(mode: .all, promise: nil) }
}

private final class Heard: Sendable {
    let requests = Mutex<[String]>([])
}

/// Answers each request once it is whole.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let heard: Heard
    private let script: TLSPlatform.Script
    private var request = ""

    init(_ heard: Heard, _ script: @escaping TLSPlatform.Script) {
        self.heard = heard
        self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): request = "\(head.method.rawValue) \(head.uri)"
        case .body: break
        case .end:
            let request = request
            heard.requests.withLock { $0.append(request) }
            write(script(request), context)
        }
    }

    /// Whoever does not trust the certificate breaks off.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func write(_ answer: TLSPlatform.Answer, _ context: ChannelHandlerContext) {
        var headers = HTTPHeaders([("Content-Type", "application/json")])
        headers.add(name: "Content-Length", value: "\(answer.body.utf8.count)")
        if let location = answer.location { headers.add(name: "Location", value: location) }
        if let date = answer.date { headers.add(name: "Date", value: date) }
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status),
            headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let body = ByteBuffer(string: answer.body)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
