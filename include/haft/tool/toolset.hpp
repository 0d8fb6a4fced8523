// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_TOOLSET_HPP
#define HAFT_TOOL_TOOLSET_HPP

/// A set of tools: a value that one fills and hands on by hand.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>
#include <haft/json/lexer.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/callable.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/explain_callable.hpp>
#include <haft/tool/invoke.hpp>
#include <haft/tool/owned_words.hpp>
#include <haft/tool/returned.hpp>
#include <haft/tool/tool.hpp>

#if HAFT_HAS_REFLECTION()
#include <meta>
#endif

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// The error for a name that no tool has; `nearest` is one that was probably meant, or "".
HAFT_COLD inline error no_such_tool(std::string_view name, std::string_view nearest) {
    error e{errc::unknown_tool, concat({"tool ", in_quotes(name), " does not exist"})};
    append_did_you_mean(e.message, nearest);
    return e;
}

/// The schemas of a tool that somebody wrote by hand. [TD-08]
struct written_schemas {
    std::string_view input = {};   ///< of the parameters; "" for none: `{"type":"object","properties":{}}`
    std::string_view output = {};  ///< of the result; "" to derive it, or for none

    constexpr written_schemas(const char* parameters) : input(parameters) {}  // NOLINT: implicit, as a text is one
    constexpr written_schemas(std::string_view parameters, std::string_view result = {})
        : input(parameters), output(result) {}
    written_schemas(const std::string& parameters) : input(parameters) {}  // NOLINT
};

namespace detail {

/// A handler with hand-written schemas. <haft/written.hpp> knows what that is.
template <class F, class = void>
struct written_tool {
    static constexpr bool is_known = false;
};

}  // namespace detail

class toolset;

/// What tools can be taken of: a tool, a set of them, or what has a member `tools()` that gives a set, as a toolbox has.
template <class T>
concept toolable = std::convertible_to<T, tool> || std::same_as<T, toolset> || requires(const T& t) {
    { t.tools() } -> std::same_as<result<toolset>>;
};

/// Tools in the order in which they were added, found by name. Copies share the callables that were added.
/// Reading from many threads is fine; adding is not, while anyone reads.
class toolset {
public:
    toolset() = default;
    toolset(std::initializer_list<tool> tools) {
        for (const tool& t : tools) add(t);
    }
    /// Of tools, toolboxes and other sets, one after the other: `haft::toolset tools{haft::make<&f>("…"), box, others}`. What
    /// is refused is in `refusals()`. Speaks where something else is given, such as a function. [TD-12]
    template <class... Things>
        requires(sizeof...(Things) > 0 && !(std::convertible_to<Things, tool> && ...) &&
                 !(sizeof...(Things) == 1 && (std::same_as<std::remove_cvref_t<Things>, toolset> && ...)))
    explicit toolset(Things&&... things) {
        if constexpr ((toolable<std::remove_cvref_t<Things>> && ...)) (add(std::forward<Things>(things)), ...);
        else no_tools<Things...>();
    }
#if HAFT_HAS_REFLECTION()
    // At run time there is no reflection, so what speaks of one has to do so before.
    consteval explicit toolset(std::same_as<std::meta::info> auto reflection) { no_tools<decltype(reflection)>(); }
    static consteval void add(std::same_as<std::meta::info> auto reflection) { no_tools<decltype(reflection)>(); }
#endif

