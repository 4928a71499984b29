// C++ without exceptions: an interface, two filters that implement it, a template, and objects that clean up after
// themselves.
#include <stdio.h>

class Filter {
  public:
    virtual ~Filter() = default;
    virtual int add(int sample) = 0;
    virtual const char *name() const = 0;
};

// Forgets slowly: each sample moves the output an eighth of the way.
class LowPass final : public Filter {
  public:
    int add(int sample) override { return (state_ += ((sample << 8) - state_) / 8) >> 8; }
    const char *name() const override { return "low pass"; }

  private:
    int state_ = 0;
};

// The middle one of the last three samples: a single spike never gets through.
class Median final : public Filter {
  public:
    int add(int sample) override {
        last_[next_] = sample;
        next_ = (next_ + 1) % 3;
        int a = last_[0], b = last_[1], c = last_[2];
        return a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
    }
    const char *name() const override { return "median"; }

  private:
    int last_[3] = {};
    int next_ = 0;
};

template <typename T, unsigned Count> constexpr unsigned length(const T (&)[Count]) { return Count; }

struct Announcer {
    Announcer() { puts("constructed before main"); }
    ~Announcer() { puts("destroyed after main"); }
} announcer;

int main() {
    const int samples[] = {100, 100, 900, 100, 100, 200, 200, 200};
    Filter *filters[] = {new LowPass, new Median};
    for (Filter *filter : filters) {
        printf("%-8s:", filter->name());
        for (unsigned i = 0; i < length(samples); i++) printf(" %3d", filter->add(samples[i]));
        printf("\n");
        delete filter;
    }
    return 0;
}
