internal import Ledger
internal import TerminalAgent
internal import TerminalCore

/// One payment of a replay, without its card; money in fen.
struct ReplayedPaymentView: Encodable {
    /// What is to be done for a payment.
    enum Goal: String, Encodable {
        /// Ask the platform, then charge once.
        case deliver
        /// Have it undone.
        case undo
        /// Leave it to an operator.
        case decide

        init(_ state: PaymentState) {
            switch state {
            case .accepted: self = .deliver
            case .reversing: self = .undo
            default: self = .decide
            }
        }
    }

    var seq: String
    var state: String
    var reason: String?
    var amount: Int64
    var createdAt: Int64
    /// In a plan alone.
    var would: Goal?

    init(_ payment: Payment, would: Goal? = nil) {
        (seq, state, reason) = (payment.seq, payment.state.rawValue, payment.reason?.rawValue)
        (amount, createdAt) = (payment.amount.fen, payment.createdAt.milliseconds)
        self.would = would
    }
}

/// What a replay would do.
struct ReplayPlanView: Encodable {
    var terminal: String
    /// The line at which the mirror breaks off; what stands before it counts.
    var tornLine: Int?
    /// How many payments would be treated so.
    var deliver = 0
    var undo = 0
    var decide = 0
    /// How many are closed already or were never sent.
    var closed = 0
    /// What is owed, up to a limit.
    var payments: [ReplayedPaymentView] = []

    init(_ replay: any Replay) {
        (terminal, tornLine) = (replay.terminal, replay.tornLine)
        for payment in replay.payments { add(payment) }
    }

    private mutating func add(_ payment: Payment) {
        guard let state = payment.adoptedState else {
            closed += 1
            return
        }
        let goal = ReplayedPaymentView.Goal(state)
        switch goal {
        case .deliver: deliver += 1
        case .undo: undo += 1
        case .decide: decide += 1
        }
        if payments.count < APILimits.replayListMax {
            payments.append(ReplayedPaymentView(payment, would: goal))
        }
    }
}

/// How far a replay is, and how it ended.
struct ReplayView: Encodable {
    var terminal: String
    var tornLine: Int?
    var running: Bool
    var total: Int
    var done: Int
    var failure: String?
    /// As they stand at the end, up to a limit; absent in events, which everybody may read.
    var payments: [ReplayedPaymentView]?

    /// `whole` lists the payments: for operators only.
    init(_ job: ReplayJob, whole: Bool = false) {
        (terminal, tornLine, running) = (job.terminal, job.tornLine, !job.isOver)
        (total, done, failure) = (job.total, job.done, job.end.failure)
        let listed = job.end.payments.prefix(APILimits.replayListMax)
        payments = whole ? listed.map { ReplayedPaymentView($0) } : nil
    }
}
