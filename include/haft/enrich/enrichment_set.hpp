// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_ENRICH_ENRICHMENT_SET_HPP
#define HAFT_ENRICH_ENRICHMENT_SET_HPP

/// The place of all enrichers: who takes part in the three pipelines, and how a text goes through. [EN-01 to EN-05]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/enrich/enriched.hpp>
#include <haft/enrich/enricher.hpp>
#include <haft/enrich/enrichment.hpp>
#include <haft/enrich/make_enricher.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/kind/enlistment.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// One who takes part in a pipeline, for lists.
struct enrichment_row {
    std::string name;
    std::string owner;
    int order;
};

/// Safe from any thread. A run works on those that take part when it begins; who is withdrawn meanwhile may still be asked by it,
/// and lives until it ends.
class enrichment_set {
public:
    enrichment_set() = default;
    enrichment_set(const enrichment_set&) = delete;
    enrichment_set& operator=(const enrichment_set&) = delete;

    /// Lets an object take part in each pipeline for which its class has the member, or an `enricher` in each for which it has a
    /// function. Lower orders run first, of equal ones who was added first. An error (E0312): no name, or nothing that it could
    /// do; E0281: the name is taken, under which metadata would stand twice.
    template <class T>
    result<enlistment> add(T object, const enricher_options& as = {}) {
        return put_in(make_enricher(std::move(object), as), as.owner);
    }

    /// Sends a text through a pipeline: each sees what the one before left. Who fails is skipped, the text is as if he were not
    /// there, and `failures` tells.
    enriched enrich_prompt(std::string prompt, const enrichment_options& how = {}) const {
        return run(enrichment_pipeline::prompt, std::move(prompt), how,
                   [](const enricher& who, const std::string& text) { return who.prompt(text); });
    }
    enriched enrich_system_instructions(std::string text, const enrichment_options& how = {}) const {
        return run(enrichment_pipeline::system_instructions, std::move(text), how,
                   [](const enricher& who, const std::string& now) { return who.system_instructions(now); });
    }
    enriched enrich_tool_result(const std::string& tool, std::string text, const std::string& arguments_json = "{}",
                                const enrichment_options& how = {}) const {
        return run(
            enrichment_pipeline::tool_result, std::move(text), how,
            [&](const enricher& who, const std::string& now) { return who.tool_result(tool, now, arguments_json); });
    }

    /// Who takes part, in the order in which they run.
    HAFT_COLD std::vector<enrichment_row> rows(enrichment_pipeline of) const {
        std::vector<enrichment_row> out;
        for (const participant& one : line(of)) out.push_back({one->what.name, one->owner, order_of(one->what, of)});
        return out;
    }

    /// Those who take part, in the order of adding: for who hands them on. Each lives as long as somebody has it.
    HAFT_COLD std::vector<std::shared_ptr<const enricher>> all() const {
        std::vector<std::shared_ptr<const enricher>> out;
        const std::lock_guard guard(all_->mutex);
        for (const participant& one : all_->all) out.emplace_back(one, &one->what);
        return out;
    }

private:
    struct numbered {
        enricher what;
        std::string owner;
        std::uint64_t number;
    };
    using participant = std::shared_ptr<const numbered>;
    struct state {
        mutable std::mutex mutex;
        std::vector<participant> all;  // in the order of adding
        std::uint64_t numbers = 0;
    };

    static int order_of(const enricher& one, enrichment_pipeline of) noexcept {
        return of == enrichment_pipeline::prompt                ? one.prompt_order
               : of == enrichment_pipeline::system_instructions ? one.system_order
                                                                : one.result_order;
    }
    static bool takes_part(const enricher& one, enrichment_pipeline of) noexcept {
        return of == enrichment_pipeline::prompt                ? static_cast<bool>(one.prompt)
               : of == enrichment_pipeline::system_instructions ? static_cast<bool>(one.system_instructions)
                                                                : static_cast<bool>(one.tool_result);
    }

