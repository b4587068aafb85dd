internal import Foundation

/// What people do beside the sales: they change a limit, and look at the day.
struct PeakOffice: Sendable {
    /// Offline limits of one payment that take turns, in fen; both above every price.
    static let limits = [5_000, 4_900]
    /// A reconciliation may be under way still.
    private static let busy = 409

    let place: PeakPlace
    let wire: PeakWire
    let diary: PeakDiary

    /// Changes the configuration and sends SIGHUP, again and again.
    func reload(every pause: Duration) async throws {
        var count = 0
        while true {
            try await Task.sleep(for: pause)
            count += 1
            try place.configure(paymentLimit: Self.limits[count % Self.limits.count])
            guard kill(place.pid, SIGHUP) == 0 else { throw BenchFailure("the agent has ended") }
            diary.reloaded()
        }
    }

    /// A report and a reconciliation of the day, again and again.
    func review(every pause: Duration) async throws {
        while true {
            try await Task.sleep(for: pause)
            let report = try await wire.agent("GET", "/v1/report", asOperator: true)
            if !report.isGood { diary.failed("GET /v1/report: \(report.status)") }
            let job = try await wire.agent("POST", "/v1/reconcile", "{}", asOperator: true)
            if !job.isGood, job.status != Self.busy {
                diary.failed("POST /v1/reconcile: \(job.status)")
            }
        }
    }
}
