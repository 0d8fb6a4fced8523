// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_APPROVAL_CHAIN_HPP
#define HAFT_RULES_APPROVAL_CHAIN_HPP

/// Several who may answer for a call, one after the other: the first answer counts. [EX-11, gptme's tool.confirm]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/rules/permission.hpp>
#include <haft/rules/policy.hpp>
#include <haft/tool/approver.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/tool.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// An answer for a call.
struct confirmation {
    enum class kind : unsigned char { confirm, skip, edit };
    kind what = kind::confirm;
    std::string text = {};  ///< of skip what the model is told, of edit the arguments

    static confirmation confirm() { return {}; }
    static confirmation skip(std::string message = "Operation skipped") { return {kind::skip, std::move(message)}; }
    static confirmation edit(std::string arguments) { return {kind::edit, std::move(arguments)}; }
    confirmation() = default;
    confirmation(kind of, std::string its_text) : what(of), text(std::move(its_text)) {}
    /// Yes, or no.
    template <std::same_as<bool> Bool>
    confirmation(Bool yes) : confirmation(yes ? confirm() : skip()) {}  // NOLINT: implicit, as a bool is an answer

    bool operator==(const confirmation&) const = default;
};

/// Answers, or passes the question on with nothing.
using answerer = std::function<std::optional<confirmation>(const tool& wanted, std::string_view arguments)>;

struct approval_chain_options {
    /// With nobody's answer a tool that says nothing of its effect runs, too. Tools that are destructive or want approval never do.
    bool trusts_unspecified = false;
};

/// Who is asked, by priority, higher ones first; equal ones in the order in which they came. Safe from any thread; answerers are
/// called with nothing locked, and one that is taken out may still be asked by a call that goes on just then.
///
/// Automatic yeses stand at priority 0: who comes before them can still say no, who comes after them (a person) is not asked.
class approval_chain final : public approver {
public:
    explicit approval_chain(approval_chain_options options = {}) : options_(options) {}
    approval_chain(const approval_chain&) = delete;
    approval_chain& operator=(const approval_chain&) = delete;

    /// Who gives a bool, a confirmation or an std::optional of either (nothing: passed on). The handle may outlive the chain.
    template <class F>
        requires std::invocable<F&, const tool&, std::string_view>
    enlistment add(int priority, F answers) {
        using given = std::invoke_result_t<F&, const tool&, std::string_view>;
        if constexpr (std::same_as<given, std::optional<bool>>)
            return insert(priority, [answers = std::move(answers)](const tool& t, std::string_view arguments) mutable {
                const std::optional<bool> said = answers(t, arguments);
                return said ? std::optional<confirmation>(confirmation(*said)) : std::nullopt;
            });
        else
            return insert(priority,
                          [answers = std::move(answers)](const tool& t, std::string_view arguments) mutable
                              -> std::optional<confirmation> { return answers(t, arguments); });
    }

    /// The next `times` calls in a context that nobody before priority 0 answers are confirmed without asking anybody behind it.
    /// A context is whatever the host tells apart: a conversation, a window.
    HAFT_COLD void auto_confirm(std::string_view context, std::size_t times) {
        const std::lock_guard guard(all_->mutex);
        all_->automatic[std::string(context)] = {times, false};
    }
    /// The same for ever.
    HAFT_COLD void auto_confirm_always(std::string_view context) {
        const std::lock_guard guard(all_->mutex);
        all_->automatic[std::string(context)] = {0, true};
    }
    HAFT_COLD void stop_auto_confirm(std::string_view context) {
        const std::lock_guard guard(all_->mutex);
        all_->automatic.erase(std::string(context));
    }

    /// The first answer. One who throws skips the call. Where nobody answers it is confirmed, unless the tool is destructive or
    /// wants approval, or may be (see options).
    HAFT_COLD confirmation answer(const tool& wanted, std::string_view arguments, std::string_view context = {}) const {
        return answered(wanted, arguments, context, false);
    }

