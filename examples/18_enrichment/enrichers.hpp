// SPDX-License-Identifier: BSL-1.0
// Two of jaato's plugins: references are expanded, templates are taken out of what the model reads.
#pragma once

#include <haft/enrich/enrichment.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// `@mod-code-015` in a prompt: what it refers to is added below.
class references {
public:
    static constexpr std::string_view name = "references";
    static constexpr int prompt_order = haft::enrichment_order::references;
    static constexpr int result_order = haft::enrichment_order::references;

    explicit references(std::map<std::string, std::string> known) : known_(std::move(known)) {}

    haft::enrichment enrich_prompt(std::string_view prompt) const { return expanded(prompt); }
    haft::enrichment enrich_tool_result(std::string_view, std::string_view result) const { return expanded(result); }

private:
    haft::enrichment expanded(std::string_view text) const {
        haft::enrichment out{.text = std::string(text)};
        std::string mentioned;
        for (std::size_t at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
            constexpr std::string_view of_names = "abcdefghijklmnopqrstuvwxyz0123456789-";
            const std::string_view rest = text.substr(at + 1);
            const auto found = known_.find(std::string(rest.substr(0, rest.find_first_not_of(of_names))));
            if (found == known_.end()) continue;
            out.text += "\n\n[" + found->first + "]\n" + found->second;
            mentioned += (mentioned.empty() ? "\"" : ",\"") + found->first + "\"";
        }
        if (!mentioned.empty()) out.metadata_json = "{\"mentioned_references\":[" + mentioned + "]}";
        return out;
    }

    std::map<std::string, std::string> known_;
};

/// Jinja templates in instructions and in what tools have read: they are kept, and a note stands in their place.
class templates {
public:
    static constexpr std::string_view name = "template";
    static constexpr int system_order = haft::enrichment_order::templates;
    static constexpr int result_order = haft::enrichment_order::templates;

    haft::enrichment enrich_system_instructions(std::string_view text) { return extracted(text); }
    haft::enrichment enrich_tool_result(std::string_view, std::string_view result) { return extracted(result); }

    const std::vector<std::string>& kept() const { return kept_; }

private:
    haft::enrichment extracted(std::string_view text) {
        constexpr std::string_view open = "```jinja\n", close = "```";
        haft::enrichment out;
        std::size_t count = 0;
        for (;;) {
            const std::size_t begin = text.find(open);
            const std::size_t end = begin == text.npos ? begin : text.find(close, begin + open.size());
            out.text += text.substr(0, end == text.npos ? end : begin);
            if (end == text.npos) break;
            kept_.emplace_back(text.substr(begin + open.size(), end - begin - open.size()));
            out.text += "[template " + std::to_string(kept_.size()) + "]";
            text.remove_prefix(end + close.size());
            ++count;
        }
        if (count == 0) return out;
        out.metadata_json = "{\"extracted_count\":" + std::to_string(count) + "}";
        out.message = "extracted " + std::to_string(count) + " template" + (count == 1 ? "" : "s");
        return out;
    }

    std::vector<std::string> kept_;
};
