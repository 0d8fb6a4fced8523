// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0139]
// expect: a configuration outlives the text that it was read from
// note: files
#include <haft/toolbox.hpp>

#include <optional>
#include <string>
#include <vector>

struct files {
    struct place {
#ifdef HAFT_REJECT
        std::string_view folder;
#else
        std::string folder;
#endif
    };
    struct config {
        std::vector<std::optional<place>> places;
    };
    explicit files(config) {}
    int count() { return 1; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Files", haft::method<&files::count>("How many"));
    }
};
const haft::toolbox_class& all_files = haft::toolbox_class_of<files>();
