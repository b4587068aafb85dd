internal import ArgumentParser
internal import TerminalCore

/// The arguments that more than one command takes. What is wrong with one is a usage error.
enum Checked {
    /// An order number is letters and digits: nothing else may get into a path.
    static func seq(_ text: String) throws {
        guard (1...32).contains(text.utf8.count),
            text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else {
            throw ValidationError(
                Phrase(
                    en: "SEQ must be an order number such as K0011700000000000",
                    zh: "SEQ 必须为编号，例如 K0011700000000000"))
        }
    }

    static func card(_ text: String) throws -> CardNumber {
        do {
            return try CardNumber(text)
        } catch {
            throw ValidationError(
                Phrase(
                    en: "CARD must be 1 to 64 of A-Z a-z 0-9 . _ : -",
                    zh: "CARD 必须为 1 至 64 个 A-Z a-z 0-9 . _ : - 字符"))
        }
    }

    /// States separated by commas.
    static func states(_ text: String) throws {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        guard words.allSatisfy({ PaymentState(rawValue: String($0)) != nil }) else {
            let all = PaymentState.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError(
                Phrase(
                    en: "--state must be one of \(all), or several with commas",
                    zh: "--state 必须为 \(all) 之一，或用逗号分隔的几个"))
        }
    }
}
