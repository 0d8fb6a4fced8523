// SPDX-License-Identifier: BSL-1.0
// The bytes are what a server of chat completions sends, whole or as events, cut where the first of them say.
#include <haft/model/chat_stream.hpp>

#include "require.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using haft_fuzz::require;
namespace openai = haft::formats::openai;

namespace {

struct outcome {
    std::string heard;
    std::string end;  // the reply, or the error
};
outcome read(std::string_view bytes, std::size_t piece) {
    outcome out;
    openai::chat_stream s({.line_bytes = 4096, .total_bytes = 65536, .calls = 8});
    for (; !bytes.empty(); bytes.remove_prefix(piece < bytes.size() ? piece : bytes.size())) {
        const auto text = s.feed(bytes.substr(0, piece));
        if (!text) {
            out.end = text.error().text();
            require(!s.feed("") && s.finish().error().text() == out.end, "an error stays one");
            return out;
        }
        out.heard += *text;
    }
    const auto reply = s.finish();
    if (!reply) return out.end = reply.error().text(), out;
    out.end = reply->reply.text + "\n" + reply->finish_reason;
    for (const haft::tool_call& c : reply->reply.calls) {
        require(!c.name.empty(), "a call has a name");  // (an id, if the server gave one)
        out.end += "\n" + c.id + " " + c.name + " " + c.arguments;
    }
    require(out.heard.empty() || out.heard == reply->reply.text, "what was heard is the reply", out.heard);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const outcome whole = read(bytes, size + 1);
    const outcome cut = read(bytes, size ? 1 + data[0] % 7 : 1);
    require(whole.end == cut.end, "where it is cut changes nothing", whole.end + "\n---\n" + cut.end);
    require(whole.heard.empty() || cut.heard.starts_with(whole.heard), "nor what is heard", cut.heard);
    static_cast<void>(openai::read_chat_reply(bytes));
    static_cast<void>(openai::chat_error_text(bytes));
    return 0;
}
