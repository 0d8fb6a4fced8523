// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_GLUE_EXPORTED_PLUGIN_HPP
#define HAFT_PLUGIN_GLUE_EXPORTED_PLUGIN_HPP

/// A plugin within its shared library, from its setup to its teardown: what the functions of the border do, in haft's own types.

#include <haft/command/command_context.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/known_names.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/plugin/check_plugin_config.hpp>
#include <haft/plugin/glue/crossing_call.hpp>
#include <haft/plugin/glue/describe.hpp>
#include <haft/plugin/glue/json_object.hpp>
#include <haft/plugin/glue/offered_things.hpp>
#include <haft/plugin/glue/offered_tools.hpp>
#include <haft/plugin/glue/points_in_words.hpp>
#include <haft/plugin/owner_of_plugin.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/registry/make_offer.hpp>
#include <haft/registry/owner.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/toolbox/toolbox.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail::glue {

class exported_plugin {
public:
    /// Makes nothing run yet.
    HAFT_COLD exported_plugin(plugin made, const haft_host& host) : plugin_(std::make_shared<const plugin>(std::move(made))), host_(host) {
        if (HAFT_HAS(&host_, extension) && host_.extension)
            more_of_calls_ = static_cast<const haft_draft_call*>(host_.extension(&host_, text_of(HAFT_DRAFT_CALL_NAME)));
    }
    exported_plugin(const exported_plugin&) = delete;
    exported_plugin& operator=(const exported_plugin&) = delete;

    /// `init`, `setup`, and all that is known then. All or nothing.
    HAFT_COLD result<void> set_up(std::string_view config, std::span<const point_in_words> points) {
        const plugin& p = *plugin_;
        // What it requires the host has seen to, or knows that it is not there.
        std::vector<error> told_before;
        if (result<void> fits = check_plugin_config(p, config, true, told_before); !fits) return fits;
        if (result<void> done = p.init(config); !done) {
            error& why = done.error();
            why.message = concat({"plugin ", in_quotes(p.name), ": its init failed: ", why.message});
            warnings_.push_back(std::move(why));
        }
        result<plugin_offer> offered = p.setup(config);
        if (!offered) return std::move(offered.error());
        result<void> taken = take_in(std::move(*offered), points);
        if (!taken) take_down();
        return taken;
    }
    HAFT_COLD void take_down() {
        if (const result<void> done = plugin_->teardown(std::string_view()); !done) log_failure("its teardown", done.error());
    }

    HAFT_COLD std::string describe() const {
        std::string out;
        json_object o(out);
        describe_tools(o, at_rest_);
        o.objects("commands", things_.commands, [](json_object& one, const offered_command& c) {
            glue::describe(one, c.entry->what, c.called, static_cast<bool>(c.entry->completer));
        });
        o.objects("hooks", things_.hooks, [](json_object& one, const offered_hook& h) {
            glue::describe(one, h.options, h.point, h.called, h.optional);
        });
        o.objects("enrichers", things_.enrichers,
                  [](json_object& one, const offered_enricher& e) { glue::describe(one, *e.what, e.called); });
        const plugin& p = *plugin_;
        o.text("instructions", p.instructions);
        o.text("tools_md", p.tools_md);
        o.text("soul_append", p.soul_append);
        o.raw("config_schema", p.config_schema);
        o.texts("models", p.models);
        o.texts("traits", p.traits);
        o.text("auto_approved", p.auto_approved.text());
        if (p.available) {
            o.flag("available", p.available(), true);
            o.flag("asks_available", true);
        }
        o.text("available_hint", p.available_hint);
        o.number("priority", p.priority);
        o.flag("enrichment_only", p.enrichment_only);
        o.objects("warnings", warnings_, [](json_object& one, const error& e) { write_error(one, e); });
        o.end();
        return out;
    }

