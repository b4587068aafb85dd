/* The fence around libqrencode: its header alone, all of which Swift imports. */
#ifndef KIOSK_CQRENCODE_H
#define KIOSK_CQRENCODE_H

#include <qrencode.h>

#endif
