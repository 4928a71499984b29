// build: clang -O2
// refused: target+4 points into the middle of a function; point at its start
#include "say.h"

void target(void) { say("x"); }
void *volatile where = (char *)target + 4;

int main(void) { return where != 0; }
