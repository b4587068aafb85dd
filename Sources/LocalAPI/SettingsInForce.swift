internal import Synchronization

/// The settings of the API; what the pages say of the terminal may change while they are served.
final class SettingsInForce: Sendable {
    private let settings: Mutex<APISettings>

    init(_ settings: APISettings) { self.settings = Mutex(settings) }

    var now: APISettings { settings.withLock { $0 } }

    func take(name: String, language: String) {
        settings.withLock { settings in
            (settings.terminalName, settings.language) = (name, language)
        }
    }
}
