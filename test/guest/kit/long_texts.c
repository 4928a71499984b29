/* Long texts: the console takes any length; into memory a text has at most 4095 bytes, and a longer one is an error
 * rather than silently less. */
#include <stdio.h>
#include <string.h>

static char big[6000], out[7000];

int main(void) {
    memset(big, 'x', sizeof big - 1);
    big[0] = '<', big[5998] = '>';
    printf("%d\n", printf("%s\n", big));
    puts(big);
    printf("%d\n", snprintf(out, sizeof out, "%s", big));
    printf("%d %zu\n", snprintf(out, sizeof out, "%.4000s|%50d", big, 5), strlen(out));
    printf("%d %zu\n", snprintf(out, 100, "%s", big), strlen(out));
    memset(out, '#', 60);
    printf("%d %s %c %c\n", snprintf(out, 50, "short"), out, out[6], out[49]);
    int before = 0;
    printf("%d%n wide: %ls\n", 12345, &before, L"gr\u00fcn");
    printf("%d\n", before);
    return 7;
}
