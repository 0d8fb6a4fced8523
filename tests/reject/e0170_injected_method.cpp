// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0170]
// expect: wants an object of its host
// note: report
// note: count
#include <haft/plugin/glue.hpp>

struct database {};
struct report {
#ifdef HAFT_REJECT
    int count(haft::injected<database> db);
#else
    int count();
#endif
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Reports", haft::method<&report::count>("Count the rows"));
    }
};
HAFT_EXPORT_PLUGIN(report);
