internal import Foundation
internal import OAuth
internal import TerminalCore

/// Questions at the keyboard, each with its default in brackets.
struct Dialogue {
    /// The answer without spaces at its ends, the default for an empty line.
    func ask(_ question: String, default known: String? = nil) throws -> String {
        while true {
            print(question + (known.map { " [\($0)]" } ?? ""), terminator: ": ")
            Terminal.flush()
            guard let line = readLine() else {
                throw CommandFailure(
                    .no,
                    Phrase(
                        en: "setup ended — there is no more input — nothing was written, begin "
                            + "again",
                        zh: "setup 已结束 — 没有更多输入 — 未写入任何内容，请重新开始"))
            }
            let answer = line.trimmingCharacters(in: .whitespaces)
            if !answer.isEmpty { return answer }
            if let known { return known }
        }
    }

    /// Yes or no, in either language.
    func confirm(_ question: String, default known: Bool) throws -> Bool {
        while true {
            switch try ask(question, default: known ? "Y/n" : "y/N").lowercased() {
            case "y/n": return known
            case "y", "yes", "是": return true
            case "n", "no", "否": return false
            default: continue
            }
        }
    }

    /// What is typed is not shown.
    func secret(_ what: String) throws -> String {
        try SecretInput.line(Phrase(verbatim: what)).exposed
    }
}
