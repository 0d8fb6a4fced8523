// SPDX-License-Identifier: BSL-1.0
// What the search shows first: the guide before the reference, and both before the pages of single errors.
var Scorer = {
    score: ([page, title, anchor, description, score]) =>
        score + (/^(guide|start|cookbook)/.test(page) ? 12 : /^errors\//.test(page) ? -12 : 0),
    objNameMatch: 11, objPartialMatch: 6, objPrio: {0: 15, 1: 5, 2: -5}, objPrioDefault: 0,   // the rest as Sphinx has it
    title: 15, partialTitle: 7, term: 5, partialTerm: 2,
};
