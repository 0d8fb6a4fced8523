// SPDX-License-Identifier: BSL-1.0
// A plugin that has, as its configuration says, one thing that can't cross the border of a shared library.
#include <haft/plugin.hpp>
#include <haft/plugin/glue.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

struct database {};
struct its_own_kind {};
struct strange_point {
    static constexpr std::string_view name = "strange_point";
    using signature = void(int);
};

class crossing {
public:
    struct config {
        std::string what;
    };
    void setup(const config& c) { what_ = c.what; }
    void teardown() { ++torn_down; }
    haft::toolset tools() {
        haft::toolset out;
        if (what_ == "injected")
            static_cast<void>(out.add("rows", {.description = "Rows"}, [](haft::injected<database>) { return 1; }));
        static_cast<void>(out.add("torn_down", {.description = "How often it was torn down"}, [] { return torn_down; }));
        return out;
    }
    std::vector<haft::part> parts() {
        std::vector<haft::part> out;
        if (what_ == "wrapper")
            out.push_back(haft::hook_part<haft::turn_pre>("around", [](haft::next_hooks<haft::turn_pre>& next) { return next(); }));
        if (what_ == "point") out.push_back(haft::hook_part<strange_point>("strange", [](int) {}));
        if (what_ == "kind") out.push_back({.kind = "thing", .name = "new"});
        if (what_ == "disguise")
            out.push_back({.kind = "command", .name = "hidden", .enlist = [](haft::kinds& where, std::string_view) {
                               where.get<its_own_kind>();
                               return haft::result<haft::enlistment>(haft::enlistment());
                           }});
        return out;
    }

private:
    std::string what_;
    static inline int torn_down = 0;
};

}  // namespace

HAFT_EXPORT_PLUGIN(crossing);
