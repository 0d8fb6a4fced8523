// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0161]
// expect: of a type that no provider gives
// note: count_rows
// note: database
#include <haft/tool.hpp>
#include <haft/tool/providers.hpp>

struct database {
    int rows = 0;
};
database& the_database();
int& a_number();
int count_rows(haft::injected<database> db);
#ifdef HAFT_REJECT
using host = haft::providers<&a_number>;
#else
using host = haft::providers<&the_database, &a_number>;
#endif
constexpr haft::tool t = host::make<&count_rows>("Counts");
