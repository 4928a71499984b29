/* skep: all that a guest can ask of its host. The calls are generated from spec/calls.json; Arduino.h offers the
 * common ones under the names that many people know. */
#ifndef SKEP_GUEST_SKEP_H
#define SKEP_GUEST_SKEP_H

#include "skep_calls.h"

#endif
