internal import CardReader
internal import FoundationEssentials
internal import Sealing
internal import Settings
internal import TerminalCore

/// The questions of a first start, each answer checked before the next.
///
/// What the present configuration says is offered as the default, so that setup can be run again.
struct Interview {
    let file: String
    /// The platform is not asked: that was said at the start, or at its address.
    var isOffline: Bool
    let dialogue = Dialogue()
    var draft = NewConfiguration()
    var language = Speech.language
    var words = SetupWords.of(Speech.language)

    init(file: String, isOffline: Bool) {
        (self.file, self.isOffline) = (file, isOffline)
    }

    /// Asks everything; throws when the input ends.
    mutating func run() async throws -> SetupPlan {
        try ask("terminal.language", "Language, 语言 (zh, en)")
        language = draft["terminal.language"] == "en" ? .en : .zh
        words = SetupWords.of(language)
        Terminal.say(words.intro)
        try ask("terminal.id", words.id)
        let name = draft["terminal.name"] ?? draft["terminal.id"]
        try ask("terminal.name", words.name, default: name)
        let secret = try await choosePlatform()
        try await chooseReader()
        try await chooseFormat()
        try chooseLimits()
        try chooseRecoveryKey()
        return SetupPlan(configuration: draft, clientSecret: secret)
    }

    /// Asks for one key until its value is allowed.
    private mutating func ask(
        _ path: String, _ question: String, default known: String? = nil
    ) throws {
        let known = known ?? draft[path] ?? KeyTable.key(path)?.defaultValue
        repeat {
            draft.set(path, to: try dialogue.ask(question, default: known))
        } while objects(to: path)
    }

    /// In the language that was chosen, whatever the terminal's was before.
    private func complain(_ text: String) {
        Terminal.complain(Phrase(verbatim: text), in: language)
    }

    /// Says what is wrong with a key; false when nothing is.
    private func objects(to path: String) -> Bool {
        let problems = draft.problems(of: path)
        for problem in problems { Terminal.complain(problem, in: language) }
        return !problems.isEmpty
    }
}

/// The platform.
extension Interview {
    /// The secret, once the platform gave a token for it.
    private mutating func choosePlatform() async throws -> Secret {
        while true {
            try await chooseAddress()
            try ask("platform.client_id", words.clientID)
            let secret = Secret(try dialogue.secret(words.secret))
            Terminal.say(isOffline ? words.unasked : words.asking)
            let plan = SetupPlan(configuration: draft, clientSecret: secret)
            guard try await works(try plan.settings(file)) else { continue }
            if !isOffline { Terminal.say(words.works) }
            return secret
        }
    }

    /// Looks at the platform and at the clock; false when the platform gives no token.
    ///
    /// A clock that is off is looked at again until it is right, or somebody takes it so.
    private func works(_ settings: Settings) async throws -> Bool {
        while true {
            let wrong = await findings(settings).filter { $0.level == .problem }
            for problem in wrong.compactMap(\.problem) {
                Terminal.complain(problem, in: language)
            }
            if wrong.isEmpty { return true }
            if wrong.contains(where: { $0.part == .platform }) { return false }
            if try dialogue.confirm(words.wrongClock, default: false) { return true }
        }
    }

    private func findings(_ settings: Settings) async -> [Finding] {
        if isOffline { return [Finding(.clock, ClockCheck.problem(SystemTerminalClock().now()))] }
        return await PlatformCheck(settings: settings).run()
    }

    private mutating func chooseAddress() async throws {
        let path = "platform.base_url"
        while true {
            let known = draft[path] ?? KeyTable.key(path)?.defaultValue
            let address = try dialogue.ask(words.address, default: known)
            draft.set("platform.allow_plaintext", to: nil)
            draft.set(path, to: address)
            try permitPlaintext(address)
            if objects(to: path) {
                draft.set(path, to: known)
                continue
            }
            if isOffline { return }
            guard let problem = await PlatformCheck(settings: try addressed).reach() else { return }
            Terminal.complain(problem, in: language)
            isOffline = try dialogue.confirm(words.unreached, default: false)
            if isOffline { return }
        }
    }

    /// Enough settings to look at the address; who the client is comes later.
    private var addressed: Settings {
        get throws {
            var known = draft
            if known["platform.client_id"] == nil { known.set("platform.client_id", to: "unknown") }
            return try SetupPlan(configuration: known, clientSecret: Secret("")).settings(file)
        }
    }

    /// Plain http beyond this machine needs a word of its own.
    private mutating func permitPlaintext(_ address: String) throws {
        guard address.lowercased().hasPrefix("http://"),
            !draft.problems(of: "platform.base_url").isEmpty,
            try dialogue.confirm(words.plaintext, default: false)
        else { return }
        draft.set("platform.allow_plaintext", to: "true")
    }
}

