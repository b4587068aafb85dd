/// How the text of one value is checked and what it becomes.
struct ScalarType<Value: Sendable>: Sendable {
    /// What may stand here, in words: it follows "allowed: ".
    let allowed: String
    /// Throws what is wrong with the text.
    let parse: @Sendable (String) throws(Flaw) -> Value
}

/// What is wrong with a text; it follows the value in quotes, as in `"0" is out of range`.
struct Flaw: Error, Hashable {
    let what: String
    /// The value is not repeated, since it may hold a secret.
    var hidesValue = false

    static let outOfRange = Flaw(what: "is out of range")
    static let empty = Flaw(what: "is empty", hidesValue: true)
    static let placeholder = Flaw(what: "is only the example's placeholder")
}

/// A flaw with its place within a key's value.
struct Finding: Hashable {
    /// The way from the key to the part that is wrong, as in `[2].amount`; empty for the whole.
    let member: String
    let place: Place
    let value: String?
    let what: String
    let allowed: String
}

extension ScalarType {
    /// Checks `raw`, which must be a single value; nil after a finding.
    func read(_ raw: Raw, member: String = "", into findings: inout [Finding]) -> Value? {
        guard case .scalar(let text) = raw.content else {
            let what = "is \(raw.kind) where a single value is wanted"
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
