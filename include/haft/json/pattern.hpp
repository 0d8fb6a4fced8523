// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_PATTERN_HPP
#define HAFT_JSON_PATTERN_HPP

/// JSON Schema's `pattern` in linear time: a subset of ECMA-262's regular expressions, compiled by the C++ compiler or at
/// run time into bit sets, and one matcher for all of them that neither recurses nor allocates. [fault 55]
///
/// The subset: literals, `.`, classes, groups `( )` and `(?: )`, alternation, `* + ? {n} {n,} {n,m}` and their lazy forms,
/// `^ $ \b \B`, the escapes `\d \D \w \W \s \S \t \n \r \f \v \0 \cX \xHH \uHHHH \u{…}` and those of syntax characters.
/// Everything means what it means with the flag `u` and is legal with it, so what haft accepts every engine of ECMA-262 does.
/// Refused: back-references, look-around, `\p{…}`, named groups, modifiers, what only ECMA-262's annex B has (a brace or an
/// escape that means itself), and what is larger than the limits below.

#include <haft/core/fixed_string.hpp>
#include <haft/json/pattern_compiler.hpp>
#include <haft/json/pattern_view.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace haft::inline v0::json {

namespace detail {

struct checked_pattern {
    pattern_problem problem;
    pattern_shape shape;
};
constexpr checked_pattern check_pattern(std::string_view text) {
    const pattern_compiler compiler(text);
    return {compiler.problem(), compiler.shape()};
}

template <std::size_t Sets, std::size_t Ranges, std::size_t Classes>
struct pattern_tables {
    std::uint64_t sets[Sets == 0 ? 1 : Sets]{};
    code_range ranges[Ranges == 0 ? 1 : Ranges]{};
    std::uint16_t class_ends[Classes == 0 ? 1 : Classes]{};
};

}  // namespace detail

/// What is wrong with a pattern, if anything.
constexpr pattern_problem explain_pattern(std::string_view text) { return detail::check_pattern(text).problem; }

/// A pattern compiled by the C++ compiler into read-only memory of exactly its size. `Source::text` is the pattern.
/// `problem` says whether it is one; if it is not, `view` matches everything, so look at `problem` first.
template <class Source>
struct static_pattern {
private:
    static constexpr detail::checked_pattern checked = detail::check_pattern(Source::text);
    using tables_type = detail::pattern_tables<checked.shape.sets(), checked.shape.ranges, checked.shape.classes>;
    static constexpr tables_type tables = [] {
        tables_type out{};
        if (checked.problem.ok() && !checked.shape.everything)
            detail::pattern_compiler(Source::text).write(out.sets, out.ranges, out.class_ends);
        return out;
    }();

public:
    static constexpr pattern_problem problem = checked.problem;
    static constexpr pattern_view view =
        problem.ok() ? pattern_view(checked.shape, tables.sets, tables.ranges, tables.class_ends) : pattern_view();
};

namespace detail {
template <fixed_string Text>
struct pattern_literal {
    static constexpr std::string_view text = Text.view();
};
}  // namespace detail

/// `pattern_of<"^[a-z]+$">.matches(text)`
template <fixed_string Text>
    requires(explain_pattern(Text.view()).ok())
inline constexpr const pattern_view& pattern_of = static_pattern<detail::pattern_literal<Text>>::view;

/// A pattern compiled at run time, with tables of its own; a default one matches everything.
class pattern {
public:
    pattern() = default;

    /// Compiles `text` into `out`, or says why not; then `out` stays as it was. Recurses at most 32 groups deep and takes
    /// some 15 KiB of stack.
    static pattern_problem compile(std::string_view text, pattern& out) {
        const detail::pattern_compiler compiler(text);
        if (!compiler.problem().ok()) return compiler.problem();
        const pattern_shape& shape = compiler.shape();
        pattern made;
        made.shape_ = shape;
        made.sets_.resize(shape.sets());
        made.ranges_.resize(shape.ranges);
        made.class_ends_.resize(shape.classes);
        compiler.write(made.sets_.data(), made.ranges_.data(), made.class_ends_.data());
        out = static_cast<pattern&&>(made);
        return {};
    }

    /// Refers to this object; see `pattern_view::matches`.
    pattern_view view() const noexcept { return {shape_, sets_.data(), ranges_.data(), class_ends_.data()}; }
    bool matches(std::string_view text) const noexcept { return view().matches(text); }

private:
    pattern_shape shape_ = pattern_view().shape();
    std::vector<std::uint64_t> sets_;
    std::vector<code_range> ranges_;
    std::vector<std::uint16_t> class_ends_;
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_PATTERN_HPP
