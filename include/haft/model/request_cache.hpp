// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_REQUEST_CACHE_HPP
#define HAFT_MODEL_REQUEST_CACHE_HPP

/// What readies a request so that its provider can reuse what it has read before.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/format/name.hpp>
#include <haft/json/string_text.hpp>
#include <haft/model/merge_options.hpp>
#include <haft/model/model.hpp>

#include <string>
#include <utility>

namespace haft::inline v0 {

/// Found in a `registry_of<request_cache>`. [MP-05]
class request_cache {
public:
    static constexpr const char* kind_name = "request cache";
    virtual ~request_cache() = default;
    /// Called before a request is sent; may change it. An error keeps it from being sent.
    virtual result<void> prepare_request(const model_info& info, model_request& request) = 0;
    /// Called with what came of it, for who counts.
    virtual void replied(const model_info&, const model_reply&) {}
};

/// OpenAI's `prompt_cache_key`: requests that begin with the same system text and tools go where that is cached. A key that is
/// there already stays.
class prompt_cache_key final : public request_cache {
public:
    HAFT_COLD result<void> prepare_request(const model_info& info, model_request& request) override {
        std::string beginning = concat({info.id, "\n", request.system});
        if (request.tools)
            for (const tool& t : request.tools->tools())
                append_all(beginning, {"\n", t.name, "\n", t.description, "\n", t.input_schema});
        result<std::string> merged = merge_options(
            concat({"{\"prompt_cache_key\":\"haft-", formats::detail::name_hash(beginning), "\"}"}), request.options);
        if (!merged) return merged.error();
        request.options = std::move(*merged);
        return {};
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_REQUEST_CACHE_HPP
