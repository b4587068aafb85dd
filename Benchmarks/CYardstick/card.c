#include "CYardstick.h"

#include <PCSC/winscard.h>
#include <string.h>

long yardstick_card_open(yardstick_card *card) {
    SCARDCONTEXT context;
    LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context);
    if (code != SCARD_S_SUCCESS) return code;

    char names[16 * YARDSTICK_READER_MAX];
    DWORD length = sizeof names;
    code = SCardListReaders(context, NULL, names, &length);
    if (code != SCARD_S_SUCCESS) {
        SCardReleaseContext(context);
        return code;
    }
    card->context = context;
    strncpy(card->reader, names, sizeof card->reader - 1);
    card->reader[sizeof card->reader - 1] = 0;
    return SCARD_S_SUCCESS;
}

long yardstick_card_read(const yardstick_card *card) {
    static const BYTE command[] = {0xFF, 0xCA, 0x00, 0x00, 0x00};
    BYTE answer[MAX_BUFFER_SIZE_EXTENDED];
    SCARDHANDLE handle;
    DWORD protocol, length = sizeof answer;

    LONG code = SCardConnect(
        card->context, card->reader, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
        &handle, &protocol);
    if (code != SCARD_S_SUCCESS) return code;
    code = SCardTransmit(
        handle, protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1, command,
        sizeof command, NULL, answer, &length);
    SCardDisconnect(handle, SCARD_LEAVE_CARD);
    if (code != SCARD_S_SUCCESS) return code;
    if (length < 2 || answer[length - 2] != 0x90 || answer[length - 1] != 0x00)
        return SCARD_F_COMM_ERROR;
    return SCARD_S_SUCCESS;
}

void yardstick_card_close(yardstick_card *card) { SCardReleaseContext(card->context); }
