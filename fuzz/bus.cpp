// SPDX-License-Identifier: BSL-1.0
// The bytes are what a stranger on the bus answers: the first says of which kind the reply to a call is, or that it is a service's own words
// about itself.
#include <haft/remote/call_wire.hpp>
#include <haft/remote/service_wire.hpp>

#include "require.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using haft_fuzz::require;

namespace {

using namespace haft::remote;

/// What was handed on, put on the wire again, is handed on as the same.
std::string handed_on(result_kind kind, std::string_view body, call_reply* again) {
    std::string text;
    std::vector<haft::note> notes;
    haft::result_writer writer(text, haft::string_results::as_text);
    hand_on_reply(kind, body, "tool \"t\"", writer, &notes);
    std::string all = writer.failed() ? writer.error().text() : text + " +" + std::to_string(writer.attachments().size());
    for (const haft::note& n : notes) all += "\n" + n.text();
    if (writer.form() == haft::result_form::json && !writer.failed()) require(haft::json::is_json(text), "a value is JSON", text);
    if (again) *again = reply_of(writer, std::move(text), notes);
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] % 6 == 5) {
        const haft::result<service_info> read = read_service_info(body);
        if (!read) return 0;
        const haft::result<service_info> again = read_service_info(info_text(*read));
        require(static_cast<bool>(again) && info_text(*again) == info_text(*read), "what a service says is said again", std::string(body));
        return 0;
    }
    const auto kind = static_cast<result_kind>(data[0] % 6);
    call_reply reply;
    const std::string first = handed_on(kind, body, &reply);
    require(handed_on(reply.kind, reply.body, nullptr) == first, "a result crosses as it is", std::string(body));
    return 0;
}
