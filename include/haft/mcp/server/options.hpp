// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_OPTIONS_HPP
#define HAFT_MCP_SERVER_OPTIONS_HPP

/// How an MCP server serves.

#include <haft/mcp/asking/request_state.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/log_level.hpp>
#include <haft/version.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace haft::inline v0::mcp {

/// Which revisions are spoken: those that begin with a handshake (until 2025-11-25), those of which each request stands for itself
/// (from 2026-07-28 on), or both, as each request says.
enum class eras : unsigned char { both, handshake, stateless };

/// Of one mcp::server; over HTTP of each one within (http_options::server).
struct server_options {
    std::string name = "haft";  ///< of the server, as clients show it
    std::string version = HAFT_VERSION;
    std::string instructions = {};            ///< how the tools belong together, for the model
    std::size_t page_size = 100;              ///< tools in one answer to tools/list, and the same of other lists; at least 1
    std::size_t max_frame_bytes = 16u << 20;  ///< of a line; over HTTP of a body
    std::size_t max_calls_in_flight = 1024;   ///< that an executor holds; further ones are refused
    /// For every call: limits, mode, user data, a stop token of the host's. What belongs to one call (its id, its listener,
    /// the list of notes, who is asked) is the server's own.
    call_options call = {};
    haft::log_level log_level = haft::log_level::info;  ///< from where on messages go to a client that has not set one

    /// Where tools run. Empty: inside `poll`, on its thread. Otherwise it is given each call as a job and runs it when and
    /// where it likes, once; the answer goes out with the next `poll` after that. (Prompts and resources are made inside `poll`.)
    std::function<void(std::function<void()> job)> executor = {};
    /// How long serve_stdio at the end of its input, or an http_server that is stopped, waits for calls that an executor holds. Then they
    /// are asked to stop.
    std::chrono::milliseconds drain_time{1500};

    mcp::eras eras = mcp::eras::both;
    std::chrono::seconds answer_time{300};   ///< how long a client has for what a tool asks it
    std::size_t max_waiting_calls = 256;     ///< that have asked their client something
    std::size_t max_rounds = 32;             ///< of questions in one call
    std::size_t max_subscriptions = 256;     ///< streams of subscriptions/listen, and resources subscribed to
    /// Keeps calls that ask of clients from 2026-07-28 on. Null: in memory. Several processes behind one address share the key of
    /// mcp::hmac_state.
    std::shared_ptr<state_keeper> states = {};
    std::chrono::milliseconds list_ttl{0};  ///< how long clients may keep a list (from 2026-07-28 on); 0: ask each time
    std::chrono::milliseconds read_ttl{0};  ///< and what they have read
    bool shared_cache = false;              ///< both are the same for every user, so that proxies may keep them
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_OPTIONS_HPP
