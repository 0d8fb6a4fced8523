// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_TOOLBOX_CLASS_HPP
#define HAFT_TOOLBOX_TOOLBOX_CLASS_HPP

/// A class whose objects are toolboxes, as a value: its words, its methods, its configuration, how one is made.

#include <haft/core/result.hpp>
#include <haft/tool/about.hpp>
#include <haft/toolbox/method.hpp>

#include <span>
#include <string_view>

namespace haft::inline v0 {

class toolbox;

/// A class whose objects are toolboxes, whatever class it is. A small value; what it points to lives for ever. [TB-04]
struct toolbox_class {
    std::string_view name;           ///< `Memory`
    about words;                     ///< of the whole
    std::string_view config_schema;  ///< JSON Schema of the configuration; empty if there is none
    std::span<const detail::method_entry> methods;
    result<toolbox> (*construct)(const toolbox_class&, std::string_view config, std::string_view alias) = nullptr;

    /// A new object. `config` is a JSON object, or "" for the defaults; its faults are told as those of arguments. `alias` is
    /// what its tools' names begin with instead of the class's name. An error too: what the constructor throws.
    result<toolbox> make(std::string_view config = {}, std::string_view alias = {}) const;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_TOOLBOX_CLASS_HPP
