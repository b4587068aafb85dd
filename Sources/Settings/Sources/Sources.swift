internal import TerminalCore

/// All the sources of values, in the order of their rank: credential, variable, file, default.
struct Sources {
    private let credentials: [String: Raw]
    private let environment: [String: Raw]
    private let file: [String: Raw]
    /// What is wrong before any value is looked at.
    let problems: [Problem]
    /// Keys that have a source which could not be read, so that they do not count as missing.
    let unreadable: Set<String>

    init(file root: Raw, environment variables: [String: String]) {
        let file = ConfigurationFile(root)
        let environment = EnvironmentSource(variables)
        let directory = variables[CredentialSource.directoryVariable] ?? ""
        var credentials: [String: Raw] = [:]
        var failures: [(path: String, problem: Problem)] = []
        for key in KeyTable.keys where !directory.isEmpty {
            guard let name = key.credential else { continue }
            do throws(BoundedFile.Failure) {
                credentials[key.path] = try CredentialSource.read(name, in: directory)
            } catch {
                failures.append((key.path, Self.problem(error, key.path, name, directory)))
            }
        }
        self.file = file.values
        self.environment = environment.values
        self.credentials = credentials
        problems = file.problems + environment.problems + failures.map(\.problem)
        unreadable = Set(failures.map(\.path))
    }

    /// These sources, with `newer` ones for the keys that may change while the program runs.
    func takingUp(_ newer: Sources) -> Sources { Sources(self, takingUp: newer) }

    private init(_ old: Sources, takingUp newer: Sources) {
        file = Self.mix(old.file, newer.file)
        environment = Self.mix(old.environment, newer.environment)
        credentials = Self.mix(old.credentials, newer.credentials)
        problems = old.problems + newer.problems
        unreadable = old.unreadable.union(newer.unreadable)
    }

    private static func mix(_ old: [String: Raw], _ newer: [String: Raw]) -> [String: Raw] {
        let isReloadable = { (path: String) in KeyTable.key(path)?.isReloadable ?? false }
        return old.filter { !isReloadable($0.key) }
            .merging(newer.filter { isReloadable($0.key) }) { $1 }
    }

    /// The value that counts as one text, so that two can be compared; never to be shown.
    func text(of key: SettingKey) -> String {
        value(of: key)?.raw.shown ?? key.defaultValue ?? "null"
    }

    /// The value that counts, and where it came from.
    func value(of key: SettingKey) -> (raw: Raw, origin: Origin)? {
        if let raw = credentials[key.path], let name = key.credential {
            return (raw, .credential(name))
        }
        if let raw = environment[key.path] { return (raw, .environment(key.variableName)) }
        return file[key.path].map { ($0, .file(line: $0.place.line)) }
    }

    /// Where a value stands besides the credential files, whether or not it counts.
    func openPlaces(of key: SettingKey) -> [Place] {
        [environment[key.path], file[key.path]].compactMap(\.self).filter { !$0.isNothing }
            .map(\.place)
    }

    private static func problem(
        _ failure: BoundedFile.Failure, _ path: String, _ name: String, _ directory: String
    ) -> Problem {
        Problem(
            place: .credential("\(directory)/\(name)"), key: path, value: nil,
            what: failure.phrase,
            remedy: .allowed(
                Phrase(
                    en: "a readable text file of 1 to \(CredentialSource.bytesMax) bytes",
                    zh: "可读的文本文件，1 至 \(CredentialSource.bytesMax) 字节")))
    }
}
