// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_OVERRIDES_HPP
#define HAFT_CONFIG_OVERRIDES_HPP

/// The two layers that are no files: variables of the environment, and arguments of a command line. [DC-11] [fault 110]

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/parse_toml.hpp>
#include <haft/config/substitute.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/secret.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// A value as a person types it: a number, a boolean, a list, a table or a text in quotes as TOML has it, else the text itself.
HAFT_COLD inline nlohmann::json typed_value(std::string_view text) {
    if (text.find_first_of("\r\n") == std::string_view::npos)
        if (result<configuration> read = haft::parse_toml(concat({"value = ", text})); read && read->value().size() == 1)
            if (!haft::parse_toml(concat({"value = ", text, " x"}))) return *read->find("/value");  // else it has a comment
    return std::string(text);
}

/// The parts between commas, without the blanks around them; empty ones count for nothing.
HAFT_COLD inline nlohmann::json comma_list(std::string_view text) {
    nlohmann::json out = nlohmann::json::array();
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        std::string_view part = text.substr(0, comma);
        while (!part.empty() && (part.front() == ' ' || part.front() == '\t')) part.remove_prefix(1);
        while (!part.empty() && (part.back() == ' ' || part.back() == '\t')) part.remove_suffix(1);
        if (!part.empty()) out.push_back(std::string(part));
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    return out;
}

/// Whether two values are of one kind, as far as one may stand in place of the other.
HAFT_COLD inline bool same_kind(const nlohmann::json& a, const nlohmann::json& b) {
    return a.type() == b.type() || (a.is_number() && b.is_number());
}

/// What a person typed, as what stands below says: a text stays one, and so do the items of a list of texts; numbers and booleans
/// have to be some, but for a text in quotes. False if it does not fit; `expected` says what would have.
HAFT_COLD inline bool value_over(const std::string& text, const nlohmann::json* below, nlohmann::json& to,
                                 std::string& expected) {
    to = typed_value(text);
    const auto in_its_quotes = [](const nlohmann::json& value, std::string_view of) {
        return value.is_string() && value.get_ref<const std::string&>() != of;
    };
    if (!below || below->is_null() || below->is_object()) return true;
    if (below->is_string()) {
        if (!to.is_string()) to = text;
        return true;
    }
    if (!below->is_array()) return expected = below->type_name(), same_kind(to, *below) || in_its_quotes(to, text);
    if (to.is_array()) return true;
    to = comma_list(text);
    if (below->empty()) return true;
    for (const auto& item : *below)
        if (!same_kind(item, below->front()) || item.is_string() || item.is_structured()) return true;
    expected = concat({"list of ", below->front().type_name(), "s with commas"});
    for (auto& item : to) {
        item = typed_value(item.get<std::string>());
        if (!same_kind(item, below->front())) return false;
    }
    return true;
}

/// The pointer under which layers merge: `/plugin/My-Mail/port` is `/plugin/my_mail/port`.
HAFT_COLD inline std::string merged_pointer(std::string_view pointer) {
    constexpr std::string_view sections = "/plugin/";
    if (!pointer.starts_with(sections)) return std::string(pointer);
    std::string_view rest = pointer.substr(sections.size() - 1);
    const std::string name = take_step(rest);
    return concat({pointer_below("/plugin", folded_plugin_name(name)), rest});
}

/// A configuration that is made value by value.
class override_builder {
public:
    /// Puts a value at a pointer, with tables around it. False if something else than a table is in the way, or a table with
    /// something in it, unless that is replaced.
    HAFT_COLD bool put(std::string_view pointer, nlohmann::json value, const config_origin& origin, bool replace = false) {
        nlohmann::json* at = &value_;
        std::string so_far;
        for (std::string_view left = pointer; !left.empty();) {
            const std::string step = take_step(left);
            append_exact_key(so_far, step);
            if (!at->is_object()) return false;
            if (!left.empty() && !at->contains(step)) (*at)[step] = nlohmann::json::object();
            at = &(*at)[step];
            origins_.insert_or_assign(so_far, origin);
        }
        if (at->is_object() && !at->empty() && !replace) return false;
        std::erase_if(origins_, [&](const auto& one) { return one.first.starts_with(concat({pointer, "/"})); });
        if (value.is_array())
            for (std::size_t i = 0; i < value.size(); ++i)
                origins_.insert_or_assign(concat({pointer, "/", decimal(i)}), origin);
        *at = std::move(value);
        return true;
    }
    configuration take() && { return configuration(std::move(value_), std::move(origins_)); }

private:
    nlohmann::json value_ = nlohmann::json::object();
    config_origins origins_;
};

/// `HAFT_PLUGIN_WEATHER_DAYS` for `/plugin/weather/days`.
HAFT_COLD inline std::string variable_of(std::string_view pointer) {
    std::string out = "HAFT";
    while (!pointer.empty()) {
        out += '_';
        for (const char c : take_step(pointer)) {
            const char small_c = lower(c);
            if (small_c >= 'a' && small_c <= 'z') out += static_cast<char>(small_c - 32);
            else out += c >= '0' && c <= '9' ? c : '_';
        }
    }
    return out;
}

/// Asks the environment for what stands below.
class environment_reader {
public:
    environment_reader(const environment_function& environment, const configuration& below)
        : environment_(environment), below_(below) {}

