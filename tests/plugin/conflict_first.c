// SPDX-License-Identifier: BSL-1.0
#define CONFLICT "first"
#include "conflict.h"
