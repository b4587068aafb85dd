import Foundation
import OAuth

/// A file of `Tests/Fixtures/<platform>`, whose README names the source of each.
func fixture(_ name: String, of platform: String = "sovell") throws -> [UInt8] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: tests.appending(path: "Fixtures/\(platform)/\(name)")))
}

extension WireResponse {
    init(_ status: Int, _ body: String = "", retryAfter: Duration? = nil) {
        self.init(status: status, body: Array(body.utf8), retryAfter: retryAfter)
    }
}

extension WireRequest {
    /// The body as text; empty without one.
    var text: String { String(decoding: body ?? [], as: UTF8.self) }
}
