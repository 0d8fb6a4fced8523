// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_ALIAS_MAP_HPP
#define HAFT_MODEL_ALIAS_MAP_HPP

/// Aliases that the people who use a program keep in a file: a JSON object, `{"fast": "gpt-4.1-mini"}`.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Which name stands for which; the other name may be an alias itself. Never holds a circle. A plain value. [MP-01]
class alias_map {
public:
    /// Adds those of a JSON object; where an alias is there already, the new one wins. `from` is the file, for messages. Errors
    /// (E0315), after which nothing has changed: no JSON object of texts, an empty name, a circle, which is named with its way.
    HAFT_COLD result<void> add_json(std::string_view json, std::string_view from) {
        const auto refused = [&](std::initializer_list<std::string_view> why) {
            return error{errc::bad_aliases, concat({"aliases of ", from, ": ", concat(why)})};
        };
        json::lexer in(json, json::hard_depth_limit);
        const char first = in.peek();
        if (!in.skip() || !in.expect_end())
            return refused({"not JSON: ", in.problem(), " at byte ", decimal(in.offset())});
        if (first != '{') return refused({"expected an object such as {\"fast\": \"gpt-4.1-mini\"}"});
        std::map<std::string, std::string, std::less<>> next = names_;
        for (const json::member_piece& one : json::members_of(json)) {
            if (!one.value.starts_with('"'))
                return refused({in_quotes(one.name), ": expected the name of a model, got ", echo(one.value)});
            std::string stands_for = json::string_of(one.value);
            if (one.name.empty() || stands_for.empty()) return refused({"a name is empty: ", one.key, ": ", one.value});
            next.insert_or_assign(one.name, std::move(stands_for));
        }
        for (const auto& [alias, _] : next)
            if (const std::string way = circle(next, alias); !way.empty())
                return refused({"they go in a circle: ", way, "; let one of them name a model"});
        names_ = std::move(next);
        return {};
    }

    /// What a name stands for in the end; itself where it is no alias. `ends(name)` may end the way before: where a model of
    /// that name is known.
    template <class Ends>
    std::string resolve(std::string_view name, Ends ends) const {
        std::string now(name);
        for (auto next = names_.find(now); next != names_.end() && !ends(now); next = names_.find(now))
            now = next->second;
        return now;
    }
    const std::map<std::string, std::string, std::less<>>& names() const noexcept { return names_; }

private:
    HAFT_COLD static std::string echo(std::string_view text) {
        std::string out;
        append_echo(out, text, 80);
        return out;
    }
    /// `a -> b -> a`, if the way from there comes back to it.
    HAFT_COLD static std::string circle(const std::map<std::string, std::string, std::less<>>& names,
                                        const std::string& from) {
        std::string way = from;
        auto at = names.find(from);
        for (std::size_t steps = 0; at != names.end() && steps <= names.size(); ++steps) {
            append_all(way, {" -> ", at->second});
            if (at->second == from) return way;
            at = names.find(at->second);
        }
        return {};  // it ends, or goes into a circle that is found from a name in it
    }

    std::map<std::string, std::string, std::less<>> names_;
};

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_ALIAS_MAP_HPP
