/* The C library's clocks run on the board's: time starts at the reset. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    clock_t start = clock();
    srand((unsigned)time(NULL));
    sleep(1);
    usleep(500000);
    long tenths = (long)((clock() - start) / (CLOCKS_PER_SEC / 10));
    printf("%ld tenths of a second, %ld s, %d\n", tenths, (long)time(NULL), rand() >= 0);
    putchar('x'), fflush(NULL), putchar('\n');
    return 0;
}
