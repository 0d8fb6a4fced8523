// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_RECORDER_HPP
#define HAFT_RULES_RECORDER_HPP

/// Layers that write down what calls gave, and that give it again without running anything: for tests. [NX-13]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/json/canonical.hpp>
#include <haft/rules/recording.hpp>
#include <haft/run/callbacks.hpp>
#include <haft/run/outcome.hpp>
#include <haft/run/running_call.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Takes whole lines, one at a time: `[&](std::string_view line) { file << line; }`.
using line_sink = std::function<void(std::string_view line)>;

/// A layer that writes a line for each call when it has ended, the innermost one best: what it sees is what the tool gave. Calls that
/// are paused are not written.
inline middleware recording_to(line_sink sink) {
    struct state {
        std::mutex mutex;
        line_sink sink;
    };
    auto all = std::make_shared<state>();
    all->sink = std::move(sink);
    return [all](const running_call& call, const next_call& next) -> call_outcome {
        call_outcome out = next();
        if (out.paused()) return out;
        const std::string line = record_line(call.tool->name, call.arguments, out);
        const std::lock_guard guard(all->mutex);
        all->sink(line);
        return out;
    };
}

/// Gives what was recorded. A call that was recorded several times gives its results one after the other. Safe from any thread.
class replayer {
public:
    explicit replayer(std::vector<recorded_call> calls) {
        for (recorded_call& c : calls) results_[{c.tool, c.arguments}].outcomes.push_back(std::move(c.outcome));
    }

    /// The next result of a call. One that was not recorded, or not so often, is an error (E0365) that names the nearest one.
    HAFT_COLD call_outcome answer(std::string_view tool, std::string_view arguments) {
        const result<std::string> canonical = json::canonical(arguments.empty() ? "{}" : arguments);
        const std::string wanted = canonical ? *canonical : std::string(arguments);
        const std::lock_guard guard(mutex_);
        const auto found = results_.find({std::string(tool), wanted});
        if (found == results_.end()) return failed_outcome(not_recorded(tool, wanted));
        recorded& r = found->second;
        if (r.given == r.outcomes.size())
            return failed_outcome(
                {errc::not_recorded, concat({"the call ", shown(tool, wanted), " was recorded ", decimal(r.given),
                                             r.given == 1 ? " time" : " times", ", and is made once more"})});
        return r.outcomes[r.given++];
    }
    /// What was recorded and has not been asked for: `add {"a":1}` each. A test wants none.
    HAFT_COLD std::vector<std::string> left() const {
        const std::lock_guard guard(mutex_);
        std::vector<std::string> out;
        for (const auto& [call, r] : results_)
            for (std::size_t i = r.given; i < r.outcomes.size(); ++i)
                out.push_back(concat({call.first, " ", call.second}));
        return out;
    }

private:
    struct recorded {
        std::vector<call_outcome> outcomes;
        std::size_t given = 0;
    };
    static std::string shown(std::string_view tool, std::string_view arguments) {
        std::string out(tool);
        out += ' ';
        append_echo(out, arguments);
        return out;
    }
    HAFT_COLD error not_recorded(std::string_view tool, std::string_view arguments) const {
        error e{errc::not_recorded, concat({"the call ", shown(tool, arguments), " was not recorded"})};
        const std::pair<const std::pair<std::string, std::string>, recorded>* best = nullptr;
        std::size_t least = static_cast<std::size_t>(-1);
        for (const auto& one : results_) {
            const bool same_tool = one.first.first == tool;
            const std::size_t distance = (same_tool ? 0u : 1000u + edit_distance(one.first.first, tool)) +
                                         different(one.first.second, arguments);
            if (distance < least) least = distance, best = &one;
        }
        if (!best) e.message += "; nothing was";
        else append_all(e.message, {"; the nearest that was is ", shown(best->first.first, best->first.second)});
        return e;
    }
    /// How far two texts are from each other where they begin to differ. (edit_distance looks at 64 bytes.)
    static std::size_t different(std::string_view a, std::string_view b) noexcept {
        std::size_t same = 0;
        while (same < a.size() && same < b.size() && a[same] == b[same]) ++same;
        const std::size_t length = a.size() < b.size() ? b.size() - a.size() : a.size() - b.size();
        return edit_distance(a.substr(same), b.substr(same)) + (length > 64 ? 64 : 0);
    }

    mutable std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, recorded> results_;
};

/// A layer that asks nobody but the recording, the outermost one best.
inline middleware replaying(std::shared_ptr<replayer> from) {
    return [from = std::move(from)](const running_call& call, const next_call&) {
        return from->answer(call.tool->name, call.arguments);
    };
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_RECORDER_HPP
