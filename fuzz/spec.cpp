// SPDX-License-Identifier: BSL-1.0
// The bytes are a spec string: what it says, the toolbox that it makes, and that one made again of what was recorded.
#include <haft/json/pieces.hpp>
#include <haft/toolbox.hpp>

#include "require.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using haft_fuzz::require;

namespace {

struct Files {
    struct config {
        std::string path;
        bool writable = false;
        int depth = 3;
        double share = 0.5;
        std::vector<std::string> hidden = {};
        std::optional<std::map<std::string, int>> limits = {};
        static constexpr std::array haft_fields{haft::field{"path", "", haft::max_length(64)},
                                                haft::field{"depth", "", haft::minimum(0), haft::maximum(9)},
                                                haft::field{"hidden", "", haft::not_required}};
    };
    explicit Files(config c) : with(std::move(c)) {}
    std::size_t size() const { return with.path.size(); }
    config with;
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Files", haft::method<&Files::size>("The size of the path"));
    }
};
struct Memory {
    int size() const { return 0; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Memory", haft::method<&Memory::size>("Its size"));
    }
};
const std::array classes{haft::toolbox_class_of<Files>(), haft::toolbox_class_of<Memory>()};

/// A spec in the one way in which it can be written of what was understood.
std::string written(const haft::toolbox_spec& spec) {
    std::string out = spec.name + "(" + spec.config + spec.positional + ")";
    if (!spec.alias.empty()) out += " as " + spec.alias;
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const haft::result<haft::toolbox_spec> spec = haft::parse_spec(text);
    if (!spec) {
        require(spec.error().code == haft::errc::bad_spec && spec.error().message.size() < 1024, "an error is short");
    } else {
        // (One that is too long is left to whoever looks for it, who has the better words.)
        require(haft::legal_tool_name(spec->name.substr(0, 128)), "a spec has a name", spec->name);
        require(spec->alias.empty() || haft::legal_tool_name(spec->alias.substr(0, 128)), "an alias is a name",
                spec->alias);
        require(spec->config.empty() || spec->positional.empty(), "a spec has arguments of one kind");
        for (const std::string& value : {spec->config, spec->positional})
            require(value.empty() || haft::json::is_json(value), "a value is JSON", value);
        const haft::result<haft::toolbox_spec> again = haft::parse_spec(written(*spec));
        require(again && written(*again) == written(*spec), "a spec can be written again", written(*spec));
    }

    const haft::result<haft::toolbox> box = haft::instantiate(text, classes);
    if (!box) return 0;
    require(spec.has_value(), "what is made was understood");
    require(haft::json::is_json(box->config()), "what is recorded is JSON", std::string(box->config()));
    const haft::result<haft::toolbox> rebuilt = haft::rebuild(box->class_name(), box->config(), classes, box->name());
    require(rebuilt && rebuilt->config() == box->config(), "what is recorded makes another of the kind",
            std::string(box->config()));
    const haft::result<haft::toolset> tools = box->tools();
    require(tools && tools->size() == 1, "its tools are there");
    require(tools->call(std::string(box->name()) + ".size", "{}").has_value(), "its tool runs");
    return 0;
}
