import AsyncHTTPClient
import Foundation
import FoundationXML
import NIOCore
import NIOHTTP1
import QRCode
import Sandbox
import Testing

/// A POS asks the built agent for codes; the sandbox plays platform and phone.
@Suite("codes from the platform, by the local API") struct CodeCallTests {
    private static let phone = "13800000001"
    private static let sms: [String: any Sendable] = ["phone": phone]
    private static let sessions = "/v1/qr-sessions"

    private func withKiosk(
        _ work: (Kiosk, Program, SandboxServer, _ url: String) async throws -> Void
    ) async throws {
        try await withSandbox { sandbox, url in
            await sandbox.setCard(SandboxCard(number: Cards.normal, phone: Self.phone))
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            try await sandbox.waitForProbe()
            try await work(kiosk, agent, sandbox, url)
        }
    }

    /// A call of the sandbox's control panel.
    private func panel(_ request: HTTPClientRequest) async throws -> Any {
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        #expect(answer.status == .ok)
        let bytes = try await answer.body.collect(upTo: 1 << 20)
        return try JSONSerialization.jsonObject(with: Data(bytes.readableBytesView))
    }

    private func problem(_ json: [String: Any]) -> String? {
        (json["type"] as? String)?.split(separator: ":").last.map(String.init)
    }

    /// What was asked for at the platform's calls for codes, in their order.
    private func asked(_ sandbox: SandboxServer) async -> [SandboxRequest] {
        await sandbox.requests().filter {
            $0.path == "/oauth/v2/code" || $0.path.hasPrefix("/oauth/v2/session/")
        }
    }

    @Test("a code reaches the phone in the terminal's name, once, and the log does not know it")
    func message() async throws {
        try await withKiosk { kiosk, agent, sandbox, url in
            let sent = try await kiosk.call("POST", "/v1/sms-codes", Self.sms)
            #expect(sent.status == 204, "\(sent.json)")
            let again = try await kiosk.call("POST", "/v1/sms-codes", Self.sms)
            #expect(again.status == 429 && problem(again.json) == "busy", "\(again.json)")
            let list = try await panel(HTTPClientRequest(url: url + "/admin/messages"))
            let messages = try #require(list as? [[String: Any]])
            #expect(messages.map { $0["phone"] as? String } == [Self.phone])
            #expect(messages.map { $0["title"] as? String } == ["Canteen"])
            #expect(await asked(sandbox).count == 1)
            #expect(!agent.output.joined().contains(Self.phone))
        }
    }

    @Test("a phone that nobody has is refused without being repeated")
    func strangersPhone() async throws {
        try await withKiosk { kiosk, agent, sandbox, _ in
            let answer = try await kiosk.call("POST", "/v1/sms-codes", ["phone": "13900000009"])
            #expect(answer.status == 400 && problem(answer.json) == "invalid", "\(answer.json)")
            #expect(!"\(answer.json)".contains("139"))
            #expect(await sandbox.messages().isEmpty)
            #expect(!agent.output.joined().contains("13900000009"))
        }
    }

    @Test("a QR code is drawn, scanned by a phone, and then used")
    func session() async throws {
        try await withKiosk { kiosk, _, sandbox, url in
            let made = try await kiosk.call("POST", Self.sessions)
            #expect(made.status == 201, "\(made.json)")
            let name = try #require(made.json["session"] as? String)
            #expect(name.wholeMatch(of: /K001-[0-9a-f]{32}/) != nil)
            let theirs = try #require(await sandbox.sessions().first)
            #expect(theirs.name == name)
            #expect(made.json["code"] as? String == theirs.code)
            let svg = try #require(made.json["svg"] as? String)
            #expect(XMLParser(data: Data(svg.utf8)).parse())
            #expect(try svg == QRCode(theirs.code).svg)
            let path = Self.sessions + "/" + name
            #expect(try await kiosk.call("GET", path).json["state"] as? String == "unused")
            var scan = HTTPClientRequest(url: url + "/admin/sessions/\(name)/scan")
            scan.method = .POST
            _ = try await panel(scan)
            #expect(try await kiosk.call("GET", path).json["state"] as? String == "used")
        }
    }

    @Test("a session that the platform has forgotten is expired; a stranger's is not found")
    func expired() async throws {
        try await withKiosk { kiosk, _, sandbox, _ in
            await sandbox.setLifetimes(TokenLifetimes(codeSeconds: 0))
            let made = try await kiosk.call("POST", Self.sessions)
            let name = try #require(made.json["session"] as? String)
            let state = try await kiosk.call("GET", Self.sessions + "/" + name)
            #expect(state.json["state"] as? String == "expired", "\(state.json)")
            let theirs = try await sandbox.showCode(of: Cards.normal)
            let count = await asked(sandbox).count
            let stranger = try await kiosk.call("GET", Self.sessions + "/" + theirs.name)
            #expect(stranger.status == 404 && problem(stranger.json) == "not_found")
            #expect(await asked(sandbox).count == count)
        }
    }

    @Test("a name that is taken is followed by another one")
    func taken() async throws {
        try await withKiosk { kiosk, _, sandbox, _ in
            await sandbox.setFaults([
                SandboxFault(.status, path: "/oauth/v2/session/", times: 1, status: 409)
            ])
            let made = try await kiosk.call("POST", Self.sessions)
            #expect(made.status == 201, "\(made.json)")
            let requests = await asked(sandbox)
            #expect(requests.map(\.status) == [409, 200])
            #expect(Set(requests.map(\.path)).count == 2)
            let name = try #require(made.json["session"] as? String)
            #expect(requests.last?.path == "/oauth/v2/session/\(name)/code")
        }
    }

    @Test("a platform that never answers costs a POS no more than the deadline")
    func silence() async throws {
        try await withKiosk { kiosk, _, sandbox, _ in
            await sandbox.setFaults([SandboxFault(.hang, path: "/oauth/v2/session/")])
            let made = try await kiosk.call("POST", Self.sessions)
            #expect(made.status == 503 && problem(made.json) == "unavailable", "\(made.json)")
            // A try takes 1 s, and the wait after it 0.5 s: there is no time for the third of four.
            #expect(await asked(sandbox).count <= 2)
        }
    }

    @Test("while the platform is known to be away the answer comes at once, asking nobody")
    func outage() async throws {
        try await withKiosk { kiosk, agent, sandbox, _ in
            await sandbox.setNetwork(up: false)
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "accepted", "\(agent.output)")
            try await eventually { try await kiosk.platformState() == "offline" }
            let calls: [(path: String, body: [String: any Sendable]?)] = [
                ("/v1/sms-codes", Self.sms), (Self.sessions, nil),
            ]
            for (path, body) in calls {
                let answer = try await kiosk.call("POST", path, body)
                #expect(answer.status == 503 && problem(answer.json) == "unavailable")
                let detail = answer.json["detail"] as? String
                #expect(detail?.contains("codes need the platform") == true, "\(answer.json)")
            }
            #expect(await asked(sandbox).isEmpty)
        }
    }
}

extension Kiosk {
    /// What the agent thinks of the platform.
    fileprivate func platformState() async throws -> String? {
        let status = try await call("GET", "/v1/status").json["platform"] as? [String: Any]
        return status?["state"] as? String
    }
}