    /// Gives what is there only now, as an object with `tools`.
    HAFT_COLD result<std::string> initialize(std::string_view config) {
        call_names names;
        for (const offered_tool_table::row& one : at_rest_.rows) names.make(one.called);
        auto now = std::make_shared<offered_tool_table>();
        if (owner_.initialize) {
            result<toolset> more = owner_.initialize(config);
            if (!more) return std::move(more.error());
            now->add(*more, names);
        }
        const auto failed = [&](const toolbox_class& of, const error& why) {
            shut_down();
            return error{why.code, concat({"its toolbox ", in_quotes(of.name), ": ", why.message}), why.faults,
                         why.more_faults};
        };
        for (const toolbox_class& c : owner_.toolboxes) {
            result<toolbox> box = c.make(config_of(owner_, config_for_registry(config), c.name));
            if (!box) return failed(c, box.error());
            const result<toolset> tools = box->tools();
            if (!tools) return failed(c, tools.error());
            now->boxes.push_back(std::move(*box));
            now->add(*tools, names);
        }
        if (result<void> fine = now->finish(plugin_->name); !fine) {
            shut_down();
            return std::move(fine.error());
        }
        std::string out;
        json_object o(out);
        describe_tools(o, *now);
        o.end();
        const std::lock_guard guard(mutex_);
        exposed_ = std::move(now);
        return out;
    }
    HAFT_COLD void shut_down() {
        try {
            if (owner_.shutdown) owner_.shutdown();
        } catch (...) { log_failure("its shutdown", {errc::plugin_failed, caught_text()}); }
        std::shared_ptr<const offered_tool_table> gone;  // when nothing is locked
        const std::lock_guard guard(mutex_);
        gone = std::exchange(exposed_, nullptr);
    }

    /// Any thread. False where there was no result, and `to` has been told why.
    bool call(const haft_call& from, haft_result& to) {
        const std::string_view kind = view_of(from.kind);
        if (kind == "tool") return call_tool(from, to);
        return call_another(kind, from, to);
    }

private:
    HAFT_COLD result<void> take_in(plugin_offer offered, std::span<const point_in_words> points) {
        owner_ = owner_of(plugin_, std::move(offered), true);
        call_names names;
        at_rest_.add(owner_.tools, names);
        for (const error& e : owner_.tools.refusals()) warnings_.push_back(e);
        for (const toolbox& box : owner_.instances) {
            const result<toolset> tools = box.tools();
            if (!tools) return error(tools.error());
            for (const error& e : tools->refusals()) warnings_.push_back(e);
            at_rest_.add(*tools, names);
        }
        if (result<void> fine = at_rest_.finish(plugin_->name); !fine) return fine;
        return things_.take(owner_.parts, plugin_->name, points);
    }

    HAFT_COLD static void describe_tools(json_object& o, const offered_tool_table& table) {
        o.objects("tools", table.rows, [](json_object& one, const offered_tool_table::row& r) {
            glue::describe(one, r.what, r.called);
        });
    }

    /// `exposed` keeps the tool.
    const tool* find_tool(std::string_view called, std::shared_ptr<const offered_tool_table>& exposed) {
        if (const tool* const found = at_rest_.find(called)) return found;
        {
            const std::lock_guard guard(mutex_);
            exposed = exposed_;
        }
        return exposed ? exposed->find(called) : nullptr;
    }

    bool call_tool(const haft_call& from, haft_result& to) {
        std::shared_ptr<const offered_tool_table> exposed;
        const tool* const wanted = find_tool(view_of(from.name), exposed);
        if (!wanted) return unknown_tool(from, to, exposed.get());
        crossing_call here(from, more_of_calls_);
        std::string text;
        call_context context(wanted->name, here.options);
        result_writer writer(text, string_results::as_text, here.options);
        wanted->run(here.arguments(), context, writer);
        here.tell_notes();
        return give_result(to, text, writer);
    }

    HAFT_COLD bool call_another(std::string_view kind, const haft_call& from, haft_result& to) {
        if (kind == "check") return check(from, to);
        if (kind == "hook") return call_hook(from, to);
        if (kind == "command") return run_command(from, to);
        if (kind == "complete") return complete(from, to);
        if (kind == "enricher") return enrich(from, to);
        if (kind == "available") return tell_available(from, to);
        known_names known(kind);
        for (const std::string_view one : {"tool", "check", "hook", "command", "complete", "enricher", "available"})
            known.add(one);
        error e{errc::bad_library_call, concat({"plugin ", in_quotes(plugin_->name), " knows no calls of the kind ", in_quotes(kind)})};
        known.append_to(e.message);
        give_error(to, e);
        return false;
    }