    HAFT_COLD result<enlistment> put_in(enricher what, std::string owner) {
        if (what.name.empty())
            return error{
                errc::bad_enricher,
                "an enricher needs a name, under which its metadata stands: give its class a member `name`, or "
                "say it in the options"};
        if (!what.prompt && !what.system_instructions && !what.tool_result)
            return error{errc::bad_enricher, concat({"the enricher ", in_quotes(what.name),
                                                     " takes part in no pipeline: it has no function"})};
        const std::lock_guard guard(all_->mutex);
        for (const participant& one : all_->all)
            if (one->what.name == what.name)
                return error{errc::name_taken, concat({"an enricher named ", in_quotes(what.name), " is there already",
                                                       one->owner.empty() ? "" : ", from ", one->owner, "; the second",
                                                       owner.empty() ? "" : ", from ", owner, ", was not added"})};
        const std::uint64_t number = ++all_->numbers;
        all_->all.push_back(std::make_shared<const numbered>(numbered{std::move(what), std::move(owner), number}));
        return enlistment([of = std::weak_ptr<state>(all_), number] {
            participant gone;  // goes with nothing locked, since it may run code of its owner's
            if (const auto still = of.lock()) {
                const std::lock_guard held(still->mutex);
                const auto at = std::find_if(still->all.begin(), still->all.end(),
                                             [&](const participant& one) { return one->number == number; });
                if (at == still->all.end()) return;
                gone = std::move(*at);
                still->all.erase(at);
            }
        });
    }

    std::vector<participant> line(enrichment_pipeline of) const {
        std::vector<participant> out;
        {
            const std::lock_guard guard(all_->mutex);
            for (const participant& one : all_->all)
                if (takes_part(one->what, of)) out.push_back(one);
        }
        std::stable_sort(out.begin(), out.end(), [&](const participant& a, const participant& b) {
            return order_of(a->what, of) < order_of(b->what, of);
        });
        return out;
    }

    template <class Ask>
    enriched run(enrichment_pipeline of, std::string text, const enrichment_options& how, Ask ask) const {
        enriched out{.text = std::move(text)};
        for (const participant& one : line(of)) {
            result<enrichment> given = enrichment{};
            try {
                given = ask(one->what, out.text);
            } catch (...) {
                given = error{errc::enricher_failed, detail::caught_text(), {}, 0, std::current_exception()};
            }
            take(out, of, one->what, std::move(given), how);
        }
        if (!out.metadata_json.empty()) out.metadata_json += '}';
        return out;
    }

    HAFT_COLD static void take(enriched& out, enrichment_pipeline of, const enricher& who, result<enrichment> given,
                               const enrichment_options& how) {
        if (!given) {
            error& e = given.error();
            out.failures.push_back({errc::enricher_failed,
                                    concat({"the enricher ", in_quotes(who.name), " failed on the ", name_of(of),
                                            ", and was skipped: ", detail::mended(e.message)}),
                                    std::move(e.faults), e.more_faults, e.cause});
            return;
        }
        const std::string& metadata = given->metadata_json;
        if (!metadata.empty() &&
            (!json::is_json(metadata) || metadata.find_first_not_of(" \t\r\n") != metadata.find('{'))) {
            out.failures.push_back(
                {errc::bad_metadata,
                 concat({"the enricher ", in_quotes(who.name), " gave for the ", name_of(of),
                         " metadata that is no JSON object, and was skipped: ", in_quotes(metadata)})});
            return;
        }
        std::string compact;
        json::append_compact(compact, metadata);
        if (!compact.empty() && compact != "{}")
            append_all(out.metadata_json,
                       {out.metadata_json.empty() ? "{" : ",", json::string_text(who.name), ":", compact});
        if (given->text == out.text) return;
        const std::size_t before = out.text.size();
        out.text = std::move(given->text);
        out.changed_by.push_back(who.name);
        if (!how.on_change) return;
        const std::string message =
            given->message.empty()
                ? concat({name_of(of), ": ", decimal(before), " -> ", decimal(out.text.size()), " bytes"})
                : std::move(given->message);
        how.on_change({who.name, of, out.text.size(), before, message});
    }

    std::shared_ptr<state> all_ = std::make_shared<state>();
};

}  // namespace haft::inline v0

#endif  // HAFT_ENRICH_ENRICHMENT_SET_HPP
