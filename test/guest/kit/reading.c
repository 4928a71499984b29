/* Lines and numbers from the console, until it ends. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char line[40], word[20];
    int number;
    float fraction;
    int count = scanf("%d %f %19s", &number, &fraction, word);
    printf("%d: %d %g %s\n", count, number, (double)fraction, word);
    getchar();
    while (fgets(line, sizeof line, stdin)) printf("line: \"%.*s\"\n", (int)strcspn(line, "\n"), line);
    printf("end: %d %d\n", feof(stdin) != 0, getchar());
    return 0;
}
