// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_HPP
#define HAFT_RUN_HPP

/// The umbrella of running the calls that a model asks for. Side by side with run/thread_pool.hpp, which brings Asio.

#include <haft/run/call_hooks.hpp>
#include <haft/run/call_runner.hpp>
#include <haft/run/object_providers.hpp>
#include <haft/run/rate_limit.hpp>
#include <haft/run/response_layers.hpp>
#include <haft/run/timing.hpp>

#endif  // HAFT_RUN_HPP
