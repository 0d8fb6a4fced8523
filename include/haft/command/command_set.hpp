// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_SET_HPP
#define HAFT_COMMAND_COMMAND_SET_HPP

/// The place of commands: they come and go with their owners, and are run by what somebody types. [CM-01, CM-04, CM-06]

#include <haft/command/command_arguments.hpp>
#include <haft/command/command_context.hpp>
#include <haft/command/command_line.hpp>
#include <haft/command/command_outcome.hpp>
#include <haft/command/command_set_class.hpp>
#include <haft/command/resolve.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/result_writer.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#if HAFT_DEFINES_LARGE()

namespace haft::inline v0 {

namespace detail {

/// One text on its way through a set.
class dispatching {
public:
    HAFT_COLD dispatching(const command_table& table, const dispatch_options& options, command_outcome& out)
        : table_(table), options_(options), out_(out) {}

    HAFT_COLD void run(std::string_view text, const command_line& line) {
        if (result<void> readable = line_is_readable(text, options_.most_line_bytes); !readable)
            return fail(std::move(readable.error()));
        text_ = text;
        const resolved_command found = resolve(table_, line);
        if (found.entry) return run(*found.entry, found.full_args);
        if (!found.group.empty()) return fail(sub_command_wanted(table_, found));
        if (options_.help && line.name == "help") return help(line.full_args);
        if (options_.tools.schema_of)
            if (const std::optional<std::string> schema = options_.tools.schema_of(line.name))
                return run_tool(std::string(line.name), *schema, line.full_args);
        if (options_.unique_prefixes)
            if (const auto candidates = beginning_with(table_, line.name); candidates.size() == 1)
                return run(*candidates[0], line.full_args);
        fail(unknown_command(table_, line.name,
                             options_.tools.names ? options_.tools.names() : std::vector<std::string>()));
    }

    void fail(error why) { out_.problem = std::move(why); }

private:
    HAFT_COLD void run(const command_entry& one, std::string_view full_args) {
        out_.name = one.name;
        out_.owner = one.owner;
        out_.auto_undo = one.what.auto_undo;
        out_.share_with_model = one.what.share_with_model;
        std::string arguments = "{}";
        if (!one.what.takes_any_words) {
            result<std::string> read = arguments_in(full_args, one.parameters, characters_before(full_args));
            if (!read) return fail(with_usage(std::move(read.error()), one.usage()));
            arguments = std::move(*read);
        }
        command_context context(one.name, full_args, options_.call, options_.confirm, options_.yes_to_all);
        context.share_with_model = one.what.share_with_model;
        std::string text;
        result_writer writer(text, string_results::as_text, options_.call);
        one.what.execute(one.what.self, arguments, context, writer);
        out_.messages = context.take_said();
        out_.share_with_model = context.share_with_model;
        if (!writer.failed()) return;
        error& why = writer.error();
        if (why.code == errc::invalid_arguments) return fail(refused(std::move(why), one.usage()));
        if (why.code == errc::tool_failed) why.code = errc::command_failed;
        fail(std::move(why));
    }

    HAFT_COLD void run_tool(std::string name, std::string_view schema, std::string_view full_args) {
        out_.name = name;
        out_.was_tool = true;
        std::vector<typed_parameter> parameters = parameters_in(schema);
        // What a tool of one text is given is all of it, quotes and all, as gptme does.
        if (parameters.size() == 1 && parameters[0].kind == word_kind::text && !parameters[0].list &&
            parameters[0].values.empty())
            parameters[0].rest = true;
        const std::string usage = usage_of(name, parameters);
        const result<std::string> arguments = arguments_in(full_args, parameters, characters_before(full_args));
        if (!arguments) return fail(with_usage(arguments.error(), usage));
        if (!options_.tools.call)
            return fail({errc::unknown_command, concat({"the tool ", name, " can't be called here"})});
        result<std::string> given = options_.tools.call(name, *arguments, options_.call);
        if (given) out_.messages.push_back({.role = role::system, .text = plain(std::move(*given))});
        else if (given.error().code == errc::invalid_arguments) fail(refused(std::move(given.error()), usage));
        else fail(std::move(given.error()));
    }
    /// A tool's result for people: a JSON string is what it says.
    HAFT_COLD static std::string plain(std::string given) {
        if (!given.starts_with('"')) return given == "null" ? std::string() : given;
        json::lexer in(given, 1);
        json::lexer::string_token token;
        if (!in.string(token) || !in.expect_end()) return given;
        std::string out;
        json::lexer::decode(token, out);
        return out;
    }

    HAFT_COLD void help(std::string_view about) {
        out_.name = "help";
        while (!about.empty() && is_line_blank(about.front())) about.remove_prefix(1);
        while (!about.empty() && is_line_blank(about.back())) about.remove_suffix(1);
        if (about.starts_with('/')) about.remove_prefix(1);
        std::string text;
        if (about.empty()) text = help_of(table_);
        else if (const command_pointer one = table_.find(about)) text = help_of(table_, *one);
        else return fail(unknown_command(table_, about, {}));
        out_.messages.push_back({.role = role::system, .text = std::move(text)});
    }

