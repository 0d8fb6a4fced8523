// SPDX-License-Identifier: BSL-1.0
// What depends on Boost's version: PFR, which counts the members of large structs; Describe, for enums; Asio and Beast, for HTTP.
#include <haft/model/openai_client.hpp>
#include <haft/tool.hpp>

#include <array>
#include <cstdio>
#include <string>

#include <boost/describe/enum.hpp>
#include <boost/version.hpp>

enum colour { red, green };
BOOST_DESCRIBE_ENUM(colour, red, green)

struct many {
    colour shade = red;
    int b = 1, c = 1, d = 1, e = 1, f = 1, g = 1, h = 1, i = 1, j = 1, k = 1, l = 1, m = 1, n = 1, o = 1, p = 1, q = 1, r = 1, s = 1,
        t = 1, u = 1;
    std::string v;
};
struct two {
    many one;
    std::array<std::string, 2> names; // at which PFR and g++ 12 have fallen out with each other
};
std::string which(const two& of) { return of.one.shade == green ? of.names[1] : of.names[0]; }

int main() {
    const auto answer = haft::make<&which>("Chooses").call(R"({"one":{"shade":"green","v":""},"names":["a","b"]})");
    haft::openai_client nobody({.base_url = "ftp://localhost", .model = "m"});
    const auto reply = nobody.ask({.messages = {{.text = "Hello"}}});
    std::printf("%s %s %s\n", BOOST_LIB_VERSION, answer ? answer->c_str() : answer.error().text().c_str(),
                reply ? "" : haft::code_text(reply.error().code).c_str());
}
