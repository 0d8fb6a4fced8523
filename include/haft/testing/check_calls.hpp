// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_CHECK_CALLS_HPP
#define HAFT_TESTING_CHECK_CALLS_HPP

/// Holds a tool to its own schema: what that allows the tool takes, what it forbids the tool refuses and says where. [NX-15]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/testing/calls_of.hpp>
#include <haft/testing/failure.hpp>
#include <haft/testing/sample_value.hpp>
#include <haft/testing/shrink.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/written/written_schema.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::testing {

/// Whether generated calls are made, or only asked about (`tool::validate`), which runs nothing of the author's function.
enum class making_calls : unsigned char {
    if_read_only,  ///< of tools with that effect only: who knows what another one does with any arguments
    always,
    never,
};

struct check_options {
    std::uint64_t seed = 1;
    std::size_t count = 100;    ///< see calls_options
    bool formats_bind = false;  ///< see calls_options
    making_calls make = making_calls::if_read_only;
    bool may_fail = true;    ///< a call that is allowed may end in an error of the tool's own; false: that is a failure
    call_options call = {};  ///< how calls are made
};

/// What was looked at.
struct checked_calls {
    std::size_t taken = 0;    ///< calls that the schema allows, and the tool took
    std::size_t refused = 0;  ///< calls that it forbids
    std::size_t open = 0;     ///< calls that may be either
    std::size_t own_grammar =
        0;  ///< calls that it allows and a type of the author's refused (E0220): its grammar is its own
    std::size_t errors = 0;  ///< of those that were taken: calls that ended in an error
    bool made = false;       ///< the calls were made, and not only asked about
};

namespace detail {

class calls_checker {
public:
    HAFT_COLD calls_checker(const tool& t, const check_options& options) : tool_(t), options_(options) {
        out_.made = options.make == making_calls::always ||
                    (options.make == making_calls::if_read_only && t.effect == effect::read_only);
        if (!out_.made && !t.validate)
            throw failure(concat({"tool ", in_quotes(t.name),
                                  ": can't be asked about arguments without a call; say making_calls::always if any "
                                  "call may be made"}));
    }

    HAFT_COLD checked_calls run() {
        const std::vector<generated_call> calls =
            calls_of(tool_, {options_.seed, options_.count, options_.formats_bind});
        std::size_t allowed = 0;
        for (const generated_call& c : calls) {
            allowed += c.expected == expectation::taken;
            if (const std::optional<std::string> problem = problem_of(c, true)) tell(c, *problem);
        }
        if (allowed == 0)
            throw failure(concat({"tool ", in_quotes(tool_.name),
                                  ": no arguments were found that its schema allows: ", shown(tool_.input_schema)}));
        for (const auto& [pointer, count] : texts_)
            if (count.refused > 0 && count.taken == 0)
                throw failure(
                    concat({"tool ", in_quotes(tool_.name), ": at ", pointer,
                            " its schema allows texts and the type refuses all that were tried, such as ", count.last,
                            "; a pattern, a format or haft::examples would tell a model what to "
                            "write"}));
        return out_;
    }

private:
    struct text_count {
        std::size_t taken = 0, refused = 0;
        std::string last;
    };

    /// What the tool has against the arguments, if it has; an exception is a problem.
    result<std::string> ask(const std::string& arguments) const {
        if (out_.made) return tool_.call(arguments, options_.call);
        std::string text;
        call_context context{tool_.name, options_.call};
        result_writer writer(text, string_results::as_json, options_.call);
        tool_.validate(tool_.self, arguments, context, writer);
        if (writer.failed()) return std::move(writer.error());
        return text;
    }
    static bool is_refusal(const result<std::string>& got) {
        return !got && got.error().code == errc::invalid_arguments && !got.error().faults.empty();
    }
    /// A fault at the pointer or below, of that code. (A type of the author's may refuse in its own words what a length or a
    /// pattern forbids as well.)
    static bool tells(const error& e, const generated_call& c) {
        if (e.more_faults > 0) return true;
        return std::any_of(e.faults.begin(), e.faults.end(), [&](const fault& f) {
            const bool below = f.pointer.starts_with(c.pointer) &&
                               (f.pointer.size() == c.pointer.size() || f.pointer[c.pointer.size()] == '/');
            return below &&
                   (!c.code || f.code == *c.code || (*c.code == errc::out_of_limits && f.code == errc::bad_text));
        });
    }

