// build: clang -Os -g
// refused: label_differences.c:11: in run: a computed goto through label differences that the compiler has folded
// clang turns differences of labels into numbers, and no relocation is left to rewrite them by.
#include "say.h"

static int run(const unsigned char *code) {
    static const int table[] = {&&zero - &&zero, &&one - &&zero, &&two - &&zero, &&end - &&zero};
    int sum = 0;

next:
    goto *(&&zero + table[*code++]);
zero:
    sum += 1;
    goto next;
one:
    sum *= 3;
    goto next;
two:
    sum -= 7;
    goto next;
end:
    return sum;
}

int main(void) {
    volatile unsigned char code[] = {0, 1, 1, 2, 0, 3};
    say_number((unsigned)run((const unsigned char *)code));
    return 0;
}
