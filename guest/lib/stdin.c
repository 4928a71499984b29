/* stdin: bytes from the console, waited for. Its own file, so that only programs that read ask for the right to read.
 * */
#include <stdint.h>
#include <stdio.h>

#include "console.h"
#include "skep.h"

static int console_get(FILE *stream) {
    (void)stream;
    unsigned char byte;
    uint32_t got = 0;
    if (console_flush) console_flush();
    if (skep_console_read(&byte, 1, SKEP_FOREVER, &got) < 0) return _FDEV_ERR;
    return got == 0 ? _FDEV_EOF : byte;
}

static FILE input = FDEV_SETUP_STREAM(NULL, console_get, NULL, _FDEV_SETUP_READ);
FILE *const stdin = &input;
