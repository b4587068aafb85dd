internal import ArgumentParser
internal import FoundationEssentials
internal import Settings

/// Whose secret a journal is signed with.
struct KeyOption: ParsableArguments {
    @Option(
        name: .customLong("key"),
        help: "A file with the client_secret of the journal's terminal; without it, this one's own."
    )
    var file: String?

    /// The longest secret, in bytes.
    private static let bytesMax = 4_096

    /// The secret of the file; nil without the option.
    func secret() throws -> Secret? {
        guard let file else { return nil }
        guard let data = FileManager.default.contents(atPath: file), data.count <= Self.bytesMax
        else {
            throw CommandFailure(
                .data, "the key cannot be read — \(file) is missing, or no secret — check --key")
        }
        let text = String(decoding: data, as: UTF8.self)
        let secret = text.filter { !$0.isNewline && $0 != " " && $0 != "\t" }
        guard !secret.isEmpty else {
            throw CommandFailure(.data, "the key is empty — \(file) holds nothing — check --key")
        }
        return Secret(secret)
    }
}
