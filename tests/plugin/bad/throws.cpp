// SPDX-License-Identifier: BSL-1.0
// The same plugin in C++, which can throw.
#include "bad.c"
