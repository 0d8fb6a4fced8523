// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0103_a_lambda_or_operator_has_no_name
// note: lambda
#include <haft/tool.hpp>

struct summands {
    int a;
    int b;
};

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<[](const summands& s) { return s.a + s.b; }>({.description = "Add", .effect = haft::read_only});
#else
constexpr haft::tool tool = haft::make<[](const summands& s) { return s.a + s.b; }>({.name = "add", .effect = haft::read_only});
#endif
