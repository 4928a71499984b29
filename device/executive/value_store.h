/* value_store: persistent values kept in a store (device/store/store.h), under their object id. */
#ifndef SKEP_DEVICE_EXECUTIVE_VALUE_STORE_H
#define SKEP_DEVICE_EXECUTIVE_VALUE_STORE_H

#include "device/executive/executive.h"
#include "device/store/store.h"

/* Precondition: the store was opened, and outlives what it is given to. */
struct executive_store value_store_of(struct store *store);

#endif