    /// Adds a tool. The set copies the descriptor; what that points to (texts, `self`) must outlive the set and its copies,
    /// as that of haft::make does, or be owned by `keeper`, which the set then holds on to. Refused are a name that is not
    /// legal or is taken (the first tool stays), a tool that can't run, and schemas that are no JSON object;
    /// the refusal is returned and kept in `refusals()`. What is doubtful comes in and is told in `warnings()`: a name that
    /// differs from another only in case, a text with hidden characters or beyond its limit, which the set then keeps
    /// without them.
    HAFT_APART result<void> add(const tool& t, shared_thing keeper = {}) {
        if (!legal_tool_name(t.name))
            return refuse(errc::bad_tool_name,
                          {"the tool name ", in_quotes(t.name), " is not legal; 1 to 128 of A-Z a-z 0-9 _ - . are"});
        if (!t.execute) return refuse(errc::bad_tool, {"tool \"", t.name, "\" has no `execute`"});
        if (!is_object(t.input_schema)) return refuse_schema("the input schema", t.name, t.input_schema);
        if (!t.output_schema.empty() && !is_object(t.output_schema))
            return refuse_schema("the output schema", t.name, t.output_schema);
        if (result<void> free = look_at_name(t); !free) return free;
        tool shown = t;
        keep_visible(shown, keeper);
        append(shown, std::move(keeper));
        return {};
    }
    /// Adds a tool of another set, `at` being its place there, together with what it needs to live. It was looked at when it
    /// came into that one, so only its name can be refused or doubtful: it may be taken here.
    HAFT_APART result<void> add_from(const toolset& from, std::size_t at) {
        const tool& t = from.tools_[at];
        if (result<void> free = look_at_name(t); !free) return free;
        append(t, shared_thing(from.keepers_[at]));
        return {};
    }
    /// The same under another name, which the set keeps.
    HAFT_COLD result<void> add_from(const toolset& from, std::size_t at, std::string_view new_name) {
        struct renamed {
            std::string name;
            shared_thing keeper;
        };
        renamed* kept = nullptr;
        shared_thing keeper = shared_thing::make<renamed>(kept, renamed{std::string(new_name), from.keepers_[at]});
        tool t = from.tools_[at];
        t.name = kept->name;
        return add(t, std::move(keeper));
    }

    /// Adds any callable, state and all; the set owns it. Its parameters are those that haft::make takes: one
    /// plain struct, haft::arg or nothing, and a call_context&; in C++26 any, with the names, defaults and annotations of its
    /// operator(). The texts are copied. The callable may be called from any thread that calls the tool, one or several at a time.
    template <class F>
    result<void> add(std::string_view name, const about& words, F callable) {
        using plain = std::remove_cvref_t<F>;
        if constexpr (detail::explain_callable<"(added by toolset.add)", plain>()) {
            using shape = detail::shape_of<plain>;
            kept_callable<plain>* kept = nullptr;
            shared_thing keeper = shared_thing::make<kept_callable<plain>>(
                kept, name, detail::with_own_words<plain>(words), std::move(callable));
            tool t = kept->words.described();
            t.input_schema = shape::input_schema();
            t.output_schema = detail::result_schema<typename shape::value>();
            t.default_gap = shape::default_gap();
            t.wants_objects = shape::wants_objects;
            t.runs(&execute_binding, static_cast<const binding*>(kept), &validate_binding);
            return add(t, std::move(keeper));
        }
        return {};
    }
    template <class F>
    result<void> add(std::string_view name, std::string_view description, F callable) {
        return add(name, about{.description = description}, std::move(callable));
    }

    /// Adds a handler whose schema is written by hand, with <haft/written.hpp>, which says what a handler is. The schema is
    /// checked now, and the arguments of each call against it. [TD-08]
    template <class F>
    result<void> add(std::string_view name, const about& words, const written_schemas& schemas, F handler) {
        using made = detail::written_tool<F>;
        static_assert(made::is_known, "haft: for hand-written schemas include <haft/written.hpp> [haft-E0130]");
        if constexpr (made::is_known) {
            shared_thing keeper;
            result<tool> t = made::make(name, words, schemas, std::move(handler), keeper);
            return t ? add(*t, std::move(keeper)) : refuse(t.error());
        }
        return {};
    }
    template <class F>
    result<void> add(std::string_view name, std::string_view description, const written_schemas& schemas, F handler) {
        return add(name, about{.description = description}, schemas, std::move(handler));
    }

    /// Adds all tools of another set, or of a toolbox, which shares itself with them; of a second toolbox of one name none, even
    /// where their tools' names differ. Gives the first refusal. What that set has refused and warned of is told here, too.
    /// [TD-12, TB-10]
    template <class Tools>
        requires(!std::convertible_to<Tools, tool> && toolable<Tools>)
    result<void> add(const Tools& tools) {
        if constexpr (std::same_as<Tools, toolset>) {
            return add_all(tools);
        } else {
            const result<toolset> given = tools.tools();
            return given ? add_all(*given) : refuse(given.error());
        }
    }
    /// Speaks where a function is given without the words that belong to it.
    template <class First, class... More>
        requires(!std::convertible_to<First, tool> && sizeof...(More) < 2 &&
                 !(sizeof...(More) == 0 && toolable<std::remove_cvref_t<First>>))
    result<void> add(First&&, More&&...) {
        no_tools<First, More...>();
        return {};
    }

    /// Room for that many tools, so that adding them moves none.
    HAFT_COLD void reserve(std::size_t n) {
        tools_.reserve(n);
        keepers_.reserve(n);
    }

