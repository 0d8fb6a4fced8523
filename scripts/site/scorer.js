// SPDX-License-Identifier: BSL-1.0
// What the search shows first: a page that is named so, the guide before the reference, and both before the pages of single errors.
var Scorer = {
    score: ([page, title, anchor, description, score]) => {
        const asked = (new URLSearchParams(location.search).get("q") || "").toLowerCase();
        const named = asked && title.toLowerCase().startsWith(asked);
        return score + (named ? 10 : 0) + (/^(guide|start|cookbook)/.test(page) ? 12 : /^errors\//.test(page) ? -12 : 0);
    },
    objNameMatch: 11, objPartialMatch: 6, objPrio: {0: 15, 1: 5, 2: -5}, objPrioDefault: 0,   // the rest as Sphinx has it
    title: 15, partialTitle: 7, term: 5, partialTerm: 2,
};
