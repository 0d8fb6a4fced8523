// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_AUDIT_LOG_HPP
#define HAFT_RULES_AUDIT_LOG_HPP

/// What a model has asked for and what came of it, a JSON line for each call, for people who look into it later. [NX-13]

#include <haft/core/calendar.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/core/text_sink.hpp>
#include <haft/json/canonical.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/rules/recorder.hpp>
#include <haft/rules/redactor.hpp>
#include <haft/run/batch_result.hpp>
#include <haft/run/call_runner.hpp>
#include <haft/run/outcome.hpp>
#include <haft/run/running_call.hpp>
#include <haft/tool/tool_call.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

struct audit_options {
    redactor redact = {};               ///< for arguments and results; see there
    std::size_t most_text = 500;        ///< bytes of a result
    std::size_t most_arguments = 4000;  ///< bytes; longer ones stand there as a text that is cut
    std::function<std::chrono::system_clock::time_point()> now = [] { return std::chrono::system_clock::now(); };
};

/// Safe from any thread; the sink is called by one at a time.
class audit_log {
public:
    explicit audit_log(line_sink sink, audit_options options = {})
        : sink_(std::move(sink)), options_(std::move(options)) {}

    /// All calls of a batch, in their order: those that were made, refused and paused. Goes by place, since ids are the provider's, and
    /// two calls may have one.
    HAFT_COLD void add(const batch_result& batch) {
        std::size_t answer = 0, paused = 0;
        for (const tool_call& call : batch.calls) {
            if (paused < batch.paused.size() && batch.paused[paused].call == call) {
                write(call, "paused", nullptr, batch.paused[paused++].reason);
            } else if (answer < batch.answers.size()) {
                const bool knows = answer < batch.problems.size() && batch.problems[answer];
                add(call, batch.answers[answer], knows ? &*batch.problems[answer] : nullptr);
                ++answer;
            }
        }
    }
    /// One call; `why` it failed, where that is known.
    HAFT_COLD void add(const tool_call& call, const tool_answer& answer, const error* why = nullptr) {
        const std::string text = answer.in_words();
        write(call, answer.is_error ? "error" : "ok", why,
              answer.is_json && !answer.is_error ? redact_json(options_.redact, text) : text);
    }
    /// A call is run with these arguments, which are not those that the model wrote (see follow_arguments): the line of the call, which
    /// comes later, shows both. Of calls that no line is asked for the last 1000 are remembered.
    HAFT_COLD void runs_with(const tool_call& call, std::string arguments) {
        const std::lock_guard guard(mutex_);
        changed_.emplace_back(call, std::move(arguments));
        if (changed_.size() > 1000) changed_.pop_front();
    }

private:
    HAFT_COLD void write(const tool_call& call, std::string_view outcome, const error* why, std::string_view text) {
        std::string line = "{\"at\":";
        append_all(line, {json::string_text(time_now()), ",\"id\":", json::string_text(call.id),
                          ",\"tool\":", json::string_text(call.name), ",\"arguments\":"});
        if (const std::optional<std::string> run = taken_arguments(call))
            append_all(line, {clean(*run), ",\"asked\":", clean(call.arguments)});
        else line += clean(call.arguments);
        append_all(line, {",\"outcome\":\"", outcome, "\""});
        if (why) append_all(line, {",\"code\":\"", code_text(why->code), "\""});
        append_all(
            line,
            {",\"text\":", json::string_text(error_text_for_model(text, options_.redact, options_.most_text)), "}\n"});
        const std::lock_guard guard(mutex_);
        sink_(line);
    }
    /// As JSON, where that is what it still is without secrets.
    HAFT_COLD std::string clean(const std::string& arguments) const {
        const result<std::string> canonical = json::canonical(arguments.empty() ? "{}" : arguments);
        std::string clean = redact_json(options_.redact, canonical ? *canonical : arguments);
        if (clean.size() > options_.most_arguments)
            clean = concat({cut_utf8(clean, options_.most_arguments), "\xE2\x80\xA6"});
        return json::is_json(clean) ? clean : json::string_text(clean);
    }
    HAFT_COLD std::optional<std::string> taken_arguments(const tool_call& call) {
        const std::lock_guard guard(mutex_);
        for (auto at = changed_.begin(); at != changed_.end(); ++at)
            if (at->first == call) {
                std::optional<std::string> out(std::move(at->second));
                changed_.erase(at);
                return out;
            }
        return std::nullopt;
    }
    HAFT_COLD std::string time_now() const {
        const auto since = options_.now().time_since_epoch();
        const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(since);
        const auto seconds = std::chrono::floor<std::chrono::seconds>(milliseconds);
        char text[64];
        text_sink to{text};
        const split_seconds when{seconds.count(),
                                 static_cast<std::int32_t>((milliseconds - seconds).count()) * 1'000'000};
        return put_date_time(to, when) ? std::string(text, to.size) : std::string();
    }

    const line_sink sink_;
    const audit_options options_;
    std::mutex mutex_;
    std::deque<std::pair<tool_call, std::string>> changed_;
};

/// Lets the log know with which arguments the calls of a runner are run, where hooks, gates or people have put others in place of the
/// model's.
inline void follow_arguments(call_runner& runner, std::shared_ptr<audit_log> log) {
    runner.after([log = std::move(log)](const running_call& call, const call_outcome&) {
        const std::string_view asked = call.call.arguments;
        if (call.arguments != (asked.empty() ? std::string_view("{}") : asked))
            log->runs_with(call.call, call.arguments);
    });
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_AUDIT_LOG_HPP
