/// What a configuration that was read again changes in a program that runs.
public struct Reload: Sendable {
    /// One key and its two values as `config show` prints them.
    public struct Change: Hashable, Sendable {
        public let key: SettingKey
        public let was: String
        public let now: String
    }

    /// The running settings with what may change taken from the new ones.
    public let loaded: LoadedSettings
    /// What is taken up, in the order of the table.
    public let changes: [Change]
    /// What differs, and waits for the next start, in the order of the table.
    public let waiting: [SettingKey]
}

extension LoadedSettings {
    /// Takes from `newer` the keys that may change while payments go on; the rest stays.
    ///
    /// Throws where new values do not fit together with those that stay, as a fixed amount of null
    /// while each tap pays: then nothing is taken up.
    public func takingUp(_ newer: LoadedSettings) throws(ConfigurationError) -> Reload {
        let loaded = try SettingsLoader.load(sources.takingUp(newer.sources), file: file)
        let differing = zip(values, newer.values).filter { was, _ in
            sources.text(of: was.key) != newer.sources.text(of: was.key)
        }
        return Reload(
            loaded: loaded,
            changes: differing.filter { $0.0.key.isReloadable }.map { was, now in
                Reload.Change(key: was.key, was: was.shown, now: now.shown)
            },
            waiting: differing.map { $0.0.key }.filter { !$0.isReloadable })
    }
}
