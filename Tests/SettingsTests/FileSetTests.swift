import Foundation
import Testing

@testable import Settings

@Suite("Files that are put in place together")
struct FileSetTests {
    private static let names = ["client_secret", "config.yaml.last", "config.yaml"]

    private func files(_ directory: TemporaryDirectory, _ text: String) -> FileSet {
        FileSet(
            Self.names.map { name in
                FileSet.File(
                    path: "\(directory.path)/\(name)", bytes: Array("\(text) \(name)".utf8),
                    mode: name == "client_secret" ? 0o600 : 0o644)
            }, obsolete: [directory.path + "/client_secret.cred"])
    }

    private func contents(_ directory: TemporaryDirectory) -> [String: String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        return Dictionary(
            uniqueKeysWithValues: names.map { name in
                let data = FileManager.default.contents(atPath: "\(directory.path)/\(name)")
                return (name, String(decoding: data ?? Data(), as: UTF8.self))
            })
    }

    @Test("all are there, with their permissions whatever the umask; what is obsolete is gone")
    func written() throws {
        let directory = try TemporaryDirectory()
        try directory.write("old", to: "client_secret.cred")
        try directory.write("of a power cut", to: "client_secret.new")
        try files(directory, "new").write()
        let expected = Self.names.map { ($0, "new \($0)") }
        #expect(contents(directory) == Dictionary(uniqueKeysWithValues: expected))
        for (name, mode) in [("client_secret", 0o600), ("config.yaml", 0o644)] {
            let path = "\(directory.path)/\(name)"
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode)
        }
    }

    @Test("every file is synced before the first takes its place; the configuration comes last")
    func order() throws {
        let directory = try TemporaryDirectory()
        let calls = CountedCalls(failing: nil)
        try files(directory, "new").write(calls)
        let steps = calls.names.filter { ["sync", "rename", "syncDirectory"].contains($0) }
        let staged = Self.names.map { _ in "sync" }
        #expect(steps == staged + Self.names.flatMap { _ in ["rename", "syncDirectory"] })
        #expect(contents(directory).count == Self.names.count)
    }

    @Test("whichever call fails, each file is whole, and the configuration is never the first")
    func failures() throws {
        let all = CountedCalls(failing: nil)
        let first = try TemporaryDirectory()
        try files(first, "new").write(all)
        #expect(contents(first).count == Self.names.count)
        #expect(all.names.count > 15)
        for number in all.names.indices {
            let directory = try TemporaryDirectory()
            try files(directory, "old").write()
            let calls = CountedCalls(failing: number)
            let failed = hasFailed(files(directory, "new"), calls)
            let found = contents(directory)
            #expect(Set(found.keys) == Set(Self.names), "call \(number)")
            let isNew = Self.names.map { found[$0] == "new \($0)" }
            let isOld = Self.names.map { found[$0] == "old \($0)" }
            #expect(zip(isNew, isOld).allSatisfy { $0 != $1 }, "call \(number)")
            #expect(!isNew[2] || isNew == [true, true, true], "call \(number)")
            let firstRename = all.names.firstIndex(of: "rename") ?? 0
            #expect(failed, "call \(number)")
            if number < firstRename { #expect(isNew == [false, false, false]) }
        }
    }

    private func hasFailed(_ files: FileSet, _ calls: CountedCalls) -> Bool {
        do throws(FileSetError) {
            try files.write(calls)
            return false
        } catch {
            return true
        }
    }
}

/// The system's calls, of which one fails.
private final class CountedCalls: FileSetCalls {
    private(set) var names: [String] = []
    private let failing: Int?
    private let system = SystemFileCalls()

    init(failing: Int?) { self.failing = failing }

    private func call(_ name: String, _ work: () -> Int) -> Int {
        names.append(name)
        return names.count - 1 == failing ? -Int(ENOSPC) : work()
    }

    func create(_ path: String, mode: UInt32) -> Int {
        call("create") { system.create(path, mode: mode) }
    }

    func own(_ file: Int32, _ group: UInt32) -> Int { call("own") { system.own(file, group) } }

    /// A few bytes at a time, as a kernel may do.
    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        call("write") { system.write(file, .init(rebasing: bytes.prefix(9))) }
    }

    func sync(_ file: Int32) -> Int { call("sync") { system.sync(file) } }
    func close(_ file: Int32) -> Int { system.close(file) }
    func rename(_ old: String, _ new: String) -> Int {
        call("rename") { system.rename(old, new) }
    }
    func syncDirectory(_ path: String) -> Int {
        call("syncDirectory") { system.syncDirectory(path) }
    }
    func unlink(_ path: String) -> Int { system.unlink(path) }
}
