// SPDX-License-Identifier: BSL-1.0
// All that haft has, included at once.
#include <haft/command.hpp>
#include <haft/compat.hpp>
#include <haft/enrich.hpp>
#include <haft/format/parse.hpp>
#include <haft/haft.hpp>
#include <haft/hook.hpp>
#include <haft/model.hpp>
#include <haft/plugin.hpp>
#include <haft/prompt.hpp>
#include <haft/registry.hpp>
#include <haft/rules.hpp>
#include <haft/run.hpp>
#include <haft/run/async_tool.hpp>
#include <haft/run/thread_pool.hpp>
#include <haft/search.hpp>
#include <haft/std.hpp>
#include <haft/talk.hpp>
#include <haft/testing.hpp>
#include <haft/toolbox.hpp>
#include <haft/views.hpp>
#include <haft/written.hpp>
