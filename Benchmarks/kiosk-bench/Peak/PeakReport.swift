internal import PeakBooks

/// The verdicts of one soak.
struct PeakReport {
    /// Findings whose words are shown.
    private static let wordsMax = 20

    let order: PeakOrder
    let pages: PeakDiary.Pages
    let books: Books
    /// How often the agent says that it has read its configuration again.
    let reloads: Int

    /// The lines of the table; what was found is said beside it.
    func lines() -> [Line] {
        let findings = books.findings
        for finding in findings.prefix(Self.wordsMax) { note(finding.text) }
        for word in pages.words { note(word) }
        return sales + money(findings) + calls + highest + growth
    }

    private var sales: [Line] {
        let rate = Double(books.payments.count) / Double(order.minutes * 60)
        let bytes = (pages.figures.last?.ledger ?? 0) * 1_000_000
        return [
            Line("peak: payments", told: Double(books.payments.count), unit: ""),
            Line("peak: payments a second", rate, unit: "", Threshold.peakRate),
            Line("peak: left to an operator", told: Double(books.leftToPeople), unit: ""),
            Line(
                "peak: ledger, each payment", told: bytes / Double(max(1, books.payments.count)),
                unit: " B"),
        ]
    }

    private func money(_ findings: [Books.Finding]) -> [Line] {
        Books.Finding.Rule.allCases.map { rule in
            let count = findings.count { $0.rule == rule }
            return Line("peak: \(rule.rawValue)", Double(count), unit: "", Threshold.none)
        }
    }

    private var calls: [Line] {
        [
            Line("peak: failed calls", Double(pages.failures), unit: "", Threshold.none),
            Line(
                "peak: reloads not taken up", Double(abs(pages.reloads - reloads)), unit: "",
                Threshold.none),
        ]
    }

    private var highest: [Line] {
        let figures = pages.figures
        return [
            Line(
                "peak: resident memory", figures.highest { $0.memory.resident }, unit: " MB",
                Threshold.peakResidentMB),
            Line(
                "peak: private memory", figures.highest { $0.memory.own }, unit: " MB",
                Threshold.privateMB),
            Line(
                "peak: descriptors", figures.highest { $0.descriptors }, unit: "",
                Threshold.peakDescriptors),
            Line(
                "peak: threads", figures.highest { $0.threads }, unit: "", Threshold.peakThreads),
            Line(
                "peak: SQLite's log", figures.highest { $0.wal }, unit: " MB",
                Threshold.peakLogMB),
        ]
    }

    private var growth: [Line] {
        let figures = pages.figures
        return [
            growth("resident", figures.growthPerDay { $0.memory.resident }, " MB"),
            growth("private", figures.growthPerDay { $0.memory.own }, " MB"),
            growth("descriptors", figures.growthPerDay { $0.descriptors }, ""),
            growth("threads", figures.growthPerDay { $0.threads }, ""),
            growth("SQLite's log", figures.growthPerDay { $0.wal }, " MB"),
        ]
    }

    /// A short run is not judged.
    private func growth(_ name: String, _ value: Double?, _ unit: String) -> Line {
        let name = "peak: in a day, \(name)"
        guard let value, order.minutes >= PeakBench.judgedMinutes else {
            return Line(name, told: value ?? 0, unit: unit)
        }
        return Line(name, value, unit: unit, Threshold.peakGrowth)
    }
}
