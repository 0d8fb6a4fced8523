// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_CALLS_OF_HPP
#define HAFT_TESTING_CALLS_OF_HPP

/// Calls of a tool, generated from its input schema: arguments that it allows, up to every limit, and arguments that break one rule
/// each, with the fault that has to be told. [NX-15]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/document.hpp>
#include <haft/json/pointer.hpp>
#include <haft/testing/breakages.hpp>
#include <haft/testing/dice.hpp>
#include <haft/testing/failure.hpp>
#include <haft/testing/flat_schema.hpp>
#include <haft/testing/sample_value.hpp>
#include <haft/testing/value_maker.hpp>
#include <haft/tool/tool.hpp>
#include <haft/written/schema_compiler.hpp>
#include <haft/written/schema_node.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace haft::inline v0::testing {

/// What a tool has to do with a generated call.
enum class expectation : unsigned char {
    taken,    ///< not refused for its arguments; what comes of it is the tool's business
    refused,  ///< refused, with a fault at `pointer` or below
    either,   ///< JSON Schema leaves it open; refused, if at all, with a fault at `pointer` or below
};

struct generated_call {
    std::string arguments;
    expectation expected = expectation::taken;
    std::string pointer = {};       ///< where the fault has to stand
    std::optional<errc> code = {};  ///< its code, where the rule that is broken has one
    std::string why = {};           ///< `above the maximum`, `the least`
    bool known = true;              ///< without asking haft's own check of hand-written schemas
    bool is_text = false;           ///< the text itself is what is wrong, so there is no `value`
    sample_value value = {};
};

struct calls_options {
    std::uint64_t seed = 1;
    std::size_t count = 100;    ///< calls by chance, as many again that break a rule; beside those at every limit
    bool formats_bind = false;  ///< a text that is not of its format has to be refused, as derived tools do
};

namespace detail {

/// A value within the arguments, and a schema that speaks of it.
struct sample_site {
    value_way way;
    schema_place schema = 0;
    std::size_t loose =
        ~std::size_t{0};  ///< a fault may be told where the way has had so many steps: an alternative stands there
    bool null_is_absence = false;
    bool doubtful = false;  ///< whether another value fits here depends on what stands around it
};

class call_generator {
public:
    HAFT_COLD call_generator(const tool& t, const calls_options& options)
        : options_(options),
          gap_(t.default_gap),
          chance_(options.seed),
          compiler_(t.input_schema),
          schemas_(compiled(t.name), compiler_.text()),
          make_(schemas_, chance_),
          break_(schemas_, make_, chance_) {}

    HAFT_COLD std::vector<generated_call> generate() {
        sample_value least, most;
        if (make(fullness::least, least, "the least that has to be given")) fixed(least);
        if (make(fullness::most, most, "all that may be given")) {
            fixed(most);
            edges(most);
            broken_texts(most);
        }
        for (std::size_t i = 0; i < options_.count; ++i) by_chance();
        return std::move(out_);
    }

private:
    static constexpr std::size_t most_sites = 1500;
    static constexpr std::size_t most_calls = 20'000;

    HAFT_COLD std::vector<schema_node> compiled(std::string_view name) {
        std::vector<schema_node> out = compiler_.compile();
        if (!compiler_.faults().empty())
            throw failure(concat({"tool ", in_quotes(name), ": no calls can be generated from its schema: ",
                                  compiler_.faults().faults.front().text()}));
        return out;
    }

    bool add(generated_call call) {
        if (out_.size() >= most_calls || !seen_.insert(call.arguments).second) return false;
        out_.push_back(std::move(call));
        return true;
    }
    /// Arguments that the schema allows; the tool may know more (of parameters whose defaults only its function knows).
    void add_valid(const sample_value& value, std::string why, bool known, json_style style = json_style::plain) {
        generated_call c{json_of(value, style), expectation::taken, {}, {}, std::move(why), known, false, value};
        const schema_node& root = schemas_[0];
        if (gap_ > 0 && gap_ < root.properties.size()) {
            const auto absent = [&](std::size_t i) {
                const std::size_t at = value.find(root.properties[i].first);
                return at == sample_value::nowhere || value.parts[at].kind == json::value_kind::null;
            };
            if (absent(gap_ - 1u) && !absent(gap_)) {
                c.expected = expectation::refused, c.code = errc::missing_parameter;
                json::append_pointer_key(c.pointer, root.properties[gap_ - 1u].first);
                c.why = "left out where the next one is given";
            }
        }
        add(std::move(c));
    }
    bool make(fullness how, sample_value& out, std::string_view why) {
        const std::size_t before = make_.asked();
        if (!make_.make(0, how, out)) return false;
        add_valid(out, std::string(why), make_.asked() == before);
        return true;
    }