    /// The same for who makes the call. Edited arguments are held against the tool, and refused if it does not take them.
    /// [fault 149]
    HAFT_COLD permission judge(const tool& wanted, std::string_view arguments, const call_options& options = {},
                               std::string_view context = {}) const {
        confirmation said = answer(wanted, arguments, context);
        if (said.what == confirmation::kind::skip)
            return permission::refuse({errc::call_skipped, detail::mended(said.text)});
        permission out;
        if (said.what == confirmation::kind::confirm) return out;
        if (result<void> fits = takes_arguments(wanted, said.text, options); !fits)
            return permission::refuse(fits.error());
        out.arguments = std::move(said.text);
        return out;
    }

    /// As an approver, which can't hand arguments on: an edit is a no.
    approval ask(const tool& wanted, std::string_view arguments) override {
        return without_edits(answer(wanted, arguments));
    }
    /// Somebody has to answer: neither an automatic yes nor nobody's counts. Who answers is told why by the tool's description.
    approval demand(const tool& wanted, std::string_view arguments, std::string_view) override {
        return without_edits(answered(wanted, arguments, {}, true));
    }

private:
    HAFT_COLD static approval without_edits(confirmation&& said) {
        if (said.what == confirmation::kind::confirm) return {true, {}};
        if (said.what == confirmation::kind::skip) return {false, std::move(said.text)};
        return {false, "its arguments were edited, and can't be changed any more; make the call with " + said.text};
    }

    HAFT_COLD confirmation answered(const tool& wanted, std::string_view arguments, std::string_view context,
                                    bool demanded) const {
        bool asked_automatic = demanded;
        for (const std::shared_ptr<const entry>& one : entries()) {
            if (one->priority <= 0 && !std::exchange(asked_automatic, true) && took_automatic(context)) return {};
            try {
                if (std::optional<confirmation> said = one->answers(wanted, arguments)) return std::move(*said);
            } catch (...) {
                return confirmation::skip(
                    concat({"Operation skipped: asking for confirmation failed: ", detail::caught_text()}));
            }
        }
        if (!asked_automatic && took_automatic(context)) return {};
        if (!demanded && !wants_explicit_yes(wanted, options_.trusts_unspecified)) return {};
        return confirmation::skip(
            "Operation skipped: it may change or delete something, and there is nobody to confirm it");
    }
    struct entry {
        int priority;
        answerer answers;
    };
    struct automatic_yes {
        std::size_t left;
        bool always;
    };
    struct state {
        std::mutex mutex;
        std::vector<std::shared_ptr<const entry>> entries;
        std::map<std::string, automatic_yes, std::less<>> automatic;
    };

    HAFT_COLD enlistment insert(int priority, answerer answers) {
        auto fresh = std::make_shared<const entry>(entry{priority, std::move(answers)});
        const std::lock_guard guard(all_->mutex);
        const auto behind = std::find_if(all_->entries.begin(), all_->entries.end(),
                                         [&](const auto& one) { return one->priority < priority; });
        all_->entries.insert(behind, fresh);
        return enlistment([of = std::weak_ptr<state>(all_), gone = fresh.get()] {
            if (const auto still = of.lock()) {
                const std::lock_guard held(still->mutex);
                std::erase_if(still->entries, [&](const auto& one) { return one.get() == gone; });
            }
        });
    }
    std::vector<std::shared_ptr<const entry>> entries() const {
        const std::lock_guard guard(all_->mutex);
        return all_->entries;
    }
    bool took_automatic(std::string_view context) const {
        const std::lock_guard guard(all_->mutex);
        const auto found = all_->automatic.find(context);
        if (found == all_->automatic.end()) return false;
        if (found->second.always) return true;
        if (found->second.left == 0) return false;
        --found->second.left;
        return true;
    }

    const approval_chain_options options_;
    const std::shared_ptr<state> all_ = std::make_shared<state>();
};

}  // namespace haft::inline v0

#endif  // HAFT_RULES_APPROVAL_CHAIN_HPP
