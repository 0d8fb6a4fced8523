// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_HPP
#define HAFT_RULES_HPP

/// The umbrella of the rules of a call: who may make it, how often, and what is kept of it. Needs Boost 1.86 or later, for hashes.

#include <haft/rules/approval_chain.hpp>
#include <haft/rules/audit_log.hpp>
#include <haft/rules/auto_approved.hpp>
#include <haft/rules/call_limits.hpp>
#include <haft/rules/check_policy.hpp>
#include <haft/rules/clean_answers.hpp>
#include <haft/rules/confirm_by_hooks.hpp>
#include <haft/rules/equal_calls.hpp>
#include <haft/rules/failure_record.hpp>
#include <haft/rules/loop_detector.hpp>
#include <haft/rules/permission_reply.hpp>
#include <haft/rules/policy.hpp>
#include <haft/rules/policy_guard.hpp>
#include <haft/rules/policy_session_text.hpp>
#include <haft/rules/prerequisites.hpp>
#include <haft/rules/recorder.hpp>
#include <haft/rules/recording.hpp>
#include <haft/rules/redactor.hpp>
#include <haft/rules/result_cache.hpp>
#include <haft/rules/result_store.hpp>
#include <haft/rules/retry_budget.hpp>
#include <haft/rules/rule_gates.hpp>
#include <haft/rules/taint.hpp>

#endif  // HAFT_RULES_HPP
