internal import TerminalCore

/// The agent's state as a table of two columns, for people.
enum StatusTable {
    static func text(_ status: StatusAnswer) -> StyledText {
        let terminal = status.terminal
        var table = TextTable(
            [StatusWords.terminal.text, "\(terminal.name) (\(terminal.id))"], overflow: .wrapped)
        table.add([
            StatusWords.version.text, StatusWords.release(terminal.version, terminal.mode).text,
        ])
        table.add([StatusWords.reader.text, reader(status.reader).text])
        for scanner in status.scanners ?? [] {
            table.add([StatusWords.scanner.text, scanner.problem ?? scanner.device])
        }
        table.add(StatusWords.platform.text, platform(status.platform))
        addStorage(status.storage, to: &table)
        if let cards = status.cards { table.add([StatusWords.cards.text, cards.phrase.text]) }
        addMoney(status, to: &table)
        table.add([StatusWords.lostList.text, (status.lostList?.phrase ?? StatusWords.noList).text])
        if status.sync.stopped {
            table.add([StatusWords.sync.text, StatusWords.stopped.text])
        }
        return table.styled
    }

    private static func addStorage(_ storage: StatusAnswer.Storage, to table: inout TextTable) {
        table.add([StatusWords.storage.text, (storage.phrase ?? StatusWords.inOrder).text])
        if let mirror = storage.mirror {
            table.add([StatusWords.mirror.text, mirror.problem ?? StatusWords.inOrder.text])
        }
    }

    private static func addMoney(_ status: StatusAnswer, to table: inout TextTable) {
        for (state, total) in status.queue.sorted(by: { $0.key < $1.key }) {
            let age = Moments.age(total.oldestAgeMs)
            let sum = Money(fen: total.fen).description
            table.add([
                PaymentWords.state(state).text, StatusWords.waiting(total.count, sum, age).text,
            ])
        }
        if let doubt = status.inDoubt, doubt.count > 0 {
            let sum = Money(fen: doubt.fen).description
            table.add([StatusWords.inDoubt.text, StatusWords.doubt(doubt.count, sum).text])
        }
        let limits = status.limits
        let used = StatusWords.used(
            Money(fen: limits.totalUsed).description, of: Money(fen: limits.totalLimit).description)
        table.add([
            StatusWords.offline.text, (limits.offlineEnabled ? used : StatusWords.notAllowed).text,
        ])
    }

    private static func reader(_ reader: StatusAnswer.Reader) -> Phrase {
        if reader.simulated { return StatusWords.simulated }
        if reader.service != true { return StatusWords.noService }
        let names =
            reader.names.isEmpty
            ? StatusWords.noReader : Phrase(verbatim: reader.names.joined(separator: ", "))
        return reader.problem.map { StatusWords.lastProblem(names, $0) } ?? names
    }

    private static func platform(_ platform: StatusAnswer.Platform) -> StyledText {
        let age = Moments.age(platform.sinceMs)
        let problem = platform.problem.map { "; \($0)" } ?? ""
        return Mark(platform: platform.state).text()
            + StyledText(StatusWords.since(age).text + problem)
    }
}

extension Mark {
    /// How the way to the platform is.
    fileprivate init(platform state: String) {
        switch state {
        case "online": self.init(.good, StatusWords.online)
        case "degraded": self.init(.waiting, StatusWords.degraded)
        case "offline": self.init(.bad, StatusWords.away)
        default: self.init(.waiting, Phrase(verbatim: state))
        }
    }
}

extension StatusAnswer.Cards {
    /// Whether card numbers are encrypted, and who could open them.
    var phrase: Phrase {
        if !sealed { return StatusWords.plainCards }
        return recoverable ? StatusWords.sealedCards : StatusWords.unrecoverableCards
    }
}

extension LostListAnswer {
    /// For example `1000 cards, version 2026-11-21, 3 h 5 min old`.
    var phrase: Phrase {
        let name = version.map { StatusWords.listVersion($0) } ?? Phrase(verbatim: "")
        let end = tooOld ? StatusWords.listTooOld : Phrase(verbatim: "")
        let age = Moments.age(ageMs)
        return Phrase(
            en: "\(cards) cards\(name.en), \(age.en) old\(end.en)",
            zh: "\(cards) 张卡\(name.zh)，\(age.zh)前导入\(end.zh)")
    }
}
