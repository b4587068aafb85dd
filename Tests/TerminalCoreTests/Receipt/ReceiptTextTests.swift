import TerminalTesting
import Testing

@testable import TerminalCore

@Suite("A receipt on paper")
struct ReceiptTextTests {
    /// A receipt of the payment that went through `states`, with a reference.
    private func receipt(
        _ states: [PaymentState], _ reason: Reason? = nil, name: String = "Canteen 1, lane 3",
        isCopy: Bool = false, _ change: (inout Payment) -> Void = { _ in }
    ) -> Receipt {
        var payment = ReceiptTests.payment(states, reason)
        change(&payment)
        let receipt = Receipt(
            payment, history: ReceiptTests.history(states), terminalName: name, isCopy: isCopy)
        guard let receipt else { preconditionFailure("\(states)") }
        return receipt
    }

    /// Local time so many seconds after the start, 25 columns in every zone.
    private func time(_ seconds: Int) -> String {
        (Sample.start + .seconds(seconds)).localText.replacing("T", with: " ")
    }

    private var paid: Receipt {
        receipt([.pending, .settled]) { payment in
            payment.paidAmount = Money(fen: 1_400)
            payment.reference = "receipt-1"
            payment.tradeID = "T1"
        }
    }

    private var declined: Receipt { receipt([.pending, .refused], .cardLost) }

    private var refunded: Receipt {
        receipt([.pending, .settled, .reversing]) { $0.tradeID = "T1" }
    }

    private var offline: Receipt {
        receipt([.pending, .accepted], .platformUnreachable, isCopy: true) { payment in
            payment.title = "Beef noodles with two eggs and a very hot sauce"
        }
    }

    private var offlineChinese: Receipt {
        receipt(
            [.pending, .accepted], .platformUnreachable, name: "第一食堂三号窗口", isCopy: true
        ) { payment in
            payment.title = "牛肉面加两个鸡蛋和特别辣的辣椒酱还有一杯热豆浆"
        }
    }

