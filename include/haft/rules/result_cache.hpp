// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_RESULT_CACHE_HPP
#define HAFT_RULES_RESULT_CACHE_HPP

/// Results that need not be computed again, of tools that change nothing. [NX-13]

#include <haft/core/config.hpp>
#include <haft/rules/call_key.hpp>
#include <haft/run/callbacks.hpp>
#include <haft/run/outcome.hpp>
#include <haft/run/running_call.hpp>
#include <haft/tool/block_text.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace haft::inline v0 {

struct result_cache_options {
    std::size_t most_results = 256;                    ///< the one that was wanted longest ago goes
    std::size_t most_bytes = 16u << 20;                ///< of all texts and attachments together
    std::chrono::steady_clock::duration lasting = {};  ///< how long a result is good; 0: for ever
    std::function<std::chrono::steady_clock::time_point()> now = [] { return std::chrono::steady_clock::now(); };
};

/// Safe from any thread.
class result_cache {
public:
    explicit result_cache(result_cache_options options = {}) : options_(std::move(options)) {}

    HAFT_COLD std::optional<call_outcome> find(const std::string& key) {
        const auto now = options_.now();
        const std::lock_guard guard(mutex_);
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) return ++misses_, std::nullopt;
        if (options_.lasting.count() && now - found->second->since >= options_.lasting) {
            drop(found->second);
            return ++misses_, std::nullopt;
        }
        newest_first_.splice(newest_first_.begin(), newest_first_, found->second);
        ++hits_;
        return found->second->outcome;
    }
    /// Keeps a result. Errors are not kept.
    HAFT_COLD void put(const std::string& key, const call_outcome& outcome) { put(key, outcome, generation()); }
    /// The same, but not if the cache has been cleared since it was of that generation: then the result may be an old one.
    HAFT_COLD void put(const std::string& key, const call_outcome& outcome, std::uint64_t since) {
        if (outcome.failed()) return;
        const std::size_t bytes = size_of_outcome(outcome) + 2 * key.size();
        const auto now = options_.now();
        const std::lock_guard guard(mutex_);
        if (since != generation_) return;
        if (const auto known = by_key_.find(key); known != by_key_.end()) drop(known->second);
        if (bytes > options_.most_bytes || options_.most_results == 0) return;
        newest_first_.push_front({key, outcome, now, bytes});
        by_key_[key] = newest_first_.begin();
        bytes_ += bytes;
        while (newest_first_.size() > options_.most_results || bytes_ > options_.most_bytes)
            drop(std::prev(newest_first_.end()));
    }
    HAFT_COLD void clear() {
        const std::lock_guard guard(mutex_);
        newest_first_.clear();
        by_key_.clear();
        bytes_ = 0;
        ++generation_;
    }
    /// Grows with each clear().
    std::uint64_t generation() const {
        const std::lock_guard guard(mutex_);
        return generation_;
    }
    std::size_t size() const {
        const std::lock_guard guard(mutex_);
        return newest_first_.size();
    }
    std::size_t hits() const {
        const std::lock_guard guard(mutex_);
        return hits_;
    }
    std::size_t misses() const {
        const std::lock_guard guard(mutex_);
        return misses_;
    }

private:
    struct entry {
        std::string key;
        call_outcome outcome;
        std::chrono::steady_clock::time_point since;
        std::size_t bytes;
    };
    static std::size_t size_of_outcome(const call_outcome& outcome) noexcept {
        std::size_t n = outcome.text.size();
        for (const content_block& block : outcome.blocks) n += size_of(block).text + size_of(block).binary;
        return n;
    }
    void drop(std::list<entry>::iterator which) {
        bytes_ -= which->bytes;
        by_key_.erase(which->key);
        newest_first_.erase(which);
    }

    const result_cache_options options_;
    mutable std::mutex mutex_;
    std::list<entry> newest_first_;
    std::map<std::string, std::list<entry>::iterator> by_key_;
    std::size_t bytes_ = 0;
    std::size_t hits_ = 0;
    std::size_t misses_ = 0;
    std::uint64_t generation_ = 0;
};

/// A layer that answers calls of read-only tools from a cache. A tool that is not read-only empties it when it has run, however it
/// ended; what else changes the world, outside the runner, the host tells by clear(), or `lasting` has to be short. Calls that have
/// objects of a user (`call_options::user`, `providers`) are answered from it only if the host names the users. (Behind the gates:
/// what nobody may call is not answered either.)
inline middleware caching(std::shared_ptr<result_cache> cache, name_of_user user = {}) {
    return [cache = std::move(cache), user = std::move(user)](const running_call& call,
                                                              const next_call& next) -> call_outcome {
        if (call.tool && !is_repeatable(*call.tool)) {
            struct clearing {
                result_cache& of;
                ~clearing() { of.clear(); }
            } at_the_end{*cache};
            return next();
        }
        const std::optional<std::string> key = detail::shared_key(call, user);
        if (!key) return next();
        if (std::optional<call_outcome> known = cache->find(*key)) return std::move(*known);
        const std::uint64_t since = cache->generation();
        call_outcome out = next();
        cache->put(*key, out, since);
        return out;
    };
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_RESULT_CACHE_HPP
