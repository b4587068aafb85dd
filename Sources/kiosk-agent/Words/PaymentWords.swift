internal import TerminalCore

/// What is said to people of one payment.
enum PaymentWords {
    /// The contract's word, and the report's one in Chinese.
    static func state(_ word: String) -> Phrase {
        let state = PaymentState(rawValue: word)
        return Phrase(en: word, zh: state.map { ReportWords(.zh).state($0) } ?? word)
    }

    static func reason(_ word: String) -> Phrase {
        let reason = Reason(rawValue: word)
        return Phrase(en: word, zh: reason.map { ReportWords(.zh).reason($0) } ?? word)
    }

    static func tap(_ seq: String, _ yuan: String) -> Phrase {
        Phrase(
            en: "\(seq): \(yuan) yuan — please tap the card",
            zh: "\(seq)：\(yuan) 元 — 请刷卡")
    }

    static func noOutcome(_ seq: String) -> Phrase {
        Phrase(
            en: "the agent gave no outcome — it may have stopped — see kiosk-agent payments "
                + "show \(seq)",
            zh: "终端程序没有给出结果 — 它可能已停止 — 请运行 kiosk-agent payments show \(seq) 查看")
    }

    /// What stands behind the state: why, how much, whose card, what is left.
    static func details(_ payment: PaymentAnswer) -> Phrase {
        var parts: [Phrase] = []
        if let reason = payment.reason {
            let word = Self.reason(reason)
            parts.append(Phrase(en: " (\(word.en))", zh: "（\(word.zh)）"))
        }
        let yuan = Money(fen: payment.amount).description
        parts.append(Phrase(en: " — \(yuan) yuan", zh: " — \(yuan) 元"))
        if let card = payment.card { parts.append(Phrase(en: " card \(card)", zh: " 卡 \(card)")) }
        if let fen = payment.presentBalance {
            let balance = Money(fen: fen).description
            parts.append(Phrase(en: " balance \(balance) yuan", zh: " 余额 \(balance) 元"))
        }
        if payment.offline, payment.state == "accepted" {
            parts.append(Phrase(en: " approved offline", zh: " 离线批准"))
        }
        return .joined(parts, by: Phrase(verbatim: ""))
    }

    /// `K0011700000000000: settled — 12.50 yuan card ****5E80 balance 4987.50 yuan`
    static func sentence(_ payment: PaymentAnswer) -> StyledText {
        let mark = Mark(state: payment.state)
        let colon = Phrase(en: ": ", zh: "：")
        return StyledText(payment.seq + colon.text) + mark.text()
            + StyledText(details(payment).text)
    }
}

extension Mood {
    /// What a state of a payment means for the money.
    init(state word: String) {
        switch PaymentState(rawValue: word) {
        case .settled?: self = .good
        case .refused?, .rejected?, .cancelled?: self = .bad
        case .awaitingCard?, .pending?, .accepted?, .held?, .reversing?, .reversed?,
            .writtenOff?, nil:
            self = .waiting
        }
    }
}

extension Mark {
    /// A state of a payment. The English word is the contract's, which is what `--state` takes.
    init(state word: String) { self.init(Mood(state: word), PaymentWords.state(word)) }
}
