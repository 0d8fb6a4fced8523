// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_TOOLSET_HPP
#define HAFT_TOOL_TOOLSET_HPP

/// A set of tools: a value that one fills and hands on by hand.

#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/derive.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/tool.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Tools in the order in which they were added, found by name. Copies share the callables that were added.
/// Reading from many threads is fine; adding is not, while anyone reads.
class toolset {
public:
    toolset() = default;
    toolset(std::initializer_list<tool> tools) {
        for (const tool& t : tools) add(t);
    }
    /// Speaks where something else than tools is given, such as a function.
    template <class... Things>
        requires(sizeof...(Things) > 0 && !(std::convertible_to<Things, tool> && ...) &&
                 !(std::same_as<std::remove_cvref_t<Things>, toolset> || ...))
    explicit toolset(Things&&...) {
        no_tools<Things...>();
    }

    /// Adds a tool, which must outlive the set and its copies (those of haft::make do). A name that is not legal or is
    /// taken is refused: the first tool stays, and the refusal is returned and kept in `refusals()`.
    result<void> add(const tool& t) {
        if (!legal_tool_name(t.name))
            return refuse(errc::bad_tool_name,
                          "the tool name " + quoted(t.name) + " is not legal; 1 to 128 of A-Z a-z 0-9 _ - . are");
        if (const tool* first = find(t.name)) {
            std::string message = "two tools are named \"" + std::string(t.name) + "\": the first, ";
            message += quoted(first->description) + ", stays; the second, " + quoted(t.description) + ", was not added";
            return refuse(errc::duplicate_tool, std::move(message));
        }
        if (tools_.size() + 1 > slots_.size() / 2) grow();
        tools_.push_back(t);
        place(static_cast<std::uint32_t>(tools_.size()));
        return {};
    }

    /// Adds any callable, state and all; the set owns it. It takes one plain struct or nothing, as in haft::make; the
    /// texts are copied. The callable may be called from any thread that calls the tool, one or several at a time.
    template <class F>
    result<void> add(std::string_view name, const about& words, F callable) {
        using plain = std::remove_cvref_t<F>;
        if constexpr (detail::explain_callable<"(added by toolset.add)", plain>()) {
            using shape = detail::shape_of<plain>;
            auto kept = std::make_shared<kept_callable<plain>>(std::string(name), words, std::move(callable));
            kept_.reserve(kept_.size() + 1);  // so that nothing can fail once the tool is in
            const result<void> added =
                add(tool{.name = kept->name,
                         .description = kept->description,
                         .title = kept->title,
                         .input_schema = schema::schema_text<typename shape::parameters, schema::direction::input>,
                         .output_schema = detail::result_schema<typename shape::result>(),
                         .effect = words.effect,
                         .hints = words.hints,
                         .execute = &execute_binding,
                         .self = static_cast<const binding*>(kept.get())});
            if (added) kept_.push_back(std::move(kept));
            return added;
        }
        return {};
    }
    template <class F>
    result<void> add(std::string_view name, std::string_view description, F callable) {
        return add(name, about{.description = description}, std::move(callable));
    }

    /// Speaks where a function is given without the words that belong to it.
    template <class First, class... More>
        requires(!std::convertible_to<First, tool> && sizeof...(More) < 2)
    result<void> add(First&&, More&&...) {
        no_tools<First, More...>();
        return {};
    }

    /// The tool of that name, or null. Valid until the next `add`.
    const tool* find(std::string_view name) const noexcept {
        if (slots_.empty()) return nullptr;
        for (std::size_t i = slot_of(name); slots_[i]; i = (i + 1) & (slots_.size() - 1))
            if (tools_[slots_[i] - 1].name == name) return &tools_[slots_[i] - 1];
        return nullptr;
    }

    /// Calls a tool by name; see tool::call. There being no such tool is an error too, which names the nearest.
    result<std::string> call(std::string_view name, std::string_view arguments,
                             const call_options& options = {}) const {
        if (const tool* t = find(name)) return t->call(arguments, options);
        return no_such_tool(name);
    }

    /// The error for a name that no tool has: `tool "x" does not exist; did you mean "y"?` (llm's text, EX-04)
    error no_such_tool(std::string_view name) const {
        nearest_name nearest(name);
        for (const tool& t : tools_) nearest.consider(t.name);
        error e{errc::unknown_tool, "tool " + quoted(name) + " does not exist"};
        if (!nearest.name().empty()) e.message.append("; did you mean \"").append(nearest.name()).append("\"?");
        return e;
    }

    const tool* begin() const noexcept { return tools_.data(); }
    const tool* end() const noexcept { return tools_.data() + tools_.size(); }
    std::size_t size() const noexcept { return tools_.size(); }
    bool empty() const noexcept { return tools_.empty(); }
    const tool& operator[](std::size_t i) const noexcept { return tools_[i]; }

    /// What `add` has refused, in order. A host shows it; haft::run does.
    const std::vector<error>& refusals() const noexcept { return refusals_; }

private:
    template <class... Things>
    static consteval void no_tools() {
        static_assert(detail::refused<toolset, Things...>,
                      "haft: this is no tool; write haft::make<&f>(\"what it does\") for a function, and "
                      "toolset.add(name, about, callable) for "
                      "anything with state [haft-E0110]");
    }

    template <class F>
    struct kept_callable : binding {
        std::string name, description, title;
        mutable F callable;

        kept_callable(std::string name_, const about& words, F callable_)
            : binding{&schema::type_of<typename detail::shape_of<F>::parameters>,
                      detail::result_table<typename detail::shape_of<F>::result>(),
                      [](const binding& self, void* parameters, void* result) {
                          detail::invoke_with(static_cast<const kept_callable&>(self).callable, parameters, result);
                      }},
              name(std::move(name_)),
              description(words.description),
              title(words.title),
              callable(std::move(callable_)) {}
    };

    result<void> refuse(errc code, std::string message) {
        refusals_.push_back({code, std::move(message)});
        return refusals_.back();
    }

    std::size_t slot_of(std::string_view name) const noexcept {
        return std::hash<std::string_view>{}(name) & (slots_.size() - 1);
    }
    void place(std::uint32_t number) {
        std::size_t i = slot_of(tools_[number - 1].name);
        while (slots_[i]) i = (i + 1) & (slots_.size() - 1);
        slots_[i] = number;
    }
    void grow() {
        slots_.assign(slots_.empty() ? 16 : slots_.size() * 2, 0);
        for (std::uint32_t n = 1; n <= tools_.size(); ++n) place(n);
    }

    std::vector<tool> tools_;
    std::vector<std::uint32_t> slots_;  // open addressing: places in tools_, counted from 1; 0 is free
    std::vector<std::shared_ptr<const void>> kept_;
    std::vector<error> refusals_;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_TOOLSET_HPP