/// The reader and the numbers of its cards.
extension Interview {
    private mutating func chooseReader() async throws {
        while true {
            let readers = await listReaders()
            let proposed = readers.first?.proposedPattern ?? draft["reader.name"] ?? "*"
            let answer = try dialogue.ask(words.reader, default: proposed)
            if answer == "simulated" { return draft.set("reader.source", to: answer) }
            let index = (Int(answer) ?? 0) - 1
            let pattern = readers.indices.contains(index) ? readers[index].proposedPattern : answer
            draft.set("reader.source", to: nil)
            draft.set("reader.name", to: pattern)
            if objects(to: "reader.name") { continue }
            if readers.contains(where: { $0.matches(namePattern: pattern) }) { return }
            if try dialogue.confirm(words.withoutReader, default: false) { return }
        }
    }

    private func listReaders() async -> [ReaderState] {
        do throws(PCSCError) {
            let readers = try await ReaderList.list()
            if readers.isEmpty { Terminal.say(words.noReader) }
            for (index, reader) in readers.enumerated() {
                Terminal.say("  \(index + 1)  \(reader.name)")
            }
            return readers
        } catch {
            let cure = error.cure ?? ServiceWords.restart
            Terminal.complain(
                ServiceWords.failing(error.phrase, cure: cure), in: language)
            return []
        }
    }

    /// A number from a file on the card is configured by hand.
    private mutating func chooseFormat() async throws {
        guard draft["reader.source"] != "simulated", draft["card_number.source"] != "apdu" else {
            return
        }
        var left = CardNumberFormat.common
        while true {
            Terminal.say(words.tap)
            guard let uid = await LiveTap.next(draft["reader.name"] ?? "*") else {
                return Terminal.say(words.noTap)
            }
            Terminal.say(table(left, uid))
            let answer = try dialogue.ask(words.printed)
            if answer == "-" { return Terminal.say(words.noTap) }
            let chosen = Self.chosen(answer, of: left, uid)
            guard let format = chosen.first else {
                complain(words.unknownNumber)
                continue
            }
            if chosen.count > 1, try dialogue.confirm(words.several, default: true) {
                left = chosen
                continue
            }
            return take(format)
        }
    }

    private func table(_ formats: [CardNumberFormat], _ uid: CardUID) -> String {
        let heads = [TableWords.line, TableWords.number, TableWords.format]
        var table = TextTable(heads.map { $0[language] }, overflow: .wrapped)
        for (index, format) in formats.enumerated() {
            let number = try? format.number(of: uid)
            table.add(["\(index + 1)", number?.exposed ?? "-", format.summary])
        }
        return table.text
    }

    /// By the number of its line, or by what is printed.
    private static func chosen(
        _ answer: String, of formats: [CardNumberFormat], _ uid: CardUID
    ) -> [CardNumberFormat] {
        if let line = Int(answer), formats.indices.contains(line - 1) { return [formats[line - 1]] }
        return CardNumberFormat.candidates(for: uid, printed: answer).filter(formats.contains)
    }

    private mutating func take(_ format: CardNumberFormat) {
        draft.set("card_number.encoding", to: format.encoding.rawValue)
        draft.set("card_number.byte_order", to: format.byteOrder.rawValue)
        draft.set("card_number.case", to: format.letterCase.rawValue)
        draft.set("card_number.width", to: "\(format.width)")
        draft.set("card_number.bytes", to: format.bytes.description)
    }
}

/// How much may be at risk.
extension Interview {
    private mutating func chooseLimits() throws {
        try askAmount("offline.payment_limit", words.paymentLimit)
        try askAmount("offline.card_limit", words.cardLimit)
        try askAmount("offline.total_limit", words.totalLimit)
    }

    /// In yuan; the configuration has fen.
    private mutating func askAmount(_ path: String, _ question: String) throws {
        let known = (draft[path] ?? KeyTable.key(path)?.defaultValue).flatMap { Int64($0) }
        while true {
            let answer = try dialogue.ask(
                question, default: known.map { Money(fen: $0).description })
            guard let amount = Money(answer) else {
                complain(words.noAmount)
                continue
            }
            draft.set(path, to: "\(amount.fen)")
            if !objects(to: path) { return }
        }
    }
}

/// Who can open the card numbers when this machine is dead.
extension Interview {
    /// The longest file of a key, in bytes.
    private static let keyBytesMax = 4_096

    private mutating func chooseRecoveryKey() throws {
        let path = "ledger.recovery_key"
        let known = draft[path].flatMap { RecoveryKey($0)?.text }
        Terminal.say(words.recoveryHow)
        while true {
            let answer = try dialogue.ask(words.recoveryKey, default: known ?? "-")
            if answer == "-" {
                draft.set(path, to: nil)
                return Terminal.say(words.noRecovery)
            }
            draft.set(path, to: Self.key(answer))
            if !objects(to: path) { return }
            draft.set(path, to: known)
        }
    }

    /// What the file of that name holds, on one line; else the answer itself is the key.
    private static func key(_ answer: String) -> String {
        guard let data = FileManager.default.contents(atPath: answer), data.count <= keyBytesMax
        else { return answer }
        let text = String(decoding: data, as: UTF8.self)
        return RecoveryKey(text)?.text ?? text
    }
}
