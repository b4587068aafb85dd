import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Sandbox
import Testing

/// The local API of the built agent, over real sockets.
@Suite("the local API of the built agent") struct APITests {
    private func withKiosk(
        yaml: String = "", environment: [String: String] = [:],
        _ work: (Kiosk, Program, _ port: Int) async throws -> Void
    ) async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url, yaml: yaml, environment: environment)
            let agent = try await kiosk.start()
            try await work(kiosk, agent, kiosk.port(of: agent))
        }
    }

    // MARK: Who may call

    @Test("a request that a foreign page could send is refused, before anything happens")
    func foreign() async throws {
        try await withKiosk { kiosk, _, port in
            let own = "Host: 127.0.0.1:\(port)"
            let refused = [
                [], ["Host: evil.com"], ["Host: evil.com:\(port)"], ["Host: 127.0.0.1.evil.com"],
                ["Host: 192.0.2.1:\(port)"], [own, "Origin: http://evil.com"],
                [own, "Origin: null"], [own, "Origin: http://127.0.0.1:1"],
                [own, "Sec-Fetch-Site: cross-site"],
                [own, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"],
            ]
            for headers in refused {
                let answer = try await rawRequest(
                    port, "POST", "/v1/payments", headers: headers, body: #"{"amount":1}"#)
                #expect([403, 400].contains(answer.status), "\(headers)")
                if !headers.isEmpty { #expect(answer.problem == "forbidden", "\(headers)") }
            }
            #expect(try await kiosk.payments(in: "awaiting_card").isEmpty)
            for host in ["localhost", "localhost:\(port)", "127.0.0.1", "[::1]:\(port)"] {
                let answer = try await rawRequest(
                    port, "GET", "/v1/status", headers: ["Host: \(host)"])
                #expect(answer.status == 200, "\(host)")
            }
        }
    }

    @Test("the socket asks for no host and no origin")
    func socketIsTrusted() async throws {
        try await withKiosk { kiosk, _, _ in
            let encoded = kiosk.directory.appending(path: "api.sock").path
                .replacingOccurrences(of: "/", with: "%2F")
            var request = HTTPClientRequest(url: "http+unix://\(encoded)/v1/status")
            request.headers.add(name: "Host", value: "evil.com")
            request.headers.add(name: "Origin", value: "http://evil.com")
            let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
            #expect(answer.status == .ok)
        }
    }

    @Test("a page of an allowed origin is let in by a preflight; another one is not")
    func preflight() async throws {
        let environment = ["KIOSK_API_ALLOWED_ORIGINS": "http://pos.local"]
        try await withKiosk(environment: environment) { _, _, port in
            func ask(_ origin: String) async throws -> RawAnswer {
                try await rawRequest(
                    port, "OPTIONS", "/v1/payments",
                    headers: [
                        "Host: localhost:\(port)", "Origin: \(origin)",
                        "Access-Control-Request-Method: POST",
                    ])
            }
            let connection = try await RawConnection(port: port)
            try await connection.write(
                "OPTIONS /v1/payments HTTP/1.1\r\nHost: localhost:\(port)\r\n"
                    + "Origin: http://pos.local\r\nConnection: close\r\n\r\n")
            let allowed = try await connection.read(toTheClose: true)
            #expect(allowed.status == 204)
            #expect(allowed.header("access-control-allow-origin") == "http://pos.local")
            let methods = allowed.header("access-control-allow-methods") ?? ""
            #expect(["GET", "POST", "DELETE"].allSatisfy { methods.contains($0) })
            let refused = try await ask("http://evil.com")
            #expect(refused.status == 403)
            #expect(refused.header("access-control-allow-origin") == nil)
        }
    }

    @Test("operator calls want the token, on TCP and on the socket")
    func operators() async throws {
        try await withKiosk { kiosk, _, port in
            let calls = [
                ("GET", "/v1/payments"), ("GET", "/v1/lost-cards"), ("POST", "/v1/sync"),
                ("POST", "/v1/lost-cards/add"), ("POST", "/v1/lost-cards/remove"),
                ("POST", "/v1/lost-cards/import"),
            ]
            for (index, (method, path)) in calls.enumerated() {
                // After so many wrong ones their answers would wait.
                let wrong: [String?] = index == 0 ? ["", "operato", "operator2", "OPERATOR"] : []
                for token in [nil] + wrong {
                    let sent = token.map { ["Authorization: Bearer \($0)"] } ?? []
                    let answer = try await rawRequest(
                        port, method, path, headers: ["Host: localhost"] + sent, body: "{}")
                    #expect(answer.status == 401 && answer.problem == "forbidden", "\(path)")
                    #expect(answer.header("www-authenticate") == "Bearer")
                }
            }
            let right = try await rawRequest(
                port, "GET", "/v1/payments",
                headers: ["Host: localhost", "Authorization: Bearer operator"])
            #expect(right.status == 200)
            let socket = kiosk.directory.appending(path: "api.sock").path
                .replacingOccurrences(of: "/", with: "%2F")
            var request = HTTPClientRequest(url: "http+unix://\(socket)/v1/payments")
            request.headers.add(name: "Host", value: "localhost")
            let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
            #expect(answer.status == .unauthorized)
        }
    }

    // MARK: Bodies

    @Test("a body that is too long is refused at once and its connection closed")
    func tooLong() async throws {
        try await withKiosk { kiosk, _, port in
            let head = "POST /v1/payments HTTP/1.1\r\nHost: localhost\r\n"
            let bodies = [
                "Content-Length: 65537\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n10010\r\n"
                    + String(repeating: " ", count: 0x10010) + "\r\n",
            ]
            for body in bodies {
                let connection = try await RawConnection(port: port)
                try await connection.write(head + body)
                let answer = try await connection.read(toTheClose: true)
                #expect(answer.status == 413, "\(body.prefix(30))")
                #expect(answer.problem == "invalid", "\(body.prefix(30))")
                #expect(answer.ending == .closed, "\(body.prefix(30))")
            }
            #expect(try await kiosk.payments(in: "awaiting_card").isEmpty)
        }
    }

    @Test("a body that breaks off in the middle of HTTP is the caller's fault, not the agent's")
    func brokenBody() async throws {
        try await withKiosk { _, agent, port in
            let connection = try await RawConnection(port: port)
            try await connection.write(
                "POST /v1/payments HTTP/1.1\r\nHost: localhost\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"amo\r\nZZ\r\n")
            let answer = try await connection.read(toTheClose: true)
            #expect((answer.status, answer.problem) == (400, "invalid"))
            #expect(answer.ending == .closed)
            agent.signal(SIGTERM)
            let status = await agent.end()
            #expect(status == 0)
            #expect(!agent.output.contains { $0.contains("a request failed") })
        }
    }

    @Test("a body of exactly 64 KiB is taken")
    func longest() async throws {
        try await withKiosk { _, _, port in
            let json = #"{"amount":1}"#
            let answer = try await rawRequest(
                port, "POST", "/v1/payments", headers: ["Host: localhost"],
                body: json + String(repeating: " ", count: 65_536 - json.utf8.count))
            #expect(answer.status == 201)
        }
    }

    /// Waits for the bound of 10 s: the one slow test here.
    @Test("a body that drips is cut off by the bound on its arrival")
    func drips() async throws {
        try await withKiosk { kiosk, _, port in
            let connection = try await RawConnection(port: port)
            let began = ContinuousClock.now
            try await connection.write(
                "POST /v1/payments HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")
            let answer = try await connection.drip(seconds: 30)
            #expect(answer.ending == .closed)
            #expect(answer.status == 408 && answer.problem == "invalid")
            #expect(ContinuousClock.now - began > .seconds(9))
            #expect(ContinuousClock.now - began < .seconds(20))
            #expect(try await kiosk.call("GET", "/v1/status").status == 200)
        }
    }

    @Test("a wrong body makes no payment")
    func wrongBodies() async throws {
        try await withKiosk { kiosk, _, port in
            let amounts = [
                "-1", "0", "12.5", "0.01", "\"12\"", "\"\"", "100000001", "9223372036854775808",
                "-9223372036854775809", "1e400", "NaN", "0x10", "null", "true", "[1]", "{}", "",
            ]
            let texts = [
                #""title":"""#, #""title":"a\nb""#, #""title":"a\u2028b""#, #""title":1"#,
                "\"title\":\"\(String(repeating: "店", count: 129))\"", #""reference":"""#,
                "\"reference\":\"\(String(repeating: "r", count: 129))\"",
                #""reference":["r"]"#, #""expires_in":0"#, #""expires_in":601"#,
                #""expires_in":-5"#, #""expires_in":1.5"#, #""expires_in":"60""#,
            ]
            let bodies =
                ["", "{}", "null", "[]", "amount=5", "{\"amount\":5", "\u{0}", "{\"Amount\":5}"]
                + amounts.map { "{\"amount\":\($0)}" } + texts.map { "{\"amount\":5,\($0)}" }
            for body in bodies {
                let answer = try await rawRequest(
                    port, "POST", "/v1/payments", headers: ["Host: localhost"], body: body)
                #expect(answer.status == 400 && answer.problem == "invalid", "\(body)")
            }
            let all = try await kiosk.call("GET", "/v1/payments")
            #expect((all.json["payments"] as? [Any])?.isEmpty == true)
        }
    }

    @Test("a text that could play with an operator's terminal is refused")
    func controlCharacters() async throws {
        try await withKiosk { _, _, port in
            for text in [#"\u001b[31m"#, #"a\u0000b"#, #"a\rb"#, #"a\u0007"#, #"a\u009b31m"#] {
                for member in ["title", "reference"] {
                    let answer = try await rawRequest(
                        port, "POST", "/v1/payments", headers: ["Host: localhost"],
                        body: "{\"amount\":5,\"\(member)\":\"\(text)\"}")
                    #expect(answer.status == 400, "\(member) \(text)")
                }
            }
        }
    }

    @Test("what is just allowed is taken")
    func bounds() async throws {
        try await withKiosk { kiosk, _, _ in
            let bodies: [[String: any Sendable]] = [
                ["amount": 1], ["amount": 100_000_000],
                ["amount": 5, "title": String(repeating: "店", count: 128)],
                ["amount": 5, "reference": String(repeating: "r", count: 128)],
                ["amount": 5, "expires_in": 1], ["amount": 5, "expires_in": 600],
                ["amount": 5, "title": "x", "member_of_the_future": true],
            ]
            for body in bodies {
                let made = try await kiosk.call("POST", "/v1/payments", body)
                #expect(made.status == 201, "\(body)")
                let seconds = body["expires_in"] as? Int ?? 60
                let from = made.json["created_at"] as? Int ?? 0
                #expect(made.json["expires_at"] as? Int == from + seconds * 1_000)
                let seq = made.json["seq"] as? String ?? ""
                _ = try await kiosk.call("DELETE", "/v1/payments/\(seq)")
            }
        }
    }

    @Test("a payment that nobody taps for ends by itself")
    func expiry() async throws {
        try await withKiosk { kiosk, _, _ in
            let made = try await kiosk.call(
                "POST", "/v1/payments", ["amount": 5, "expires_in": 1])
            let seq = made.json["seq"] as? String ?? ""
            #expect(try await kiosk.outcome(seq).state == "cancelled")
        }
    }

    // MARK: Paths

    @Test("a wait is a number of seconds; what is unknown is a problem document")
    func paths() async throws {
        try await withKiosk { kiosk, _, port in
            let seq = try await kiosk.request(5)
            for wait in ["abc", "-1", "1.5", "", "1e3", "99999999999999999999"] {
                let answer = try await kiosk.call("GET", "/v1/payments/\(seq)?wait=\(wait)")
                #expect(answer.status == 400, "\(wait)")
                #expect(answer.json["type"] as? String == "urn:kiosk-agent:problem:invalid")
            }
            let unknown = [
                ("GET", "/v1/payments/K0010000000000000"), ("GET", "/nowhere"),
                ("GET", "/v2/status"),
                ("PUT", "/v1/status"), ("DELETE", "/v1/payments/K0010000000000000"),
                ("GET", "/v1/payments/..%2f..%2fetc%2fpasswd"), ("GET", "/../../etc/passwd"),
            ]
            for (method, path) in unknown {
                let answer = try await rawRequest(
                    port, method, path, headers: ["Host: localhost"])
                #expect(answer.status == 404 && answer.problem == "not_found", "\(path)")
                #expect(answer.header("content-type") == "application/problem+json", "\(path)")
                #expect(answer.body.contains("\"status\":404"), "\(path)")
            }
        }
    }

    @Test("taps come from the reader alone where there is one, and without pcscd it says so")
    func realReader() async throws {
        let environment = ["PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm"]
        try await withKiosk(yaml: "reader: {source: pcsc}", environment: environment) {
            kiosk, _, _ in
            let tap = try await kiosk.call("POST", "/v1/taps", ["card": Cards.normal])
            #expect(tap.status == 409)
            #expect(tap.json["type"] as? String == "urn:kiosk-agent:problem:unavailable")
            #expect(try await kiosk.call("GET", "/readyz").status == 503)
            let screen = try await kiosk.call("GET", "/v1/status").json["screen"] as? [String: Any]
            #expect(screen?["kind"] as? String == "out_of_service")
        }
    }

    // MARK: Connections

    @Test("connections that say nothing, or only a part of a head, starve neither door")
    func starved() async throws {
        try await withKiosk { kiosk, _, port in
            var idle: [RawConnection] = []
            for number in 0..<140 {
                idle.append(try await RawConnection(port: port))
                guard number.isMultiple(of: 2) else { continue }
                _ = try? await idle.last?.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-S: ")
            }
            let beside = try await rawRequest(
                port, "GET", "/healthz", headers: ["Host: localhost"])
            #expect(beside.status == 200)
            #expect(try await kiosk.call("GET", "/v1/status").status == 200)
            let seq = try await kiosk.request(5)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled")
            idle.removeAll()
            let answer = try await rawRequest(
                port, "GET", "/healthz", headers: ["Host: localhost"])
            #expect(answer.status == 200)
        }
    }

    @Test("the socket is for its owner and group, and so is the directory that is made for it")
    func modes() async throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "kiosk-run-\(UUID().uuidString.prefix(8))")
        defer { try? FileManager.default.removeItem(at: directory) }
        let socket = directory.appending(path: "api.sock")
        func mode(_ url: URL) throws -> Int {
            let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
            return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
        }
        try await withKiosk(environment: ["KIOSK_API_SOCKET": socket.path]) { kiosk, agent, _ in
            try await eventually { try mode(socket) == 0o660 }
            #expect(try mode(directory) == 0o750)
            #expect(try await kiosk.command("status").code == 0)
            agent.signal(SIGKILL)
            await agent.end()
            let next = try await kiosk.start()
            try await eventually { try await kiosk.command("status").code == 0 }
            #expect(next.isRunning)
        }
    }

    @Test("a file that is no socket is not removed to make room for one")
    func occupiedSocket() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let place = kiosk.directory.appending(path: "api.sock")
            try "precious".write(to: place, atomically: true, encoding: .utf8)
            await #expect(throws: DidNotStart.self) { try await kiosk.start() }
            #expect(try String(contentsOf: place, encoding: .utf8) == "precious")
        }
    }

    @Test("open streams and waits do not hold up the end of the agent")
    func stopping() async throws {
        try await withKiosk { kiosk, agent, _ in
            let seq = try await kiosk.request(5)
            let stream = try await kiosk.events()
            async let waited = kiosk.call("GET", "/v1/payments/\(seq)?wait=60")
            async let rest = stream.words(until: { _ in false })
            for _ in 0..<3 { _ = try await kiosk.call("GET", "/v1/status") }
            let began = ContinuousClock.now
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
            #expect(ContinuousClock.now - began < .seconds(5))
            #expect(try await rest.first?.name == "screen")
            let answer = try await waited
            #expect([200, 503].contains(answer.status))
            let detail = answer.json["detail"] as? String ?? ""
            #expect(!detail.contains("ledger"), "\(detail)")
        }
    }
}

