/* Always wants its turn. */
int main(void) {
    for (;;) __asm__ volatile("");
}
