// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_LIBRARY_LIFE_HPP
#define HAFT_PLUGIN_LIBRARY_LIBRARY_LIFE_HPP

/// The steps of a plugin's life, for one that is a library: from its file to what it offers, and out again.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/crash_mark.hpp>
#include <haft/plugin/library/host_call.hpp>
#include <haft/plugin/library/library_note.hpp>
#include <haft/plugin/library/library_options.hpp>
#include <haft/plugin/library/library_parts.hpp>
#include <haft/plugin/library/library_session.hpp>
#include <haft/plugin/library/library_store.hpp>
#include <haft/plugin/library/library_tool.hpp>
#include <haft/plugin/library/open_library.hpp>
#include <haft/plugin/library/result_taker.hpp>
#include <haft/plugin/library/slow_watch.hpp>
#include <haft/plugin/library/threads_in.hpp>
#include <haft/plugin/library/written_offer.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/tool/log_level.hpp>
#include <haft/tool/toolset.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// One step at a time, as plugin_loader runs them.
class library_life {
public:
    /// `as` is the state of the file whose note was read.
    library_life(std::string plugin, std::filesystem::path given, std::string shown, library_note note,
                 const file_identity& as, library_options options)
        : plugin_(std::move(plugin)),
          given_(std::move(given)),
          who_(std::move(shown)),
          note_(std::move(note)),
          identity_(as),
          options_(std::move(options)) {}

    /// Loads it and sets it up. Of an error nothing is left, but that the library stays in memory.
    HAFT_COLD result<plugin_offer> setup(std::string_view config) {
        // Its file is looked at again, since somebody may have replaced it while configurations were read.
        result<open_library> file = library_opener(given_, options_.trust).open();
        if (!file) return std::move(file.error());
        if (file->identity != identity_)
            return error{errc::library_not_read,
                         concat({"library ", who_, " has changed since its note was read; load it again"})};
        const result<crash_mark> mark = crash_mark::put(options_.crash_marks, plugin_, *file);
        if (!mark) return mark.error();
        const slow_watch watch(options_.slow, [this] {
            options_.log.tell(
                log_level::warning, "plugins",
                error{errc::plugin_slow, concat({"plugin ", in_quotes(plugin_), " takes more than ",
                                                 decimal(static_cast<std::uint64_t>(options_.slow.count())),
                                                 " ms to be loaded and set up, and still does"})}
                    .text());
        });
        result<library_store::taken> taken =
            library_store::of_process().take(*file, note_, plugin_, who_, options_.reload);
        if (!taken) return std::move(taken.error());
        (*taken)->host.tells(options_.log);
        auto session = std::make_shared<library_session>(*taken, plugin_);
        const haft_plugin& table = session->table();
        result_taker said = taker();
        const std::string given(config);
        if (result<void> done =
                library_session::run([&] { return table.setup(table.state, across(given), said.get()); }, said);
            !done) {
            give_back(*session);
            return std::move(done.error());
        }
        result<plugin_offer> offer = describe(session);
        if (!offer) {
            session->close();
            if (table.teardown) run_quietly([&] { table.teardown(table.state); });
            give_back(*session);
            return offer;
        }
        session_ = std::move(session);
        return offer;
    }

    HAFT_COLD result<toolset> initialize(std::string_view config) {
        const haft_plugin& table = session_->table();
        if (!table.initialize) return toolset();
        result_taker said = taker();
        const std::string given(config);
        if (result<void> done =
                library_session::run([&] { return table.initialize(table.state, across(given), said.get()); }, said);
            !done)
            return std::move(done.error());
        if (said.given() != result_taker::form::json) return toolset();
        result<written_more_tools> more = read<written_more_tools>(said.value(), "what its initialize gave");
        if (!more) return std::move(more.error());
        return library_tools(session_, std::move(more->tools));
    }
    HAFT_COLD void shutdown() {
        if (session_->table().shutdown) session_->table().shutdown(session_->table().state);
    }

    /// Waits for the calls that still run, and tears it down. An error (E0463): they did not end in time; then it stays as it is.
    HAFT_COLD result<void> teardown() {
        const std::shared_ptr<library_session> session = std::exchange(session_, nullptr);
        session->close();
        if (!session->wait_until_empty(options_.unload_wait))
            return error{errc::library_in_use,
                         concat({decimal(session->inside()), session->inside() == 1 ? " call is" : " calls are",
                                 " still running in it after ",
                                 decimal(static_cast<std::uint64_t>(options_.unload_wait.count())),
                                 " ms; it stays in memory, and is not torn down"})};
        result<void> done;
        if (session->table().teardown) {
            try {
                session->table().teardown(session->table().state);
            } catch (...) {
                done =
                    error{errc::plugin_failed, concat({"it threw, and nothing may cross the border: ", caught_text()})};
            }
        }
        if (options_.unload == library_unload::keep || !done) return give_back(*session), done;
        return take_out_of_memory(*session);
    }

private:
    static constexpr std::size_t most_offer = std::size_t{64} << 20;

