// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0117]
// expect: a text of this toolbox or of one of its methods is too long
// note: class_of<counter>
#include <haft/toolbox.hpp>

#ifdef HAFT_REJECT
inline constexpr std::array<char, 257> title = [] {
    std::array<char, 257> text{};
    text.fill('x');
    return text;
}();
#else
inline constexpr std::array title{'C', 'o', 'u', 'n', 't', 's'};
#endif

struct counter {
    int next() { return 1; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words(haft::about{.description = "Counts", .title = {title.data(), title.size()}},
                                   haft::method<&counter::next>("The next number"));
    }
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
