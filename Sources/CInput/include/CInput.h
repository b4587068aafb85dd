/* The fence around what Swift cannot import about input devices: shims, no logic. */
#ifndef KIOSK_CINPUT_H
#define KIOSK_CINPUT_H

#include <linux/input.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>

/* What one read of /dev/input/event* is a multiple of, in bytes. Swift needs the header for it,
   which is none of its Glibc. */
static const long CInput_EVENT_SIZE = sizeof(struct input_event);

/* Keeps the events of a keyboard from everybody else. EVIOCGRAB is a macro that Swift does not
   import. */
static inline int CInput_grab(int device) { return ioctl(device, EVIOCGRAB, 1); }

/* A descriptor that becomes readable when it is written to; eventfd is none of Swift's Glibc. */
static inline int CInput_newSignal(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

#endif
