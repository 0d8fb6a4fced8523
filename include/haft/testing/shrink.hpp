// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_SHRINK_HPP
#define HAFT_TESTING_SHRINK_HPP

/// The shortest form of a value that still shows what is wrong: found by leaving out and simplifying, one thing at a time.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/testing/sample_value.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace haft::inline v0::testing {

namespace detail {

/// What may stand in the place of a value and is shorter or plainer.
HAFT_COLD inline std::vector<sample_value> plainer(const sample_value& v) {
    std::vector<sample_value> out;
    const bool container = v.kind == json::value_kind::array || v.kind == json::value_kind::object;
    if (container && !v.parts.empty()) out.push_back(sample_value{v.kind, {}});
    for (std::size_t i = 0; container && i < v.parts.size() && v.parts.size() > 1; ++i) {
        out.push_back(v);
        out.back().erase(i);
    }
    if (v.kind == json::value_kind::string && !v.text.empty()) {
        out.push_back(sample_value::string(""));
        if (v.text != "a") out.push_back(sample_value::string("a"));
        const std::size_t length = count_code_points(v.text);
        if (length > 1) out.push_back(sample_value::string(cut_utf8(v.text, v.text.size() / 2)));
        if (length > 1) out.push_back(sample_value::string(cut_utf8(v.text, v.text.size() - 1)));
    }
    if (v.kind == json::value_kind::number && v.text != "0") {
        out.push_back(sample_value::number("0"));
        if (v.text != "1") out.push_back(sample_value::number("1"));
        // Half the digits of a whole number
        if (v.text.size() > 2 && v.text.find_first_of(".eE") == std::string::npos)
            out.push_back(sample_value::number(v.text.substr(0, v.text.size() / 2 + 1)));
    }
    if (v.kind == json::value_kind::boolean && v.text == "true") out.push_back(sample_value::boolean(false));
    return out;
}

HAFT_COLD inline void collect_ways(const sample_value& v, value_way& here, std::vector<value_way>& out) {
    out.push_back(here);
    for (std::uint32_t i = 0; i < v.parts.size(); ++i) {
        here.push_back(i);
        collect_ways(v.parts[i], here, out);
        here.pop_back();
    }
}

}  // namespace detail

/// The plainest value found for which `still` holds, as it does for the one given. At most `most` are tried.
HAFT_COLD inline sample_value shrink(sample_value value, const std::function<bool(const sample_value&)>& still,
                                     std::size_t most = 600) {
    for (bool better = true; better;) {
        better = false;
        std::vector<value_way> ways;
        value_way root;
        detail::collect_ways(value, root, ways);
        for (std::size_t i = 0; i < ways.size() && !better; ++i)
            for (sample_value& simpler : detail::plainer(value_at(value, ways[i]))) {
                if (most-- == 0) return value;
                sample_value tried = value;
                value_at(tried, ways[i]) = std::move(simpler);
                if (!still(tried)) continue;
                value = std::move(tried);
                better = true;
                break;
            }
    }
    return value;
}

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_SHRINK_HPP
