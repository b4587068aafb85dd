internal import PeakBooks
internal import UnixSignals

/// The built agent for hours at a canteen's peak, over the built sandbox whose faults change all
/// the time: whether all money is right in the end, and what the agent takes stays level.
///
/// Both are processes of their own, so nothing but the agent's own memory is measured.
enum PeakBench {
    /// A growth is judged from so many minutes on: a shorter run holds too little beside the noise.
    static let judgedMinutes = 60
    /// The sandbox remembers 50,000 orders; a soak must stay below.
    static let minutesMax = 600
    static let minutesMin = 3

    /// So often a configuration is read again, and a day is reviewed, in one run; within two hours
    /// each 10 and each 15 minutes.
    private static let (reloads, reviews) = (12, 8)
    private static let measuredEach = Duration.seconds(10)
    /// A line of progress comes with one of so many measurements.
    private static let notedShare = 30
    /// Everything has come to its end so soon after the faults ended: the longest wait of the
    /// agent, twice, and more.
    private static let drainMax = Duration.seconds(600)

    static func run(_ order: PeakOrder) async throws -> [Line] {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: [Line].self) { group in
            group.addTask { try await soak(order) }
            group.addTask {
                for await _ in signals { break }
                throw BenchFailure("a signal ended the soak")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    private static func soak(_ order: PeakOrder) async throws -> [Line] {
        let site = try PeakSite(order)
        defer { site.end() }
        try await site.open()
        let diary = PeakDiary()
        do {
            try await rush(order, site.place, site.wire, diary)
            try await drain(site.wire)
            let report = PeakReport(
                order: order, pages: diary.pages, books: try await books(site.wire, diary),
                reloads: site.reloads)
            return report.lines()
        } catch {
            guard site.isRunning else {
                throw BenchFailure("the agent or the sandbox ended by itself\n\(site.lastWords)")
            }
            throw error
        }
    }

    /// Everything at once until the last payer has gone.
    private static func rush(
        _ order: PeakOrder, _ place: PeakPlace, _ wire: PeakWire, _ diary: PeakDiary
    ) async throws {
        let length = Duration.seconds(order.minutes * 60)
        let start = ContinuousClock.now
        let till = PeakTill(wire: wire, diary: diary)
        let office = PeakOffice(place: place, wire: wire, diary: diary)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await till.sell(Crowd(seed: order.seed), until: start + length) }
            group.addTask { try await misbehave(order.seed, length, wire) }
            group.addTask { try await office.reload(every: length / reloads) }
            group.addTask { try await office.review(every: length / reviews) }
            group.addTask { try await measure(place, since: start, diary) }
            for number in 0..<PeakListener.count {
                let listener = PeakListener(wire: wire, number: number, seed: order.seed)
                group.addTask { try await listener.comeAndGo() }
            }
            defer { group.cancelAll() }
            // The till alone ends by itself; whatever else ends has failed.
            _ = try await group.next()
        }
    }

    private static func misbehave(
        _ seed: UInt64, _ length: Duration, _ wire: PeakWire
    ) async throws {
        var moods = PeakMoods(seed: seed, length: length)
        while true {
            let mood = moods.next()
            try await mood.begin(wire)
            try await Task.sleep(for: mood.lasts)
        }
    }

    private static func measure(
        _ place: PeakPlace, since start: ContinuousClock.Instant, _ diary: PeakDiary
    ) async throws {
        var count = 0
        while true {
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let figures = try PeakFigures(of: place, at: seconds)
            diary.measured(figures)
            if count.isMultiple(of: notedShare) { tell(figures, diary.pages) }
            count += 1
            try await Task.sleep(for: measuredEach)
        }
    }

    private static func tell(_ figures: PeakFigures, _ pages: PeakDiary.Pages) {
        let memory = "\(figures.memory.resident.text(1)) MB, \(figures.memory.own.text(1)) private"
        let rest =
            "\(figures.descriptors.text(0)) descriptors, \(figures.threads.text(0)) threads, "
            + "log \(figures.wal.text(1)) MB"
        note(
            "\((figures.seconds / 60).text(0)) min: \(pages.told.count) payments, "
                + "\(pages.failures) failed calls, \(memory), \(rest)")
    }

    /// Ends all faults and waits until nothing is under way, and a while longer, for what is late.
    private static func drain(_ wire: PeakWire) async throws {
        try await PeakMood().begin(wire)
        let end = ContinuousClock.now + drainMax
        var calmSince: ContinuousClock.Instant?
        while ContinuousClock.now < end {
            let open = try await wire.payments(in: "awaiting_card,pending,accepted,reversing")
            let now = ContinuousClock.now
            calmSince = open.isEmpty ? calmSince ?? now : nil
            if let calmSince, now - calmSince >= PeakMood.calm { return }
            try await Task.sleep(for: .seconds(1))
        }
        note("some payments had no end after \(drainMax)")
    }

    private struct Card: Decodable {
        var number: String
        var balance: Int64
    }

    private static func books(_ wire: PeakWire, _ diary: PeakDiary) async throws -> Books {
        let ours = Set(Crowd.cards)
        let cards = try await wire.sandbox("GET", "/admin/cards").decoded([Card].self)
            .filter { ours.contains($0.number) }
        let given = Int64(ours.count - 1) * PeakSite.balance + PeakSite.poorBalance
        return Books(
            told: diary.pages.told, payments: try await wire.payments(),
            trades: try await wire.sandbox("GET", "/admin/trades").decoded([Books.Trade].self),
            spent: given - cards.reduce(Int64(0)) { $0 + $1.balance }, lostCard: Crowd.lost,
            poorCard: Crowd.poor)
    }
}
