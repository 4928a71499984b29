// build: clang -O0; clang -O2; gcc -O2
// output: 42
// output: 7
// output: 1
// Thunks of multiple inheritance, and member pointers, which use bit 0 of code addresses.
#include "say.h"

struct Left {
    virtual int left() { return 1; }
    int a = 3;
};
struct Right {
    virtual int right() { return 2; }
    int b = 4;
};
struct Both : Left, Right {
    int left() override { return a * 10; }
    int right() override { return b * 3; }
    int plain() { return a + b; }
};

int main() {
    Both both;
    Left *volatile left = &both;
    Right *volatile right = &both;
    say_number((unsigned)(left->left() + right->right()));
    int (Both::*volatile member)() = &Both::plain;
    say_number((unsigned)(both.*member)());
    int (Left::*volatile virtual_member)() = &Left::left;
    Left base;
    say_number((unsigned)(base.*virtual_member)());
    return 0;
}
