// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_GLUE_CROSSING_CALL_HPP
#define HAFT_PLUGIN_GLUE_CROSSING_CALL_HPP

/// One call that comes over the border, as haft's own tools and commands know calls.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/abi_draft.h>
#include <haft/plugin/glue/json_object.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/call_listener.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/log_level.hpp>
#include <haft/tool/result_writer.hpp>

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::detail::glue {

inline std::string_view view_of(const haft_text& text) noexcept {
    return text.size ? std::string_view(text.data, text.size) : std::string_view();
}
inline haft_text text_of(std::string_view text) noexcept { return {text.data(), text.size()}; }

HAFT_COLD inline void give_error(haft_result& to, const error& e) {
    if (HAFT_HAS(&to, fail_json) && to.fail_json) to.fail_json(&to, text_of(error_json(e)));
    else to.fail(&to, text_of(e.text()));
}

/// Gives what a tool has written. True unless that is an error.
HAFT_COLD inline bool give_result(haft_result& to, const std::string& text, result_writer& written) {
    if (written.failed()) return give_error(to, written.error()), false;
    if (written.form() == result_form::text) to.text(&to, text_of(text));
    else if (written.form() == result_form::json) to.json(&to, text_of(text));
    for (const content_block& block : written.attachments()) {
        std::string one;
        append_block(one, block);
        to.block(&to, text_of(one));
    }
    return true;
}

/// Lives as long as the call: the options look at it.
class crossing_call final : public call_listener {
public:
    HAFT_COLD crossing_call(const haft_call& from, const haft_draft_call* more) : from_(from), more_(more) {
        options.call_id = view_of(from.id);
        options.stop = stop_token(*this);
        options.listener = this;
        options.notes = &notes_;
        if (more_ && HAFT_HAS(more_, options) && more_->options) read_options(view_of(more_->options(&from_)));
    }
    crossing_call(const crossing_call&) = delete;
    crossing_call& operator=(const crossing_call&) = delete;

    call_options options;

    std::string_view arguments() const noexcept {
        return from_.arguments.size ? view_of(from_.arguments) : std::string_view("{}");
    }
    bool stop_requested() const noexcept { return from_.stop_requested && from_.stop_requested(&from_) != 0; }
    void on_progress(const progress& p) override {
        if (from_.progress) from_.progress(&from_, p.done, p.total, text_of(p.message));
    }
    void on_log(log_level level, std::string_view message) override {
        if (from_.log) from_.log(&from_, static_cast<int>(level), text_of(message));
    }
    /// Asks the person who gave a command; nobody's answer is a no.
    bool confirm(std::string_view question) const {
        return more_ && HAFT_HAS(more_, confirm) && more_->confirm && more_->confirm(&from_, text_of(question)) != 0;
    }
    /// Hands on what was converted. To be called once, afterwards.
    HAFT_COLD void tell_notes() const {
        if (!more_ || !HAFT_HAS(more_, note) || !more_->note) return;
        for (const note& one : notes_) more_->note(&from_, text_of(one.pointer), text_of(one.message));
    }

private:
    HAFT_COLD void read_options(std::string_view json) {
        for (const json::member_piece& p : json::members_of(json)) {
            const auto flag = [&](std::string_view name, auto set) {
                if (p.name == name && (p.value == "true" || p.value == "false")) set(p.value == "true");
            };
            const auto number = [&](std::string_view name, auto& to) {
                if (p.name == name) std::from_chars(p.value.data(), p.value.data() + p.value.size(), to);
            };
            flag("lenient", [&](bool is) { options.mode = is ? read_mode::lenient : read_mode::strict; });
            flag("unwrap", [&](bool is) { options.unwrap = is; });
            flag("show_exceptions", [&](bool is) { options.show_exceptions = is; });
            number("max_result_bytes", options.max_result_bytes);
            number("max_attachment_bytes", options.max_attachment_bytes);
            number("max_depth", options.limits.max_depth);
            number("max_bytes", options.limits.max_bytes);
            number("max_string_bytes", options.limits.max_string_bytes);
            number("max_items", options.limits.max_items);
        }
    }

    const haft_call& from_;
    const haft_draft_call* const more_;
    std::vector<note> notes_;
};

}  // namespace haft::inline v0::detail::glue

#endif  // HAFT_PLUGIN_GLUE_CROSSING_CALL_HPP
