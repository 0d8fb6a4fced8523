// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CHAT_MODEL_HPP
#define HAFT_HOST_CHAT_MODEL_HPP

/// The model that a chat is with: at an address, or one that a plugin brings. [CM-07] Needs haft::http.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/http/url.hpp>
#include <haft/kind/registry_of.hpp>
#include <haft/model/key.hpp>
#include <haft/model/model.hpp>
#include <haft/model/model_set.hpp>
#include <haft/model/openai_client.hpp>
#include <haft/model/provider.hpp>
#include <haft/registry/registry.hpp>

#include <memory>
#include <string>
#include <utility>

namespace haft::inline v0::host {

/// Where a model is, which, with whose key; `[chat]` of a configuration says the same.
struct chat_model_request {
    std::string base_url = {};     ///< of an OpenAI-compatible API; "": a plugin brings the model
    std::string model = {};        ///< as the API calls it; or the name of a plugin's model, or of a provider's
    std::string api_key_env = {};  ///< "": of OpenAI's own API OPENAI_API_KEY, of others there is no key
    std::string ca_file = {};
    std::string config_file = "haft.toml";  ///< where somebody could say it, for the error
};

/// A client for the address; or a model, or a provider's model, that an owner of the registry brings. Errors: E0387 where nobody says
/// which, E0282 for a name that nothing has, those of an address that is none and of a key that is not there.
HAFT_COLD inline result<std::shared_ptr<model>> chat_model(haft::registry& parts, const chat_model_request& wanted) {
    openai_options client;
    client.ca_file = wanted.ca_file;
    client.api_key_env = wanted.api_key_env;
    if (!wanted.base_url.empty()) {
        const result<http_url> url = parse_http_url(wanted.base_url);
        if (!url) return url.error();
        client.base_url = wanted.base_url;
        client.model = wanted.model;
        if (client.api_key_env.empty() && url->tls && url->host == "api.openai.com") client.api_key_env = "OPENAI_API_KEY";
        if (wanted.model.empty())
            return error{errc::no_endpoint, concat({"nobody says which model of ", url->text(), ": name it by --model, by the "
                                                    "variable HAFT_CHAT_MODEL, or as model of [chat]"})};
        if (!client.api_key_env.empty())
            if (const auto key = find_key({.variable = client.api_key_env}); !key) return key.error();
        return std::shared_ptr<model>(std::make_shared<openai_client>(std::move(client)));
    }
    if (wanted.model.empty() || (parts.get<model_set>().all().empty() && parts.get<registry_of<provider>>().all().empty()))
        return error{errc::no_endpoint,
                     concat({"nobody says where the model is: name an OpenAI-compatible address by --url, by the variable "
                             "HAFT_CHAT_BASE_URL, or as base_url of [chat] in ", wanted.config_file})};
    auto known = parts.get<model_set>().get(wanted.model);
    if (known) return known;
    const auto provided = find_provided(parts.get<registry_of<provider>>(), wanted.model);
    if (!provided) return known;
    return openai_models(std::move(client))(*provided->by, provided->info);
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_CHAT_MODEL_HPP
