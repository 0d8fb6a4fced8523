// SPDX-License-Identifier: BSL-1.0
// The command `chat`: puts together what haft/host/chat.hpp needs, of the command line, the configuration and the plugins.
#include "chat.hpp"

#include "line_reader.hpp"

#include <haft/config/plugin_settings.hpp>
#include <haft/host/chat.hpp>
#include <haft/host/chat_beginning.hpp>
#include <haft/host/chat_model.hpp>
#include <haft/host/configured_chat.hpp>
#include <haft/host/pick_tools.hpp>
#include <haft/plugin/plugin_status.hpp>
#include <haft/toolbox/enrol_toolbox.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft_command {

namespace {

using haft::host::program;

/// The configuration, with what the command line says instead.
haft::result<haft::host::chat_config> config_of(const settings& said, const configured& from) {
    std::vector<std::string_view> instead;
    if (!said.url.empty()) instead.push_back("base_url");
    if (!said.key_env.empty()) instead.push_back("api_key_env");
    auto out = haft::host::chat_config_of(
        from.layers.merged(), [&](const haft::config_origin& at) { return is_users_own(said, from, at); }, instead);
    if (!out) return out;
    const auto take = [](const std::string& given, std::string& to) {
        if (!given.empty()) to = given;
    };
    take(said.url, out->base_url);
    take(said.model, out->model);
    take(said.key_env, out->api_key_env);
    take(said.system, out->system);
    return out;
}

/// Plugins of the project run programs as soon as a hook or the model wants them, so somebody has to have agreed to them. False:
/// nobody has; it was told.
bool may_use_project(const program& p, const settings& said, const configured& from, const haft::host::configured_host& host,
                     const std::vector<project_place>& of_project, haft::host::line_source& lines) {
    if (said.trust_project) return true;
    std::string names;
    for (const std::string& one : plugins_of_project(said, from, of_project, host.status())) haft::append_all(names, {names.empty() ? "" : ", ", one});
    if (names.empty()) return true;
    p.say(p.err.warn("This project brings plugins: "), names);
    p.say(haft::concat({"They are of ", from.files.folder.string(), ", and run programs of theirs as you. haft plugins tells more."}));
    if (lines.is_person()) {
        const haft::host::read_line typed = lines.read("Use them? [y/n] ");
        if (typed.what == haft::host::read_line::kind::line && (typed.text == "y" || typed.text == "yes")) return true;
    }
    p.fail("nobody has agreed to the project's plugins; haft trust does, --trust-project this once");
    return false;
}

/// Every tool that there is, selected or not.
haft::toolset known_tools(haft::registry& parts, const settings& said, const configured& from) {
    parts.select_all();
    haft::toolset out = parts.snapshot()->tools();
    const auto line = selection_of_line(said);
    const auto file = haft::selection_of(from.layers.merged());
    if (line && *line) static_cast<void>(parts.select((*line)->wanted));
    else if (file && *file) static_cast<void>(parts.select((*file)->wanted));
    return out;
}

haft::result<haft::template_values> values_of(const std::vector<std::string>& given) {
    haft::template_values out;
    for (const std::string& one : given) {
        const std::size_t sign = one.find('=');
        if (sign == 0 || sign == one.npos)
            return haft::error{haft::errc::bad_text, haft::concat({"--param wants NAME=VALUE, got ", haft::in_quotes(one)})};
        out.insert_or_assign(one.substr(0, sign), one.substr(sign + 1));
    }
    return out;
}

std::string greeting(const haft::model& asked, std::string_view where, std::size_t tools) {
    return haft::concat({"Chatting with ", haft::host::on_screen(asked.info().id), where.empty() ? "" : " at ", where, ", ", haft::decimal(tools),
                         tools == 1 ? " tool" : " tools",
                         ". exit or Ctrl-D leaves, Ctrl-C stops an answer;\n!multi … !end, !edit and !fragment make messages; /help lists commands."});
}

}  // namespace

int chat(const program& p, const settings& said, const configured& from, const std::vector<project_place>& of_project,
         haft::host::configured_host& host) {
    haft::registry& parts = host.registry();
    haft::result<haft::host::chat_config> how = config_of(said, from);
    if (!how) return p.fail(how.error());
    haft::result<haft::template_values> values = values_of(said.values);
    if (!values) return p.wrong(values.error().message);

    const haft::toolset known = known_tools(parts, said, from);
    if (!said.picked.empty())
        if (haft::result<void> picked = haft::host::pick_tools(parts, said.picked, haft::compiled_in_toolboxes()); !picked) {
            picked.error().message.insert(0, "-T: ");
            return p.fail(picked.error());
        }
    const std::filesystem::path forms = from.files.user.empty() ? std::filesystem::path() : from.files.user.front().parent_path() / "templates";
    auto begin = haft::host::begin_chat(parts, {said.form, forms, std::move(*values), said.fragments, how->system}, known);
    if (!begin) return p.fail(begin.error());
    if (how->model.empty()) how->model = begin->model;

    const auto model = haft::host::chat_model(
        parts, {how->base_url, how->model, how->api_key_env, how->ca_file, from.files.user.empty() ? "haft.toml" : from.files.user.front().string()});
    if (!model) return p.fail(model.error()), model.error().code == haft::errc::no_endpoint ? haft::host::exit_usage : haft::host::exit_failed;
    const std::unique_ptr<haft::host::line_source> lines = standard_lines();
    if (!may_use_project(p, said, from, host, of_project, *lines)) return haft::host::exit_failed;

    const std::size_t tools = begin->tools ? begin->tools->size() : parts.snapshot()->tools().size();
    haft::host::chat talk(parts, **model, *lines,
                          {.begin = std::move(*begin),
                           .out = p.out,
                           .err = p.err,
                           .workspace = from.files.folder.string(),
                           .max_rounds = how->max_rounds,
                           .greeting = greeting(**model, how->base_url, tools)});
    return talk.run();
}

}  // namespace haft_command
