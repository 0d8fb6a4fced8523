// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_OUTPUT_FORMATTER_HPP
#define HAFT_MODEL_OUTPUT_FORMATTER_HPP

/// What a model's text passes through on its way to a person, piece by piece while it comes.

#include <haft/kind/registry_of.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// One stage: code is coloured, links are made. It may keep text back until more has come. Found in a
/// `registry_of<output_formatter>`. [MP-05]
class output_formatter {
public:
    static constexpr const char* kind_name = "output formatter";
    virtual ~output_formatter() = default;
    /// Lower ones come first.
    virtual int priority() const { return 0; }
    /// What may be shown, now that this has come.
    virtual std::string process_chunk(std::string_view chunk) = 0;
    /// What it has kept back; the text is over.
    virtual std::string flush() { return {}; }
    /// Forgets what it has kept back, before another text.
    virtual void reset() {}
};

/// Several stages, one behind the other, by priority; equal ones in the order in which they were given. For one text at a time,
/// one thread.
class formatter_pipeline {
public:
    formatter_pipeline() = default;
    explicit formatter_pipeline(std::vector<std::shared_ptr<output_formatter>> stages) : stages_(std::move(stages)) {
        std::stable_sort(stages_.begin(), stages_.end(),
                         [](const auto& a, const auto& b) { return a->priority() < b->priority(); });
    }
    /// Of all that are registered; equal priorities by name.
    explicit formatter_pipeline(const registry_of<output_formatter>& all) : formatter_pipeline(things(all)) {}

    std::string process_chunk(std::string_view chunk) { return through(0, std::string(chunk)); }
    /// What each has kept back goes through those behind it, before they are flushed.
    std::string flush() {
        std::string out;
        for (std::size_t i = 0; i < stages_.size(); ++i) out += through(i + 1, stages_[i]->flush());
        return out;
    }
    void reset() {
        for (const auto& stage : stages_) stage->reset();
    }

private:
    static std::vector<std::shared_ptr<output_formatter>> things(const registry_of<output_formatter>& all) {
        std::vector<std::shared_ptr<output_formatter>> out;
        for (auto& one : all.all()) out.push_back(one.thing);
        return out;
    }
    std::string through(std::size_t from, std::string text) {
        for (; from < stages_.size() && !text.empty(); ++from) text = stages_[from]->process_chunk(text);
        return text;
    }

    std::vector<std::shared_ptr<output_formatter>> stages_;
};

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_OUTPUT_FORMATTER_HPP
