// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_METHODS_HPP
#define HAFT_PLUGIN_PLUGIN_METHODS_HPP

/// The methods of a plugin class that are tools, listed as those of a toolbox class are.

#include <haft/core/error.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/core/result.hpp>
#include <haft/plugin/plugin_class.hpp>
#include <haft/reflect/type_name.hpp>
#include <haft/toolbox/check_words.hpp>
#include <haft/toolbox/class_of.hpp>
#include <haft/toolbox/prepare.hpp>
#include <haft/toolbox/toolbox.hpp>
#include <haft/toolbox/toolbox_class.hpp>

#include <string_view>

namespace haft::inline v0::detail {

/// As class_of of a toolbox, but for its construction, which is the plugin's, and its description, which the manifest may
/// have.
template <class C>
struct plugin_methods {
    static consteval std::string_view box_name() {
        if constexpr (has_constant_manifest<C>())
            if (!C::manifest.name.empty()) return C::manifest.name;
        return reflect::type_name<C>;
    }
    static result<toolbox> construct(const toolbox_class&, std::string_view, std::string_view) {
        return error{errc::bad_configuration, "the toolbox of a plugin is made with its plugin"};
    }

    static constexpr auto words = toolbox_words_of<C>();
    static constexpr std::string_view unknown = words.template unknown_name<C>();
    static_assert(explain_described<fixed_string<unknown.size()>(unknown)>());
    static constexpr auto entries = words.template entries<C>();
    static constexpr std::string_view repeated = detail::repeated_name(entries);
    static_assert(explain_repeated<fixed_string<repeated.size()>(repeated)>());
    static constexpr std::string_view illegal = detail::illegal_name(box_name(), entries);
    static_assert(explain_illegal<fixed_string<illegal.size()>(illegal)>());
    static constexpr bool has_long_words =
        detail::any_words(words.words, entries, [](const auto& w) { return has_long_text(w); });
    static constexpr bool has_hidden_words =
        detail::any_words(words.words, entries, [](const auto& w) { return has_hidden_character(w); });
    static_assert(!has_long_words,
                  "haft: a text of this plugin's toolbox or of one of its methods is too long [haft-E0117]");
    static_assert(!has_hidden_words,
                  "haft: a text of this plugin's toolbox or of one of its methods holds a character that nobody sees "
                  "[haft-E0116]");
    static_assert((explain_prepare<C>(), true));
    static constexpr toolbox_class value{box_name(), words.words, {}, entries, &construct};
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_PLUGIN_METHODS_HPP