    std::size_t characters_before(std::string_view full_args) const {
        return full_args.empty()
                   ? 0
                   : count_code_points(text_.substr(0, static_cast<std::size_t>(full_args.data() - text_.data())));
    }
    HAFT_COLD static error with_usage(error e, const std::string& usage) {
        append_all(e.message, {"; usage: ", usage});
        return e;
    }
    /// The faults of the arguments, which name parameters, below the line that says how it goes.
    HAFT_COLD static error refused(error e, const std::string& usage) {
        e.code = errc::bad_command_words;
        e.message = concat({"not run; usage: ", usage});
        return e;
    }

    const command_table& table_;
    const dispatch_options& options_;
    command_outcome& out_;
    std::string_view text_;
};

/// What keeps a command from being added to others, by policy; nothing if nothing does.
HAFT_COLD inline std::optional<error> name_conflict(const command_table& table, const command_entry& one) {
    const auto taken = [&](const std::string& name) -> std::optional<error> {
        const auto known = table.by_name.find(name);
        if (known == table.by_name.end()) return {};
        return error{errc::duplicate_command,
                     concat({"two commands want the name /", name, ": the first, ", known->second->told(),
                             ", stays; the second, ", one.told(), ", was not added"})};
    };
    if (auto conflict = taken(one.name)) return conflict;
    for (const std::string& alias : one.aliases)
        if (auto conflict = taken(alias)) return conflict;
    return {};
}

}  // namespace detail

HAFT_LARGE result<enlistment> command_set::add_kept(std::shared_ptr<const detail::kept_words> kept, command_added_as as) {
    const command what = kept->what;
    as.keeper = std::make_shared<std::pair<std::shared_ptr<const void>, std::shared_ptr<const void>>>(
        std::move(kept), std::move(as.keeper));
    return add(what, std::move(as));
}

HAFT_LARGE result<enlistment> command_set::add(const command& what, command_added_as as) {
    if (!legal_command_name(what.name) || !what.execute)
        return error{errc::bad_command,
                     concat({"the command ", in_quotes(what.name),
                             what.execute ? " has no legal name; words of A-Z a-z 0-9 _ - . with one "
                                            "blank between them are, 64 bytes in all"
                                          : " has no function"})};
    auto one = std::make_shared<command_entry>();
    one->what = what;
    one->name = what.name;
    one->owner = std::move(as.owner);
    one->keeper = std::move(as.keeper);
    one->completer = std::move(as.completer);
    one->parameters = parameters_in(what.input_schema);
    for (const std::string_view alias : what.aliases) {
        if (!legal_command_name(alias))
            return error{errc::bad_command,
                         concat({"the alias ", in_quotes(alias), " of ", one->told(), " is not legal"})};
        if (alias != what.name && std::find(one->aliases.begin(), one->aliases.end(), alias) == one->aliases.end())
            one->aliases.emplace_back(alias);
    }
    const std::lock_guard guard(all_->mutex);
    if (all_->closed)
        return error{errc::commands_closed, concat({one->told(), " was not added: the commands are shut down"})};
    if (all_->policy == on_duplicate::suffix)
        for (std::size_t n = 1; all_->table->by_name.contains(one->name); ++n)
            one->name = concat({what.name, "_", decimal(n)});
    if (std::optional<error> conflict = detail::name_conflict(*all_->table, *one)) {
        if (all_->policy == on_duplicate::error) return std::move(*conflict);
        if (all_->policy == on_duplicate::replace_with_warning) {
            const std::size_t stays = conflict->message.rfind(", stays; the second, ");
            if (stays != std::string::npos)
                conflict->message = concat({conflict->message.substr(0, stays), ", gives way to ", one->told()});
            all_->warnings.push_back(std::move(*conflict));
        }
    }
    one->number = ++all_->numbers;
    std::vector<command_pointer> entries = all_->table->entries;
    entries.push_back(one);
    all_->publish(std::move(entries));
    return enlistment([of = std::weak_ptr<state>(all_), number = one->number] {
        const auto still = of.lock();
        if (!still) return;
        const std::lock_guard held(still->mutex);
        std::vector<command_pointer> left = still->table->entries;
        std::erase_if(left, [&](const command_pointer& entry) { return entry->number == number; });
        still->publish(std::move(left));
    });
}

HAFT_LARGE command_outcome command_set::dispatch(std::string_view text, const dispatch_options& options) const {
    command_outcome out;
    const std::optional<command_line> line = read_command_line(text);
    if (!line) return out;
    out.is_command = true;
    table_pointer now;
    {
        const std::lock_guard guard(all_->mutex);
        if (all_->closed) {
            out.problem = error{errc::commands_closed, "the command was not run: the commands are shut down"};
            return out;
        }
        now = all_->table;
    }
    detail::dispatching one(*now, options, out);
    try {
        one.run(text, *line);
    } catch (...) { one.fail({errc::command_failed, detail::caught_text(), {}, 0, std::current_exception()}); }
    return out;
}

HAFT_LARGE result<std::string> command_set::help(std::string_view name) const {
    const table_pointer now = table();
    if (name.starts_with('/')) name.remove_prefix(1);
    if (const command_pointer one = now->find(name)) return detail::help_of(*now, *one);
    return detail::unknown_command(*now, name, {});
}

}  // namespace haft::inline v0

#endif  // HAFT_DEFINES_LARGE()

#endif  // HAFT_COMMAND_COMMAND_SET_HPP
