/* The smallest guest. Run it with: skep run guest/examples/hello/hello.c */
#include <stdio.h>

int main(void) {
    printf("Hello from the sandbox.\n");
    return 0;
}
