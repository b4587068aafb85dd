import TerminalTesting
import Testing

@testable import Machine

@Suite("Programs as the kernel tells of them") struct ProcessTests {
    private static let map = "7f00-7f01 r-xp 00000000 fe:01 77 /usr/lib/libpcsclite.so.1.0.0\n"

    @Test("those that have a library loaded, as far as they may be seen")
    func library() throws {
        let tree = try FileTree([
            "proc/9/comm": "bash\n", "proc/9/maps": "00-01 r-xp 00 fe:01 3 /usr/bin/bash\n",
            "proc/312/comm": "scdaemon\n", "proc/312/maps": "00-01 r--p\n" + Self.map,
            "proc/40/comm": "pcsc_scan\n", "proc/40/maps": Self.map,
            // One whose maps are not for us.
            "proc/50/comm": "hidden\n", "proc/self/maps": Self.map, "proc/self/comm": "me\n",
        ])
        let found = tree.shown { Machine(root: $0).programs(using: "/libpcsclite.so") }
        #expect(
            found == [
                RunningProgram(pid: 40, name: "pcsc_scan"),
                RunningProgram(pid: 312, name: "scdaemon"),
            ])
        #expect(found.map(\.description) == ["pcsc_scan (40)", "scdaemon (312)"])
    }

    private static let locks = """
        1: POSIX  ADVISORY  WRITE 12 fe:01:1311768 0 EOF
        2: FLOCK  ADVISORY  READ 13 fe:01:1311768 0 EOF
        3: FLOCK  ADVISORY  WRITE 312 fe:01:1311768 0 EOF
        4: FLOCK  ADVISORY  WRITE 14 fe:01:5 0 EOF

        """

    @Test(
        "who holds a lock",
        arguments: [
            ("1311768", RunningProgram(pid: 312, name: "kiosk-agent")), ("5", nil), ("768", nil),
        ] as [(String, RunningProgram?)])
    func lock(inode: String, holder: RunningProgram?) throws {
        let tree = try FileTree(["proc/locks": Self.locks, "proc/312/comm": "kiosk-agent\n"])
        #expect(tree.shown { Machine(root: $0).holder(ofLockOn: inode) } == holder)
        #expect(try FileTree().shown { Machine(root: $0).holder(ofLockOn: inode) } == nil)
    }
}