    static result_taker taker() { return result_taker(most_offer, 0); }
    template <class F>
    static void run_quietly(F function) noexcept {
        try {
            function();
        } catch (...) {}  // what led to it is told already
    }
    HAFT_COLD result<void> take_out_of_memory(const library_session& session) const {
        const auto end = std::chrono::steady_clock::now() + options_.unload_wait;
        for (;;) {
            const std::size_t threads = threads_in(session.loaded()->base()).count();
            if (threads == 0) break;
            if (std::chrono::steady_clock::now() < end) {
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
                continue;
            }
            give_back(session);
            return error{errc::library_in_use, concat({decimal(threads), threads == 1 ? " thread is" : " threads are",
                                                       " in the midst of its code, or may be; it stays in memory"})};
        }
        library_store::of_process().close(session.loaded());
        return {};
    }
    HAFT_COLD void give_back(const library_session& session) const {
        library_store::of_process().give_back(session.loaded());
    }

    /// JSON of the library's. Keys that nobody knows are let pass, and told.
    template <class T>
    result<T> read(std::string_view text, std::string_view what) const {
        std::vector<note> dropped;
        result<T> out = read_library_json<T>(text, true, errc::bad_plugin_offer, std::string(what), &dropped);
        for (const note& one : dropped)
            options_.log.tell(log_level::warning, "plugins",
                              concat({"plugin ", in_quotes(plugin_), ": ", what, ": ", one.text()}));
        return out;
    }

    HAFT_COLD result<plugin_offer> describe(const std::shared_ptr<library_session>& session) const {
        const haft_plugin& table = session->table();
        result_taker said = taker();
        if (result<void> done = library_session::run([&] { return table.describe(table.state, said.get()); }, said);
            !done) {
            done.error().message = concat({"it can't describe itself: ", done.error().message});
            return std::move(done.error());
        }
        if (said.given() != result_taker::form::json || said.too_large() != 0)
            return error{errc::bad_plugin_offer, said.too_large() != 0
                                                     ? concat({"its description has ", decimal(said.too_large()),
                                                               " bytes; at most ", decimal(most_offer), " are read"})
                                                     : "its describe gave no JSON"};
        result<written_offer> read_offer = read<written_offer>(said.value(), "its description");
        if (!read_offer) return std::move(read_offer.error());
        return offer_of(session, std::move(*read_offer));
    }

    HAFT_COLD result<plugin_offer> offer_of(const std::shared_ptr<library_session>& session,
                                            written_offer&& from) const {
        plugin_offer out;
        out.tools = library_tools(session, std::move(from.tools));
        for (offered_command& one : from.commands) {
            result<part> made = library_command_part(session, std::move(one));
            if (!made) return std::move(made.error());
            out.parts.push_back(std::move(*made));
        }
        for (offered_hook& one : from.hooks) out.parts.push_back(library_hook_part(session, std::move(one)));
        for (offered_enricher& one : from.enrichers)
            out.parts.push_back(library_enricher_part(session, std::move(one)));
        plugin_words words;
        words.instructions = mended_text(from.instructions);
        words.tools_md = mended_text(from.tools_md);
        words.soul_append = mended_text(from.soul_append);
        words.models = std::move(from.models);
        words.traits = std::move(from.traits);
        words.auto_approved = selector::parse(from.auto_approved);
        words.available_hint = mended(from.available_hint);
        if (from.asks_available || !from.available) words.available = asks(session, from.asks_available);
        words.priority = from.priority;
        words.enrichment_only = from.enrichment_only;
        out.words = std::move(words);
        for (const written_problem& one : from.warnings)
            options_.log.tell(log_level::warning, "plugins",
                              error{read_code(one.code, errc::plugin_failed),
                                    concat({"plugin ", in_quotes(plugin_), ": ", mended(one.message)})}
                                  .text());
        return out;
    }
    /// A text of several lines without what nobody sees.
    HAFT_COLD static std::string mended_text(std::string_view text) {
        return without_hidden(text, line_breaks::allowed, most_instructions_bytes);
    }
    HAFT_COLD static std::function<bool()> asks(const std::shared_ptr<library_session>& session, bool again) {
        if (!again) return [] { return false; };
        return [session] {
            result_taker said(16, 0);
            return session->call("available", "", "{}", host_call(nullptr), said) && said.value() == "true";
        };
    }

    const std::string plugin_;
    const std::filesystem::path given_;
    const std::string who_;
    const library_note note_;
    const file_identity identity_;
    const library_options options_;
    std::shared_ptr<library_session> session_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_LIBRARY_LIFE_HPP
