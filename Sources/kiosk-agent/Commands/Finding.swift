/// One line of the doctor: a part, and what is wrong with it.
struct Finding: Encodable, Hashable {
    var part: String
    var ok: Bool
    var problem: String?
    /// What is worth knowing about a part that is in order.
    var note: String?

    init(_ part: String, _ problem: String?) {
        self.part = part
        ok = problem == nil
        self.problem = problem
    }

    init(_ part: String, note: String) {
        self.init(part, nil)
        self.note = note
    }

    var line: String {
        if let problem { return "PROBLEM  \(part): \(problem)" }
        return "ok       \(part)" + (note.map { ": \($0)" } ?? "")
    }
}
