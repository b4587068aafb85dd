internal import TerminalCore

/// What `kiosk-agent verify` says of a ledger. What is wrong with a line is told in English.
enum VerifyWords {
    static let payments = Phrase(en: "payments", zh: "交易")
    static let history = Phrase(en: "lines of history", zh: "历史记录行")
    static let noArchive = Phrase(en: "archive not here", zh: "归档不在此处")
    static let notChecked = Phrase(en: "not checked", zh: "未检查")
    static let result = Phrase(en: "result", zh: "结果")
    static let sound = Phrase(en: "sound", zh: "完好")

    static func sum(_ count: Int, _ yuan: String) -> Phrase {
        Phrase(en: "\(count), \(yuan) yuan", zh: "\(count) 笔，\(yuan) 元")
    }

    static func lines(_ count: Int64, archived: Int64) -> Phrase {
        Phrase(en: "\(count), \(archived) from archives", zh: "\(count) 行，其中 \(archived) 行来自归档")
    }

    static func absent(_ count: Int64) -> Phrase {
        Phrase(en: "\(count) lines, by their checkpoint", zh: "\(count) 行，以其检查点为准")
    }

    static func unchecked(_ count: Int64, _ from: Int64, _ to: Int64) -> Phrase {
        Phrase(
            en: "\(count) lines between \(from) and \(to)",
            zh: "第 \(from) 至 \(to) 行之间的 \(count) 行")
    }

    static func sealed(_ count: Int64) -> Phrase {
        Phrase(
            en: "\(count) of them: the data_key of their cards is not here",
            zh: "其中 \(count) 行：其卡号的 data_key 不在此处")
    }

    static func otherKey(_ count: Int64) -> Phrase {
        Phrase(en: "\(count) of them: another key signed", zh: "其中 \(count) 行：由另一密钥签名")
    }

    static func problems(_ count: Int) -> Phrase {
        Phrase(en: "\(count) problems", zh: "\(count) 个问题")
    }

    static func problem(_ problem: VerificationAnswer.Problem) -> Phrase {
        let line = problem.line.map { Phrase(en: "line \($0)", zh: "第 \($0) 行") }
        let payment = problem.seq.map { Phrase(en: "payment \($0)", zh: "交易 \($0)") }
        let places = [line, payment].compactMap(\.self)
        let place = Phrase.joined(places, by: Phrase(en: ", ", zh: "，"))
        let colon = places.isEmpty ? Phrase(verbatim: "") : Phrase(en: ": ", zh: "：")
        let head = Phrase(en: "PROBLEM  ", zh: "问题  ")
        return head + place + colon + Phrase(verbatim: problem.text)
    }
}