    /// The tool of that name, or null. Valid until the next `add`.
    const tool* find(std::string_view name) const noexcept {
        if (slots_.empty()) return nullptr;
        const std::uint32_t hash = hash_of(name);
        for (std::size_t i = first_slot(hash); slots_[i].number; i = next_slot(i))
            if (slots_[i].hash == hash && of(slots_[i]).name == name) return &of(slots_[i]);
        return nullptr;
    }

    /// Calls a tool by name; see tool::call. There being no such tool is an error too, which names the nearest.
    result<std::string> call(std::string_view name, std::string_view arguments,
                             const call_options& options = {}) const {
        if (const tool* t = find(name)) return t->call(arguments, options);
        return no_such_tool(name);
    }

    /// The error for a name that no tool has: `tool "x" does not exist; did you mean "y"?` (llm's text, EX-04)
    HAFT_COLD error no_such_tool(std::string_view name) const {
        nearest_name nearest(name);
        for (const tool& t : tools_) nearest.consider(t.name);
        return haft::no_such_tool(name, nearest.name());
    }

    const tool* begin() const noexcept { return tools_.data(); }
    const tool* end() const noexcept { return tools_.data() + tools_.size(); }
    std::size_t size() const noexcept { return tools_.size(); }
    bool empty() const noexcept { return tools_.empty(); }
    const tool& operator[](std::size_t i) const noexcept { return tools_[i]; }

    /// What owns the things that a tool of this set points to; nothing where they live for ever. Who hands the tool on hands
    /// this on with it.
    const shared_thing& keeper(std::size_t i) const noexcept { return keepers_[i]; }

    /// Keeps what whoever fills the set had to refuse, beside what `add` refuses; gives it back.
    HAFT_COLD result<void> refuse(const error& e) {
        refusals_.push_back(e);
        return e;
    }
    /// Takes along what another set has refused and warned of, but what this one tells already. Who takes single tools of a
    /// set for another one calls it.
    HAFT_COLD void add_problems_of(const toolset& other) {
        take_along(refusals_, other.refusals_);
        take_along(warnings_, other.warnings_);
    }
    /// What `add` has refused, in order. A host shows it; haft::run does.
    const std::vector<error>& refusals() const noexcept { return refusals_; }
    /// What `add` has let in although it is doubtful, in order. A host shows it; haft::run does.
    const std::vector<error>& warnings() const noexcept { return warnings_; }

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
        detail::owned_words words;
        mutable F callable;

