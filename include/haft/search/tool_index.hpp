// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SEARCH_TOOL_INDEX_HPP
#define HAFT_SEARCH_TOOL_INDEX_HPP

/// Tools found by what they are called, what they do and what they take. [NX-03]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pattern.hpp>
#include <haft/json/pieces.hpp>
#include <haft/search/words_of_text.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// How tools are ranked. Whatever the strategy, a tool of just that name comes first, then those whose name is spelled so with
/// `_` for dots, as it is exported; blanks around the query don't count.
enum class search_strategy : unsigned char {
    bm25,     ///< by how rare and how frequent the words of the query are (Okapi BM25, k1 = 1.2, b = 0.75)
    keyword,  ///< by how many of the words of the query it has
    pattern,  ///< those whose name or description matches the query as a json::pattern, by name
};

struct found_tool {
    std::size_t place = 0;  ///< in the set
    double score = 0;
};

/// An index over a set of tools, which must outlive it and not change. Reading from many threads is fine. The ranking does not
/// depend on the order of the tools: equal scores are in the order of names.
class tool_index {
public:
    HAFT_COLD explicit tool_index(const toolset& tools) : tools_(&tools), lengths_(tools.size()) {
        for (std::size_t i = 0; i < tools.size(); ++i) add(static_cast<std::uint32_t>(i));
        for (const std::uint32_t length : lengths_) total_ += length;
    }
    tool_index(const toolset&&) = delete;

    /// The best hits, at most `limit` of them, none with a score of 0. An error: a query that is no pattern where one is wanted.
    HAFT_COLD result<std::vector<found_tool>> search(std::string_view query, std::size_t limit = 10,
                                                     search_strategy how = search_strategy::bm25) const {
        std::vector<double> scores(tools_->size());
        if (how == search_strategy::pattern) {
            json::pattern wanted;
            if (const auto problem = json::pattern::compile(query, wanted); !problem.ok())
                return error{errc::bad_selection, concat({"the pattern ", in_quotes(query), " can't be used: ",
                                                          problem.why, " at byte ", decimal(problem.at)})};
            for (std::size_t i = 0; i < scores.size(); ++i)
                if (wanted.matches((*tools_)[i].name) || wanted.matches((*tools_)[i].description)) scores[i] = 1;
        } else {
            std::vector<std::string> words = words_of_text(query);
            std::sort(words.begin(), words.end());
            words.erase(std::unique(words.begin(), words.end()), words.end());
            for (const std::string& word : words) {
                const auto at = postings_.find(word);
                if (at == postings_.end()) continue;
                for (const posting& p : at->second)
                    scores[p.tool] += how == search_strategy::keyword ? 1 : weight(p, at->second.size());
            }
        }
        return ranked(query, std::move(scores), limit);
    }
    /// Ranked by whatever `score(tool, query)` says; what is not above 0 is no hit.
    HAFT_COLD std::vector<found_tool> search_by(
        std::string_view query, std::size_t limit,
        const std::function<double(const tool&, std::string_view)>& score) const {
        std::vector<double> scores;
        for (const tool& t : *tools_) scores.push_back(score(t, query));
        return ranked(query, std::move(scores), limit);
    }

    const toolset& tools() const noexcept { return *tools_; }

private:
    /// How often a word stands in a tool, its places weighted.
    struct posting {
        std::uint32_t tool;
        std::uint32_t count;
    };

    HAFT_COLD void add(std::uint32_t i) {
        const tool& t = (*tools_)[i];
        const auto put = [&](std::string_view text, std::uint32_t weight) {
            for (std::string& word : words_of_text(text)) {
                std::vector<posting>& all = postings_[std::move(word)];
                if (all.empty() || all.back().tool != i) all.push_back({i, 0});
                all.back().count += weight;
                lengths_[i] += weight;
            }
        };
        put(t.name, 4);
        put(t.title, 3);
        put(t.description, 2);
        put(t.group, 2);
        put(t.category, 2);
        put(t.tags.text(), 2);
        for (const json::member_piece& p :
             json::members_of(json::value_of(json::members_of(t.input_schema), "properties"))) {
            put(p.name, 2);
            put(json::string_of(json::value_of(json::members_of(p.value), "description")), 1);
        }
    }

    double weight(const posting& p, std::size_t tools_with_it) const {
        const auto n = static_cast<double>(tools_->size());
        const auto with_it = static_cast<double>(tools_with_it);
        const double rarity = std::log(1 + (n - with_it + 0.5) / (with_it + 0.5));
        const double average = static_cast<double>(total_) / n;
        const double count = p.count;
        const double length = lengths_[p.tool];
        return rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / average));
    }

    /// Whether a query is a tool's name.
    enum class naming : unsigned char { none, spelled_alike, exact };
    HAFT_COLD static naming naming_of(std::string_view name, std::string_view query) noexcept {
        if (name == query) return naming::exact;
        if (name.size() != query.size()) return naming::none;
        for (std::size_t i = 0; i < name.size(); ++i)
            if (query[i] != (name[i] == '.' ? '_' : name[i])) return naming::none;
        return naming::spelled_alike;
    }
    static std::string_view without_blanks(std::string_view text) noexcept {
        constexpr std::string_view blanks = " \t\r\n";
        const std::size_t first = text.find_first_not_of(blanks);
        if (first == std::string_view::npos) return {};
        return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
    }

    HAFT_COLD std::vector<found_tool> ranked(std::string_view query, std::vector<double> scores,
                                             std::size_t limit) const {
        std::vector<found_tool> out;
        std::vector<naming> named;
        for (const tool& t : *tools_) named.push_back(naming_of(t.name, without_blanks(query)));
        for (std::size_t i = 0; i < scores.size(); ++i)
            if (scores[i] > 0 || named[i] != naming::none) out.push_back({i, scores[i]});
        const auto better = [&](const found_tool& a, const found_tool& b) {
            if (named[a.place] != named[b.place]) return named[a.place] > named[b.place];
            if (a.score != b.score) return a.score > b.score;
            return (*tools_)[a.place].name < (*tools_)[b.place].name;
        };
        const std::size_t n = (std::min)(limit, out.size());
        std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(n), out.end(), better);
        out.resize(n);
        return out;
    }

    const toolset* tools_;
    std::vector<std::uint32_t> lengths_;
    std::uint64_t total_ = 0;
    std::unordered_map<std::string, std::vector<posting>> postings_;
};

}  // namespace haft::inline v0

#endif  // HAFT_SEARCH_TOOL_INDEX_HPP
