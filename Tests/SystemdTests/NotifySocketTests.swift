import Foundation
import TerminalTesting
import Testing

@testable import Systemd

@Suite("What the service manager is told")
struct NotifySocketTests {
    private static func path() -> String {
        FileManager.default.temporaryDirectory
            .appending(path: "notify-\(UUID().uuidString.prefix(8))").path
    }

    @Test("a message arrives whole, by a path and by an abstract name")
    func arrives() throws {
        for name in [Self.path(), "@kiosk-agent-\(UUID().uuidString)"] {
            let manager = try ManagerStandIn(name)
            let socket = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": name]))
            #expect(socket.send("READY=1\nSTATUS=open"))
            #expect(socket.send("STOPPING=1"))
            #expect(manager.next() == "READY=1\nSTATUS=open")
            #expect(manager.next() == "STOPPING=1")
            #expect(manager.next() == nil)
        }
    }

    @Test("nobody listening is an answer, not a crash or a wait")
    func deaf() throws {
        let socket = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": Self.path()]))
        #expect(!socket.send("READY=1"))
    }

    @Test("a manager that takes nothing is not waited for")
    func full() throws {
        let manager = try ManagerStandIn(Self.path())
        let socket = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": manager.name]))
        // More than the kernel queues for a datagram socket.
        let sent = (0..<10_000).prefix { _ in socket.send("WATCHDOG=1") }
        #expect(sent.count < 10_000)
        #expect(manager.next() == "WATCHDOG=1")
    }

    @Test(
        "without a socket, or with a name that is none, nothing is told",
        arguments: [nil, "", "/", "@", "vsock:2:1234", "run/notify"] as [String?])
    func none(name: String?) {
        let environment = name.map { ["NOTIFY_SOCKET": $0] } ?? [:]
        #expect(NotifySocket(environment: environment) == nil)
    }

    @Test("a name that no address holds is refused, the longest one is not")
    func long() {
        for (length, isTaken) in [(107, true), (108, false)] {
            let name = "/" + String(repeating: "n", count: length - 1)
            #expect((NotifySocket(environment: ["NOTIFY_SOCKET": name]) != nil) == isTaken)
        }
    }
}
