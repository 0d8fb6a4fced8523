// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_OWNED_WORDS_HPP
#define HAFT_TOOL_OWNED_WORDS_HPP

/// The words of a tool that come at run time: copies, which live where the tool's callable lives.

#include <haft/core/config.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0::detail {

class owned_words {
public:
    HAFT_COLD owned_words(std::string_view name, const about& words)
        : words_(words),
          name_(name),
          description_(words.description),
          title_(words.title),
          group_(words.group),
          category_(words.category),
          instructions_(words.instructions),
          tags_(words.tags.text()),
          version_(words.version) {}
    owned_words(const owned_words&) = delete;
    owned_words& operator=(const owned_words&) = delete;

    /// A tool with these words, which it points to, and nothing else yet.
    HAFT_COLD tool described() const {
        return {.name = name_,
                .description = description_,
                .title = title_,
                .effect = words_.effect,
                .hints = words_.hints,
                .group = group_,
                .category = category_,
                .instructions = instructions_,
                .tags = std::string_view(tags_),
                .version = version_,
                .available = words_.available,
                .deferred = words_.deferred,
                .disabled_by_default = words_.disabled_by_default};
    }

private:
    about words_;  // of which the texts may be gone
    std::string name_, description_, title_, group_, category_, instructions_, tags_, version_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_OWNED_WORDS_HPP
