internal import Foundation

/// What the kernel says about a process.
enum ProcessUsage {
    /// In MB of 1,000,000 bytes.
    struct Memory {
        /// All that is in memory, shared libraries included.
        var resident = 0.0
        /// What only this process has and the kernel cannot drop: its own and its changed pages.
        ///
        /// Unchanged pages of the program's file are not in it, although a single process of a
        /// program has them "privately": they are read from the file again at need. Nor are
        /// pages of a file that was written a moment ago and is not on the disk yet.
        var own = 0.0
    }

    /// Reads `/proc/PID/smaps_rollup`, whose lines are `Anonymous:   2648 kB`.
    static func memory(_ pid: Int32) throws -> Memory {
        var memory = Memory()
        for line in try text("/proc/\(pid)/smaps_rollup").split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 3, let kibibytes = Double(words[1]) else { continue }
            let megabytes = kibibytes * 1_024 / 1_000_000
            switch words[0] {
            case "Rss:": memory.resident = megabytes
            case "Anonymous:": memory.own = megabytes
            default: continue
            }
        }
        guard memory.resident > 0, memory.own > 0 else {
            throw BenchFailure("the kernel does not tell the memory of process \(pid)")
        }
        return memory
    }

    /// The processor time of all its threads so far: fields 14 and 15 of `/proc/PID/stat`.
    static func processorSeconds(_ pid: Int32) throws -> Double {
        // The second field is a name in brackets, which may hold anything.
        let fields = try text("/proc/\(pid)/stat").split(separator: ")").last?.split(separator: " ")
        guard let fields, fields.count > 12, let user = Double(fields[11]),
            let system = Double(fields[12])
        else { throw BenchFailure("the kernel does not tell the time of process \(pid)") }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The processor time of all its threads in the next seconds, in percent of one core.
    static func processorPercent(_ pid: Int32, seconds: UInt32) throws -> Double {
        let before = try processorSeconds(pid)
        sleep(seconds)
        return 100 * (try processorSeconds(pid) - before) / Double(seconds)
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }
}
