// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_NAME_HPP
#define HAFT_FORMAT_NAME_HPP

/// Names that every provider takes. haft allows dots, 128 bytes and any first character, as MCP does; OpenAI and Anthropic
/// refuse dots, OpenAI more than 64 bytes, Gemini a digit in front. So what leaves the program is spelled portably, and
/// both spellings find the tool.

#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::formats {

/// The most bytes of a portable name.
inline constexpr std::size_t longest_portable_name = 64;

/// Whether a name can be used as it is: `^[A-Za-z_][A-Za-z0-9_-]{0,63}$`.
constexpr bool is_portable_name(std::string_view name) noexcept {
    if (!legal_tool_name(name) || name.size() > longest_portable_name) return false;
    return name.find('.') == std::string_view::npos && name[0] != '-' && !(name[0] >= '0' && name[0] <= '9');
}

namespace detail {

/// FNV-1a, 32 bits, as eight hexadecimal digits: it tells names apart, and guards nothing.
inline std::string name_hash(std::string_view name, unsigned attempt = 0) {
    std::uint32_t h = 2166136261u;
    const auto add = [&](unsigned char byte) { h = (h ^ byte) * 16777619u; };
    for (const char c : name) add(static_cast<unsigned char>(c));
    for (; attempt; --attempt) add(0);
    std::string out(8, '0');
    for (std::size_t i = 8; i-- > 0; h >>= 4) out[i] = "0123456789abcdef"[h & 15u];
    return out;
}

inline std::string with_hash(std::string readable, std::string_view name, unsigned attempt = 0) {
    readable.resize((std::min)(readable.size(), longest_portable_name - 9));
    return readable + '_' + name_hash(name, attempt);
}

inline std::string readable_name(std::string_view name) {
    std::string out(name);
    std::replace(out.begin(), out.end(), '.', '_');
    if (out.empty() || out[0] == '-' || (out[0] >= '0' && out[0] <= '9')) out.insert(out.begin(), '_');
    return out;
}

}  // namespace detail

/// The portable spelling of one name by itself: dots become `_`, a digit or hyphen in front gets a `_` before it, and what
/// is longer than 64 bytes then is cut to 55 and ends in `_` and the FNV-1a hash (32 bits, 8 digits) of the whole name.
/// A portable name stays as it is. Two names of one set can come out the same; `name_map` sees to that.
inline std::string portable_name(std::string_view name) {
    std::string out = detail::readable_name(name);
    return out.size() <= longest_portable_name ? out : detail::with_hash(std::move(out), name);
}

/// Something about the names of a set that its author should know.
struct name_warning {
    enum class kind : unsigned char {
        collision,  ///< two names have one portable spelling, so a hash tells them apart
        only_case,  ///< two names differ in upper and lower case only, which models mix up
    };
    name_warning::kind kind = kind::collision;
    std::string text;
};

/// The portable spelling of every tool of a set, and the way back. Spellings don't depend on the order of the tools: names
/// that are portable keep theirs; of other names, one that comes out as nobody else's has its `portable_name`, and those
/// that come out as a name of somebody else end in their hash, all of them, so that no two are the same.
/// The set must outlive the map and must not change. Reading from many threads is fine.
class name_map {
public:
    explicit name_map(const toolset& tools) : tools_(&tools) {
        std::vector<std::string> plain;
        plain.reserve(tools.size());
        for (const tool& t : tools) plain.push_back(portable_name(t.name));
        std::vector<std::size_t> order(tools.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return plain[a] != plain[b] ? plain[a] < plain[b] : tools[a].name < tools[b].name;
        });
        std::vector<std::size_t> colliding;
        for (std::size_t i = 0, end = 0; i < order.size(); i = end) {
            for (end = i + 1; end < order.size() && plain[order[end]] == plain[order[i]];) ++end;
            for (std::size_t k = i; end - i > 1 && k < end; ++k)
                if (tools[order[k]].name != plain[order[k]]) colliding.push_back(order[k]);
        }
        spellings_ = plain;
        std::sort(plain.begin(), plain.end());  // from here on: what is taken
        for (const std::size_t i : colliding) {
            std::string& own = spellings_[i];
            const std::string wanted = own;
            const std::string readable = detail::readable_name(tools[i].name);
            for (unsigned attempt = 0; std::binary_search(plain.begin(), plain.end(), own); ++attempt)
                own = detail::with_hash(readable, tools[i].name, attempt);
            plain.insert(std::lower_bound(plain.begin(), plain.end(), own), own);
            warnings_.push_back({name_warning::kind::collision, in_quotes(tools[i].name) + " would be spelled " +
                                                                    in_quotes(wanted) +
                                                                    " like another tool, so it is " + in_quotes(own)});
        }
        by_spelling_ = order;
        std::sort(by_spelling_.begin(), by_spelling_.end(),
                  [&](std::size_t a, std::size_t b) { return spellings_[a] < spellings_[b]; });
        warn_of_case(order);
    }

    name_map(const toolset&&) = delete;  // it would be gone before the map

    /// The tool of either spelling, or null.
    const tool* find(std::string_view spelling) const noexcept {
        if (const tool* const t = tools_->find(spelling)) return t;
        const auto at =
            std::lower_bound(by_spelling_.begin(), by_spelling_.end(), spelling,
                             [&](std::size_t i, std::string_view wanted) { return spellings_[i] < wanted; });
        return at != by_spelling_.end() && spellings_[*at] == spelling ? &(*tools_)[*at] : nullptr;
    }

    /// The portable spelling of a tool of the set; "" of any other. Valid as long as the map.
    std::string_view portable(const tool& t) const noexcept {
        const tool* const own = tools_->find(t.name);
        return own ? std::string_view(spellings_[static_cast<std::size_t>(own - tools_->begin())]) : "";
    }

    /// The error for a name that no tool has in either spelling. The nearest name that it gives is a portable one.
    error no_such_tool(std::string_view name) const {
        nearest_name nearest(name);
        for (const std::string& s : spellings_) nearest.consider(s);
        error e{errc::unknown_tool, "tool " + in_quotes(name) + " does not exist"};
        if (!nearest.name().empty()) e.message.append("; did you mean \"").append(nearest.name()).append("\"?");
        return e;
    }

    const toolset& tools() const noexcept { return *tools_; }
    /// In an order that does not depend on that of the tools: collisions by spelling, then names that differ by case.
    const std::vector<name_warning>& warnings() const noexcept { return warnings_; }

private:
    static std::string lower(std::string_view text) {
        std::string out(text);
        for (char& c : out)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        return out;
    }
    void warn_of_case(std::vector<std::size_t>& order) {
        std::vector<std::string> folded;
        for (const std::string& s : spellings_) folded.push_back(lower(s));
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return folded[a] != folded[b] ? folded[a] < folded[b] : spellings_[a] < spellings_[b];
        });
        for (std::size_t i = 1; i < order.size(); ++i)
            if (folded[order[i]] == folded[order[i - 1]])
                warnings_.push_back({name_warning::kind::only_case, in_quotes((*tools_)[order[i - 1]].name) + " and " +
                                                                        in_quotes((*tools_)[order[i]].name) +
                                                                        " differ in upper and lower case only"});
    }

    const toolset* tools_;
    std::vector<std::string> spellings_;    // by place in the set
    std::vector<std::size_t> by_spelling_;  // places, sorted by spelling
    std::vector<name_warning> warnings_;
};

}  // namespace haft::inline v0::formats

#endif  // HAFT_FORMAT_NAME_HPP
