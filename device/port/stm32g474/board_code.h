/* board_code: what each firmware slot of the board's map is to the memory protection. */
#ifndef SKEP_DEVICE_PORT_STM32G474_BOARD_CODE_H
#define SKEP_DEVICE_PORT_STM32G474_BOARD_CODE_H

#include "board_map.h"
#include "device/port/stm32g474/protect.h"

static const struct protect_code board_code[] = {BOARD_CODE};
_Static_assert(sizeof board_code / sizeof board_code[0] == BOARD_FIRMWARE_SLOTS, "one for each slot");

#endif
