import Foundation
import OAuth
import Testing

@Suite("Tokens that outlive the process")
struct TokenVaultTests {
    /// A directory that is removed at the end.
    private final class Place: Sendable {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "vault-\(UUID().uuidString)").path

        deinit { try? FileManager.default.removeItem(atPath: path) }

        var files: [String] {
            (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        }

        func vault(_ key: String = "data key") -> TokenVault {
            TokenVault(directory: path, secret: Secret(key))
        }
    }

    private static let token = TokenVault.Kept(
        refresh: Secret("refresh-1"), access: Secret("access-1"), subject: "o-17")

    @Test("what was kept is found again, for its own identity only")
    func found() throws {
        let place = Place()
        #expect(try place.vault().kept(for: "a") == nil)
        try place.vault().keep(Self.token, for: "a")
        #expect(try place.vault().kept(for: "a") == Self.token)
        #expect(try place.vault().kept(for: "b") == nil)
        let next = TokenVault.Kept(refresh: Secret("refresh-2"))
        try place.vault().keep(next, for: "a")
        try place.vault().keep(Self.token, for: "b")
        #expect(try place.vault().kept(for: "a") == next)
        #expect(place.files.count == 2)
    }

    private static func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test("the file is its user's alone, and holds no plain word")
    func file() throws {
        let place = Place()
        try place.vault().keep(Self.token, for: "chainup https://c app")
        let name = try #require(place.files.first)
        #expect(place.files.count == 1)
        let path = place.path + "/" + name
        #expect(Self.mode(path) == 0o600)
        #expect(Self.mode(place.path) == 0o700)
        let bytes = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        for word in ["refresh", "access", "o-17", "chainup", "app"] {
            #expect(!bytes.contains(word) && !name.contains(word))
        }
    }

    @Test("another key, another identity or a changed byte opens nothing")
    func refused() throws {
        let place = Place()
        try place.vault().keep(Self.token, for: "a")
        let url = URL(filePath: place.path + "/" + (try #require(place.files.first)))
        #expect(throws: VaultError.cannotOpen(url.path)) {
            try place.vault("another").kept(for: "a")
        }
        let good = try Data(contentsOf: url)
        for index in [0, 12, good.count - 1] {
            var bad = good
            bad[index] ^= 1
            try bad.write(to: url)
            #expect(throws: VaultError.cannotOpen(url.path)) { try place.vault().kept(for: "a") }
        }
        try Data().write(to: url)
        #expect(throws: VaultError.cannotOpen(url.path)) { try place.vault().kept(for: "a") }
        try good.write(to: url)
        try place.vault().keep(Self.token, for: "b")
        let other = try #require(place.files.first(where: { !url.path.hasSuffix($0) }))
        try good.write(to: URL(filePath: place.path + "/" + other))
        #expect(throws: VaultError.self) { try place.vault().kept(for: "b") }
    }

    @Test("a directory that cannot be made is named")
    func noDirectory() {
        let vault = TokenVault(directory: "/nonexistent/tokens", secret: Secret("k"))
        #expect(throws: VaultError.self) { try vault.keep(Self.token, for: "a") }
    }

    @Test("what is kept does not show itself")
    func masked() {
        var dumped = ""
        dump(Self.token, to: &dumped)
        for text in ["\(Self.token)", String(reflecting: Self.token), dumped] {
            #expect(!text.contains("refresh-1") && !text.contains("access-1"))
        }
    }

    @Test(
        "each error says what, why and what to do",
        arguments: [
            VaultError.cannotWrite("/a", why: "no space"), .cannotRead("/a", why: "no"),
            .cannotOpen("/a"),
        ])
    func threeParts(error: VaultError) {
        #expect("\(error)".split(separator: " — ").count == 3, "\(error)")
    }
}
