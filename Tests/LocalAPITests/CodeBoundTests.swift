import Testing

@testable import LocalAPI

@Suite("What the calls for codes are bounded by") struct CodeBoundTests {
    private static func phone(_ number: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(String(13_800_000_000 + number)))
    }

    @Test("one phone gets one message in 30 s, however its number is written")
    func onePhone() throws {
        var bound = MessageBound()
        let plain = try #require(PhoneNumber("8613800000001"))
        let plus = try #require(PhoneNumber("+8613800000001"))
        let asked: [(PhoneNumber, Duration)] = [
            (plain, .seconds(5)), (plus, .seconds(5)), (plain, .milliseconds(34_999)),
            (plus, .seconds(35)), (plain, .seconds(36)),
        ]
        let waits = asked.map { bound.take($0, at: $1) }
        #expect(waits == [nil, .seconds(30), .milliseconds(1), nil, .seconds(29)])
    }

    @Test("a terminal sends ten messages in ten minutes, and what is refused does not count")
    func oneTerminal() throws {
        var bound = MessageBound()
        let phones = try (1...12).map { try Self.phone($0) }
        let first = phones.prefix(10).enumerated().map { bound.take($1, at: .seconds($0)) }
        #expect(first.count == 10 && first.allSatisfy { $0 == nil })
        let eleventh = [10, 599, 600].map { bound.take(phones[10], at: .seconds($0)) }
        #expect(eleventh == [.seconds(590), .seconds(1), nil])
        let twelfth = bound.take(phones[11], at: .seconds(600))
        #expect(twelfth == .seconds(1))
    }

    @Test("the longer of two waits is told")
    func longer() throws {
        var bound = MessageBound()
        for number in 1...10 { _ = try bound.take(Self.phone(number), at: .zero) }
        let terminals = try bound.take(Self.phone(10), at: .seconds(10))
        #expect(terminals == .seconds(590))
        var other = MessageBound()
        for number in 1...9 { _ = try other.take(Self.phone(number), at: .zero) }
        _ = try other.take(Self.phone(10), at: .seconds(595))
        let phones = try other.take(Self.phone(10), at: .seconds(596))
        #expect(phones == .seconds(29))
    }

    @Test("a phone shows itself only when asked for by name")
    func redacted() throws {
        let phone = try #require(PhoneNumber("+8613800000001"))
        var dumped = ""
        dump(phone, to: &dumped)
        for text in ["\(phone)", String(reflecting: phone), "\([phone])", dumped] {
            #expect(!text.contains("138"))
        }
        #expect(phone.exposed == "+8613800000001")
    }

    @Test("a session that is over makes room before one that is open")
    func room() {
        var list = SessionList()
        for number in 1...16 { list.add("s\(number)") }
        let used = list.note(.used, of: "s9")
        #expect(used == .used)
        list.add("s17")
        #expect(list.state(of: "s9") == nil)
        #expect(list.state(of: "s1") == .unused)
        list.add("s18")
        #expect(list.state(of: "s1") == nil)
        #expect(list.state(of: "s2") == .unused)
        #expect(list.state(of: "s18") == .unused)
    }

    @Test("a used code stays used; an expired one may still turn out to be used")
    func states() {
        var list = SessionList()
        list.add("s1")
        let told: [ShownCode.State] = [.unused, .expired, .unused, .expired, .used, .expired]
        let known = told.map { list.note($0, of: "s1") }
        #expect(known == [.unused, .expired, .unused, .expired, .used, .used])
        let stranger = list.note(.used, of: "s2")
        #expect(stranger == .used)
        #expect(list.state(of: "s2") == nil)
    }
}
