// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_RUN_OPTIONS_HPP
#define HAFT_HOST_RUN_OPTIONS_HPP

/// What haft::run is told beside the tools.

#include <haft/tool/call_options.hpp>

#include <string>

namespace haft::inline v0 {

namespace host {
class program;
class words;
}  // namespace host

/// How a program presents itself, to people and to MCP clients.
struct run_options {
    std::string name = {};  ///< default: the program's file name
    std::string version = "0.0.0";
    std::string instructions = {};  ///< how the tools belong together, for the model
    call_options call = {};         ///< limits and user data of every call, by `call` and by `serve`
    /// `serve --http`; null: the program has none. haft::with_http (host/serve_http.hpp) sets it.
    int (*serve_http)(const host::program&, host::words options) = nullptr;
    /// `serve --nats`; null: the program has none. haft::with_nats (host/serve_nats.hpp) sets it.
    int (*serve_nats)(const host::program&, host::words options) = nullptr;
};

}  // namespace haft::inline v0

#endif  // HAFT_HOST_RUN_OPTIONS_HPP
