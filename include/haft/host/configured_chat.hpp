// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CONFIGURED_CHAT_HPP
#define HAFT_HOST_CONFIGURED_CHAT_HPP

/// What a configuration says of chats: where the model is, which, with whose key. [CM-07] Brings nlohmann_json: haft::config.

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/read_section.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/words.hpp>

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::host {

/// `[chat]`
struct chat_config {
    std::string base_url = {};
    std::string model = {};
    std::string api_key_env = {};
    std::string ca_file = {};
    std::string system = {};
    unsigned max_rounds = 10;

    static constexpr std::array haft_fields{
        field{"base_url", "Where the API is, such as https://api.openai.com/v1", not_required},
        field{"model", "As the provider calls it", not_required},
        field{"api_key_env", "The variable of the environment that holds the key", not_required},
        field{"ca_file", "PEM, of further authorities that are trusted", not_required},
        field{"system", "Instructions for the model", not_required},
        field{"max_rounds", "How often the model may call tools for one message", minimum(1), maximum(1000)}};
};

/// Reads the section; what is not there is empty. Errors: E0378 for one that is none; E0387 where something says to whom words and keys
/// go that has no right to: `may_say` tells of where it was written. What `instead` names somebody has said already,
/// and is not looked at.
HAFT_COLD inline result<chat_config> chat_config_of(const configuration& from, const std::function<bool(const config_origin&)>& may_say,
                                                    const std::vector<std::string_view>& instead = {}) {
    result<chat_config> out = from.read<chat_config>("/chat");
    if (!out) return out;
    for (const std::string_view key : {"base_url", "api_key_env", "ca_file"}) {
        const std::string pointer = concat({"/chat/", key});
        bool said = !from.find(pointer);
        for (const std::string_view one : instead) said = said || one == key;
        if (said || may_say(from.origin(pointer))) continue;
        return error{errc::no_endpoint,
                     concat({from.origin(pointer).text(), ": ", key, " of [chat] says where your words and keys go, so a "
                             "project can't say it; write it in your own configuration or on the command line"})};
    }
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_CONFIGURED_CHAT_HPP