    /// What can be told of a call that fits: other ways to write it, and each rule of it broken.
    void fixed(const sample_value& value) {
        for (const json_style style : {json_style::spaced, json_style::escaped})
            add_valid(value, "the same, written otherwise", false, style);
        for (const sample_site& s : sites(value)) break_at(value, s, 0);
    }

    void break_at(const sample_value& root, const sample_site& s, std::size_t only_one) {
        sample_value changed = root;
        sample_value& here = value_at(changed, s.way);
        const schema_node n = schemas_[s.schema];
        std::vector<breakage> all = break_.find(n, here, s.null_is_absence);
        if (all.empty()) return;
        if (only_one) all = {std::move(all[chance_.below(all.size())])};
        const bool loose = s.loose <= s.way.size();
        for (breakage& b : all) {
            here = std::move(b.value);
            generated_call c{json_of(changed), expectation::refused, {}, b.code, std::move(b.why), true, false,
                             changed};
            value_way way = s.way;
            if (loose) way.resize(s.loose);
            c.pointer = pointer_of(changed, way);
            if (b.key && !loose) json::append_pointer_key(c.pointer, *b.key);
            if (b.by_format && !options_.formats_bind) c.expected = expectation::either;
            if (loose) {
                c.code.reset();
                c.known = false;
                make_.ask();
                if (!b.by_format && make_.fits(0, changed)) continue;  // another alternative takes it
                if (b.by_format) c.expected = expectation::either;
            }
            add(std::move(c));
        }
    }

    /// Every value at its limits, every optional member left out or null, one at a time.
    void edges(const sample_value& root) {
        for (const sample_site& s : sites(root)) {
            sample_value changed = root;
            sample_value& here = value_at(changed, s.way);
            const sample_value before = here;
            const schema_node n = schemas_[s.schema];
            const auto add_changed = [&](std::string why, bool known) {
                if (!known) make_.ask();
                if (known || make_.fits(0, changed))
                    add_valid(changed, concat({why, " at ", place(root, s.way)}), known);
                here = before;
            };
            const bool known = s.loose > s.way.size() && !s.doubtful;
            if (!s.way.empty()) {
                const flat_schema flat = schemas_.flatten(s.schema, false, chance_);
                std::size_t shown = flat.node.has_values ? 0 : flat.shown.size();
                for (sample_value& edge : make_.edges(flat)) {
                    here = std::move(edge);
                    add_changed(shown ? "shown by the author" : "an edge", known && flat.exact && shown == 0);
                    if (shown) --shown;
                }
            }
            if (before.kind != json::value_kind::object) continue;
            for (std::size_t i = 0; i < before.parts.size(); ++i) {
                if (n.is_required(before.keys[i])) continue;
                here.erase(i);
                add_changed(concat({before.keys[i], " left out"}), known && n.min_properties == 0 && is_plain(n));
                if (n.find_property(before.keys[i]) == schema_node::no_property) continue;
                here.parts[i] = {};
                add_changed(concat({before.keys[i], " is null"}), false);
            }
        }
    }
    static bool is_plain(const schema_node& n) {
        return n.all_of.empty() && n.any_of.empty() && n.one_of.empty() && n.dependent_required.empty() &&
               n.dependent_schemas.empty() && n.not_this == no_schema && n.if_this == no_schema && n.ref == no_schema;
    }
    static std::string place(const sample_value& root, const value_way& way) {
        return way.empty() ? std::string("the arguments") : pointer_of(root, way);
    }

    void by_chance() {
        sample_value value;
        const std::size_t before = make_.asked();
        if (!make_.make(0, fullness::some, value)) return;
        shuffle(value);
        const json_style style = static_cast<json_style>(chance_.below(3));
        add_valid(value, "by chance", make_.asked() == before, style);
        const std::vector<sample_site> all = sites(value);
        for (int tries = 0; tries < 4; ++tries) {
            const std::size_t count = out_.size();
            break_at(value, all[chance_.below(all.size())], 1);
            if (out_.size() != count) return;
        }
    }
    void shuffle(sample_value& v) {
        if (v.kind == json::value_kind::object)
            for (std::size_t i = v.parts.size(); i > 1; --i) {
                const std::size_t j = chance_.below(i);
                std::swap(v.keys[i - 1], v.keys[j]);
                std::swap(v.parts[i - 1], v.parts[j]);
            }
        for (sample_value& part : v.parts) shuffle(part);
    }

