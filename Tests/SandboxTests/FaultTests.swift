import Sandbox
import Testing

@Suite("A fault of the sandbox", .timeLimit(.minutes(1)))
struct FaultTests {
    @Test(
        "that resets the connection does so before or after the work",
        arguments: [
            (SandboxFault.Mode.refuse, 0), (.resetBefore, 0), (.resetAfter, 1),
        ])
    func resets(_ mode: SandboxFault.Mode, _ charges: Int) async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            await sandbox.server.setFaults([SandboxFault(mode, method: "POST", times: 1)])
            let answer = try await sandbox.pay(1_250, token: token)
            #expect(answer.ending == .reset)
            #expect(answer.bytes.isEmpty)
            #expect(await sandbox.server.trade(Harness.seq)?.charges ?? 0 == charges)
            let last = await sandbox.server.requests().last
            #expect(last?.fault == mode.rawValue)
            let again = try await sandbox.pay(1_250, token: token)
            #expect(again.status == (charges == 0 ? 200 : 406))
        }
    }

    @Test("that hangs never answers, does nothing, and does not keep the sandbox from ending")
    func hang() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            await sandbox.server.setFaults([SandboxFault(.hang)])
            let answer = try await sandbox.pay(1_250, token: token, milliseconds: 200)
            #expect(answer.ending == .silent)
            #expect(answer.bytes.isEmpty)
            #expect(await sandbox.server.trades().isEmpty)
        }
    }

    @Test("that delays answers later, and rightly")
    func delay() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            await sandbox.server.setFaults([SandboxFault(.delay, milliseconds: 150)])
            let start = ContinuousClock.now
            #expect(try await sandbox.pay(1_250, token: token).status == 200)
            #expect(ContinuousClock.now - start >= .milliseconds(150))
        }
    }

    @Test("with a status answers it and does nothing")
    func status() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            await sandbox.server.setFaults([
                SandboxFault(.status, times: 1, milliseconds: 4_001, status: 429),
                SandboxFault(.status, times: 1, status: 403, body: "<html>no</html>"),
                SandboxFault(.status, times: 1),
            ])
            let busy = try await sandbox.pay(1, token: token)
            #expect((busy.status, busy.header("retry-after")) == (429, "5"))
            let page = try await sandbox.pay(1, token: token)
            #expect((page.status, page.body) == (403, "<html>no</html>"))
            #expect(try await sandbox.pay(1, token: token).status == 500)
            #expect(await sandbox.server.trades().isEmpty)
        }
    }

    @Test("with a broken answer does the work and says 200")
    func broken() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            await sandbox.server.setFaults([SandboxFault(.broken)])
            let answer = try await sandbox.pay(1_250, token: token)
            #expect((answer.status, answer.ending) == (200, .complete))
            #expect(throws: (any Error).self) { try answer.value() }
            #expect(await sandbox.server.trade(Harness.seq)?.charges == 1)
        }
    }

    @Test("with a truncated answer does the work and closes too early")
    func truncated() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            await sandbox.server.setFaults([SandboxFault(.truncated)])
            let answer = try await sandbox.pay(1_250, token: token)
            #expect((answer.status, answer.ending) == (200, .closed))
            #expect(answer.header("content-length") == "512")
            #expect((1..<512).contains(answer.body.utf8.count))
            #expect(await sandbox.server.trade(Harness.seq)?.charges == 1)
        }
    }

    @Test("with an endless answer does the work and drips")
    func endless() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            await sandbox.server.setFaults([SandboxFault(.endless)])
            let answer = try await sandbox.pay(1_250, token: token, enough: 300)
            #expect((answer.status, answer.ending) == (200, .enough))
            #expect(answer.body.contains("endless "))
            #expect(await sandbox.server.trade(Harness.seq)?.charges == 1)
        }
    }

    @Test("hits only its method and path, and only so many times")
    func aim() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            await sandbox.server.setFaults([
                SandboxFault(.status, method: "get", path: "/sovellpay/*/K001*", times: 2)
            ])
            #expect(try await sandbox.pay(1, token: token).status == 200)
            #expect(try await sandbox.query("K999", token: token).status == 404)
            #expect(try await sandbox.query(token: token).status == 500)
            #expect(await sandbox.server.faults().map(\.times) == [1])
            #expect(try await sandbox.query(token: token).status == 500)
            #expect(await sandbox.server.faults().isEmpty)
            #expect(try await sandbox.query(token: token).status == 200)
        }
    }

    @Test("with a chance hits the same requests again under the same seed")
    func chance() async throws {
        var runs: [[Int?]] = []
        for _ in 0..<2 {
            try await withSandbox { sandbox async throws in
                let token = try await sandbox.cardToken()
                await sandbox.server.setFaults([SandboxFault(.status, probability: 0.5)])
                var statuses: [Int?] = []
                for _ in 0..<20 { statuses.append(try await sandbox.query(token: token).status) }
                runs.append(statuses)
            }
        }
        #expect(runs[0] == runs[1])
        #expect(Set(runs[0]) == [404, 500])
    }

    @Test("of the whole network resets everything but the control panel")
    func network() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            #expect(try await sandbox.admin("PUT", "network", #"{"up": false}"#).status == 200)
            #expect(try await sandbox.pay(1, token: token).ending == .reset)
            #expect(await sandbox.server.trades().isEmpty)
            #expect(await sandbox.server.requests().last?.fault == "network_down")
            #expect(try await sandbox.admin("PUT", "network", #"{"up": true}"#).status == 200)
            #expect(try await sandbox.pay(1, token: token).status == 200)
        }
    }
}
