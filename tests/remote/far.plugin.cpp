// SPDX-License-Identifier: BSL-1.0
// The same tools within the host, as a shared library. There they are named as they are when they are mounted.
#include "tools.hpp"

#include <haft/plugin.hpp>
#include <haft/plugin/glue.hpp>

namespace {

template <const haft::about& Is>
constexpr haft::about named(std::string_view name) {
    haft::about out = Is;
    out.name = name;
    return out;
}

class far_plugin {
public:
    static constexpr haft::manifest manifest{.name = "far", .version = "1.0.0", .description = "Tools of the tests"};
    haft::toolset tools() const {
        using namespace far_tools;
        return {haft::make<&get_weather>(named<get_weather_is>("far.get_weather")), haft::make<&echo>(named<echo_is>("far.echo")),
                haft::make<&refuse>(named<refuse_is>("far.refuse")), haft::make<&picture>(named<picture_is>("far.picture")),
                haft::make<&count>(named<count_is>("far.count")), haft::make<&burn>(named<burn_is>("far.burn"))};
    }
};

}  // namespace

HAFT_EXPORT_PLUGIN(far_plugin);
