#include "feature.h"

#include <stdint.h>
#include <stdio.h>

namespace {

enum class Color : uint8_t { red = 1, green = 2, blue = 4 };
constexpr Color operator|(Color a, Color b) { return static_cast<Color>(static_cast<int>(a) | static_cast<int>(b)); }

template <typename... Numbers> constexpr int sum(Numbers... numbers) { return (numbers + ... + 0); }

template <typename T> int describe(T value) {
    if constexpr (sizeof(T) == 1)
        return value + 1000;
    else if constexpr (sizeof(T) == 4)
        return static_cast<int>(value) * 2;
    else
        return static_cast<int>(value >> 8);
}

struct Point {
    int x, y;
    constexpr Point operator+(const Point &other) const { return {x + other.x, y + other.y}; }
    constexpr bool operator==(const Point &other) const { return x == other.x && y == other.y; }
};

constexpr int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
constexpr int table[] = {fibonacci(10), fibonacci(11), fibonacci(12)};
static_assert(table[0] == 55);

struct Counter {
    explicit Counter(int start) : value(start) { printf("(made %d)", start); }
    ~Counter() { printf("(gone %d)\n", value); }
    int value;
};

Counter &shared_counter(int start) {
    static Counter counter(start);
    counter.value++;
    return counter;
}

struct Lazy {
    Lazy() : value(feature_hide(31)) {}
    int value;
};
thread_local Lazy lazy;

class Buffer {
  public:
    explicit Buffer(unsigned size) : bytes_(new uint8_t[size]), size_(size) {
        for (unsigned i = 0; i < size; i++) bytes_[i] = static_cast<uint8_t>(i * 3);
    }
    Buffer(Buffer &&other) noexcept : bytes_(other.bytes_), size_(other.size_) {
        other.bytes_ = nullptr, other.size_ = 0;
    }
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;
    ~Buffer() { delete[] bytes_; }
    const uint8_t *begin() const { return bytes_; }
    const uint8_t *end() const { return bytes_ + size_; }

  private:
    uint8_t *bytes_;
    unsigned size_;
};

Buffer make_buffer(unsigned size) {
    Buffer buffer(size);
    return buffer;
}

template <typename F> struct Callback {
    F function;
    int operator()(int a, int b) const { return function(a, b); }
};
template <typename F> Callback(F) -> Callback<F>;

inline int shared_inline = 6;

} // namespace

extern "C" void feature_modern(void) {
    printf("%d %d %d %d\n", static_cast<int>(Color::red | Color::blue), sum(1, 2, feature_hide(3)), describe('A'),
           describe(UINT64_C(0x12345600)));
    auto [x, y] = Point{feature_hide(1), 2} + Point{10, 20};
    printf("%d %d %d %d\n", x, y, Point{1, 2} == Point{1, 2}, table[feature_hide(2)]);
    printf("%d ", shared_counter(feature_hide(5)).value);
    lazy.value += 2;
    printf("%d %d\n", shared_counter(99).value, lazy.value);
    Buffer buffer = make_buffer(static_cast<unsigned>(feature_hide(9)));
    Buffer moved(static_cast<Buffer &&>(buffer));
    int total = 0;
    for (uint8_t byte : moved) total = total * 2 + byte;
    for (uint8_t byte : buffer) total += byte + 1000;
    int outer = feature_hide(7);
    Callback callback{[&outer](int a, int b) { return outer += a * b; }};
    int first = callback(2, 3);
    printf("%d %d %d %d\n", total, first, callback(4, 5), shared_inline);
    int (*plain)(int) = [](int value) { return value * value; };
    printf("%d %d\n", plain(feature_hide(12)), 0b1010'1010);
}
