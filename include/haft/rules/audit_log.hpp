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
#include <haft/tool/tool_call.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
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

    /// All calls of a batch, in their order: those that were made, refused and paused.
    HAFT_COLD void add(const batch_result& batch) {
        for (const tool_call& call : batch.calls) {
            bool told = false;
            for (std::size_t i = 0; i < batch.answers.size() && !told; ++i)
                if (batch.answers[i].id == call.id) {
                    const bool knows = i < batch.problems.size() && batch.problems[i];
                    add(call, batch.answers[i], knows ? &*batch.problems[i] : nullptr), told = true;
                }
            for (std::size_t i = 0; i < batch.paused.size() && !told; ++i)
                if (batch.paused[i].call.id == call.id)
                    write(call, "paused", nullptr, batch.paused[i].reason), told = true;
        }
    }
    /// One call; `why` it failed, where that is known.
    HAFT_COLD void add(const tool_call& call, const tool_answer& answer, const error* why = nullptr) {
        write(call, answer.is_error ? "error" : "ok", why, answer.in_words());
    }

private:
    HAFT_COLD void write(const tool_call& call, std::string_view outcome, const error* why, std::string_view text) {
        std::string line = "{\"at\":";
        append_all(line, {json::string_text(time_now()), ",\"id\":", json::string_text(call.id),
                          ",\"tool\":", json::string_text(call.name), ",\"arguments\":", arguments_of(call),
                          ",\"outcome\":\"", outcome, "\""});
        if (why) append_all(line, {",\"code\":\"", code_text(why->code), "\""});
        append_all(
            line,
            {",\"text\":", json::string_text(error_text_for_model(text, options_.redact, options_.most_text)), "}\n"});
        const std::lock_guard guard(mutex_);
        sink_(line);
    }
    /// As JSON, where that is what it still is without secrets.
    HAFT_COLD std::string arguments_of(const tool_call& call) const {
        const result<std::string> canonical = json::canonical(call.arguments.empty() ? "{}" : call.arguments);
        std::string clean = options_.redact(canonical ? *canonical : call.arguments);
        if (clean.size() > options_.most_arguments)
            clean = concat({cut_utf8(clean, options_.most_arguments), "\xE2\x80\xA6"});
        return json::is_json(clean) ? clean : json::string_text(clean);
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
};

}  // namespace haft::inline v0

#endif  // HAFT_RULES_AUDIT_LOG_HPP
