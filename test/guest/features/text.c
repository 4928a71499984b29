#include "feature.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int sign(int value) { return (value > 0) - (value < 0); }

void feature_text(void) {
    char buffer[128] = "start";
    strcat(buffer, ", middle");
    strncat(buffer, ", end and more", 5);
    printf("%s %zu %zu\n", buffer, strlen(buffer), strnlen(buffer, 4));
    printf("%d %d %d %d\n", sign(strcmp("abc", "abd")), sign(strcmp("abc", "ab")), strcmp("same", "same"),
           sign(strncmp("abcX", "abcY", 3)));
    printf("%s %s %s %d\n", strchr(buffer, 'm'), strrchr(buffer, 'e'), strstr(buffer, "ddl"),
           strchr(buffer, 'q') == NULL);
    printf("%zu %zu %s\n", strspn("123abc", "0123456789"), strcspn("abc;def", ";,"), strpbrk("key=value", "=:"));
    char list[] = "a,b;;c";
    for (char *token = strtok(list, ",;"); token; token = strtok(NULL, ",;")) printf("[%s]", token);
    char *end;
    double number = strtod("2.5e3tail", &end);
    printf("\n%ld %lu %g %s\n", strtol("-0x1f", NULL, 16), strtoul("777", NULL, 8), number, end);
    printf("%d %d %lld %d\n", atoi("  42x"), abs(feature_hide(-9)), atoll("-123456789012"),
           toupper('q') + (isdigit('7') != 0) + (isspace('x') != 0));
    int values[6];
    int count =
        sscanf("10 20 0x1e word -5", "%d %d %x %*s %d", &values[0], &values[1], (unsigned *)&values[2], &values[3]);
    printf("%d %d %d %d %d\n", count, values[0], values[1], values[2], values[3]);
    printf("%s\n", strcpy(buffer, "replaced") + 2);
}
