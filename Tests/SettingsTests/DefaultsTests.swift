import TerminalCore
import Testing

@testable import Settings

@Suite("The defaults")
struct DefaultsTests {
    @Test("the terminal is called by its id until it has a name, and so are its payments")
    func terminal() throws {
        let settings = try Sample.load().settings
        #expect(settings.terminal == .init(id: "K001", name: "K001", language: .zh))
        #expect(settings.payment.title == "K001")
        #expect(try Sample.load("payment.title", "Meal").payment.title == "Meal")
    }

    @Test("the platform is Sovell's")
    func platform() throws {
        let text = "terminal: {id: K001}\nplatform: {client_id: demo}\n"
        let problems = Sample.problems(text)
        #expect(problems.map(\.key) == ["platform.client_secret"])
        #expect(KeyTable.key("platform.base_url")?.defaultValue == "https://pass.sovell.com")
        let platform = try Sample.load().settings.platform
        #expect(platform.paymentApp == "wallet")
        #expect(platform.clientAuthentication == .body)
        #expect(!platform.allowPlaintext)
        #expect(platform.caFile == nil)
        #expect(platform.refusalReasons == [402: .balanceTooLow])
        #expect(platform.connectTimeout == .seconds(1))
        #expect(platform.requestTimeout == .seconds(3))
        #expect(platform.decisionDeadline == .seconds(4))
    }

    @Test("cards are read by PC/SC and written as hex")
    func cards() throws {
        let settings = try Sample.load().settings
        #expect(settings.reader == .init(source: .pcsc, name: "*"))
        #expect(settings.cardReading == .uid(CardNumberFormat()))
    }

    @Test("a POS asks for payments")
    func payment() throws {
        let payment = try Sample.load().settings.payment
        #expect(payment.mode == .requested)
        #expect(payment.fixedAmount == Money(fen: 1_500))
        #expect(payment.schedule.isEmpty)
        #expect(payment.perCardPerPeriod == 0)
        #expect(payment.repeatWindow == .seconds(3))
        #expect(payment.tapTimeout == .seconds(60))
    }

    @Test("the offline rules are those of TerminalCore")
    func offline() throws {
        let settings = try Sample.load().settings
        #expect(settings.offline == OfflinePolicy())
        #expect(settings.lostCard == .hold)
    }

    @Test("forwarding, ledger, interface, scanner and log")
    func operation() throws {
        let settings = try Sample.load().settings
        #expect(
            settings.sync
                == .init(
                    concurrency: 8, retryMin: .seconds(1), retryMax: .seconds(300),
                    lateArrival: .seconds(300), orderMemory: .seconds(30 * 86_400)))
        #expect(
            settings.ledger
                == .init(
                    path: "/var/lib/kiosk-agent/ledger.sqlite", mirror: nil,
                    mirrorRequired: false, recoveryKey: nil, dataKey: nil,
                    keep: .seconds(400 * 86_400)))
        #expect(
            settings.api
                == .init(
                    host: "127.0.0.1", port: 7717, socket: "/run/kiosk-agent/api.sock",
                    allowedOrigins: [], operatorToken: nil,
                    operatorTokenFile: "/etc/kiosk-agent/operator_token"))
        #expect(settings.scanner == .init(device: nil, serial: nil))
        #expect(settings.log == .init(level: .info, format: .text))
    }

    @Test("the other platforms have addresses and nothing else")
    func otherPlatforms() throws {
        let others = try Sample.load().settings.otherPlatforms
        #expect(
            others.chainup
                == .init(
                    baseURL: nil, appID: nil, platformPublicKey: nil, privateKey: nil,
                    timeFormat: .number))
        #expect(
            others.tf56
                == .init(
                    baseURL: "https://open.tf56.com/openGateway", clientID: nil,
                    clientSecret: nil, redirectURI: nil))
        #expect(
            others.realshark
                == .init(
                    baseURL: "https://oauth.realshark.com", appKey: nil, appSecret: nil,
                    redirectURI: nil, tokenMethod: .post))
    }
}
