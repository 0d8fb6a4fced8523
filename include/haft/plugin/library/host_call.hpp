// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_HOST_CALL_HPP
#define HAFT_PLUGIN_LIBRARY_HOST_CALL_HPP

/// One call of a library, with what it may ask and tell meanwhile: the functions of haft_call, and those of the extension "draft.call".

#include <haft/command/command_context.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/abi_draft.h>
#include <haft/plugin/library/across.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/call_options.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0::detail {

/// Lives on the caller's stack. Whatever a library tells is mended, and what the host's listeners throw stays here.
class host_call {
public:
    /// Null: a call of nobody's, such as a hook's. `asks` is who is asked, of a command.
    explicit host_call(const call_context* context, const command_context* asks = nullptr) noexcept
        : context_(context), asks_(asks) {}
    host_call(const host_call&) = delete;
    host_call& operator=(const host_call&) = delete;

    haft_call table(std::string_view kind, std::string_view name, std::string_view arguments) const noexcept {
        return {sizeof(haft_call), this,         across(kind),
                across(name),      across(arguments), across(context_ ? context_->call_id() : std::string_view()),
                &stop_requested,   &progress,    &log};
    }
    /// What the host gives as "draft.call".
    static const haft_draft_call* draft() noexcept {
        static constexpr haft_draft_call out{sizeof(haft_draft_call), &options, &note, &confirm};
        return &out;
    }

private:
    static const host_call& of(const haft_call* call) noexcept { return *static_cast<const host_call*>(call->host); }

    static int stop_requested(const haft_call* call) noexcept {
        const call_context* const context = of(call).context_;
        return context && context->stop_requested() ? 1 : 0;
    }
    static void progress(const haft_call* call, double done, double total, haft_text message) noexcept {
        try {
            if (const call_context* const context = of(call).context_)
                context->progress(done, total, mended(view_of(message)));
        } catch (...) {}  // who listens must not make the plugin fail
    }
    static void log(const haft_call* call, int level, haft_text message) noexcept {
        try {
            if (const call_context* const context = of(call).context_)
                context->log(level_of(level), mended(view_of(message)));
        } catch (...) {}
    }

    HAFT_COLD static haft_text options(const haft_call* call) noexcept {
        try {
            const host_call& own = of(call);
            if (own.context_ && own.options_.empty()) own.options_ = words_of(own.context_->options);
            return across(own.options_);
        } catch (...) { return across({}); }  // no memory: as usual
    }
    HAFT_COLD static void note(const haft_call* call, haft_text pointer, haft_text message) noexcept {
        try {
            if (const call_context* const context = of(call).context_; context && context->options.notes)
                context->options.notes->push_back({mended(view_of(pointer)), mended(view_of(message))});
        } catch (...) {}
    }
    HAFT_COLD static int confirm(const haft_call* call, haft_text question) noexcept {
        try {
            const command_context* const asks = of(call).asks_;
            return asks && asks->confirm(mended(view_of(question))) ? 1 : 0;
        } catch (...) { return 0; }  // what nobody agreed to is not done
    }

    /// What is not as usual. That arguments may be wrapped in a string is not said: the host has unwrapped them.
    HAFT_COLD static std::string words_of(const call_options& how) {
        const call_options usual;
        std::string out;
        const auto add = [&](std::string_view key, std::string_view value) {
            append_all(out, {out.empty() ? "{\"" : ",\"", key, "\":", value});
        };
        const auto number = [&](std::string_view key, std::size_t now, std::size_t as_usual) {
            if (now != as_usual) add(key, decimal(now));
        };
        if (how.mode == read_mode::lenient) add("lenient", "true");
        if (!how.show_exceptions) add("show_exceptions", "false");
        number("max_result_bytes", how.max_result_bytes, usual.max_result_bytes);
        number("max_attachment_bytes", how.max_attachment_bytes, usual.max_attachment_bytes);
        number("max_depth", how.limits.max_depth, usual.limits.max_depth);
        number("max_bytes", how.limits.max_bytes, usual.limits.max_bytes);
        number("max_string_bytes", how.limits.max_string_bytes, usual.limits.max_string_bytes);
        number("max_items", how.limits.max_items, usual.limits.max_items);
        if (!out.empty()) out += '}';
        return out;
    }

    const call_context* const context_;
    const command_context* const asks_;
    mutable std::string options_;  // made when the library asks for them
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_HOST_CALL_HPP