    HAFT_COLD result<configuration> run(const std::vector<std::string>& more) {
        list("HAFT_PLUGINS", "/plugins/only");
        list("HAFT_TOOLS", "/tools/only");
        for (const std::string& pointer : more) one(pointer, nullptr);
        std::string pointer;
        walk(below_.value(), pointer);
        if (faults_.empty()) return std::move(builder_).take();
        error e{errc::bad_override, {}, std::move(faults_)};
        e.message = concat({"the environment can't be used: ", json::fault_count(e)});
        return e;
    }

private:
    void walk(const nlohmann::json& value, std::string& pointer) {
        const std::size_t size = pointer.size();
        for (auto at = value.begin(); at != value.end(); ++at) {
            append_exact_key(pointer, at.key());
            if (at->is_object()) walk(*at, pointer);
            else one(pointer, &*at);
            pointer.resize(size);
        }
    }

    void list(const std::string& name, std::string_view pointer) {
        if (const std::optional<std::string> text = ask(name, pointer)) put(pointer, comma_list(*text), name);
    }

    /// What stands below says which type it is.
    void one(const std::string& pointer, const nlohmann::json* below) {
        const std::string name = variable_of(pointer);
        const std::optional<std::string> text = ask(name, pointer);
        if (!text) return;
        if (const auto [first, fresh] = used_.emplace(name, pointer); !fresh && first->second != pointer)
            return fail(pointer, name, concat({"stands for ", first->second,
                                               " as well; set them in a file or on the command line, and not here"}));
        nlohmann::json value;
        std::string expected;
        if (value_over(*text, below, value, expected)) return put(pointer, std::move(value), name);
        fail(pointer, name, concat({"expected a ", expected, ", as at ", below_.origin(pointer).text(), ", got ",
                                    leads_to_a_secret(pointer) ? std::string(hidden_value) : in_quotes(*text)}));
    }

    void put(std::string_view pointer, nlohmann::json value, const std::string& name) {
        const config_origin origin{std::make_shared<const std::string>(concat({"environment variable ", name}))};
        if (!builder_.put(pointer, std::move(value), origin))
            fail(pointer, name, "another variable has set a part of this");
    }

    std::optional<std::string> ask(const std::string& name, std::string_view pointer) {
        if (!environment_) return std::nullopt;
        try {
            return environment_(name);
        } catch (...) {
            fail(pointer, name, "the host's environment function failed");
            return std::nullopt;
        }
    }

    void fail(std::string_view pointer, const std::string& name, std::string_view what) {
        fault& f = faults_.emplace_back();
        f.code = errc::bad_override;
        f.pointer = pointer;
        f.place = concat({"environment variable ", name});
        f.message = what;
    }

    const environment_function& environment_;
    const configuration& below_;
    override_builder builder_;
    std::map<std::string, std::string> used_;  // which pointer a variable was for
    std::vector<fault> faults_;
};

}  // namespace detail

/// The layer of the environment. `HAFT_PLUGINS` and `HAFT_TOOLS` are lists with commas, of exactly what may be loaded and shown
/// (empty: nothing), and become `/plugins/only` and `/tools/only`. Every value of `below`, the layers under this one, may be
/// replaced by the variable of its pointer, `HAFT_PLUGIN_WEATHER_DAYS` for `/plugin/weather/days`; its type says how that is
/// read: a text is taken as it is (or out of its quotes), a list has commas and items of the type of those below (or is one of
/// TOML). So may the pointers in `more`, which nobody has set below. Errors: E0383, all at once: what does not fit, and one
/// variable for two values (`/a_b/c`, `/a/b_c`).
HAFT_COLD inline result<configuration> environment_config(const environment_function& environment,
                                                          const configuration& below,
                                                          const std::vector<std::string>& more = {}) {
    return detail::environment_reader(environment, below).run(more);
}

/// The layer of a command line: each setting is `plugin.weather.days=5`, the key as TOML has it. A value is read as one of
/// the environment, by what stands in `below`; what nothing stands below of is as TOML has it, else a text. Of two for one key
/// the later wins. Errors: E0383.
HAFT_COLD inline result<configuration> command_line_config(const std::vector<std::string>& settings,
                                                           const configuration& below = {}) {
    detail::override_builder builder;
    const config_origin origin{std::make_shared<const std::string>("command line")};
    for (const std::string& setting : settings) {
        const auto bad = [&](std::string_view what) {
            return error{errc::bad_override, concat({"command line: ", what, ", as in plugin.weather.days=5; got ",
                                                     in_quotes(setting.substr(0, setting.find('=')))})};
        };
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos) return bad("expected key=value");
        result<configuration> key = haft::parse_toml(concat({setting.substr(0, equals), " = 0"}));
        if (!key || key->origins().empty() || setting.find('\n') < equals) return bad("expected a key of TOML");
        std::string pointer;
        for (const auto& [at, ignored] : key->origins())
            if (at.size() > pointer.size()) pointer = at;
        if (!key->find(pointer)->is_number()) return bad("expected a key of TOML");
        const std::string text = setting.substr(equals + 1), at = detail::merged_pointer(pointer);
        nlohmann::json value;
        std::string expected;
        if (!detail::value_over(text, below.find(at), value, expected))
            return error{errc::bad_override,
                         concat({"command line: ", setting.substr(0, equals), ": expected a ", expected, ", as at ",
                                 below.origin(at).text(), ", got ",
                                 leads_to_a_secret(pointer) ? std::string(hidden_value) : in_quotes(text)})};
        if (!builder.put(pointer, std::move(value), origin, true))
            return bad("a key within one that has a value already");
    }
    return std::move(builder).take();
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_OVERRIDES_HPP
