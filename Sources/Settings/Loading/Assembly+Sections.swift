internal import TerminalCore

extension Assembly {
    /// Reads every key of the table, in its order.
    mutating func settings() -> Settings {
        let terminal = terminal()
        return Settings(
            terminal: terminal, platform: platform(), reader: reader(), cardReading: cardReading(),
            payment: payment(terminal), offline: offline(), lostCard: read(Keys.Offline.lostCard),
            sync: sync(), ledger: ledger(), api: api(), scanner: scanner(), log: log(),
            otherPlatforms: otherPlatforms())
    }

    private mutating func terminal() -> Settings.Terminal {
        let id = read(Keys.Terminal.id)
        return Settings.Terminal(
            id: id, name: read(Keys.Terminal.name) ?? id, language: read(Keys.Terminal.language))
    }

    private mutating func platform() -> Settings.Platform {
        let address = read(Keys.Platform.baseURL)
        return Settings.Platform(
            baseURL: address.text, host: address.identity, isLoopback: address.host.isLoopback,
            clientID: read(Keys.Platform.clientID), clientSecret: read(Keys.Platform.clientSecret),
            paymentApp: read(Keys.Platform.paymentApp),
            clientAuthentication: read(Keys.Platform.clientAuthentication),
            allowPlaintext: read(Keys.Platform.allowPlaintext), caFile: read(Keys.Platform.caFile),
            refusalReasons: read(Keys.Platform.refusalReasons),
            connectTimeout: read(Keys.Platform.connectTimeout),
            requestTimeout: read(Keys.Platform.requestTimeout),
            decisionDeadline: read(Keys.Platform.decisionDeadline))
    }

    private mutating func reader() -> Settings.Reader {
        Settings.Reader(source: read(Keys.Reader.source), name: read(Keys.Reader.name))
    }

    private mutating func cardReading() -> CardReading {
        let source = read(Keys.Card.source)
        let format = CardNumberFormat(
            encoding: read(Keys.Card.encoding), byteOrder: read(Keys.Card.byteOrder),
            letterCase: read(Keys.Card.letterCase), width: read(Keys.Card.width),
            bytes: read(Keys.Card.bytes))
        let commands = read(Keys.Card.apdus)
        let slice = read(Keys.Card.slice)
        guard source == .apdu, let file = cardFile(commands, slice) else { return .uid(format) }
        return .file(file)
    }

    private mutating func payment(_ terminal: Settings.Terminal) -> Settings.PaymentRules {
        let mode = read(Keys.Payment.mode)
        let title = read(Keys.Payment.title) ?? terminal.name
        return Settings.PaymentRules(
            mode: mode, title: title, fixedAmount: read(Keys.Payment.fixedAmount),
            schedule: read(Keys.Payment.schedule).map { period in
                Settings.Period(
                    from: period.from, to: period.to, amount: period.amount,
                    title: period.title ?? title)
            },
            perCardPerPeriod: read(Keys.Payment.perCardPerPeriod),
            repeatWindow: read(Keys.Payment.repeatWindow),
            tapTimeout: read(Keys.Payment.tapTimeout))
    }

    private mutating func offline() -> OfflinePolicy {
        var policy = OfflinePolicy(
            enabled: read(Keys.Offline.enabled), paymentLimit: read(Keys.Offline.paymentLimit),
            cardLimit: read(Keys.Offline.cardLimit), totalLimit: read(Keys.Offline.totalLimit),
            maxAge: read(Keys.Offline.maxAge))
        let knownCardsOnly = read(Keys.Offline.knownCardsOnly)
        let knownCardAge = read(Keys.Offline.knownCardAge)
        let lostListMaxAge = read(Keys.Offline.lostListMaxAge)
        policy.knownCardAge = knownCardsOnly ? knownCardAge : nil
        policy.lostListMaxAge = lostListMaxAge == .zero ? nil : lostListMaxAge
        return policy
    }

    private mutating func sync() -> Settings.Sync {
        Settings.Sync(
            concurrency: read(Keys.Sync.concurrency), retryMin: read(Keys.Sync.retryMin),
            retryMax: read(Keys.Sync.retryMax), lateArrival: read(Keys.Sync.lateArrival),
            orderMemory: read(Keys.Sync.orderMemory))
    }

    private mutating func ledger() -> Settings.Ledger {
        Settings.Ledger(
            path: read(Keys.Ledger.path), mirror: read(Keys.Ledger.mirror),
            mirrorRequired: read(Keys.Ledger.mirrorRequired),
            recoveryKey: read(Keys.Ledger.recoveryKey), dataKey: read(Keys.Ledger.dataKey),
            keep: read(Keys.Ledger.keep))
    }

    private mutating func api() -> Settings.API {
        let listen = read(Keys.API.listen)
        return Settings.API(
            host: listen.host.text, port: listen.port ?? 0, socket: read(Keys.API.socket),
            allowedOrigins: read(Keys.API.allowedOrigins),
            operatorToken: read(Keys.API.operatorToken),
            operatorTokenFile: read(Keys.API.operatorTokenFile))
    }

    private mutating func scanner() -> Settings.Scanner {
        Settings.Scanner(device: read(Keys.Scanner.device), serial: read(Keys.Scanner.serial))
    }

    private mutating func log() -> Settings.Log {
        Settings.Log(level: read(Keys.Log.level), format: read(Keys.Log.format))
    }

    private mutating func otherPlatforms() -> Settings.OtherPlatforms {
        Settings.OtherPlatforms(chainup: chainup(), tf56: tf56(), realshark: realshark())
    }

    private mutating func chainup() -> Settings.ChainUp {
        Settings.ChainUp(
            baseURL: read(Keys.ChainUp.baseURL)?.text, appID: read(Keys.ChainUp.appID),
            platformPublicKey: read(Keys.ChainUp.platformPublicKey),
            privateKey: read(Keys.ChainUp.privateKey), timeFormat: read(Keys.ChainUp.timeFormat))
    }

    private mutating func tf56() -> Settings.TF56 {
        Settings.TF56(
            baseURL: read(Keys.TF56.baseURL).text, clientID: read(Keys.TF56.clientID),
            clientSecret: read(Keys.TF56.clientSecret), redirectURI: read(Keys.TF56.redirectURI))
    }

    private mutating func realshark() -> Settings.RealShark {
        Settings.RealShark(
            baseURL: read(Keys.RealShark.baseURL).text, appKey: read(Keys.RealShark.appKey),
            appSecret: read(Keys.RealShark.appSecret),
            redirectURI: read(Keys.RealShark.redirectURI),
            tokenMethod: read(Keys.RealShark.tokenMethod))
    }
}