    /// Texts that are no JSON, or mean two things.
    void broken_texts(const sample_value& value) {
        const std::string text = json_of(value);
        const auto broken = [&](std::string wrong, errc code, std::string pointer, std::string why) {
            generated_call c{std::move(wrong), expectation::refused, std::move(pointer), code, std::move(why)};
            c.is_text = true;
            add(std::move(c));
        };
        broken(text + " {}", errc::not_json, "", "something behind the arguments");
        broken(text + ",", errc::not_json, "", "a comma behind the arguments");
        broken(text.substr(0, text.size() - 1), errc::not_json, "", "cut off");
        broken(text.substr(0, text.size() / 2 + 1), errc::not_json, "", "cut off in the middle");
        broken("", errc::not_json, "", "nothing at all");
        broken("/* c */" + text, errc::not_json, "", "a comment");
        if (value.parts.empty()) return;
        std::string again = text.substr(0, text.size() - 1);
        std::string pointer;
        json::append_pointer_key(pointer, value.keys[0]);
        append_all(again, {",", json::string_text(value.keys[0]), ":", json_of(value.parts[0]), "}"});
        broken(std::move(again), errc::duplicate_key, std::move(pointer), "a parameter given twice");
        broken(concat({text.substr(0, text.size() - 1), ",}"}), errc::not_json, "", "a comma at the end");
    }

    // --- where something can be changed

    std::vector<sample_site> sites(const sample_value& root) {
        std::vector<sample_site> out;
        sample_site first;
        first.null_is_absence = true;
        visit(root, root, first, out);
        return out;
    }
    HAFT_COLD void visit(const sample_value& root, const sample_value& here, const sample_site& s,
                         std::vector<sample_site>& out) {
        if (out.size() >= most_sites) return;
        const schema_node n = schemas_[s.schema];
        sample_site own = s;
        own.doubtful = own.doubtful || n.has_values || n.not_this != no_schema || n.if_this != no_schema ||
                       n.contains != no_schema || !n.dependent_schemas.empty() || !n.dependent_required.empty() ||
                       !n.one_of.empty() || !n.all_of.empty() || n.unique_items || schema_pool::has_overlaps(n);
        out.push_back(own);
        const auto in_place = [&](schema_place p, bool alternative) {
            sample_site to = own;
            to.schema = p;
            if (alternative) to.loose = (std::min)(to.loose, s.way.size());
            visit(root, here, to, out);
        };
        if (n.ref != no_schema) in_place(n.ref, false);
        for (const schema_place p : n.all_of) in_place(p, false);
        for (const auto* choices : {&n.any_of, &n.one_of})
            for (const schema_place p : *choices)
                if (make_.fits(p, here)) in_place(p, true);
        const auto part = [&](std::uint32_t i, schema_place p, bool null_is_absence) {
            if (p == no_schema) return;
            sample_site to = own;
            to.way.push_back(i);
            to.schema = p;
            to.null_is_absence = null_is_absence;
            visit(root, here.parts[i], to, out);
        };
        for (std::uint32_t i = 0; i < here.parts.size(); ++i) {
            if (here.kind == json::value_kind::array) {
                if (i < n.max_items) part(i, i < n.prefix_items.size() ? n.prefix_items[i] : n.items, false);
                continue;
            }
            const std::size_t known = n.find_property(here.keys[i]);
            bool named = known != schema_node::no_property;
            if (named) part(i, n.properties[known].second, !n.is_required(here.keys[i]));
            for (const auto& [rule, p] : n.pattern_properties)
                if (rule.pattern.matches(here.keys[i])) part(i, p, false), named = true;
            if (!named) part(i, n.additional_properties, false);
        }
    }

    const calls_options options_;
    std::size_t gap_;
    dice chance_;
    schema::written::schema_compiler compiler_;
    schema_pool schemas_;
    value_maker make_;
    breakage_finder break_;
    std::vector<generated_call> out_;
    std::unordered_set<std::string> seen_;
};

}  // namespace detail

/// Calls of a tool, generated from its input schema. First those of a fixed plan: the least and the most that can be given, every
/// optional parameter left out and null, every value at its limits, every rule broken once, texts that are no JSON; then
/// `count` by chance and as many that break a rule. The same tool and options give the same bytes everywhere.
/// Throws `failure` if the schema can't be read (see written_schema for what is); gives none if no value keeps it.
HAFT_COLD inline std::vector<generated_call> calls_of(const tool& t, const calls_options& options = {}) {
    return detail::call_generator(t, options).generate();
}

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_CALLS_OF_HPP
