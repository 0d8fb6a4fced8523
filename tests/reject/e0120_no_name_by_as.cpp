// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0120]
// expect: a parameter has no name at all
// note: "send"
// note: message
// note: "kind"
#include <haft/tool.hpp>

#include <array>
#include <string>

struct message {
    std::string kind;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"kind", "Its class", haft::as("")},
#else
        haft::field{"kind", "Its class", haft::as("class")},
#endif
    };
};
int send(const message&);

constexpr haft::tool tool = haft::make<&send>("Send a message");
