#include "feature.h"

#include <math.h>
#include <stdio.h>

void feature_mathematics(void) {
    for (int i = 1; i < 8; i++) {
        double x = feature_hide(i) * 0.37;
        printf("%.10g %.10g %.10g %.10g %.10g\n", sin(x), cos(x) + tan(x), exp(x), log(x), pow(x, 1.3));
        printf("%.10g %.10g %.10g %.10g\n", atan2(x, 2), fmod(x * 10, 3), hypot(x, 2), cbrt(x));
        printf("%.5g %.5g %.5g %.5g\n", (double)sinf((float)x), (double)expf((float)x), (double)logf((float)x),
               (double)powf((float)x, 2.5f));
    }
    int exponent;
    double whole, fraction = frexp(feature_hide(1000), &exponent);
    printf("%g %d %g %g\n", fraction, exponent, ldexp(0.75, feature_hide(5)), modf(-2.75, &whole));
    printf("%g %d %d %d\n", whole, isnan(NAN) != 0, isinf(INFINITY) != 0, signbit(-0.0) != 0);
}
