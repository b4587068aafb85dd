internal import FoundationEssentials
internal import Glibc
internal import Ledger
internal import Settings
internal import TerminalCore

/// Where a first start writes to, and how.
struct SetupFiles {
    /// The configuration file.
    let configuration: String
    /// The directory of the credential files.
    let credentials: String
    /// False keeps them plain although they could be sealed.
    let maySeal: Bool

    /// systemd's own store, where the unit looks for its credentials by name.
    static let credentialStore = "/etc/credstore"

    /// Who may use the operator commands.
    private static let operators = "kiosk-operators"
    private static let dataKey = "data_key"
    /// A shorter operator token is none that setup made.
    private static let tokenLengthMin = 32

    /// What is drawn where there is none yet, 32 bytes each.
    struct Fresh {
        var operatorToken: [UInt8]
        var dataKey: [UInt8]
    }

    /// Puts everything in place, the configuration last; returns what people should know.
    func write(_ plan: SetupPlan, _ fresh: Fresh) async throws -> [Phrase] {
        let settings = try plan.settings(configuration)
        let (dataKey, kept) = try dataKey(fresh.dataKey, for: settings.ledger.path)
        try makeDirectory(Self.directory(of: configuration), mode: 0o755)
        try makeDirectory(credentials, mode: 0o700)
        if isStore { try makeDirectory(Self.credentialStore + ".encrypted", mode: 0o700) }
        let tokenFile = settings.api.operatorTokenFile
        let token = present(tokenFile) ?? Self.secret(fresh.operatorToken)
        let seals = if maySeal { await SystemdCreds.hasKey() } else { false }
        var secrets = [
            await credential("client_secret", plan.clientSecret, seals),
            await credential("operator_token", token, seals),
        ]
        if let dataKey { secrets.append(await credential(Self.dataKey, dataKey, seals)) }
        var files = secrets.map(\.file)
        files.append(operatorFile(tokenFile, token))
        let dropInFile = dropIn(secrets, keptDataKey: kept)
        if let dropInFile {
            try makeDirectory(Self.directory(of: dropInFile.path), mode: 0o755)
            files.append(dropInFile)
        }
        if let lastGood { files.append(lastGood) }
        let text = Array(plan.configuration.text.utf8)
        files.append(FileSet.File(path: configuration, bytes: text, mode: 0o644))
        let formerDropIn = isStore && dropInFile == nil ? [UnitDropIn.path] : []
        do throws(FileSetError) {
            try FileSet(files, obsolete: formerDropIn + secrets.map(\.obsolete)).write()
        } catch {
            throw CommandFailure(.cannotWrite, Phrase(verbatim: error.description))
        }
        var lines = files.map { WrittenWords.written($0.path) } + secrets.compactMap(advice)
        if let kept { lines.append(WrittenWords.kept(kept)) }
        if seals, secrets.contains(where: \.isPlain) { lines.append(WrittenWords.unsealed) }
        if settings.ledger.recoveryKey == nil { lines.append(WrittenWords.noRecovery) }
        return lines + [WrittenWords.nextStart]
    }

    private struct Credential {
        let name: String
        let file: FileSet.File
        /// The other form of the same credential, from an earlier setup.
        let obsolete: String

        let isPlain: Bool
    }

    /// The store holds other services' credentials, too, and the unit names its own.
    private var isStore: Bool { credentials == Self.credentialStore }

    /// Tells the unit which credentials of the store are sealed; nil when none is.
    private func dropIn(_ secrets: [Credential], keptDataKey: String?) -> FileSet.File? {
        var sealed = secrets.filter { !$0.isPlain }.map(\.name)
        if keptDataKey == paths(Self.dataKey).sealed { sealed.append(Self.dataKey) }
        guard isStore, !sealed.isEmpty else { return nil }
        let text = UnitDropIn(sealed: sealed).text
        return FileSet.File(path: UnitDropIn.path, bytes: Array(text.utf8), mode: 0o644)
    }

