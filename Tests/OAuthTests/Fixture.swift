import Foundation
import OAuth

/// A file of `Tests/Fixtures/sovell`, whose README names the source of each.
func fixture(_ name: String) throws -> [UInt8] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: tests.appending(path: "Fixtures/sovell/\(name)")))
}

extension WireResponse {
    init(_ status: Int, _ body: String = "", retryAfter: Duration? = nil) {
        self.init(status: status, body: Array(body.utf8), retryAfter: retryAfter)
    }
}
