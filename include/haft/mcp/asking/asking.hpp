// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_ASKING_ASKING_HPP
#define HAFT_MCP_ASKING_ASKING_HPP

/// What one run of a tool asks of its client, and what earlier runs of the same call were answered.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/mcp/asking/client_abilities.hpp>
#include <haft/mcp/wire/revision.hpp>
#include <haft/tool/asker.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// An answer that came, or why none did.
struct known_answer {
    std::string key;
    std::string json = {};
    std::string failure = {};  ///< "" of one that came
};

/// A call with what it has been answered so far. Moves between the runs of the call.
struct asked_call {
    std::vector<known_answer> answers = {};
    std::string state = {};           ///< what the tool has kept
    std::size_t rounds = 0;           ///< how often the client was asked
    std::vector<question> open = {};  ///< what is to be asked now
};

/// The asker of calls that come from an MCP client. Costs nothing until a tool asks.
class asking final : public haft::asker {
public:
    /// Begins a run. `can` must outlive it, and so must `known`, which is null for the first.
    void begin(const client_abilities& can, revision r, const asked_call* known) noexcept {
        can_ = &can;
        revision_ = r;
        known_ = known;
        if (used_) clear();
    }

    HAFT_COLD result<std::string_view> ask(question q) override {
        used_ = true;
        if (!can_->can(q.kind) || !in_revision(q.kind)) {
            missing_ = q.kind;
            return error{errc::cannot_ask, concat({"the client can't be asked: it declares no ", capability_for(q.kind)})};
        }
        if (q.kind == question_kind::form && revision_ < revision::r2025_11_25 && q.params.find(R"("type":"array")") != q.params.npos)
            return error{errc::cannot_ask, concat({"the client can't be asked: forms of revision ", name_of(revision_), " have no lists of choices"})};
        const auto seen = static_cast<std::size_t>(std::count(keys_.begin(), keys_.end(), q.key));
        keys_.push_back(q.key);
        if (seen) append_all(q.key, {"-", decimal(seen + 1)});
        if (known_)
            for (const known_answer& a : known_->answers)
                if (a.key == q.key) {
                    if (!a.failure.empty()) return error{errc::no_answer, a.failure};
                    return std::string_view(a.json);
                }
        if (q.params.find_first_of("\r\n") != q.params.npos) {  // a message is one line
            std::string line;
            json::append_compact(line, q.params);
            q.params = std::move(line);
        }
        open_.push_back(std::move(q));
        return error{errc::input_needed, "an answer of the client is needed first; give this error back, and the tool runs again with it"};
    }
    std::string_view state() const noexcept override {
        return kept_ ? std::string_view(*kept_) : known_ ? std::string_view(known_->state) : std::string_view();
    }
    HAFT_COLD void keep(std::string state) override {
        used_ = true;
        kept_ = std::move(state);
    }

    /// Whether a call that failed is to go on when what it asked is answered.
    bool waits() const noexcept { return used_ && !open_.empty(); }
    /// What the client lacks of what was asked.
    std::optional<question_kind> missing() const noexcept { return used_ ? missing_ : std::nullopt; }

    /// The call as the next run will want it. Ends this run.
    HAFT_COLD asked_call take() {
        asked_call out;
        if (known_) out = *known_;
        if (kept_) out.state = std::move(*kept_);
        ++out.rounds;
        out.open = std::move(open_);
        clear();
        return out;
    }

private:
    bool in_revision(question_kind k) const noexcept {
        if (k == question_kind::form) return revision_ >= revision::r2025_06_18;
        return k != question_kind::url || revision_ >= revision::r2025_11_25;
    }
    HAFT_COLD void clear() noexcept {
        used_ = false;
        open_.clear();
        keys_.clear();
        kept_.reset();
        missing_.reset();
    }

    const client_abilities* can_ = nullptr;
    const asked_call* known_ = nullptr;
    revision revision_ = newest_revision;
    bool used_ = false;
    std::vector<question> open_;
    std::vector<std::string> keys_;
    std::optional<std::string> kept_;
    std::optional<question_kind> missing_;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_ASKING_ASKING_HPP
