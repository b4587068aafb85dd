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

    /// What a process does while nobody wants anything of it.
    struct Idle {
        /// Of one core.
        var percent: Double
        /// How often a second its threads went to sleep, and so were woken.
        var wakeUps: Double
    }

    /// Watches a process for so many seconds. What a thread did that ended meanwhile is lost.
    static func idle(_ pid: Int32, seconds: UInt32) throws -> Idle {
        let before = try threads(pid)
        sleep(seconds)
        var idle = Idle(percent: 0, wakeUps: 0)
        for (thread, after) in try threads(pid) {
            let start = before[thread] ?? ThreadUsage()
            idle.percent += 100 * (after.seconds - start.seconds) / Double(seconds)
            idle.wakeUps += (after.sleeps - start.sleeps) / Double(seconds)
        }
        return idle
    }

    private struct ThreadUsage {
        /// On a processor.
        var seconds = 0.0
        /// How often it went to sleep.
        var sleeps = 0.0
    }

    /// The threads that there are, by `schedstat`, which counts in nanoseconds, and by `status`.
    private static func threads(_ pid: Int32) throws -> [String: ThreadUsage] {
        let folder = "/proc/\(pid)/task"
        var found: [String: ThreadUsage] = [:]
        for thread in try FileManager.default.contentsOfDirectory(atPath: folder) {
            // One that ended since is no longer there.
            guard let times = try? text("\(folder)/\(thread)/schedstat"),
                let status = try? text("\(folder)/\(thread)/status"),
                let nanoseconds = times.split(separator: " ").first.flatMap({ Double($0) })
            else { continue }
            let sleeps = status.split(separator: "\n")
                .first { $0.hasPrefix("voluntary_ctxt_switches:") }
                .flatMap { $0.split(separator: "\t").last }.flatMap { Double($0) }
            found[thread] = ThreadUsage(seconds: nanoseconds / 1_000_000_000, sleeps: sleeps ?? 0)
        }
        return found
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }
}
