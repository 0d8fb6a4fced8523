// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_ENRICH_ENRICHER_PART_HPP
#define HAFT_ENRICH_ENRICHER_PART_HPP

/// An enricher as a part of an owner. [EN-04]

#include <haft/enrich/enricher.hpp>
#include <haft/enrich/enrichment_set.hpp>
#include <haft/enrich/make_enricher.hpp>
#include <haft/kind/kinds.hpp>
#include <haft/kind/part.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// The kind of such a part: the only one that an owner brings who is there for enrichment only.
inline constexpr std::string_view enricher_kind = "enricher";

/// An object, a std::shared_ptr to one, or an `enricher` as a part: while its owner is exposed, it takes part. Without a name of
/// its own it goes by that of its owner.
template <class T>
part enricher_part(T participant, const enricher_options& as = {}) {
    enricher made = make_enricher(std::move(participant), as);
    part out;
    out.kind = enricher_kind;
    out.name = made.name;
    out.enlist = [made = std::move(made)](kinds& where, std::string_view owner) {
        enricher_options mine{.owner = std::string(owner)};
        return where.get<enrichment_set>().add(made, mine);
    };
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_ENRICH_ENRICHER_PART_HPP