    HAFT_COLD std::optional<std::string> problem_of(const generated_call& c, bool counted) {
        result<std::string> got = error{};
        try {
            got = ask(c.arguments);
        } catch (const std::exception& e) {
            return concat({"an exception that left the tool: ", e.what()});
        } catch (...) { return "an exception that left the tool"; }
        const bool refusal = is_refusal(got);
        if (refusal && c.expected != expectation::taken && !tells(got.error(), c))
            return concat({"a refusal that does not say so: ", got.error().text()});
        if (c.expected == expectation::refused && !refusal)
            return got ? concat({out_.made ? "the result " : "no word against it", out_.made ? shown(*got) : ""})
                       : concat({"another error: ", got.error().text()});
        if (c.expected == expectation::taken && refusal) {
            const auto& faults = got.error().faults;
            if (!std::all_of(faults.begin(), faults.end(), [](const fault& f) { return f.code == errc::bad_text; }))
                return got.error().text();
            if (counted) {
                ++out_.own_grammar;
                for (const fault& f : faults) {
                    text_count& one = texts_[without_indexes(f.pointer)];
                    ++one.refused;
                    one.last = f.got;
                }
            }
            return {};
        }
        if (c.expected == expectation::taken && !got && !options_.may_fail) return got.error().text();
        if (!counted) return {};
        if (c.expected == expectation::refused) ++out_.refused;
        if (c.expected == expectation::either) ++out_.open;
        if (c.expected != expectation::taken) return {};
        ++out_.taken;
        out_.errors += !got;
        std::string pointer;
        count_texts(c.value, pointer);
        return {};
    }

    static std::string without_indexes(std::string_view pointer) {
        std::string out;
        for (std::size_t i = 0; i < pointer.size();) {
            const std::size_t end = (std::min)(pointer.find('/', i + 1), pointer.size());
            const std::string_view step = pointer.substr(i + 1, end - i - 1);
            const bool index = !step.empty() && step.find_first_not_of("0123456789") == std::string_view::npos;
            append_all(out, {"/", index ? "*" : step});
            i = end;
        }
        return out;
    }
    void count_texts(const sample_value& v, const std::string& pointer) {
        if (v.kind == json::value_kind::string) ++texts_[without_indexes(pointer)].taken;
        for (std::size_t i = 0; i < v.parts.size(); ++i) {
            std::string inner = pointer;
            if (v.kind == json::value_kind::object) json::append_pointer_key(inner, v.keys[i]);
            else json::append_pointer_index(inner, i);
            count_texts(v.parts[i], inner);
        }
    }

    [[noreturn]] HAFT_COLD void tell(const generated_call& c, std::string problem) {
        std::string arguments = c.arguments;
        const result<written_schema> schema = written_schema::compile(tool_.input_schema);
        const auto still = [&](const sample_value& v) {
            generated_call tried = c;
            tried.arguments = json_of(v);
            // Of what is forbidden only that it is taken can be said again once the arguments are others.
            const bool allowed = schema->validate(tried.arguments, {}, {.null_is_absence = true}).ok();
            if (allowed != (c.expected == expectation::taken)) return false;
            if (c.expected == expectation::refused) tried.pointer.clear(), tried.code.reset();
            std::optional<std::string> again = problem_of(tried, false);
            if (again) problem = *std::move(again);
            return again.has_value();
        };
        if (schema && !c.is_text && c.expected != expectation::either && still(c.value))
            arguments = json_of(shrink(c.value, still));
        std::string expected = c.expected == expectation::taken ? concat({"taken: its schema allows it (", c.why, ")"})
                               : c.expected == expectation::refused
                                   ? concat({"a fault at ", c.pointer.empty() ? "the arguments" : c.pointer})
                                   : concat({"a fault, if any, at ", c.pointer});
        if (c.code) append_all(expected, {" ", code_text(*c.code)});
        if (c.expected != expectation::taken) append_all(expected, {" (", c.why, ")"});
        append_all(problem, {"\n  seed:      ", decimal(options_.seed)});
        if (arguments != c.arguments) append_all(problem, {"\n  found as:  ", shown(c.arguments)});
        detail::fail(tool_.name, arguments, expected, problem);
    }

    const tool& tool_;
    const check_options& options_;
    checked_calls out_;
    std::map<std::string, text_count, std::less<>> texts_;
};

}  // namespace detail

/// Generates calls (see calls_of) and looks at what the tool does with them: what its schema allows is not refused for its arguments,
/// what it forbids is, with a fault at that place, and no exception leaves it. Throws `failure` for the first call that is not as it
/// has to be, in the shortest form found. A tool that is not `read_only` is only asked, unless `making_calls::always` is said.
HAFT_COLD inline checked_calls check_calls(const tool& t, const check_options& options = {}) {
    return detail::calls_checker(t, options).run();
}
/// The same for each tool of a set.
HAFT_COLD inline checked_calls check_calls(const toolset& tools, const check_options& options = {}) {
    checked_calls all;
    for (const tool& t : tools) {
        const checked_calls one = check_calls(t, options);
        all.taken += one.taken, all.refused += one.refused, all.open += one.open;
        all.own_grammar += one.own_grammar, all.errors += one.errors, all.made = all.made || one.made;
    }
    return all;
}

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_CHECK_CALLS_HPP