    template <class Each>
    HAFT_COLD bool unknown(std::string_view what, const haft_call& from, haft_result& to, Each each) {
        known_names known(view_of(from.name));
        each([&](std::string_view name) { known.add(name); });
        error e{errc::bad_library_call,
                concat({"plugin ", in_quotes(plugin_->name), " has no ", what, " ", in_quotes(view_of(from.name))})};
        known.append_to(e.message);
        give_error(to, e);
        return false;
    }
    HAFT_COLD bool unknown_tool(const haft_call& from, haft_result& to, const offered_tool_table* exposed) {
        return unknown("tool", from, to, [&](auto tell) {
            for (const offered_tool_table* const table : {static_cast<const offered_tool_table*>(&at_rest_), exposed})
                if (table)
                    for (const auto& one : table->rows) tell(one.called);
        });
    }
    template <class List>
    HAFT_COLD bool unknown_among(const List& all, std::string_view what, const haft_call& from, haft_result& to) {
        return unknown(what, from, to, [&](auto tell) {
            for (const auto& one : all) tell(one.called);
        });
    }
    template <class List>
    static auto find(const List& all, std::string_view called) -> decltype(all.data()) {
        for (const auto& one : all)
            if (one.called == called) return &one;
        return nullptr;
    }

    HAFT_COLD bool check(const haft_call& from, haft_result& to) {
        std::shared_ptr<const offered_tool_table> exposed;
        const tool* const wanted = find_tool(view_of(from.name), exposed);
        if (!wanted) return unknown_tool(from, to, exposed.get());
        crossing_call here(from, more_of_calls_);
        std::string text;
        call_context context(wanted->name, here.options);
        result_writer writer(text, string_results::as_text, here.options);
        if (wanted->accepts(here.arguments(), context, writer)) return true;
        here.tell_notes();
        give_error(to, writer.error());
        return false;
    }

    HAFT_COLD bool call_hook(const haft_call& from, haft_result& to) {
        const offered_hook* const wanted = find(things_.hooks, view_of(from.name));
        if (!wanted) return unknown_among(things_.hooks, "hook", from, to);
        const crossing_call here(from, more_of_calls_);
        const result<std::string> said = wanted->call(here.arguments(), here.options.stop);
        if (!said) return give_error(to, said.error()), false;
        if (!said->empty()) to.json(&to, text_of(*said));
        return true;
    }

    HAFT_COLD bool run_command(const haft_call& from, haft_result& to) {
        const offered_command* const wanted = find(things_.commands, view_of(from.name));
        if (!wanted) return unknown_among(things_.commands, "command", from, to);
        const crossing_call here(from, more_of_calls_);
        const auto given = json::members_of(here.arguments());
        const std::string line = json::string_of(json::value_of(given, "line"));
        std::string_view arguments = json::value_of(given, "arguments");
        if (arguments.empty()) arguments = "{}";
        const confirm_function confirm = [&](std::string_view question) { return here.confirm(question); };
        const command& c = wanted->entry->what;
        command_context context(c.name, line, here.options, confirm);
        context.share_with_model = c.share_with_model;
        std::string text;
        result_writer writer(text, string_results::as_text, here.options);
        c.execute(c.self, arguments, context, writer);
        std::string said;
        json_object o(said);
        o.objects("messages", context.take_said(), [](json_object& one, const message& m) {
            std::string role;
            write_text(role, m.role);
            one.raw("role", role);
            one.any_text("text", m.text);
            std::string blocks;
            if (!m.attachments.empty()) append_blocks(blocks, m.attachments);
            one.raw("attachments", blocks);
        });
        o.flag("share_with_model", context.share_with_model, c.share_with_model);
        o.end();
        if (said != "{}") to.json(&to, text_of(said));
        if (!writer.failed()) return true;
        give_error(to, writer.error());  // beside what it said before
        return false;
    }

