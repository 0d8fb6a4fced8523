// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0162]
// expect: two providers give the type of an injected parameter
// note: count_rows
// note: database
#include <haft/tool.hpp>
#include <haft/tool/providers.hpp>

struct database {
    int rows = 0;
};
database& the_database();
database a_database();
int count_rows(haft::injected<database> db);
#ifdef HAFT_REJECT
using host = haft::providers<&the_database, &a_database>;
#else
using host = haft::providers<&the_database>;
#endif
constexpr haft::tool t = host::make<&count_rows>("Counts");
