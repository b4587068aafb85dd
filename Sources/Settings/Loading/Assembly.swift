internal import TerminalCore

/// Reads the keys one by one from their sources, and gathers values and problems as it goes.
///
/// A wrong value does not end it: its default stands in, so that all problems are found at once.
struct Assembly {
    let sources: Sources
    /// The configuration file, for problems that have no place of their own.
    let file: String
    private(set) var problems: [Problem]
    private(set) var warnings: [Phrase] = []
    private var noted: [String: KeyValue] = [:]
    private var failed: Set<String>
    private var places: [String: Place] = [:]

    init(_ sources: Sources, file: String) {
        self.sources = sources
        self.file = file
        problems = sources.problems
        failed = sources.unreadable
    }

    /// The value of `key`, or what stands in for it.
    mutating func read<Value: Sendable>(_ key: Key<Value>) -> Value {
        guard let (raw, origin) = sources.value(of: key.row) else { return missing(key) }
        places[key.row.path] = raw.place
        note(key.row, raw, origin)
        var findings: [Finding] = []
        let value = key.type.read(raw, &findings)
        if let value, findings.isEmpty { return value }
        failed.insert(key.row.path)
        problems += findings.map { problem($0, key.row) }
        return key.fallback
    }

    /// What has been read, in the order of the table.
    var values: [KeyValue] { KeyTable.keys.compactMap { noted[$0.path] } }

    /// Whether these keys hold what they were given, so that they can be compared.
    func isSound(_ keys: SettingKey...) -> Bool { keys.allSatisfy { !failed.contains($0.path) } }

    /// Adds a problem with the value of `key`.
    mutating func object(
        _ key: SettingKey, at place: Place? = nil, _ what: Phrase, _ remedy: Phrase
    ) {
        let place = place ?? places[key.path] ?? .file(file)
        problems.append(
            Problem(place: place, key: key.path, value: nil, what: what, remedy: remedy))
    }

    /// Adds a sentence for a second look.
    mutating func warn(_ text: Phrase) { warnings.append(text) }

    private mutating func missing<Value: Sendable>(_ key: Key<Value>) -> Value {
        noted[key.row.path] = KeyValue(
            key: key.row, shown: key.row.defaultValue ?? "null", origin: .defaultValue)
        guard key.row.defaultValue == nil, isSound(key.row) else { return key.fallback }
        failed.insert(key.row.path)
        let file =
            key.row.credential.map { name in
                Phrase(
                    en: "a file \(name) in $CREDENTIALS_DIRECTORY, ",
                    zh: "$CREDENTIALS_DIRECTORY 中的文件 \(name)，")
            } ?? Phrase.nothing
        let form = file + key.row.allowed
        object(
            key.row, .isMissing,
            Phrase(en: "set it (\(form.en))", zh: "请设置（\(form.zh)）"))
        return key.fallback
    }

    private mutating func note(_ key: SettingKey, _ raw: Raw, _ origin: Origin) {
        let shown = key.isSecret && !raw.isNothing ? Secret.mask : raw.shown
        noted[key.path] = KeyValue(key: key, shown: shown, origin: origin)
    }

    private func problem(_ finding: Finding, _ key: SettingKey) -> Problem {
        Problem(
            place: finding.place, key: key.path + finding.member,
            value: key.isSecret ? nil : finding.value, what: finding.what,
            remedy: .allowed(finding.allowed))
    }
}