/// The stream of events of the built agent.
@Suite("the stream of events of the built agent") struct EventTests {
    @Test("it begins with the screen; Last-Event-ID resumes exactly, over a restart too")
    func resume() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            var agent = try await kiosk.start()
            let live = try await kiosk.events()
            async let story = live.words { $0.contains { $0.data.contains("\"settled\"") } }
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled")
            let words = try await story
            #expect(words.first?.name == "screen" && words.first?.id == nil)
            #expect(words.allSatisfy { !$0.data.contains(Cards.normal) })
            let told = words.filter { $0.name == "payment" }
            #expect(told.map(\.state) == ["awaiting_card", "pending", "settled"])
            #expect(words.filter { $0.name != "payment" }.allSatisfy { $0.id == nil })
            agent.signal(SIGKILL)
            await agent.end()
            agent = try await kiosk.start()
            let first = try #require(told.first?.id)
            let again = try await kiosk.events(after: "\(first)").words {
                $0.contains { $0.data.contains("\"settled\"") }
            }
            #expect(again.first?.name == "screen")
            #expect(
                again.filter { $0.name == "payment" }.map(\.id) == told.dropFirst().map(\.id))
            #expect(!again.contains { $0.name == "reset" })
            #expect(agent.isRunning)
        }
    }

    @Test("an id that was never given gets a reset")
    func reset() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            for id in ["1", "999999", "-1", "abc", "99999999999999999999"] {
                let words = try await kiosk.events(after: id).words { $0.count == 2 }
                #expect(words.map(\.name) == ["screen", "reset"], "\(id)")
            }
            #expect(agent.isRunning)
        }
    }
}

