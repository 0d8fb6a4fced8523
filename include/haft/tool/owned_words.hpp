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
        : name_(name),
          description_(words.description),
          title_(words.title),
          group_(words.group),
          category_(words.category),
          instructions_(words.instructions),
          tags_(words.tags.text()),
          version_(words.version),
          words_(words) {
        words_.description = description_;
        words_.title = title_;
        words_.group = group_;
        words_.category = category_;
        words_.instructions = instructions_;
        words_.tags = std::string_view(tags_);
        words_.version = version_;
    }
    owned_words(const owned_words&) = delete;
    owned_words& operator=(const owned_words&) = delete;

    /// A tool with these words, which it points to, and nothing else yet.
    HAFT_COLD tool described() const { return haft::described(name_, words_); }

private:
    std::string name_, description_, title_, group_, category_, instructions_, tags_, version_;
    about words_;  // of the texts above
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_OWNED_WORDS_HPP
