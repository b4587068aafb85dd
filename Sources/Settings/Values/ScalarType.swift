internal import TerminalCore

/// How the text of one value is checked and what it becomes.
struct ScalarType<Value: Sendable>: Sendable {
    /// What may stand here, in words: it follows "allowed: ".
    let allowed: Phrase
    /// Throws what is wrong with the text.
    let parse: @Sendable (String) throws(Flaw) -> Value
}

/// What is wrong with a text; it follows the value in quotes, as in `"0" is out of range`.
struct Flaw: Error, Hashable {
    let what: Phrase
    /// The value is not repeated, since it may hold a secret.
    var hidesValue = false

    static let outOfRange = Flaw(what: Phrase(en: "is out of range", zh: "超出范围"))
    static let empty = Flaw(what: Phrase(en: "is empty", zh: "为空"), hidesValue: true)
    static let placeholder = Flaw(
        what: Phrase(en: "is only the example's placeholder", zh: "只是示例中的占位符"))
}

/// A flaw with its place within a key's value.
struct Finding: Hashable {
    /// The way from the key to the part that is wrong, as in `[2].amount`; empty for the whole.
    let member: String
    let place: Place
    let value: String?
    let what: Phrase
    let allowed: Phrase
}

extension ScalarType {
    /// Checks `raw`, which must be a single value; nil after a finding.
    func read(_ raw: Raw, member: String = "", into findings: inout [Finding]) -> Value? {
        guard case .scalar(let text) = raw.content else {
            let what = Phrase(
                en: "is \(raw.kind.en) where a single value is wanted",
                zh: "\(raw.kind.zh)，此处应为单个值")
            findings.append(finding(Flaw(what: what, hidesValue: true), raw, "", member))
            return nil
        }
        do {
            return try parse(text)
        } catch {
            findings.append(finding(error, raw, text, member))
            return nil
        }
    }

    private func finding(_ flaw: Flaw, _ raw: Raw, _ text: String, _ member: String) -> Finding {
        Finding(
            member: member, place: raw.place, value: flaw.hidesValue ? nil : Raw.quoted(text),
            what: flaw.what, allowed: allowed)
    }
}
