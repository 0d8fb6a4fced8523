// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_CALL_OPTIONS_HPP
#define HAFT_TOOL_CALL_OPTIONS_HPP

/// What a caller may set for one call.

#include <haft/core/error.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/tool/approver.hpp>
#include <haft/tool/asker.hpp>
#include <haft/tool/call_listener.hpp>
#include <haft/tool/injected.hpp>
#include <haft/tool/user_data.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// How to call. The default suits arguments that a model wrote.
struct call_options {
    json::read_limits limits = {};
    read_mode mode = read_mode::strict;
    bool unwrap = false;            ///< arguments may be JSON text in a string
    std::string_view call_id = {};  ///< as the caller knows the call
    stop_token stop = {};
    call_listener* listener = nullptr;  ///< must outlive the call
    approver* asked =
        nullptr;  ///< who agrees to calls that need it; must outlive the call; null: nobody, so none is made
    haft::asker* asker = nullptr;  ///< who answers what the tool asks; must outlive the call; null: nobody
    user_data user = {};
    const object_provider* providers = nullptr;    ///< of haft::injected parameters; must outlive the call
    std::vector<note>* notes = nullptr;            ///< what was converted or dropped is appended here
    std::size_t max_result_bytes = 1u << 20;       ///< of text, which a model is to read
    std::size_t max_attachment_bytes = 16u << 20;  ///< of images, sounds and other bytes together
    bool show_exceptions = true;                   ///< an exception's text goes to the caller
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_CALL_OPTIONS_HPP
