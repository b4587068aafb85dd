import TerminalCore

@testable import Settings

extension FuzzTarget {
    /// The configuration file. YAML is slow.
    static let settings = [
        FuzzTarget(
            name: "configurations", share: 6,
            samples: [small, large].map { Array($0.utf8) }, verdict: configuration),
        FuzzTarget(
            name: "answers of a first start", share: 4, samples: [Array(setupAnswers.utf8)],
            verdict: firstStart),
    ]

    private static let small = """
        terminal: {id: K001}
        platform: {base_url: "http://127.0.0.1:7718", client_id: demo, client_secret: hush}

        """

    private static let setupAnswers = """
        client_secret_file: /run/secret
        terminal: {id: K001, name: "Canteen 1, lane 3"}
        platform:
          base_url: https://127.0.0.1:7718
          client_id: demo
          refusal_reasons: {402: balance_too_low}
        reader: {source: simulated}
        payment:
          mode: fixed
          fixed_amount: 1500
          schedule: [{from: "10:30", to: "13:30", amount: 1500, title: "Lunch: hot"}]

        """

    private static let large = """
        terminal:
          id: K001   # the site's
          name: "Canteen 1, lane 3"
          language: en
        platform:
          base_url: https://127.0.0.1:7718
          client_id: demo
          client_secret: hush
          refusal_reasons: {402: balance_too_low, 403: card_lost}
          request_timeout: 3s
        card_number:
          source: apdu
          apdus: ["00A4040002A001", "00B0000010"]
          slice: {response: 2, offset: 4, length: 8, as: bcd}
        payment:
          mode: fixed
          title: Meal
          schedule:
            - {from: "07:00", to: "09:00", amount: 500}
            - {from: "10:30", to: "13:30", amount: 1500, title: Lunch}
        offline: {payment_limit: 5000, max_age: 72h}
        sync: {retry_min: 100ms, retry_max: 1s}
        api: {listen: "127.0.0.1:0", allowed_origins: ["https://till.example.com"]}

        """

    /// What is loaded agrees with itself and shows no secret; what is refused says why.
    @Sendable private static func configuration(_ bytes: [UInt8]) -> Verdict {
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(ConfigurationError) {
            let loaded = try SettingsLoader.load(text: text, file: "/c.yaml", environment: [:])
            let settings = loaded.settings
            let isOrdered =
                settings.sync.retryMin <= settings.sync.retryMax
                && settings.platform.connectTimeout <= settings.platform.decisionDeadline
            let secrets = loaded.values.filter(\.key.isSecret).map(\.shown)
            let areHidden = secrets.allSatisfy { ["****", "null", "..."].contains($0) }
            return isOrdered && areHidden ? .taken : .broken("it contradicts itself, or tells")
        } catch {
            return told(error)
        }
    }

    /// What is taken can be written as a configuration that loads, and names a file by its path.
    @Sendable private static func firstStart(_ bytes: [UInt8]) -> Verdict {
        do throws(ConfigurationError) {
            let text = String(decoding: bytes, as: UTF8.self)
            let answers = try SetupAnswers(text: text, file: "/answers.yaml")
            guard answers.clientSecretFile.hasPrefix("/") else { return .broken("no path") }
            let loads = (try? answers.configuration.load(file: "/c.yaml")) != nil
            return loads ? .taken : .broken("what is written does not load")
        } catch {
            return told(error)
        }
    }

    /// A refusal says what is wrong and what to do.
    private static func told(_ error: ConfigurationError) -> Verdict {
        let isTold = error.problems.allSatisfy { !$0.what.en.isEmpty && !$0.remedy.en.isEmpty }
        return isTold && !error.problems.isEmpty ? .refused : .broken("it says nothing")
    }
}
