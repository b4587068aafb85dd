import Instruments
import TerminalTesting
import Testing

@Suite("Metrics as text") struct MetricTextTests {
    @Test("what a scraper is sent")
    func literal() {
        var waits = Histogram(bounds: [.milliseconds(250), .seconds(1)])
        for time in [100, 300, 5_000] { waits.record(.milliseconds(time)) }
        let families = [
            MetricFamily(
                "kiosk_open", .gauge, "What waits, in \\ and\nso on.",
                [
                    MetricSample(3, ["state": "held", "reason": "card_lost"]),
                    MetricSample(0.5, ["state": "a \"b\" \\ \n c"]),
                ]),
            MetricFamily("kiosk_done_total", .counter, "Done.", [MetricSample(12_345_678)]),
            MetricFamily("kiosk_nothing", .gauge, "Nothing to say.", []),
            MetricFamily("kiosk_ready", .gauge, "Ready.", [MetricSample(true)]),
            MetricFamily("kiosk_wait_seconds", .histogram, "Waits.", waits.samples()),
        ]
        #expect(
            MetricText.text(families) == #"""
                # HELP kiosk_open What waits, in \\ and\nso on.
                # TYPE kiosk_open gauge
                kiosk_open{state="held",reason="card_lost"} 3
                kiosk_open{state="a \"b\" \\ \n c"} 0.5
                # HELP kiosk_done_total Done.
                # TYPE kiosk_done_total counter
                kiosk_done_total 12345678
                # HELP kiosk_nothing Nothing to say.
                # TYPE kiosk_nothing gauge
                # HELP kiosk_ready Ready.
                # TYPE kiosk_ready gauge
                kiosk_ready 1
                # HELP kiosk_wait_seconds Waits.
                # TYPE kiosk_wait_seconds histogram
                kiosk_wait_seconds_bucket{le="0.25"} 1
                kiosk_wait_seconds_bucket{le="1"} 2
                kiosk_wait_seconds_bucket{le="+Inf"} 3
                kiosk_wait_seconds_sum 5.4
                kiosk_wait_seconds_count 3

                """#)
        #expect(MetricText.text([]) == "")
    }

    @Test("whatever stands in a metric comes back by the grammar", arguments: UInt64(1)...200)
    func readBack(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let families = (0..<Int.random(in: 1...5, using: &random)).map { number in
            Self.family("kiosk_m\(number)", &random)
        }
        let page = try MetricsPage(MetricText.text(families))
        #expect(page.families == families.map(Self.expected))
    }

    @Test(
        "the grammar knows what is wrong",
        arguments: [
            "kiosk_a 1\n", "# HELP kiosk_a A\n# TYPE kiosk_a gauge\nkiosk_b 1\n",
            "# HELP kiosk_a A\n# TYPE kiosk_a gauge\nkiosk_a 1", "# HELP 1a A\n",
            "# HELP a A\n# TYPE a gauge\na{b=\"c} 1\n",
            "# HELP a A\n# TYPE a gauge\na{b=\"c\"} x\n",
            "# HELP a A\n# TYPE a gauge\na{b=\"c\",b=\"d\"} 1\n", "# HELP a A\n# TYPE a rate\n",
            "# HELP a A\n# TYPE a gauge\n# HELP a A\n# TYPE a gauge\n",
            "# HELP a A\n# TYPE a histogram\na 1\n", "# HELP a A\n# TYPE b gauge\n", "\n",
        ])
    func malformed(_ text: String) {
        #expect(throws: MetricsPage.Malformed.self) { try MetricsPage(text) }
    }

    /// What needs escaping, what joins the letter before it, and ends of lines that are none here.
    private static let scalars: [Unicode.Scalar] = [
        "a", "Z", "\\", "\"", "\n", "n", "\r", "{", "}", ",", "=", " ", "\u{301}", "\u{2028}",
        "卡",
    ]

    private static func text(_ random: inout SeededGenerator) -> String {
        let count = Int.random(in: 0...8, using: &random)
        let picked = (0..<count).map { _ in scalars.randomElement(using: &random) ?? "a" }
        return String(String.UnicodeScalarView(picked))
    }

    private static func value(_ random: inout SeededGenerator) -> Double {
        switch Int.random(in: 0...3, using: &random) {
        case 0: 0
        case 1: Double(Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random))
        case 2: Double.random(in: -1...1, using: &random) * 1e-9
        default: Double.random(in: -1e20...1e20, using: &random)
        }
    }

    private static func family(
        _ name: String, _ random: inout SeededGenerator
    ) -> MetricFamily {
        let help = text(&random)
        guard Bool.random(using: &random) else {
            var histogram = Histogram()
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                histogram.record(.microseconds(Int64.random(in: 0...20_000_000, using: &random)))
            }
            return MetricFamily(
                name, .histogram, help, histogram.samples(["answer": text(&random)]))
        }
        var samples: [MetricSample] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let (one, two) = (text(&random), text(&random))
            samples.append(MetricSample(value(&random), ["one": one, "two": two]))
        }
        return MetricFamily(name, .gauge, help, samples)
    }

    private static func expected(_ family: MetricFamily) -> MetricsPage.Family {
        var expected = MetricsPage.Family(name: family.name, help: family.help)
        expected.kind = family.kind.rawValue
        expected.samples = family.samples.map { sample in
            let labels = sample.labels.map { ($0.name, $0.value) }
            return MetricsPage.Sample(
                name: family.name + sample.suffix, labels: Dictionary(uniqueKeysWithValues: labels),
                value: sample.value)
        }
        return expected
    }
}
