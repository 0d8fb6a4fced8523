// SPDX-License-Identifier: BSL-1.0
// The client for models is to be had by a component. Nobody is asked: the address is none.
#include <haft/model/openai_client.hpp>

#include <cstdio>

int main(int argc, char** argv) {
    haft::openai_client client({.base_url = argc > 1 ? argv[1] : "", .model = "m"});
    const auto reply = client.ask({.messages = {{.text = "Hello"}}});
    std::puts(reply ? reply->reply.text.c_str() : haft::code_text(reply.error().code).c_str());
}
