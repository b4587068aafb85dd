import TerminalCore
import TerminalTesting

@testable import Journal

extension FuzzTarget {
    /// Journals with their signatures, and their lines without.
    static let journals = [
        FuzzTarget(name: "signed journals", share: 15, samples: both) { bytes in
            let (taken, isWhole) = read(bytes, key: key)
            // Whatever was done to the file, nothing is taken that was not signed just so.
            guard written.starts(with: taken) else { return .broken("\(taken.count) payments") }
            return isWhole ? .taken : .refused
        },
        FuzzTarget(name: "lines of journals", share: 15, samples: both) { bytes in
            let (taken, isWhole) = read(bytes, key: nil)
            if let odd = taken.first(where: { !isSound($0) }) { return .broken("\(odd)") }
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                guard let signed = SignedLine(line) else { continue }
                guard signed.bytes == Array(line) + [UInt8(ascii: "\n")] else {
                    return .broken("a line is not what it was")
                }
            }
            return isWhole ? .taken : .refused
        },
    ]

    private static let key = JournalKey(clientSecret: "secret of K001")

    private static let written = (0..<3).map { number in
        let seq = "K001\(Sample.start.milliseconds + Int64(number))"
        return Payment(
            id: 0, seq: seq, state: .accepted, reason: .platformUnreachable,
            amount: Money(fen: 1_500), title: "午餐 \"1\"", card: Sample.card(number),
            offline: true, decision: .approve, createdAt: Sample.start, updatedAt: Sample.start,
            expiresAt: Sample.start + .seconds(60), platform: Sample.platform, order: seq)
    }

    private static let both = [JournalHeader.Kind.export, .mirror].map(journal)

    /// Empty, and so not taken, when it cannot be written.
    private static func journal(_ kind: JournalHeader.Kind) -> [UInt8] {
        let header = JournalHeader(
            kind: kind, terminal: "K001", platform: Sample.platform, createdAt: Sample.start)
        var bytes: [UInt8] = []
        guard var writer = try? JournalWriter(key: key, header: header, head: &bytes) else {
            return []
        }
        for payment in written {
            bytes += (try? writer.payment(payment, change: 7)) ?? []
        }
        return kind == .mirror ? bytes : bytes + ((try? writer.end()) ?? [])
    }

    /// The payments up to the first fault, and whether there was none.
    private static func read(
        _ bytes: [UInt8], key: JournalKey?
    ) -> (payments: [Payment], isWhole: Bool) {
        var (verifier, payments) = (JournalVerifier(key: key), [Payment]())
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        do throws(JournalError) {
            for line in lines.dropLast() {
                let found = try verifier.take(line)
                if case .payment(let payment, _, _)? = found { payments.append(payment) }
            }
            if let rest = lines.last, !rest.isEmpty { _ = try verifier.take(rest, isWhole: false) }
            try verifier.finish()
            return (payments, true)
        } catch {
            return (payments, false)
        }
    }

    /// It could be written again just so.
    private static func isSound(_ payment: Payment) -> Bool {
        let line = JournalLine.payment(payment, sealedCard: nil, change: 7)
        guard let text = try? LineText.encode(line), payment.amount.isPayable else { return false }
        return (try? LineText.decode(text)) == line
    }
}
