// Names of C++: a class in a namespace, a template, an overload outside its class.
namespace shapes {
class Square {
  public:
    explicit Square(int side) : side_(side) {}
    int area() const;
    template <typename Number> __attribute__((noinline)) Number scaled(Number by) const { return by * side_; }

  private:
    volatile int side_;
};

__attribute__((noinline)) int Square::area() const { return side_ * side_; }
__attribute__((noinline)) static int twice(int value) { return value + value; }
} // namespace shapes

extern "C" void _start() {
    shapes::Square square(3);
    volatile int sink = shapes::twice(square.area()) + square.scaled(2);
    for (;;) sink = sink + 1;
}
