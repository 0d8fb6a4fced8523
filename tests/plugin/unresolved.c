// SPDX-License-Identifier: BSL-1.0
/* A library that needs what nobody has. */
#include <haft/plugin/abi.h>

HAFT_PLUGIN_NOTE("{\"name\":\"unresolved\"}");

extern const haft_plugin* haft_test_not_there(const haft_host* host);
const haft_plugin* haft_plugin_v1(const haft_host* host) { return haft_test_not_there(host); }
