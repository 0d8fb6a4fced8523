// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_NAME_HPP
#define HAFT_FORMAT_NAME_HPP

/// Names that every provider takes. haft allows dots, 128 bytes and any first character, as MCP does; OpenAI and Anthropic
/// refuse dots, OpenAI more than 64 bytes, Gemini a digit in front. So what leaves the program is spelled portably, and
/// both spellings find the tool.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sorted_places.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/toolset.hpp>

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
HAFT_COLD inline std::string name_hash(std::string_view name, unsigned attempt = 0) {
    std::uint32_t h = 2166136261u;
    const auto add = [&](unsigned char byte) { h = (h ^ byte) * 16777619u; };
    for (const char c : name) add(static_cast<unsigned char>(c));
    for (; attempt; --attempt) add(0);
    std::string out(8, '0');
    for (std::size_t i = 8; i-- > 0; h >>= 4) out[i] = "0123456789abcdef"[h & 15u];
    return out;
}

HAFT_COLD inline std::string with_hash(std::string_view readable, std::string_view name, unsigned attempt = 0) {
    return concat({readable.substr(0, longest_portable_name - 9), "_", name_hash(name, attempt)});
}

HAFT_COLD inline std::string readable_name(std::string_view name) {
    std::string out(name);
    for (char& c : out)
        if (c == '.') c = '_';
    if (out.empty() || out[0] == '-' || (out[0] >= '0' && out[0] <= '9')) out.insert(0, 1, '_');
    return out;
}

HAFT_COLD inline bool holds_name(const std::vector<std::string>& names, std::string_view name) noexcept {
    for (const std::string& n : names)
        if (n == name) return true;
    return false;
}

}  // namespace detail

/// The portable spelling of one name by itself: dots become `_`, a digit or hyphen in front gets a `_` before it, and what
/// is longer than 64 bytes then is cut to 55 and ends in `_` and the FNV-1a hash (32 bits, 8 digits) of the whole name.
/// A portable name stays as it is. Two names of one set can come out the same; `name_map` sees to that.
HAFT_COLD inline std::string portable_name(std::string_view name) {
    std::string out = detail::readable_name(name);
    return out.size() <= longest_portable_name ? out : detail::with_hash(out, name);
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
    HAFT_COLD explicit name_map(const toolset& tools) : tools_(&tools) {
        const std::size_t n = tools.size();
        spellings_.resize(n);
        for (std::size_t i = 0; i < n; ++i) spellings_[i] = portable_name(tools[i].name);
        sort_by_spelling();
        std::vector<std::size_t> colliding;
        for (std::size_t i = 0, end = 0; i < n; i = end) {
            for (end = i + 1; end < n && spelling(end) == spelling(i);) ++end;
            for (std::size_t k = i; end - i > 1 && k < end; ++k)
                if (tools[by_spelling_[k]].name != spelling(k)) colliding.push_back(by_spelling_[k]);
        }
        if (!colliding.empty()) tell_apart(colliding);
        warn_of_case();
    }

    name_map(const toolset&&) = delete;  // it would be gone before the map

    /// The tool of either spelling, or null.
    const tool* find(std::string_view spelling) const noexcept {
        if (const tool* const t = tools_->find(spelling)) return t;
        std::size_t from = 0;
        for (std::size_t end = by_spelling_.size(); from < end;) {
            const std::size_t middle = from + (end - from) / 2;
            if (this->spelling(middle) < spelling) from = middle + 1;
            else end = middle;
        }
        return from < by_spelling_.size() && this->spelling(from) == spelling ? &(*tools_)[by_spelling_[from]]
                                                                              : nullptr;
    }

    /// The portable spelling of a tool of the set; "" of any other. Valid as long as the map.
    std::string_view portable(const tool& t) const noexcept {
        const tool* const own = tools_->find(t.name);
        return own ? std::string_view(spellings_[static_cast<std::size_t>(own - tools_->begin())]) : "";
    }

    /// The error for a name that no tool has in either spelling. The nearest name that it gives is a portable one.
    HAFT_COLD error no_such_tool(std::string_view name) const {
        nearest_name nearest(name);
        for (const std::string& s : spellings_) nearest.consider(s);
        return haft::no_such_tool(name, nearest.name());
    }

    const toolset& tools() const noexcept { return *tools_; }
    /// In an order that does not depend on that of the tools: collisions by spelling, then names that differ by case.
    const std::vector<name_warning>& warnings() const noexcept { return warnings_; }

private:
    const std::string& spelling(std::size_t rank) const noexcept { return spellings_[by_spelling_[rank]]; }

    /// Equal ones by their names, so that the order of the tools does not show.
    HAFT_COLD void sort_by_spelling() {
        by_spelling_ = sorted_places(spellings_.size(), this, [](const void* self, std::size_t a, std::size_t b) {
            const auto& map = *static_cast<const name_map*>(self);
            const int order = map.spellings_[a].compare(map.spellings_[b]);
            return order ? order < 0 : (*map.tools_)[a].name < (*map.tools_)[b].name;
        });
    }

    /// Gives these tools, in this order, spellings that are nobody else's.
    HAFT_COLD void tell_apart(const std::vector<std::size_t>& colliding) {
        std::vector<std::string> taken = spellings_;
        for (const std::size_t i : colliding) {
            std::string& own = spellings_[i];
            const std::string wanted = own;
            const std::string_view name = (*tools_)[i].name;
            const std::string readable = detail::readable_name(name);
            for (unsigned attempt = 0; detail::holds_name(taken, own); ++attempt)
                own = detail::with_hash(readable, name, attempt);
            taken.push_back(std::string(own));
            warnings_.push_back(
                {name_warning::kind::collision, concat({in_quotes(name), " would be spelled ", in_quotes(wanted),
                                                        " like another tool, so it is ", in_quotes(own)})});
        }
        sort_by_spelling();
    }

    HAFT_COLD void warn_of_case() {
        struct folded_names {
            std::vector<std::string> folded;
            const std::vector<std::string>& plain;
        } names{spellings_, spellings_};
        for (std::string& s : names.folded)
            for (char& c : s) c = lower(c);
        const auto order = sorted_places(spellings_.size(), &names, [](const void* all, std::size_t a, std::size_t b) {
            const auto& of = *static_cast<const folded_names*>(all);
            const int by = of.folded[a].compare(of.folded[b]);
            return by ? by < 0 : of.plain[a] < of.plain[b];
        });
        for (std::size_t i = 1; i < order.size(); ++i)
            if (names.folded[order[i]] == names.folded[order[i - 1]])
                warnings_.push_back(
                    {name_warning::kind::only_case,
                     concat({in_quotes((*tools_)[order[i - 1]].name), " and ", in_quotes((*tools_)[order[i]].name),
                             " differ in upper and lower case only"})});
    }

    const toolset* tools_;
    std::vector<std::string> spellings_;    // by place in the set
    std::vector<std::size_t> by_spelling_;  // places, sorted by spelling
    std::vector<name_warning> warnings_;
};

}  // namespace haft::inline v0::formats

#endif  // HAFT_FORMAT_NAME_HPP
