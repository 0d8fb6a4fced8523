// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_OVERRIDES_HPP
#define HAFT_CONFIG_OVERRIDES_HPP

/// The two layers that are no files: variables of the environment, and arguments of a command line. [DC-11] [fault 110]

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/parse_toml.hpp>
#include <haft/core/secret.hpp>
#include <haft/config/substitute.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// A value as a person types it without quotes: a number, a boolean or a list as TOML has it, else the text itself.
HAFT_COLD inline nlohmann::json typed_value(const std::string& text) {
    if (text.find_first_of("\r\n#") == std::string::npos)
        if (result<configuration> read = haft::parse_toml(concat({"value = ", text})); read && read->value().size() == 1)
            return *read->find("/value");
    return text;
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

/// A configuration that is made value by value.
class override_builder {
public:
    /// Puts a value at a pointer, with tables around it. False if something else than a table is in the way.
    HAFT_COLD bool put(std::string_view pointer, nlohmann::json value, const config_origin& origin) {
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
        if (at->is_object() && !at->empty()) return false;
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
        if (!below) return put(pointer, typed_value(*text), name);
        if (below->is_array()) return put(pointer, comma_list(*text), name);
        if (below->is_string()) return put(pointer, *text, name);
        nlohmann::json value = typed_value(*text);
        if (!below->is_null() && value.is_string()) {
            const bool secret = leads_to_a_secret(pointer);
            fail(pointer, name,
                 concat({"expected a ", below->type_name(), ", as at ", below_.origin(pointer).text(), ", got ",
                         secret ? std::string(hidden_value) : in_quotes(*text)}));
            return;
        }
        put(pointer, std::move(value), name);
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
    std::vector<fault> faults_;
};

}  // namespace detail

/// The layer of the environment. `HAFT_PLUGINS` and `HAFT_TOOLS` are lists with commas, of exactly what may be loaded and shown
/// (empty: nothing), and become `/plugins/only` and `/tools/only`. Every value of `below`, the layers under this one, may be
/// replaced by the variable of its pointer, `HAFT_PLUGIN_WEATHER_DAYS` for `/plugin/weather/days`; its type says how that is
/// read, lists have commas. So may the pointers in `more`, which nobody has set below. Errors: E0383, all at once.
HAFT_COLD inline result<configuration> environment_config(const environment_function& environment,
                                                          const configuration& below,
                                                          const std::vector<std::string>& more = {}) {
    return detail::environment_reader(environment, below).run(more);
}

/// The layer of a command line: each setting is `plugin.weather.days=5`, the key as TOML has it. A value that is none of TOML is
/// the text itself. Of two for one key the later wins. Errors: E0383.
HAFT_COLD inline result<configuration> command_line_config(const std::vector<std::string>& settings) {
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
        if (!builder.put(pointer, detail::typed_value(setting.substr(equals + 1)), origin))
            return bad("a key within one that has a value already");
    }
    return std::move(builder).take();
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_OVERRIDES_HPP
