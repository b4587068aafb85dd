internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

/// How far a reconciliation is, and what it has found.
struct ReconcileView: Encodable {
    /// One order on which the two sides do not agree; money in fen.
    struct Difference: Encodable {
        var seq: String
        var order: String
        var state: String
        var kind: String
        var ours: Int64
        var platform: Int64?
        var repaired: String?
        /// In an archive: nothing is ever repaired there.
        var archived: Bool

        init(_ difference: Reconciliation.Difference) {
            seq = difference.seq
            order = difference.order
            state = difference.state.rawValue
            kind = difference.kind.rawValue
            ours = difference.ours.fen
            platform = difference.platforms?.fen
            repaired = difference.repaired?.rawValue
            archived = difference.isArchived
        }
    }

    var date: String
    /// The day's bounds.
    var from: Int64
    var to: Int64
    var repair: Bool
    var running: Bool
    var failure: String?
    var total: Int
    var done: Int
    var neverSent: Int
    var underWay: Int
    /// Payments of an archive that were asked for.
    var archived: Int
    var unreachable: Bool
    var ours: Int64
    var platform: Int64
    var unknown: Int64
    var open: Int
    /// Absent in events, which everybody may read.
    var differences: [Difference]?

    /// `whole` lists the differences: for operators only.
    init(_ job: ReconcileJob, whole: Bool = false) {
        let result = job.result
        let bounds = job.date.moments
        date = job.date.description
        (from, to) = (bounds.lowerBound.milliseconds, bounds.upperBound.milliseconds)
        repair = job.repairs
        running = !job.isOver
        failure = job.failure
        (total, done) = (result.total, result.done)
        (neverSent, underWay) = (result.neverSent, result.underWay)
        archived = result.archived
        unreachable = result.isCutOff
        (ours, platform) = (result.ours.fen, result.platforms.fen)
        unknown = result.unknown.fen
        open = result.openDifferences
        differences = whole ? result.differences.map(Difference.init) : nil
    }
}
