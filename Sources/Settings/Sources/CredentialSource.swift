/// Reads secrets from the files that systemd puts into `$CREDENTIALS_DIRECTORY`.
enum CredentialSource {
    /// The longest credential, in bytes.
    static let bytesMax = 65_536

    /// The variable that names the directory.
    static let directoryVariable = "CREDENTIALS_DIRECTORY"

    /// The credential `name` of `directory`; nil when there is no such file.
    static func read(
        _ name: String, in directory: String
    ) throws(BoundedFile.Failure) -> Raw? {
        let path = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
        do {
            let text = try BoundedFile.read(path, bytesMax: bytesMax)
            return Raw(content: .scalar(text), place: .credential(path))
        } catch .absent {
            return nil
        }
    }
}
