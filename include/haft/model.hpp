// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_HPP
#define HAFT_MODEL_HPP

/// The umbrella of models: what they are, where they are found, what is asked of them. No network: that is model/openai_client.hpp.

#include <haft/model/adapters.hpp>
#include <haft/model/capabilities.hpp>
#include <haft/model/context_collector.hpp>
#include <haft/model/embedding.hpp>
#include <haft/model/key.hpp>
#include <haft/model/model.hpp>
#include <haft/model/model_set.hpp>
#include <haft/model/output_formatter.hpp>
#include <haft/model/provider.hpp>
#include <haft/model/request_cache.hpp>
#include <haft/model/session.hpp>

#endif  // HAFT_MODEL_HPP
