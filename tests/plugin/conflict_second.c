// SPDX-License-Identifier: BSL-1.0
#define CONFLICT "second"
#include "conflict.h"
