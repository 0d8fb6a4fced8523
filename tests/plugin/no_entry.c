// SPDX-License-Identifier: BSL-1.0
/* A note, and nothing behind it. */
#include <haft/plugin/abi.h>

HAFT_PLUGIN_NOTE("{\"name\":\"no_entry\"}");
