// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_SESSION_HPP
#define HAFT_MODEL_SESSION_HPP

/// A talk that can be left and taken up again, and where such talks are kept.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/model/model.hpp>
#include <haft/tool/message.hpp>

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

struct session {
    std::string id = {};
    std::string model = {};  ///< id or alias
    std::string system = {};
    std::vector<message> messages = {};
    token_usage usage = {};  ///< of all its requests together
};

/// Keeps sessions. Found in a `registry_of<session_store>`. Safe from any thread. [MP-05]
class session_store {
public:
    static constexpr const char* kind_name = "session store";
    virtual ~session_store() = default;
    /// Keeps it in place of what had its id before.
    virtual result<void> save(const session& one) = 0;
    /// A copy; an error (E0282 for what isn't there) otherwise.
    virtual result<session> load(std::string_view id) const = 0;
    virtual result<void> remove(std::string_view id) = 0;
    /// All ids, sorted.
    virtual std::vector<std::string> list() const = 0;
};

/// Keeps them as long as the process lives.
class memory_sessions final : public session_store {
public:
    result<void> save(const session& one) override {
        if (one.id.empty()) return error{errc::bad_name, "a session needs an id"};
        const std::lock_guard guard(mutex_);
        all_.insert_or_assign(one.id, one);
        return {};
    }
    result<session> load(std::string_view id) const override {
        const std::lock_guard guard(mutex_);
        if (const auto found = all_.find(id); found != all_.end()) return found->second;
        return unknown(id);
    }
    result<void> remove(std::string_view id) override {
        const std::lock_guard guard(mutex_);
        const auto found = all_.find(id);
        if (found == all_.end()) return unknown(id);
        all_.erase(found);
        return {};
    }
    std::vector<std::string> list() const override {
        const std::lock_guard guard(mutex_);
        std::vector<std::string> out;
        for (const auto& [id, _] : all_) out.push_back(id);
        return out;
    }

private:
    HAFT_COLD error unknown(std::string_view id) const {
        nearest_name nearest(id);
        for (const auto& [known, _] : all_) nearest.consider(known);
        error e{errc::unknown_name, concat({"no session has the id ", in_quotes(id)})};
        append_did_you_mean(e.message, nearest.name());
        return e;
    }

    mutable std::mutex mutex_;
    std::map<std::string, session, std::less<>> all_;
};

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_SESSION_HPP