/// One server-sent event.
private struct Word: Hashable, Sendable {
    var id: Int64?
    var name = ""
    var data = ""

    init(_ block: Substring) {
        for line in block.split(separator: "\n") {
            let parts = line.split(separator: ": ", maxSplits: 1)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "id": id = Int64(parts[1])
            case "event": name = String(parts[1])
            case "data": data = String(parts[1])
            default: break
            }
        }
    }

    var state: String? { data.firstMatch(of: /"state":"(\w+)"/).map { String($0.1) } }
}

/// An open stream.
private struct EventStream: Sendable {
    let body: HTTPClientResponse.Body

    /// The events until `isEnough`, or until the stream ends; comments and hints are left out.
    func words(until isEnough: @Sendable ([Word]) -> Bool) async throws -> [Word] {
        var text = ""
        var words: [Word] = []
        for try await chunk in body {
            text += String(buffer: chunk)
            let blocks = text.split(separator: "\n\n", omittingEmptySubsequences: false)
            words += blocks.dropLast().map(Word.init).filter { !$0.name.isEmpty }
            text = String(blocks.last ?? "")
            if isEnough(words) { break }
        }
        return words
    }
}

extension Kiosk {
    /// Opens the stream of events; the first bytes are there when this returns.
    fileprivate func events(after id: String? = nil) async throws -> EventStream {
        let socket = directory.appending(path: "api.sock").path
        let encoded = socket.replacingOccurrences(of: "/", with: "%2F")
        var request = HTTPClientRequest(url: "http+unix://\(encoded)/v1/events")
        request.headers.add(name: "Host", value: "localhost")
        if let id { request.headers.add(name: "Last-Event-ID", value: id) }
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        return EventStream(body: answer.body)
    }
}
