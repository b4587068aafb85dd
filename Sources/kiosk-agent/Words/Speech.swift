internal import Foundation
internal import Settings
internal import TerminalCore

/// The language that this process speaks to people in. Programs and logs hear English always.
enum Speech {
    /// `terminal.language`; that of the environment while no configuration can be read.
    static let language = configured ?? ofTheEnvironment

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The file is found before the command line is understood: what is wrong with that is told
    /// in the right language, too.
    private static var configured: Settings.Terminal.Language? {
        let arguments = ProcessInfo.processInfo.arguments
        let file = file(in: arguments) ?? SettingsLoader.standardFile
        return try? SettingsLoader.load(
            file: file, environment: environment, withoutSecrets: true
        ).settings.terminal.language
    }

    private static func file(in arguments: [String]) -> String? {
        if let index = arguments.firstIndex(of: "--config"), index + 1 < arguments.count {
            return arguments[index + 1]
        }
        let option = "--config="
        return arguments.first { $0.hasPrefix(option) }.map { String($0.dropFirst(option.count)) }
    }

    /// As POSIX has it: the first of these that is set counts.
    private static var ofTheEnvironment: Settings.Terminal.Language {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let locale = names.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return locale.hasPrefix("zh") ? .zh : .en
    }
}
