internal import TerminalCore

/// The sums below the table of `kiosk-agent reconcile`.
enum ReconcileWords {
    /// One line each: what was compared, the money on both sides, the differences.
    static func totals(_ job: ReconcileAnswer, _ differences: Int) -> Phrase {
        Phrase.joined(
            [
                compared(job), ours(Money(fen: job.ours).description),
                platform(Money(fen: job.platform).description),
                found(differences, repaired: differences - job.open),
            ], by: Phrase(verbatim: "\n"))
    }

    private static func compared(_ job: ReconcileAnswer) -> Phrase {
        Phrase(
            en: "\(job.date): \(job.done) of \(job.total) payments, \(job.neverSent) never sent, "
                + "\(job.underWay) under way, \(job.archived) in an archive",
            zh: "\(job.date)：已核对 \(job.done) / \(job.total) 笔交易，\(job.neverSent) 笔从未发送，"
                + "\(job.underWay) 笔正在处理，\(job.archived) 笔已归档")
    }

    private static func ours(_ yuan: String) -> Phrase {
        Phrase(en: "ours      \(yuan) yuan", zh: "本机  \(yuan) 元")
    }

    private static func platform(_ yuan: String) -> Phrase {
        Phrase(en: "platform  \(yuan) yuan", zh: "平台  \(yuan) 元")
    }

    private static func found(_ count: Int, repaired: Int) -> Phrase {
        count == 1
            ? Phrase(
                en: "\(count) difference, \(repaired) repaired",
                zh: "\(count) 处差异，已修复 \(repaired) 处")
            : Phrase(
                en: "\(count) differences, \(repaired) repaired",
                zh: "\(count) 处差异，已修复 \(repaired) 处")
    }
}
