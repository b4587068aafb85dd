internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import Settings
internal import TerminalCore

/// `kiosk-agent setup`
struct SetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "First start: asks, checks against the real thing, writes the configuration.",
        discussion: Help.text(
            """
            Everything is checked before anything is written, and each file is replaced as a \
            whole; the configuration that was good before stays as config.yaml.last. For fleets \
            --answers takes a file with the keys of the configuration and client_secret_file. The \
            key that card numbers are encrypted with, data_key, is made once and never replaced.
            """,
            examples: "setup", "setup --answers answers.yaml"))

    @Option(help: "The directory for the credential files.")
    var credentials = SetupFiles.credentialStore
    @Option(help: "Take the answers from this file, and ask nothing.")
    var answers: String?
    @Flag(help: "Write without asking once more.")
    var yes = false
    @Flag(help: "Leave out the checks that need the network.")
    var offline = false
    @Flag(
        name: .customLong("plain-credentials"),
        help: "Keep the credentials as plain files where systemd-creds could seal them.")
    var plainCredentials = false
    @OptionGroup var config: ConfigOption

    func run() async throws {
        let plan = if let answers { try await unattended(answers) } else { try await attended() }
        let fresh = SetupFiles.Fresh(operatorToken: Self.random(), dataKey: Self.random())
        let files = SetupFiles(
            configuration: config.file, credentials: credentials, maySeal: !plainCredentials)
        for line in try await files.write(plan, fresh) { Terminal.say(line[plan.language]) }
    }

    private static func random() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private func attended() async throws -> SetupPlan {
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure(
                .usage,
                Phrase(
                    en: "setup cannot ask — standard input is no terminal — give --answers FILE",
                    zh: "setup 无法提问 — 标准输入不是终端 — 请给出 --answers FILE"))
        }
        var interview = Interview(file: config.file, isOffline: offline)
        if access(config.file, F_OK) == 0 { interview.draft = present() }
        let plan = try await interview.run()
        // What is wrong together is found before it is written.
        _ = try plan.settings(config.file)
        guard try yes || interview.dialogue.confirm(interview.words.write, default: true) else {
            throw CommandFailure(
                .no,
                Phrase(
                    en: "nothing was written — you said no — begin again",
                    zh: "没有写入任何内容 — 您选择了否 — 请重新开始"))
        }
        return plan
    }

    /// The present configuration as the source of defaults.
    private func present() -> NewConfiguration {
        do throws(ConfigurationError) {
            return try NewConfiguration(existing: config.file)
        } catch {
            let words = Phrase(
                en: "\(config.file) cannot be used for defaults, the questions begin anew",
                zh: "\(config.file) 不能用作默认值，将重新提问")
            Terminal.say(words.text)
            return NewConfiguration()
        }
    }

    private func unattended(_ file: String) async throws -> SetupPlan {
        let answers: SetupAnswers
        do throws(ConfigurationError) {
            answers = try SetupAnswers(file: file)
        } catch {
            throw CommandFailure(.configuration, error.phrase)
        }
        let plan = SetupPlan(
            configuration: answers.configuration,
            clientSecret: try Self.secret(answers.clientSecretFile))
        let settings = try plan.settings(config.file)
        var findings = await ReaderCheck(settings: settings.reader).run()
        if offline {
            let now = SystemTerminalClock().now()
            findings.append(Finding(.clock, ClockCheck.problem(now)))
            Terminal.say(Self.unasked.text)
        } else {
            findings += await PlatformCheck(settings: settings).run()
        }
        let problems = findings.compactMap { finding in
            finding.problem.map { FindingWords.line(finding.part.name, $0) }
        }
        guard problems.isEmpty else {
            throw CommandFailure(.no, Phrase.joined(problems, by: Phrase(verbatim: "\n")))
        }
        return plan
    }

    private static let unasked = Phrase(
        en: "--offline: the platform was not asked", zh: "--offline：未询问平台")

    /// The longest secret, in bytes.
    private static let secretMax = 4_096

    private static func secret(_ path: String) throws -> Secret {
        guard let data = FileManager.default.contents(atPath: path), data.count <= secretMax,
            let text = String(validating: data, as: UTF8.self)
        else {
            throw CommandFailure(
                .configuration,
                Phrase(
                    en: "\(path) holds no secret — it cannot be read, or is no text of at most "
                        + "\(secretMax) bytes — check client_secret_file",
                    zh: "\(path) 中没有密钥 — 无法读取，或不是至多 "
                        + "\(secretMax) 字节的文本 — 请检查 client_secret_file"))
        }
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == 1, let secret = lines.first else {
            throw CommandFailure(
                .configuration,
                Phrase(
                    en: "\(path) holds no secret — it must have one line — check "
                        + "client_secret_file",
                    zh: "\(path) 中没有密钥 — 它必须只有一行 — 请检查 client_secret_file"))
        }
        return Secret(String(secret))
    }
}
