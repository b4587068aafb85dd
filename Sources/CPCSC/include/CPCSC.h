/* The fence around libpcsclite: its header, and what Swift cannot import from it. No logic. */
#ifndef KIOSK_CPCSC_H
#define KIOSK_CPCSC_H

#include <PCSC/winscard.h>

/* SCARD_PCI_T0 and SCARD_PCI_T1 are macros that take an address, which Swift does not import. */
static inline const SCARD_IO_REQUEST *CPCSC_PCI_T0(void) { return SCARD_PCI_T0; }
static inline const SCARD_IO_REQUEST *CPCSC_PCI_T1(void) { return SCARD_PCI_T1; }

/* The largest answer that SCardTransmit takes a buffer for; not imported as its macro is a sum. */
static const long CPCSC_ANSWER_MAX = MAX_BUFFER_SIZE_EXTENDED;

#endif
