// SPDX-License-Identifier: BSL-1.0
#ifndef DEMO_PAGES_HPP
#define DEMO_PAGES_HPP

/// The Markdown pages of a project as a SQLite file: `errors`, a row for each page of docs/errors, and `docs`, a row for
/// each heading of each page, which can be searched as full text where SQLite has FTS5.

#include <filesystem>

namespace demo {

/// Makes `file` from README.md and docs/ under `root`, unless it was made from the same pages already. The file is
/// replaced whole, so that whoever reads the old one is not disturbed. Throws what went wrong.
void build_pages(const std::filesystem::path& root, const std::filesystem::path& file);

}  // namespace demo

#endif  // DEMO_PAGES_HPP
