/// Every key that exists: errors, `config show` and the names of variables come from here.
public enum KeyTable {
    /// In the order of the documented configuration.
    public static let keys: [SettingKey] = [
        Keys.Terminal.rows, Keys.Platform.rows, Keys.Reader.rows, Keys.Card.rows,
        Keys.Payment.rows, Keys.Offline.rows, Keys.Sync.rows, Keys.Ledger.rows, Keys.API.rows,
        Keys.Scanner.rows, Keys.Log.rows, Keys.ChainUp.rows, Keys.TF56.rows,
        Keys.RealShark.rows,
    ].flatMap(\.self)

    /// The key at `path`.
    public static func key(_ path: String) -> SettingKey? { byPath[path] }

    private static let byPath = Dictionary(uniqueKeysWithValues: keys.map { ($0.path, $0) })

    /// The paths that hold keys, as `platform` and `other_platforms.tf56`.
    static let sections: Set<String> = Set(
        keys.flatMap { key in
            let parts = key.path.split(separator: ".")
            return (1..<parts.count).map { parts[..<$0].joined(separator: ".") }
        })

    /// The members that a section has; the sections themselves for the empty path.
    static func members(of section: String) -> [String] {
        let prefix = section.isEmpty ? "" : section + "."
        var names: [String] = []
        for key in keys where key.path.hasPrefix(prefix) {
            let name = String(key.path.dropFirst(prefix.count).prefix { $0 != "." })
            if names.last != name { names.append(name) }
        }
        return names
    }
}
