#define _GNU_SOURCE
#include "CYardstick.h"

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <stdlib.h>

static cpu_set_t all;

/* Gives all threads of this process the same processors; new ones inherit them. */
static int keep_threads(const cpu_set_t *processors) {
    DIR *threads = opendir("/proc/self/task");
    if (!threads) return errno;
    for (struct dirent *entry = readdir(threads); entry; entry = readdir(threads)) {
        int thread = atoi(entry->d_name);
        /* A thread that ended meanwhile needs no place. */
        if (thread > 0) sched_setaffinity(thread, sizeof *processors, processors);
    }
    closedir(threads);
    return 0;
}

int yardstick_use_one_processor(void) {
    if (sched_getaffinity(0, sizeof all, &all) != 0) return errno;
    cpu_set_t one;
    CPU_ZERO(&one);
    for (int processor = 0; processor < CPU_SETSIZE; processor++)
        if (CPU_ISSET(processor, &all)) {
            CPU_SET(processor, &one);
            break;
        }
    return keep_threads(&one);
}

void yardstick_use_all_processors(void) { keep_threads(&all); }
