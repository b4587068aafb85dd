internal import FoundationEssentials

/// From line `first` on, the key with this fingerprint signs.
struct AuditSegment {
    var first: Int64
    var fingerprint: Data
}

/// Follows the audit chain from its first line to its last. Pure.
struct ChainWalk {
    /// What the hash of the next line was made from.
    private enum Previous {
        case known(Data?)
        /// The line before is missing.
        case unknown
    }

    private let keys: [Data: AuditKey]
    private var segments: ArraySlice<AuditSegment>
    private var runs: ArraySlice<ArchivedRun>
    private var previous = Previous.known(nil)
    private var expected: Int64 = 1
    private(set) var result: Verification

    /// `segments` and `runs` in the order of their lines.
    init(
        keys: [AuditKey], segments: [AuditSegment], runs: [ArchivedRun], result: Verification
    ) {
        self.keys = Dictionary(keys.map { ($0.fingerprint, $0) }) { first, _ in first }
        self.segments = segments[...]
        self.runs = runs[...]
        self.result = result
        checkProofs(by: segments.last)
    }

    /// The newest key vouches for every run.
    private mutating func checkProofs(by segment: AuditSegment?) {
        guard let key = segment.flatMap({ keys[$0.fingerprint] }) else { return }
        for run in runs where !run.isProved(with: key) {
            result.add(
                "the note that lines \(run.first) to \(run.last) went to the archive was made "
                    + "by somebody else", line: run.first)
        }
    }

    mutating func take(_ signed: SignedLine) {
        passGap(to: signed.id)
        check(signed)
        result.lines += 1
        if signed.isArchived { result.archivedLines += 1 }
        if let run = runs.first, run.last == signed.id, run.hash != signed.hash {
            result.add(
                "the archived line is not the one that went to the archive", line: signed.id,
                seq: signed.seq)
        }
        previous = .known(signed.hash)
        expected = signed.id + 1
    }

    /// Ends the walk; `last` is the highest number that was ever given.
    mutating func end(at last: Int64) { passGap(to: last + 1) }

    /// Accounts for the numbers before `id` that no file holds.
    private mutating func passGap(to id: Int64) {
        while expected < id {
            while let run = runs.first, run.last < expected { runs.removeFirst() }
            if let run = runs.first, run.first <= expected {
                let end = min(run.last, id - 1)
                result.absentLines += end - expected + 1
                previous = end == run.last ? .known(run.hash) : .unknown
                expected = end + 1
            } else {
                let end = min(runs.first?.first ?? id, id) - 1
                result.add(
                    end == expected
                        ? "the line was removed" : "the lines to \(end) were removed",
                    line: expected)
                previous = .unknown
                expected = end + 1
            }
        }
        while let run = runs.first, run.last < id { runs.removeFirst() }
    }

    private mutating func check(_ signed: SignedLine) {
        while let next = segments.dropFirst().first, next.first <= signed.id {
            segments.removeFirst()
        }
        switch signed.content {
        case .whole(let line): check(line, signed.hash)
        case .sealed:
            result.addUnchecked(signed.id)
            result.sealedLines += 1
        case .orphaned: result.add("the payment of this line was removed", line: signed.id)
        case .unreadable:
            result.add(
                "the line, or its payment, holds what the agent never writes", line: signed.id,
                seq: signed.seq)
        }
    }

    private mutating func check(_ line: AuditLine, _ hash: Data?) {
        guard let segment = segments.first, segment.first <= line.id else {
            return result.add("no key is noted for this line", line: line.id, seq: line.seq)
        }
        guard let hash else {
            return result.add("the line has no hash", line: line.id, seq: line.seq)
        }
        guard let key = keys[segment.fingerprint], case .known(let before) = previous else {
            return result.addUnchecked(line.id)
        }
        if key.sign(line.message(after: before)) != hash {
            result.add(
                "the line, or what names its payment, was changed or stands in another's place",
                line: line.id, seq: line.seq)
        }
    }
}
