/// What a person does on the operator's page.
extension Browser {
    func signIn() async throws {
        try await type("operator\u{E007}", into: "#token")
        try await wait(until: "document.querySelector('#nav a[aria-current]') !== null")
    }

    /// Opens the view at `address`, such as `#/day`, as a link does.
    func go(_ address: String, until condition: String) async throws {
        _ = try await run("location.hash = '\(address)'; return true", as: Bool.self)
        try await wait(until: condition)
    }

    /// Waits until the view says `text`.
    func see(_ text: String) async throws {
        try await wait(until: "document.querySelector('main').textContent.includes('\(text)')")
    }

    func count(_ selector: String) async throws -> Int {
        try await run("return document.querySelectorAll('\(selector)').length")
    }

    func isTrue(_ condition: String) async throws -> Bool {
        try await run("return Boolean(\(condition))")
    }

    /// Presses Tab until `selector` has the focus; false when it never gets it.
    func tab(to selector: String) async throws -> Bool {
        for _ in 0..<80 {
            try await press("\u{E004}")
            if try await isTrue("document.activeElement.matches('\(selector)')") { return true }
        }
        return false
    }

    /// Has the page remember the texts of the files that it hands over from now on.
    func watchFiles() async throws {
        let script = """
            window.files = [];
            const make = URL.createObjectURL.bind(URL);
            URL.createObjectURL = file => {
              file.text().then(text => window.files.push(text));
              return make(file);
            };
            return true;
            """
        _ = try await run(script, as: Bool.self)
    }

    /// The newest of so many files that the page handed over.
    func file(_ number: Int) async throws -> String {
        try await wait(until: "window.files.length === \(number)")
        return try await run("return window.files[\(number - 1)]")
    }
}
