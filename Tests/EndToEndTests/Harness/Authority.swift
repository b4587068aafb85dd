import Foundation

/// A site's own certificate authority, made by OpenSSL's command line in a directory of its own.
final class Authority: Sendable {
    /// A certificate and its key, as paths of PEM files.
    struct Certificate: Sendable {
        let file: String
        let key: String
    }

    private let directory: URL

    /// Its own certificate, for `platform.ca_file`.
    var file: String { path("authority.pem") }

    /// Keys on a curve are made at once; those of RSA take their time.
    private static let newKey = [
        "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
    ]

    init() async throws {
        directory = FileManager.default.temporaryDirectory
            .appending(path: "authority-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try write(
            "authority.cnf",
            "basicConstraints = critical,CA:TRUE\nkeyUsage = critical,keyCertSign\n")
        try await openssl(
            ["req", "-x509", "-config", path("authority.cnf"), "-extensions", "own"]
                + Self.newKey + ["-subj", "/CN=authority", "-days", "2"]
                + ["-keyout", path("authority.key"), "-out", file])
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// A certificate for `names`, as OpenSSL writes them: `IP:127.0.0.1,DNS:localhost`.
    ///
    /// It ends after so many days, of which -1 means that it has ended.
    func certificate(for names: String, days: Int = 2) async throws -> Certificate {
        let made = try site(names)
        try await openssl(
            ["req", "-new", "-config", path("site.cnf")] + Self.newKey
                + ["-subj", "/CN=site", "-keyout", made.key, "-out", path("site.csr")])
        try await openssl(
            ["x509", "-req", "-in", path("site.csr"), "-set_serial", "2", "-days", "\(days)"]
                + ["-CA", file, "-CAkey", path("authority.key"), "-extensions", "own"]
                + ["-extfile", path("site.cnf"), "-out", made.file])
        return made
    }

    /// A certificate for `names` that vouches for itself.
    func selfSigned(for names: String) async throws -> Certificate {
        let made = try site(names)
        try await openssl(
            ["req", "-x509", "-config", path("site.cnf"), "-extensions", "own"] + Self.newKey
                + ["-subj", "/CN=site", "-days", "2", "-keyout", made.key, "-out", made.file])
        return made
    }

    private func site(_ names: String) throws -> Certificate {
        try write(
            "site.cnf",
            """
            basicConstraints = critical,CA:FALSE
            extendedKeyUsage = serverAuth
            subjectAltName = \(names)
            """)
        return Certificate(file: path("site.pem"), key: path("site.key"))
    }

    private func path(_ name: String) -> String { directory.appending(path: name).path }

    /// Writes a configuration whose section `own` has these lines.
    private func write(_ name: String, _ own: String) throws {
        let text = "[req]\ndistinguished_name = name\nprompt = no\n[name]\nCN = x\n[own]\n\(own)\n"
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    }

    private func openssl(_ arguments: [String]) async throws {
        let program = try Program(URL(filePath: "/usr/bin/env"), ["openssl"] + arguments)
        let code = await program.end()
        guard code == 0 else { throw OpenSSLFailed(output: program.output, code: code) }
    }
}

/// The command line did not make what it was asked for.
struct OpenSSLFailed: Error {
    var output: [String]
    var code: Int32
}
