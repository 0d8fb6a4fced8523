// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_OFFER_URI_TEMPLATE_HPP
#define HAFT_MCP_OFFER_URI_TEMPLATE_HPP

/// URI templates read backwards: which variables make a URI of one. RFC 6570, levels 1 and 2: `{name}` stands for a run without a
/// slash, `{+name}` for any, `{#name}` for any after a `#`.

#include <haft/core/config.hpp>
#include <haft/mcp/offer/named_values.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::mcp {

/// What is longer is matched by no template, and can't be subscribed to.
inline constexpr std::size_t longest_uri = 8192;

class uri_template {
public:
    /// Whatever stands between braces is the name of a variable, `?q` of `{?q}` as well; a brace without the other one is text.
    HAFT_COLD explicit uri_template(std::string_view text) {
        while (!text.empty()) {
            const std::size_t open = text.find('{');
            const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
            if (close == text.npos) break;
            std::string_view name = text.substr(open + 1, close - open - 1);
            std::string literal(text.substr(0, open));
            bool any = false;
            if (name.starts_with('+') || name.starts_with('#')) {
                if (name[0] == '#') literal += '#';
                any = true;
                name.remove_prefix(1);
            }
            pieces_.push_back({std::move(literal), std::string(name), any});
            text.remove_prefix(close + 1);
        }
        rest_ = text;
    }

    std::vector<std::string_view> variables() const {
        std::vector<std::string_view> out;
        for (const piece& p : pieces_) out.push_back(p.name);
        return out;
    }

    /// The values of the variables, percent escapes resolved; nothing if the URI is not made of this template. No value is empty,
    /// and each is as short as it can be.
    HAFT_COLD std::optional<named_values> match(std::string_view uri) const {
        named_values out;
        if (!match_from(0, uri, out)) return std::nullopt;
        return out;
    }

private:
    struct piece {
        std::string before;
        std::string name;
        bool any;
    };

    /// Each variable ends at the first place where what comes after it fits: linear but for what stands last.
    bool match_from(std::size_t at, std::string_view uri, named_values& out) const {
        if (uri.size() > longest_uri) return false;
        for (; at < pieces_.size(); ++at) {
            const piece& p = pieces_[at];
            if (!uri.starts_with(p.before)) return false;
            uri.remove_prefix(p.before.size());
            const std::string_view next = at + 1 < pieces_.size() ? std::string_view(pieces_[at + 1].before) : std::string_view(rest_);
            std::size_t end = uri.size();
            if (at + 1 == pieces_.size()) {
                if (!uri.ends_with(next)) return false;
                end -= next.size();
            } else if (end = next.empty() ? 1 : uri.find(next, 1); end >= uri.size()) {
                return false;
            }
            const std::string_view value = uri.substr(0, end);
            if (value.empty() || (!p.any && value.find('/') != value.npos)) return false;
            out.insert_or_assign(p.name, unescaped(value));
            uri.remove_prefix(end);
        }
        return uri == rest_;
    }

    static std::string unescaped(std::string_view text) {
        const auto digit = [](char c) {
            return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        };
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool escape = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
            out += escape ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
            if (escape) i += 2;
        }
        return out;
    }

    std::vector<piece> pieces_;
    std::string rest_;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_OFFER_URI_TEMPLATE_HPP
