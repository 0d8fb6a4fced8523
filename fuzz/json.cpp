// SPDX-License-Identifier: BSL-1.0
// The bytes are a JSON text: the bridge to nlohmann::json and the check that builds nothing.
#include <haft/json/skip_unique.hpp>
#include <haft/json/nlohmann_value_json.hpp>

#include "require.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using haft_fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const haft::result<nlohmann::json> value = haft::json::parse_json(text);

    haft::json::lexer in(text, haft::json::read_limits{}.max_depth);
    std::string_view raw;
    haft::json::value_faults found;
    const bool walked = haft::json::skip_unique(in, raw, found) && in.expect_end();
    bool only_numbers = !value;
    if (!value)
        for (const haft::fault& f : value.error().faults)
            only_numbers = only_numbers && f.code == haft::errc::out_of_limits;
    require((walked && found.empty()) == (value.has_value() || only_numbers), "the check and the bridge agree");
    if (!value) return 0;

    require(*value == nlohmann::json::parse(text.begin(), text.end(), nullptr, false), "nlohmann reads the same value");
    const haft::result<std::string> first = haft::json::dump_json(*value);
    require(first.has_value(), "what was read can be written");
    const haft::result<nlohmann::json> again = haft::json::parse_json(*first);
    require(again && *again == *value, "what was written reads back equal", *first);
    require(*haft::json::dump_json(*again) == *first, "what is written twice is the same", *first);
    return 0;
}
