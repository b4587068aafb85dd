/* winscard.h asks for <pcsclite.h>; the distribution keeps it under PCSC/. */
#include <PCSC/pcsclite.h>
