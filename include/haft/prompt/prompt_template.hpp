// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_PROMPT_TEMPLATE_HPP
#define HAFT_PROMPT_PROMPT_TEMPLATE_HPP

/// A prompt that somebody has written down to be used again, with llm's fields. [TF-02]

#include <haft/schema/json_text.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/words.hpp>

#include <array>
#include <map>
#include <string>
#include <vector>

namespace haft::inline v0 {

/// An attachment with its media type, as a template names it.
struct typed_attachment {
    std::string type;   ///< `image/png`
    std::string value;  ///< a path or a URL

    static constexpr std::array haft_fields{field{"type", "Media type, such as image/png"},
                                            field{"value", "A path or a URL"}};
};

/// What stands in a template; what is empty is not given. The members' names are the keys of a file.
struct prompt_template {
    std::string name = {};
    std::string prompt = {};  ///< with `$variables`; "": the input is the prompt
    std::string system = {};  ///< of the system prompt, with variables as well
    std::vector<std::string> attachments = {};
    std::vector<typed_attachment> attachment_types = {};
    std::string model = {};
    std::map<std::string, json_text> defaults = {};  ///< of variables; what is no string stands as its JSON
    std::map<std::string, json_text> options = {};   ///< of the model
    bool extract = false;                            ///< of the reply only the first fenced block of code
    bool extract_last = false;                       ///< and this the last
    json_text schema_object = {};                    ///< JSON Schema of the reply, an object; null: none
    std::vector<std::string> fragments = {};         ///< `prefix:argument`, …; see load_fragments
    std::vector<std::string> system_fragments = {};
    std::vector<std::string> tools = {};      ///< which, as a haft::selector reads it
    std::vector<std::string> functions = {};  ///< names of tools in the program; only of a trusted template [TF-04]

    static constexpr std::array haft_fields{
        field{"name", "What it is called", not_required},
        field{"prompt", "The prompt, with $variables", not_required},
        field{"system", "The system prompt, with $variables", not_required},
        field{"attachments", "Paths and URLs", not_required},
        field{"attachment_types", "Paths and URLs with their media types", not_required},
        field{"model", "Name or alias of the model", not_required},
        field{"defaults", "Values of variables that are not given", not_required},
        field{"options", "Options of the model", not_required},
        field{"extract", "Of the reply only the first fenced block of code", not_required},
        field{"extract_last", "Of the reply only the last fenced block of code", not_required},
        field{"schema_object", "JSON Schema of the reply", not_required},
        field{"fragments", "Fragments before the prompt", not_required},
        field{"system_fragments", "Fragments before the system prompt", not_required},
        field{"tools", "Tools, by name, glob or hint", not_required},
        field{"functions", "Names of tools in the program", not_required}};
};

/// A template and where it comes from.
struct loaded_template {
    prompt_template what = {};
    std::string source = {};  ///< a path, a URL, or `prefix:name`
    /// It is a file of this machine, which nobody else has written. Of others no code is run, no file is read, and they get no
    /// tools that they would not have got anyway. [TF-04]
    bool trusted = false;
};

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_PROMPT_TEMPLATE_HPP