    @Test("a paid sale, 32 columns, English")
    func paidNarrow() {
        #expect(
            paid.text(width: 32, .en) == """
                       Canteen 1, lane 3
                --------------------------------
                            APPROVED
                           15.00 yuan
                --------------------------------
                Item                       Lunch
                Taken                 14.00 yuan
                Card                    ****0001
                Balance             4986.00 yuan
                Time   \(time(1))
                Reference              receipt-1
                Trade                         T1
                Terminal                    K001
                Number         K0011767614400000

                """)
    }

    @Test("a paid sale, 48 columns, English")
    func paidWide() {
        #expect(
            paid.text(width: 48, .en) == """
                               Canteen 1, lane 3
                ------------------------------------------------
                                    APPROVED
                                   15.00 yuan
                ------------------------------------------------
                Item                                       Lunch
                Taken                                 14.00 yuan
                Card                                    ****0001
                Balance                             4986.00 yuan
                Time                   \(time(1))
                Reference                              receipt-1
                Trade                                         T1
                Terminal                                    K001
                Number                         K0011767614400000

                """)
    }

    @Test("a paid sale, 32 columns, Chinese")
    func paidNarrowChinese() {
        #expect(
            paid.text(width: 32, .zh) == """
                       Canteen 1, lane 3
                --------------------------------
                            支付成功
                            15.00 元
                --------------------------------
                项目                       Lunch
                实收                    14.00 元
                卡号                    ****0001
                余额                  4986.00 元
                时间   \(time(1))
                商户单号               receipt-1
                交易号                        T1
                终端号                      K001
                流水号         K0011767614400000

                """)
    }

    @Test("a paid sale, 48 columns, Chinese")
    func paidWideChinese() {
        #expect(
            paid.text(width: 48, .zh) == """
                               Canteen 1, lane 3
                ------------------------------------------------
                                    支付成功
                                    15.00 元
                ------------------------------------------------
                项目                                       Lunch
                实收                                    14.00 元
                卡号                                    ****0001
                余额                                  4986.00 元
                时间                   \(time(1))
                商户单号                               receipt-1
                交易号                                        T1
                终端号                                      K001
                流水号                         K0011767614400000

                """)
    }

    @Test("a declined card, 32 columns, English")
    func declinedNarrow() {
        #expect(
            declined.text(width: 32, .en) == """
                       Canteen 1, lane 3
                --------------------------------
                            DECLINED
                           15.00 yuan
                      Nothing was charged.
                --------------------------------
                Item                       Lunch
                Reason                 card lost
                Card                    ****0001
                Time   \(time(1))
                Terminal                    K001
                Number         K0011767614400000

                """)
    }

    @Test("a declined card, 48 columns, Chinese")
    func declinedNarrowChinese() {
        #expect(
            declined.text(width: 48, .zh) == """
                               Canteen 1, lane 3
                ------------------------------------------------
                                    支付失败
                                    15.00 元
                                    未扣款。
                ------------------------------------------------
                项目                                       Lunch
                原因                                      挂失卡
                卡号                                    ****0001
                时间                   \(time(1))
                终端号                                      K001
                流水号                         K0011767614400000

                """)
    }

    @Test("a refund, 48 columns, English")
    func refund() {
        #expect(
            refunded.text(width: 48, .en) == """
                               Canteen 1, lane 3
                ------------------------------------------------
                                     REFUND
                                   15.00 yuan
                      What was charged is being returned.
                ------------------------------------------------
                Item                                       Lunch
                Card                                    ****0001
                Time                   \(time(1))
                Refund                 \(time(2))
                Trade                                         T1
                Terminal                                    K001
                Number                         K0011767614400000

                """)
    }

    @Test("a refund, 32 columns, Chinese")
    func refundChinese() {
        #expect(
            refunded.text(width: 32, .zh) == """
                       Canteen 1, lane 3
                --------------------------------
                              退款
                            15.00 元
                      如已扣款，正在退回。
                --------------------------------
                项目                       Lunch
                卡号                    ****0001
                时间   \(time(1))
                退款   \(time(2))
                交易号                        T1
                终端号                      K001
                流水号         K0011767614400000

                """)
    }

    @Test("a copy of an offline approval with a long title, 32 columns, English")
    func offlineNarrow() {
        #expect(
            offline.text(width: 32, .en) == """
                              COPY
                       Canteen 1, lane 3
                --------------------------------
                        APPROVED OFFLINE
                           15.00 yuan
                   Not booked yet; it will be
                         booked later.
                --------------------------------
                Item
                Beef noodles with two eggs and a
                                  very hot sauce
                Card                    ****0001
                Time   \(time(1))
                Terminal                    K001
                Number         K0011767614400000

                """)
    }

    @Test("a copy of an offline approval with a long title, 32 columns, Chinese")
    func offlineNarrowChinese() {
        #expect(
            offlineChinese.text(width: 32, .zh) == """
                              补打
                        第一食堂三号窗口
                --------------------------------
                          离线支付成功
                            15.00 元
                      尚未入账，稍后入账。
                --------------------------------
                项目
                牛肉面加两个鸡蛋和特别辣的辣椒酱
                                  还有一杯热豆浆
                卡号                    ****0001
                时间   \(time(1))
                终端号                      K001
                流水号         K0011767614400000

                """)
    }

    @Test("an amount that was taken whole is not said twice")
    func takenWhole() {
        let receipt = receipt([.pending, .settled]) { $0.paidAmount = $0.amount }
        #expect(!receipt.text(width: 32, .en).contains("Taken"))
        #expect(!receipt.text(width: 32, .zh).contains("实收"))
    }

    @Test("what a declined payer may think is said at once", arguments: [Receipt.Language.zh, .en])
    func words(language: Receipt.Language) {
        let words = ReceiptWords(language)
        let notes = Receipt.Charge.allCases.map { words.note($0) }
        #expect(Set(notes).count == notes.count)
        let headlines = Receipt.Outcome.allCases.flatMap { outcome in
            [Receipt.Charge.taken, .owed].map { words.headline(outcome, $0) }
        }
        #expect(Set(headlines).count == Receipt.Outcome.allCases.count + 1)
        for reason in Reason.allCases {
            let text = receipt([.pending, .refused], reason).text(width: 48, language)
            #expect(text.contains(words.text(reason)), "\(reason)")
        }
    }

    @Test("no line is wider than the paper, whatever the texts are", arguments: 0..<100)
    func width(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let letters = Array("abcdefgh  牛肉面🍜é\u{1B}\n\t，カ-")
        func text() -> String {
            let length = Int.random(in: 0...128, using: &generator)
            return String((0..<length).compactMap { _ in letters.randomElement(using: &generator) })
        }
        let story = ReceiptTests.stories[seed % ReceiptTests.stories.count]
        var payment = ReceiptTests.payment(story.states, story.reason)
        payment.amount = Money(fen: .random(in: 1...100_000_000, using: &generator))
        payment.balance = Money(fen: .random(in: -9_999...999_999_999_999, using: &generator))
        (payment.title, payment.reference, payment.tradeID) = (text(), text(), text())
        payment.order = "K0011767614400009"
        let receipt = Receipt(
            payment, history: ReceiptTests.history(story.states), terminalName: text(),
            isCopy: seed.isMultiple(of: 2))
        for width in Receipt.widths {
            for language in [Receipt.Language.zh, .en] {
                let paper = receipt?.text(width: width, language) ?? ""
                let lines = paper.split(separator: "\n", omittingEmptySubsequences: false)
                #expect(lines.count > 8)
                #expect(lines.allSatisfy { String($0).displayWidth <= width }, "\(paper)")
                #expect(!paper.contains("\u{1B}") && !paper.contains("\t"))
            }
        }
    }
}