    HAFT_COLD bool complete(const haft_call& from, haft_result& to) {
        const offered_command* const wanted = find(things_.commands, view_of(from.name));
        if (!wanted) return unknown_among(things_.commands, "command", from, to);
        const crossing_call here(from, more_of_calls_);
        const auto given = json::members_of(here.arguments());
        const std::string parameter = json::string_of(json::value_of(given, "parameter"));
        const std::string partial = json::string_of(json::value_of(given, "partial"));
        std::vector<std::string> previous;
        for (const std::string_view one : json::items_of(json::value_of(given, "previous")))
            previous.push_back(json::string_of(one));
        std::vector<completion> proposals;
        const command_completer* chosen = nullptr;
        for (const command_completer& one : wanted->entry->what.completers)
            if (one.parameter == parameter || (one.parameter.empty() && !chosen)) chosen = &one;
        if (chosen && chosen->complete) proposals = chosen->complete(partial, previous);
        else if (wanted->entry->completer) proposals = wanted->entry->completer(partial, previous);
        std::string out = "[";
        for (const completion& one : proposals) {
            if (&one != proposals.data()) out += ',';
            json_object o(out);
            o.any_text("value", one.value);
            o.text("description", one.description);
            o.end();
        }
        to.json(&to, text_of(out + "]"));
        return true;
    }

    HAFT_COLD bool enrich(const haft_call& from, haft_result& to) {
        const offered_enricher* const wanted = find(things_.enrichers, view_of(from.name));
        if (!wanted) return unknown_among(things_.enrichers, "enricher", from, to);
        const crossing_call here(from, more_of_calls_);
        const auto given = json::members_of(here.arguments());
        const auto said = [&](std::string_view key) { return json::string_of(json::value_of(given, key)); };
        const enricher& e = *wanted->what;
        const std::string pipeline = said("pipeline"), text = said("text");
        result<enrichment> made = error{errc::bad_library_call, concat({"the enricher ", in_quotes(e.name),
                                                                        " takes no part in the pipeline ", in_quotes(pipeline)})};
        if (pipeline == "prompt" && e.prompt) made = e.prompt(text);
        else if (pipeline == "system_instructions" && e.system_instructions) made = e.system_instructions(text);
        else if (pipeline == "tool_result" && e.tool_result) made = e.tool_result(said("tool"), text, said("arguments"));
        if (!made) return give_error(to, made.error()), false;
        std::string out;
        json_object o(out);
        o.any_text("text", made->text);
        if (json::is_json(made->metadata_json)) o.raw("metadata", made->metadata_json);
        else o.text("metadata", made->metadata_json);  // for the host to refuse
        o.text("message", made->message);
        o.end();
        to.json(&to, text_of(out));
        return true;
    }

    HAFT_COLD bool tell_available(const haft_call& from, haft_result& to) {
        bool there = true;
        if (from.name.size) {
            std::shared_ptr<const offered_tool_table> exposed;
            const tool* const wanted = find_tool(view_of(from.name), exposed);
            if (!wanted) return unknown_tool(from, to, exposed.get());
            there = !wanted->available || !wanted->available->missing();
        } else if (plugin_->available) {
            there = plugin_->available();
        }
        to.json(&to, text_of(there ? "true" : "false"));
        return true;
    }

    HAFT_COLD void log_failure(std::string_view step, const error& why) {
        if (host_.log)
            host_.log(&host_, HAFT_LOG_ERROR,
                      text_of(concat({"plugin ", in_quotes(plugin_->name), ": ", step, " failed: ", why.text()})));
    }

    const std::shared_ptr<const plugin> plugin_;
    const haft_host& host_;
    const haft_draft_call* more_of_calls_ = nullptr;
    owner owner_;
    std::vector<error> warnings_;
    offered_tool_table at_rest_;  // what is there from its setup on
    offered_things things_;
    std::mutex mutex_;
    std::shared_ptr<const offered_tool_table> exposed_;  // what has come with its exposure
};

}  // namespace haft::inline v0::detail::glue

#endif  // HAFT_PLUGIN_GLUE_EXPORTED_PLUGIN_HPP
