import Sealing
import TerminalCore
import Testing

@testable import Settings

@Suite("ledger.recovery_key")
struct RecoveryKeyTests {
    private static let text = "B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9_AsrhtHHw"
    private static let block = """
        ledger:
          recovery_key: |
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VuAyEAB6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9/AsrhtHHw=
            -----END PUBLIC KEY-----

        """

    @Test("base64url and PEM give the same key, on one line, too")
    func forms() throws {
        let folded = Self.block.replacing("|\n", with: "\n")
        for yaml in ["ledger.recovery_key: \(Self.text)\n", Self.block, folded] {
            let settings = try Sample.load(adding: yaml).ledger
            #expect(settings.recoveryKey?.text == Self.text, "\(yaml)")
        }
    }

    @Test("nothing else is taken, the private key neither, and the value is not repeated")
    func refused() throws {
        let secret = try #require(RecoverySecret(bytes: Array(1...32)))
        let pem = secret.pem.split(separator: "\n").joined(separator: " ")
        let rows = [("abc", "is no public key of X25519"), (pem, "is the private key")]
        for (value, what) in rows {
            let problems = Sample.problems(adding: "ledger.recovery_key: \"\(value)\"\n")
            #expect(problems.map(\.key) == ["ledger.recovery_key"])
            #expect(problems.map(\.what.en) == [what])
            #expect(problems.map(\.value) == [nil])
        }
    }
}
