/* winscard.h asks for <wintypes.h>; the distribution keeps it under PCSC/. */
#include <PCSC/wintypes.h>
