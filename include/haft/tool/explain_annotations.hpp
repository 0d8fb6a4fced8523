// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_EXPLAIN_ANNOTATIONS_HPP
#define HAFT_TOOL_EXPLAIN_ANNOTATIONS_HPP

/// What is wrong with haft's words where they stand as annotations. Somebody else's are left alone. Only where
/// HAFT_HAS_REFLECTION().

#include <haft/core/visible.hpp>
#include <haft/reflect/refusal.hpp>
#include <haft/schema/annotations.hpp>
#include <haft/schema/words.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/annotated.hpp>

#if HAFT_HAS_REFLECTION()

#include <cstddef>
#include <meta>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::detail {

/// Where annotations stand, and so which of haft's words say something there.
enum class word_place : unsigned char {
    tool,          ///< a function or a method
    toolbox,       ///< a class
    parameter,     ///< what a model gives
    no_parameter,  ///< one that is a struct, a haft::arg or injected, and a constructor: no words at all
};

consteval bool belongs(std::meta::info kind, word_place place) {
    if (place == word_place::no_parameter) return false;
    if (kind == ^^doc || kind == ^^as) return true;
    const bool of_tool = kind == ^^effect || kind == ^^hints;
    if (kind == ^^no_tool_t) return place == word_place::tool;
    return of_tool ? place != word_place::parameter : place == word_place::parameter;
}

consteval std::string_view where_it_belongs(std::meta::info kind) {
    if (kind == ^^no_tool_t) return "a function or a method";
    return kind == ^^effect || kind == ^^hints ? "a function, a method or a class" : "a parameter";
}

/// `haft::minimum`, `haft::read_only`.
consteval std::string spelling_of_word(std::meta::info annotation) {
    const std::meta::info kind = reflect::kind_of_word(annotation);
    std::string name(std::meta::identifier_of(kind));
    if (kind == ^^effect || kind == ^^hints)
        for (const std::meta::info e : std::meta::enumerators_of(kind))
            if (std::meta::constant_of(e) == std::meta::constant_of(annotation)) name = std::meta::identifier_of(e);
    if (name.ends_with("_t")) name.resize(name.size() - 2);
    return "haft::" + name;
}

/// What annotations stand on: a function, a class, a constructor, or the parameter of that number, counted from 1.
struct annotated_thing {
    std::meta::info what;
    std::size_t parameter = 0;

    /// In words, which take the compiler longer than all checks; so nobody asks before something is wrong.
    consteval std::string in_words() const {
        const bool makes = !std::meta::is_type(what) && std::meta::is_constructor(what);
        const std::string owner =
            makes                       ? "the constructor of " + reflect::name_in_words(std::meta::parent_of(what))
            : std::meta::is_type(what) ? "class " + reflect::name_in_words(what)
                                        : reflect::name_in_words(what);
        if (parameter == 0) return owner;
        const std::meta::info which = std::meta::parameters_of(what)[parameter - 1];
        return "parameter " +
               (std::meta::has_identifier(which) ? std::string(std::meta::identifier_of(which)) : decimal(parameter)) +
               " of " + owner;
    }

private:
    static consteval std::string decimal(std::size_t n) {
        return (n < 10 ? std::string() : decimal(n / 10)) + static_cast<char>('0' + n % 10);
    }
};

/// What is wrong with the text of a word, or "".
consteval std::string_view problem_of_text(std::meta::info annotation, word_place place, annotated_thing on) {
    const std::meta::info kind = reflect::kind_of_word(annotation);
    if (kind != ^^doc && kind != ^^as) return {};
    const std::string_view text = reflect::text_of_annotation(annotation);
    const bool names_tool = kind == ^^as&& place != word_place::parameter;
    if (names_tool && !legal_tool_name(text))
        return reflect::refusal({"haft: the name that haft::as gives to ", on.in_words(),
                                 " can't be a tool's, which has 1 to 128 of A-Z a-z 0-9 _ - . and no others "
                                 "[haft-E0108]"});
    if (text.size() > description_rule.limit)
        return reflect::refusal({"haft: the text of ", spelling_of_word(annotation), " on ", on.in_words(),
                                 " is too long; 16384 bytes are allowed [haft-E0117]"});
    if (find_hidden(text, kind == ^^doc ? line_breaks::allowed : line_breaks::none) != text.npos)
        return reflect::refusal({"haft: the text of ", spelling_of_word(annotation), " on ", on.in_words(),
                                 " holds a character that nobody sees; write it without [haft-E0116]"});
    return {};
}

/// What is wrong with the annotations on something, or "".
consteval std::string_view problem_of_annotations(std::meta::info of, word_place place, annotated_thing on) {
    std::vector<std::meta::info> before;
    for (const std::meta::info a : std::meta::annotations_of(of)) {
        const std::meta::info kind = reflect::kind_of_word(a);
        if (kind == std::meta::info{}) continue;
        if (place == word_place::no_parameter)
            return reflect::refusal({"haft: nobody reads ", spelling_of_word(a), " on ", on.in_words(),
                                     "; words stand on each parameter that a model gives, and of a struct on its "
                                     "members [haft-E0141]"});
        if (!belongs(kind, place))
            return reflect::refusal({"haft: ", spelling_of_word(a), " says nothing on ", on.in_words(), "; it is a word for ",
                                     where_it_belongs(kind), " [haft-E0141]"});
        for (const std::meta::info b : before)
            if (reflect::kind_of_word(b) == kind && kind != ^^hints)
                return reflect::refusal({"haft: of ", spelling_of_word(b), " and ", spelling_of_word(a), " on ",
                                         on.in_words(), " one would be dropped; keep one [haft-E0113]"});
        before.push_back(a);
        if (const std::string_view problem = problem_of_text(a, place, on); !problem.empty()) return problem;
    }
    return {};
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_TOOL_EXPLAIN_ANNOTATIONS_HPP