    /// What the unit needs besides its own lines to find a credential in another place.
    private func advice(_ credential: Credential) -> Phrase? {
        if isStore { return nil }
        let setting = credential.isPlain ? "LoadCredential" : "LoadCredentialEncrypted"
        return WrittenWords.dropIn("\(setting)=\(credential.name):\(credential.file.path)")
    }

    /// The key of the card numbers, unless it is there already, and the file that has it then: a
    /// ledger does not open without the key that it was sealed with.
    private func dataKey(
        _ fresh: [UInt8], for ledger: String
    ) throws -> (Secret?, kept: String?) {
        let paths = paths(Self.dataKey)
        let kept = [paths.sealed, paths.plain].first { FileManager.default.fileExists(atPath: $0) }
        if kept != nil { return (nil, kept) }
        guard !Ledger.isSealed(at: ledger) else {
            throw CommandFailure(.configuration, WrittenWords.otherDataKey(ledger, paths.plain))
        }
        return (Self.secret(fresh), nil)
    }

    private static func secret(_ random: [UInt8]) -> Secret {
        Secret(HexText.encode(random, uppercase: false))
    }

    private func paths(_ name: String) -> (plain: String, sealed: String) {
        let plain = credentials + (isStore ? "/kiosk-agent." : "/") + name
        let sealed = isStore ? "\(credentials).encrypted/kiosk-agent.\(name)" : plain + ".cred"
        return (plain, sealed)
    }

    private func credential(
        _ name: String, _ secret: Secret, _ seals: Bool
    ) async -> Credential {
        let (plain, sealed) = paths(name)
        if seals, let bytes = await SystemdCreds.sealed(secret, name: name) {
            return Credential(
                name: name, file: FileSet.File(path: sealed, bytes: bytes, mode: 0o600),
                obsolete: plain, isPlain: false)
        }
        let bytes = Array(secret.exposed.utf8)
        return Credential(
            name: name, file: FileSet.File(path: plain, bytes: bytes, mode: 0o600),
            obsolete: sealed, isPlain: true)
    }

    /// For the commands: whoever is in the group may read it.
    private func operatorFile(_ path: String, _ token: Secret) -> FileSet.File {
        let group = geteuid() == 0 ? getgrnam(Self.operators) : nil
        return FileSet.File(
            path: path, bytes: Array(token.exposed.utf8), mode: group == nil ? 0o600 : 0o640,
            group: group?.pointee.gr_gid)
    }

    /// The token that the commands use already: a second setup must not lock operators out.
    private func present(_ path: String) -> Secret? {
        guard let data = FileManager.default.contents(atPath: path), data.count < 4_096 else {
            return nil
        }
        let text = String(decoding: data, as: UTF8.self).filter { !$0.isWhitespace }
        return text.utf8.count >= Self.tokenLengthMin ? Secret(text) : nil
    }

    /// A copy of the present configuration, if that is one that would start.
    private var lastGood: FileSet.File? {
        let loads = try? SettingsLoader.load(
            file: configuration, environment: [:], withoutSecrets: true)
        guard loads != nil, let data = FileManager.default.contents(atPath: configuration) else {
            return nil
        }
        // A development configuration may hold a secret.
        return FileSet.File(path: configuration + ".last", bytes: Array(data), mode: 0o600)
    }

    private func makeDirectory(_ path: String, mode: mode_t) throws {
        guard mkdir(path, mode) != 0, errno != EEXIST else { return }
        throw CommandFailure(
            .cannotWrite,
            Phrase(
                en: "\(path) cannot be made — \(String(cString: strerror(errno))) — run setup as "
                    + "root, or name another place",
                zh: "无法创建 \(path) — \(String(cString: strerror(errno))) — "
                    + "请以 root 运行 setup，或指定其他位置"))
    }

    private static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
