/* cxx: what C++ programs without exceptions need from a library. No memory is a reason to stop: there is nothing to
 * throw. */
#include <stddef.h>
#include <stdlib.h>

static void *allocate(size_t bytes) {
    void *memory = malloc(bytes != 0 ? bytes : 1);
    if (!memory) abort();
    return memory;
}

void *operator new(size_t bytes) { return allocate(bytes); }
void *operator new[](size_t bytes) { return allocate(bytes); }
void operator delete(void *memory) noexcept { free(memory); }
void operator delete[](void *memory) noexcept { free(memory); }
void operator delete(void *memory, size_t) noexcept { free(memory); }
void operator delete[](void *memory, size_t) noexcept { free(memory); }

extern "C" {
int __cxa_atexit(void (*destroy)(void *), void *object, void *library);

/* One task is one thread, which ends with the program. */
int __cxa_thread_atexit(void (*destroy)(void *), void *object, void *library) {
    return __cxa_atexit(destroy, object, library);
}

[[noreturn]] void __cxa_pure_virtual() { abort(); }
[[noreturn]] void __cxa_deleted_virtual() { abort(); }
}
