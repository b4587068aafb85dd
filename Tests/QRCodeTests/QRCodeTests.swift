import QRCode
import Testing

@Suite("A text becomes a QR code")
struct QRCodeTests {
    /// Version 1, M, mask 0. Another encoder (segno 1.6) draws the same.
    private static let helloWorld = """
        #######...#.#.#######
        #.....#.###...#.....#
        #.###.#...#.#.#.###.#
        #.###.#...#.#.#.###.#
        #.###.#.#.###.#.###.#
        #.....#..###..#.....#
        #######.#.#.#.#######
        .....................
        #.#.#.#..#..#...#..#.
        .####...#..#....#...#
        ...#######.#..#.##...
        ####.#.##..###.#.###.
        .#..####.#.#..###.#.#
        ........#.#...#...#.#
        #######.....#..#.##..
        #.....#..##...##.#...
        #.###.#.##..#.#######
        #.###.#...##.#.#...#.
        #.###.#.####.###.#..#
        #.....#....###...#.##
        #######.##.#.###....#
        """

    private static func drawing(_ code: QRCode) -> String {
        (0..<code.width).map { row in
            (0..<code.width).map { code.isDark(row: row, column: $0) ? "#" : "." }.joined()
        }.joined(separator: "\n")
    }

    @Test("the modules are those of a known code")
    func modules() throws {
        #expect(try Self.drawing(QRCode("HELLO WORLD")) == Self.helloWorld)
    }

    @Test("the SVG draws the same modules inside a quiet zone of four")
    func svg() throws {
        let code = try QRCode("HELLO WORLD")
        let head =
            #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29""#
            + ##" shape-rendering="crispEdges"><rect width="29" height="29" fill="#fff"/>"##
            + ##"<path fill="#000" d="M4 4h7v1h-7zM14 4h1v1h-1z"##
        #expect(code.svg.hasPrefix(head))
        #expect(code.svg.hasSuffix(#"z"/></svg>"#))
        #expect(code.svg.matches(of: /<path/).count == 1)

        var drawn = [[Character]](repeating: Array(repeating: ".", count: 29), count: 29)
        for box in code.svg.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
            let (column, row) = (try #require(Int(box.1)), try #require(Int(box.2)))
            let length = try #require(Int(box.3))
            #expect(box.3 == box.4)
            for offset in 0..<length { drawn[row][column + offset] = "#" }
        }
        let light = String(repeating: ".", count: 29)
        let inside = Self.helloWorld.split(separator: "\n").map { "....\($0)...." }
        let border = [String](repeating: light, count: 4)
        #expect(drawn.map { String($0) } == border + inside + border)
    }

    @Test("a longer text takes a larger code, up to the largest")
    func sizes() throws {
        #expect(try QRCode("1").width == 21)
        #expect(try QRCode("付款码").width == 21)
        let longest = String(repeating: "a", count: QRCode.bytesMax)
        #expect(try QRCode(longest).width == 177)
    }

    @Test(
        "a text that fits into none is refused",
        arguments: [
            ("", QRCodeError.length(0)), ("a\0b", QRCodeError.zero),
            (String(repeating: "a", count: 2_332), QRCodeError.length(2_332)),
            (String(repeating: "字", count: 778), QRCodeError.length(2_334)),
        ])
    func refusals(text: String, error: QRCodeError) {
        #expect(throws: error) { try QRCode(text) }
    }

    @Test("an error says what to do")
    func words() {
        #expect(
            "\(QRCodeError.length(0))"
                == "no QR code was made — the text has 0 bytes — give it 1 to 2331 bytes")
    }
}
