#include "feature.h"

#include <stdio.h>

int main(void) {
#define FEATURE_RUN(name)                                                                                              \
    puts("== " #name);                                                                                                 \
    feature_##name();
    FEATURES(FEATURE_RUN)
    return 42;
}
