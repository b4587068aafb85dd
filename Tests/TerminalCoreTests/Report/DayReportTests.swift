import Foundation
import Testing

@testable import TerminalCore

@Suite("The report of a day")
struct DayReportTests {
    private static let noon = Timestamp(milliseconds: 1_767_614_400_000)
    private let day = LocalDate(noon)

    private func group(
        _ state: PaymentState, _ reason: Reason? = nil, offline: Bool = false, _ count: Int,
        _ fen: Int64, paid: Int64 = 0, minute: Int = 0
    ) -> DayReport.Group {
        let first = Self.noon + .seconds(minute * 60)
        return DayReport.Group(
            terminal: "K001", state: state, reason: reason, isOffline: offline, count: count,
            amount: Money(fen: fen), paidAmount: Money(fen: paid), first: first,
            last: first + .seconds(30))
    }

    private var sample: DayReport {
        DayReport(
            day,
            groups: [
                group(.settled, nil, 800, 1_200_000, paid: 1_199_000, minute: 2),
                group(.settled, .platformUnreachable, offline: true, 9, 12_000, paid: 12_000),
                group(.accepted, .platformUnreachable, offline: true, 3, 4_500),
                group(.refused, .offlinePaymentLimit, 1, 100_000_000, minute: 200),
                group(.refused, .cardLost, 2, 3_000), group(.reversed, nil, offline: true, 1, 700),
            ])
    }

    /// The end of a moment's text depends on the machine's time zone, which it is written in.
    private func local(_ minute: Int, second: Int = 0) -> String {
        (Self.noon + .seconds(minute * 60 + second)).localText
    }

    @Test("each payment counts in one state, each refusal in one reason")
    func sums() {
        let report = sample
        #expect(report.states.map(\.state) == PaymentState.allCases)
        #expect(report.states.map(\.count).reduce(0, +) == report.total.count)
        #expect(report.states.map(\.amount).reduce(0, +) == report.total.amount)
        #expect((report.total.count, report.total.amount) == (816, 101_220_200))
        #expect(report.total.paidAmount == 1_211_000)
        #expect(report.refused.map(\.reason) == [.cardLost, .offlinePaymentLimit])
        #expect(report.refused.map(\.count) == [2, 1])
        #expect((report.approved.count, report.offline.count) == (812, 12))
        #expect((report.approved.amount, report.offline.amount) == (1_216_500, 16_500))
        #expect(report.first?.local == local(0))
        #expect(report.last?.local == local(200, second: 30))
    }

    @Test("the text for people, in English")
    func english() {
        #expect(
            sample.text(.en) == """
                Report of 2026-01-05 · K001
                \(day.moments.lowerBound.localText) – \(day.moments.upperBound.localText)

                                              count              yuan             taken
                settled                         809          12120.00          12110.00
                accepted                          3             45.00
                refused                           3        1000030.00
                  card lost                       2             30.00
                  offline payment limit           1        1000000.00
                reversed                          1              7.00
                total                           816        1012202.00          12110.00

                offline                   12 of 812 approved (1.5 %), 165.00 yuan
                first                     \(local(0))
                last                      \(local(200, second: 30))
                """)
    }

    @Test("the text for people, in Chinese, whose letters are two columns wide")
    func chinese() {
        #expect(
            sample.text(.zh) == """
                日报 2026-01-05 · K001
                \(day.moments.lowerBound.localText) – \(day.moments.upperBound.localText)

                                               笔数        金额（元）        实收（元）
                已入账                          809          12120.00          12110.00
                离线待传                          3             45.00
                已拒绝                            3        1000030.00
                  挂失卡                          2             30.00
                  超过离线单笔限额                1        1000000.00
                已冲正                            1              7.00
                合计                            816        1012202.00          12110.00

                离线批准                  12 / 812 笔（1.5%），165.00 元
                首笔                      \(local(0))
                末笔                      \(local(200, second: 30))
                """)
    }

    @Test("no line is wider than 80 columns, whatever happened", arguments: [1, 9_999_999])
    func width(count: Int) {
        let states = PaymentState.allCases.map { group($0, nil, count, 99_999_999_999) }
        let reasons = Reason.allCases.map { group(.refused, $0, count, 99_999_999_999) }
        let report = DayReport(day, groups: states + reasons)
        for language in DayReport.Language.allCases {
            let lines = report.text(language).split(separator: "\n").map(String.init)
            #expect(lines.count > PaymentState.allCases.count + Reason.allCases.count)
            for line in lines { #expect(line.displayWidth <= 80, "\(line)") }
        }
    }

    @Test("every state and every reason has words of its own in both languages")
    func words() {
        for language in DayReport.Language.allCases {
            let words = ReportWords(language)
            let states = PaymentState.allCases.map { words.state($0) }
            let reasons = Reason.allCases.map { words.reason($0) }
            #expect(Set(states).count == states.count)
            #expect(Set(reasons).count == reasons.count)
            #expect((states + reasons).allSatisfy { !$0.isEmpty })
        }
    }

    @Test("a day without payments says so")
    func empty() {
        let report = DayReport(day, groups: [])
        #expect(report.text(.en).hasSuffix("\n\nno payments on this day"))
        #expect(report.text(.zh).hasSuffix("\n\n当日无交易"))
        #expect((report.total.count, report.first, report.last) == (0, nil, nil))
    }

    @Test("comma-separated values have one column for each name and CRLF at each end")
    func csv() throws {
        let rows = sample.csv.components(separatedBy: "\r\n")
        #expect(
            rows.first == "date,terminals,line,state,reason,count,amount,paid_amount,from,to,"
                + "first,last")
        #expect(rows.last == "")
        #expect(rows.count == 1 + PaymentState.allCases.count + 2 + 3 + 1)
        let times =
            "\(day.moments.lowerBound.localText),\(day.moments.upperBound.localText),"
            + "\(local(0)),\(local(200, second: 30))"
        #expect(rows.contains("2026-01-05,K001,state,settled,,809,1212000,1211000,\(times)"))
        #expect(rows.contains("2026-01-05,K001,reason,refused,card_lost,2,3000,0,\(times)"))
        #expect(rows.contains("2026-01-05,K001,offline,,,12,16500,12000,\(times)"))
        #expect(rows.contains("2026-01-05,K001,total,,,816,101220200,1211000,\(times)"))
        #expect(rows.dropLast().allSatisfy { $0.filter { $0 == "," }.count == 11 })
    }

    @Test(
        "a field is quoted where RFC 4180 wants it",
        arguments: [
            ("a b", "a b"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\r\nb", "\"a\r\nb\""),
            ("", ""), ("\"", "\"\"\"\""),
        ])
    func quoting(text: String, field: String) { #expect(DayReport.field(text) == field) }
}
