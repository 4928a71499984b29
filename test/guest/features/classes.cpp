#include "feature.h"

#include <stdio.h>

namespace {

class Shape {
  public:
    explicit Shape(const char *name) : name_(name) { alive++; }
    virtual ~Shape() { alive--; }
    virtual double area() const = 0;
    virtual int corners() const { return 0; }
    const char *name() const { return name_; }
    static int alive;

  private:
    const char *name_;
};
int Shape::alive;

class Printer {
  public:
    virtual ~Printer() = default;
    virtual void print(int indent) const { printf("%*sprinter\n", indent, ""); }
    int padding = 3;
};

class Square : public Shape, public Printer {
  public:
    explicit Square(double side) : Shape("square"), side_(side) {}
    double area() const override { return side_ * side_; }
    int corners() const override { return 4; }
    void print(int indent) const override { printf("%*s%s of %g\n", indent + padding, "", name(), side_); }

  private:
    double side_;
};

class Circle final : public Shape {
  public:
    explicit Circle(double radius) : Shape("circle"), radius_(radius) {}
    double area() const override { return radius_ * radius_ * 3; }

  private:
    double radius_;
};

struct Base {
    int value = 1;
    virtual int get() const { return value; }
};
struct Left : virtual Base {
    int get() const override { return value + 10; }
};
struct Right : virtual Base {};
struct Diamond : Left, Right {
    int get() const override { return Left::get() + 100; }
};

template <typename T> class Stack {
  public:
    Stack &operator<<(T value) {
        items_[used_++] = value;
        return *this;
    }
    T sum() const {
        T total{};
        for (unsigned i = 0; i < used_; i++) total += items_[i];
        return total;
    }

  private:
    T items_[8];
    unsigned used_ = 0;
};

struct Early {
    Early() : value(feature_hide(77)) {}
    int value;
};
Early early;

struct Tracer {
    explicit Tracer(int id) : id_(id) { printf("+%d ", id_); }
    ~Tracer() { printf("-%d ", id_); }
    int id_;
};

template <typename F> int apply(F function, int value) { return function(function(value)); }

int overloaded(int) { return 1; }
int overloaded(double) { return 2; }
int overloaded(const char *) { return 3; }

} // namespace

extern "C" void feature_classes(void) {
    Shape *shapes[] = {new Square(1.5), new Circle(2)};
    for (Shape *shape : shapes) printf("%s %g %d; ", shape->name(), shape->area(), shape->corners());
    printf("%d\n", Shape::alive);
    static_cast<Printer *>(static_cast<Square *>(shapes[0]))->print(feature_hide(2));
    for (Shape *shape : shapes) delete shape;

    double (Shape::*virtual_member)() const = &Shape::area;
    int (Shape::*other_member)() const = &Shape::corners;
    int Base::*data_member = &Base::value;
    Square square(3);
    Diamond diamond;
    diamond.*data_member += 5;
    Base &base = diamond;
    printf("%g %d %d %d %d\n", (square.*virtual_member)(), (square.*other_member)(), base.get(), early.value,
           virtual_member != nullptr);

    Stack<int> numbers;
    Stack<double> fractions;
    numbers << 1 << 2 << 39;
    fractions << 0.5 << 0.25;
    int captured = feature_hide(3);
    printf("%d %g %d %d%d%d\n", numbers.sum(), fractions.sum(),
           apply([captured](int x) { return x * captured + 1; }, 2), overloaded(1), overloaded(1.0), overloaded("x"));
    {
        Tracer one(1), two(2);
        for (int i = 3; i < 5; i++) Tracer inside(i);
    }
    printf("%d\n", Shape::alive);
}
