// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: which is a constructor; the methods of its class become tools by haft::make_toolbox<Files>()
// note: Files::Files
#include <haft/toolbox.hpp>

struct [[= haft::doc("Files of a folder")]] Files {
    explicit Files(std::string path) : where(path) {}
    std::string folder() { return where; }
    std::string where;
};
consteval std::meta::info constructor_of(std::meta::info c) {
    for (const std::meta::info m : std::meta::members_of(c, std::meta::access_context::unprivileged()))
        if (std::meta::is_constructor(m)) return m;
    return {};
}

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<constructor_of(^^Files)>();
#else
const haft::toolbox_class& files = haft::toolbox_class_of<Files>();
#endif