        kept_callable(std::string_view name, const about& described_so, F callable_)
            : binding{&detail::shape_of<F>::table(), detail::result_table<typename detail::shape_of<F>::value>(),
                      [](const binding& self, invocation& call) {
                          detail::invoke_with<detail::shape_of<F>>(static_cast<const kept_callable&>(self).callable,
                                                                   call);
                      }},
              words(name, described_so),
              callable(std::move(callable_)) {}
    };

    HAFT_APART result<void> add_all(const toolset& from) {
        const std::size_t before = tools_.size();
        const origin* refused = nullptr;  // a toolbox, told once
        result<void> first;
        for (std::size_t i = 0; i < from.size(); ++i) {
            const origin* const box = from[i].origin;
            if (box && box == refused) continue;
            result<void> added;
            if (const tool* const other = of_same_box_name(from[i], before)) {
                refused = box;
                added = refuse(errc::duplicate_tool, {"two toolboxes are named \"", box->toolbox, "\": the first, ",
                                                      told_apart(*other), ", stays; the second, ", told_apart(from[i]),
                                                      ", was not added; give one of them an alias"});
            } else {
                added = add_from(from, i);
            }
            if (!added && first) first = std::move(added);
        }
        add_problems_of(from);
        return first;
    }
    /// One of the first tools here that belongs to another toolbox of the same name as this one's, both under that name.
    HAFT_COLD const tool* of_same_box_name(const tool& t, std::size_t among) const {
        if (!t.origin || t.origin->toolbox.empty()) return nullptr;
        const std::string prefix = concat({t.origin->toolbox, "."});
        if (!t.name.starts_with(prefix)) return nullptr;
        for (std::size_t i = 0; i < among; ++i) {
            const origin* const other = tools_[i].origin;
            if (other && other != t.origin && other->toolbox == t.origin->toolbox && tools_[i].name.starts_with(prefix))
                return &tools_[i];
        }
        return nullptr;
    }
    HAFT_COLD static void take_along(std::vector<error>& told, const std::vector<error>& more) {
        const std::size_t before = told.size();
        for (std::size_t m = 0; m < more.size(); ++m) {
            bool known = false;
            for (std::size_t i = 0; i < before && !known; ++i)
                known = told[i].code == more[m].code && told[i].message == more[m].message;
            if (!known) told.push_back(more[m]);
        }
    }

    /// Whether a tool's name is free here; warns if another differs from it in case only. [fault 51]
    HAFT_APART result<void> look_at_name(const tool& t) {
        const same_name same = look_for(t.name);
        if (same.exactly) return refuse_second(t, *same.exactly);
        if (same.but_for_case)
            warn(errc::names_alike, {"the tools \"", same.but_for_case->name, "\" and \"", t.name,
                                     "\" differ only in case; some take them for one"});
        return {};
    }

    HAFT_COLD result<void> refuse(errc code, std::initializer_list<std::string_view> message) {
        keep(refusals_, code, message);
        return refusals_.back();
    }
    HAFT_COLD result<void> refuse_schema(std::string_view which, std::string_view tool, std::string_view schema) {
        return refuse(errc::bad_tool, {which, " of tool \"", tool, "\" ", schema_problem(schema)});
    }
    HAFT_COLD result<void> refuse_second(const tool& t, const tool& first) {
        const bool functions = t.origin && first.origin && t.origin->toolbox.empty() && first.origin->toolbox.empty();
        const bool one_line = functions && t.origin->text() == first.origin->text();
        return refuse(errc::duplicate_tool,
                      {"two tools are named \"", t.name, "\": the first, ", told_apart(first), ", stays; the second, ",
                       told_apart(t), ", was not added",
                       one_line ? " (one line, but two functions: in a header, write inline instead of static)" : ""});
    }
    HAFT_COLD void warn(errc code, std::initializer_list<std::string_view> message) { keep(warnings_, code, message); }

    HAFT_COLD static void keep(std::vector<error>& where, errc code, std::initializer_list<std::string_view> message) {
        where.push_back({code, concat(message)});
    }

    /// A tool among others of its name: where it comes from or, if nobody knows, what it says of itself.
    HAFT_COLD static std::string told_apart(const tool& t) {
        return t.origin ? t.origin->text() : in_quotes(t.description);
    }

    /// Whether a text is a schema that can be handed on. (It may hold line breaks; who writes lines takes them out.)
    HAFT_APART static bool is_object(std::string_view schema) {
        json::lexer in(schema, json::hard_depth_limit);
        return in.peek() == '{' && in.skip() && in.expect_end();
    }
    /// Why one is not.
    HAFT_COLD static std::string schema_problem(std::string_view schema) {
        json::lexer in(schema, json::hard_depth_limit);
        if (in.peek() != '{') return concat({"is no JSON object: ", in_quotes(schema)});
        if (in.skip()) in.expect_end();
        return concat({"is not JSON: ", in.problem(), " at byte ", decimal(in.offset())});
    }

    /// Replaces the texts that nobody may be shown as they are. [fault 57]
    HAFT_APART void keep_visible(tool& t, shared_thing& keeper) {
        mended_texts* mended = nullptr;
        const auto keep = [&](std::string_view& text, const detail::text_rule& rule) {
            const bool hidden = find_hidden(text, rule.breaks) != std::string_view::npos;
            if (hidden || text.size() > rule.limit) text = mend(t.name, text, rule, hidden, mended, keeper);
        };
        keep(t.description, detail::description_rule);
        keep(t.instructions, detail::instructions_rule);
        keep(t.title, detail::title_rule);
        keep(t.group, detail::group_rule);
        keep(t.category, detail::category_rule);
        keep(t.version, detail::version_rule);
        std::string_view tags = t.tags.text();
        keep(tags, detail::tags_rule);
        t.tags = tags;
    }
    /// The texts of one tool that were mended, and what owned the tool before.
    struct mended_texts {
        explicit mended_texts(shared_thing&& before) : keeper(std::move(before)) { texts.reserve(most_texts); }
        shared_thing keeper;
        std::vector<std::string> texts;
    };
    HAFT_COLD std::string_view mend(std::string_view tool, std::string_view text, const detail::text_rule& rule,
                                    bool hidden, mended_texts*& all, shared_thing& keeper) {
        if (!all) keeper = shared_thing::make<mended_texts>(all, std::move(keeper));
        all->texts.push_back(without_hidden(text, rule.breaks, rule.limit));
        const std::string cut = concat({"has more than ", decimal(rule.limit), " bytes; it was cut"});
        warn(errc::text_changed, {"the ", rule.what, " of tool \"", tool, "\" ",
                                  hidden ? "holds characters that nobody sees; they were taken out" : cut});
        return all->texts.back();
    }

    /// Capitals count as small letters, so that names that differ only in case are neighbours. Eight bytes at a time:
    /// of what a name may hold, the bit that is set changes nothing else but `_`.
    static std::uint32_t hash_of(std::string_view name) noexcept {
        std::uint64_t hash = name.size();
        const auto add = [&](std::uint64_t part) {
            hash = (hash ^ (part | 0x2020202020202020u)) * 0x9E3779B97F4A7C15u;
            hash ^= hash >> 32;
        };
        const char* p = name.data();
        std::size_t left = name.size();
        for (; left > 8; p += 8, left -= 8) add(word(p, 8));
        add(name.size() >= 8 ? word(p + left - 8, 8) : word(p, left));  // the last one may overlap the one before
        return static_cast<std::uint32_t>(hash);
    }
    /// At most eight bytes as a number, each of them somewhere in it.
    static std::uint64_t word(const char* p, std::size_t n) noexcept {
        std::uint64_t whole = 0;
        if (n == 8) {
            std::memcpy(&whole, p, 8);
        } else if (n >= 4) {
            std::uint32_t first = 0, last = 0;
            std::memcpy(&first, p, 4);
            std::memcpy(&last, p + n - 4, 4);
            whole = first | std::uint64_t{last} << 32;
        } else {
            for (std::size_t i = 0; i < n; ++i) whole = whole << 8 | static_cast<unsigned char>(p[i]);
        }
        return whole;
    }
    static bool equal_but_for_case(std::string_view a, std::string_view b) noexcept {
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (lower(a[i]) != lower(b[i])) return false;
        return true;
    }

    static constexpr std::size_t most_texts = 7;  // of a tool that keep_visible may have to mend

    struct same_name {
        const tool* exactly = nullptr;
        const tool* but_for_case = nullptr;  // the first of them
    };
    same_name look_for(std::string_view name) const noexcept {
        same_name out;
        if (slots_.empty()) return out;
        const std::uint32_t hash = hash_of(name);
        for (std::size_t i = first_slot(hash); slots_[i].number; i = next_slot(i)) {
            if (slots_[i].hash != hash) continue;
            const tool& t = of(slots_[i]);
            if (t.name == name) out.exactly = &t;
            else if ((!out.but_for_case || &t < out.but_for_case) && equal_but_for_case(t.name, name))
                out.but_for_case = &t;
        }
        return out;
    }
    /// Whatever fails to get memory here leaves the set as it was.
    HAFT_APART void append(const tool& t, shared_thing&& keeper) {
        if (tools_.size() + 1 > slots_.size() / 2) grow();
        if (keepers_.size() == keepers_.capacity()) keepers_.reserve(keepers_.size() * 2 + 4);
        tools_.push_back(t);
        keepers_.push_back(std::move(keeper));
        place({static_cast<std::uint32_t>(tools_.size()), hash_of(t.name)});
    }

    /// Where a tool is, and the hash of its name: one that has another hash is passed by without a look at it.
    struct slot {
        std::uint32_t number = 0;  ///< its place in tools_, counted from 1; 0 is free
        std::uint32_t hash = 0;
    };
    const tool& of(slot s) const noexcept { return tools_[s.number - 1]; }
    std::size_t first_slot(std::uint32_t hash) const noexcept { return hash & (slots_.size() - 1); }
    std::size_t next_slot(std::size_t i) const noexcept { return (i + 1) & (slots_.size() - 1); }
    void place(slot s) noexcept {
        std::size_t i = first_slot(s.hash);
        while (slots_[i].number) i = next_slot(i);
        slots_[i] = s;
    }
    HAFT_APART void grow() {
        std::vector<slot> before(slots_.empty() ? 16 : slots_.size() * 2);
        before.swap(slots_);
        for (const slot s : before)
            if (s.number) place(s);
    }

    std::vector<tool> tools_;
    std::vector<slot> slots_;            // open addressing; a power of two, at most half of them taken
    std::vector<shared_thing> keepers_;  // of each tool what owns the things that it points to
    std::vector<error> refusals_;
    std::vector<error> warnings_;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_TOOLSET_HPP
