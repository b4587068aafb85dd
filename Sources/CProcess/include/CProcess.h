/* The fence around what Swift cannot import about this process: shims, no logic. */
#ifndef KIOSK_CPROCESS_H
#define KIOSK_CPROCESS_H

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* Keeps the memory out of core files, and away from other processes of the same user. Swift does
   not import prctl, as it takes any number of arguments. */
static inline void CProcess_forbidDumps(void) {
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* Whether the kernel would still write the memory into a core file. */
static inline int CProcess_isDumpable(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0; }

/* At most so many heaps for all threads together. Swift does not import malloc.h. */
static inline void CProcess_limitHeaps(int count) { mallopt(M_ARENA_MAX, count); }

#endif
