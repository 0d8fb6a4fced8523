// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0120]
// expect: two parameters have one name in JSON
// note: "send"
// note: message
// note: "kind"
#include <haft/tool.hpp>

#include <array>
#include <string>

struct message {
    std::string type;
    std::string kind;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"kind", "Its class", haft::as("type")},
#else
        haft::field{"kind", "Its class", haft::as("class")},
#endif
    };
};
int send(const message&);

constexpr haft::tool tool = haft::make<&send>("Send a message");
