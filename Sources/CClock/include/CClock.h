/* The fence around what Swift cannot import about the clock: a shim, no logic. */
#ifndef KIOSK_CCLOCK_H
#define KIOSK_CCLOCK_H

#include <sys/timex.h>

/* Whether a time server keeps the clock in step. struct timex ends in an unnamed bit field, which
   Swift does not import. */
static inline int CClock_isSynchronised(void) {
    struct timex state = {0};
    return adjtimex(&state) >= 0 && (state.status & STA_UNSYNC) == 0;
}

#endif
