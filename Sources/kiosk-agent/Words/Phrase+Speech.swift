internal import Settings
internal import TerminalCore

extension Phrase {
    /// For the person at this terminal.
    var text: String { self[Speech.language] }

    subscript(language: Settings.Terminal.Language) -> String {
        switch language {
        case .en: en
        case .zh: zh
        }
    }
}
