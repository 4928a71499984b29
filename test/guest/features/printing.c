#include "feature.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

void feature_printing(void) {
    char buffer[64];
    printf("[%d][%5d][%-5d][%05d][%+d][% d][%.3d][%8.3d]\n", 42, 42, 42, 42, 42, 42, 7, -7);
    printf("[%u][%x][%X][%#x][%o][%#o][%08x]\n", 3000000000u, 255u, 255u, 255u, 8u, 8u, 0xbeefu);
    printf("[%hhd][%hd][%ld][%lld][%zu][%td][%jd]\n", (signed char)-3, (short)-300, -70000L, -5000000000LL, sizeof(int),
           (ptrdiff_t)-4, (intmax_t)1 << 40);
    printf("[%c][%s][%10s][%-10s][%.2s][%%][%*d][%-*d]\n", 'x', "text", "right", "left", "cut", 6, 1, 6, 2);
    printf("[%f][%.0f][%.3f][%10.2f][%-10.2f][%+.1f][%#.0f]\n", 3.14159, 2.5, -0.0005, 1e6, 1.5, 2.25, 3.0);
    printf("[%e][%.2E][%g][%g][%g][%G][%#g]\n", 12345.678, 0.00012, 100000.0, 1e6, 0.0001, 1e-10, 1.0);
    printf("[%a][%.1a][%f][%F][%e]\n", 1.0, 0.7, 1.0 / 0.0, -1.0 / 0.0, 5e-324);
    printf("[%.20g][%.15f][%g][%.3g]\n", 0.1, 1e15 / 3, -0.0, 123456.0);
    printf("[%s][%5c][%.0d][%p]\n", "", 'y', 0, (void *)0 == (void *)1 ? "" : (void *)0x1234);
    printf("[%" PRIu64 "][%" PRIx64 "][%" PRId8 "]\n", UINT64_MAX, UINT64_C(0x123456789abcdef0), (int8_t)-128);
    int length = snprintf(buffer, 8, "%s", "longer than eight");
    printf("%d [%s]\n", length, buffer);
    length = sprintf(buffer, "%d+%d=%d", 2, 3, feature_hide(5));
    printf("%d [%s] %d\n", length, buffer, snprintf(NULL, 0, "%1000d", 1));
    puts("puts");
    putchar('p'), putchar('\n');
    fprintf(stdout, "%s %d\n", "to a stream", 1);
    fputs("fputs\n", stdout);
    fwrite("fwrite\n", 1, 7, stdout);
}
