// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_EMBEDDING_HPP
#define HAFT_MODEL_EMBEDDING_HPP

/// Models that turn a text or bytes into a vector of numbers.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace haft::inline v0 {

struct embedding_info {
    std::string id = {};
    bool supports_text = true;
    bool supports_binary = false;
    std::size_t batch_size = 0;  ///< the most that it takes at once; 0: any number
    std::size_t dimensions = 0;  ///< of its vectors; 0: unknown
};

/// What is turned into a vector: a text, or the bytes of a file.
using embedding_input = std::variant<std::string, std::vector<unsigned char>>;
using embedding = std::vector<float>;

/// A model of vectors. Found by name and alias in a `registry_of<embedding_model>`. Safe from any thread unless it says
/// otherwise. [MP-02]
class embedding_model {
public:
    static constexpr const char* kind_name = "embedding model";
    virtual ~embedding_model() = default;
    virtual const embedding_info& info() const = 0;

    /// The vector of one thing. Errors as those of embed_multi.
    result<embedding> embed(const embedding_input& one) {
        result<std::vector<embedding>> out = embed_multi({&one, 1});
        if (!out) return std::move(out.error());
        return std::move(out->front());
    }
    /// The vectors of many, in their order. They are asked for in batches: of `batch_size`, or the model's own if that is 0 or
    /// more than the model takes. Errors: E0316, before anything is asked, for a text or bytes that the model does not take;
    /// E0324 for a model that throws, or gives another number of vectors or of dimensions than it should; the model's own.
    HAFT_COLD result<std::vector<embedding>> embed_multi(std::span<const embedding_input> inputs,
                                                         std::size_t batch_size = 0) {
        for (std::size_t i = 0; i < inputs.size(); ++i)
            if (const bool text = inputs[i].index() == 0; text ? !info().supports_text : !info().supports_binary)
                return error{errc::model_cannot,
                             concat({"embedding model ", in_quotes(info().id), " takes ", taken(), ", but input ",
                                     decimal(i), text ? " is a text" : " is bytes"})};
        const std::size_t most = info().batch_size ? info().batch_size : inputs.size();
        const std::size_t at_once = batch_size && batch_size < most ? batch_size : most;
        std::vector<embedding> out;
        for (std::size_t from = 0; from < inputs.size(); from += at_once) {
            const auto batch = inputs.subspan(from, (std::min)(at_once, inputs.size() - from));
            result<std::vector<embedding>> vectors = guarded(batch);
            if (!vectors) return std::move(vectors.error());
            if (vectors->size() != batch.size())
                return broken({"gave ", decimal(vectors->size()), " vectors for ", decimal(batch.size()), " inputs"});
            for (embedding& v : *vectors) {
                if (info().dimensions && v.size() != info().dimensions)
                    return broken(
                        {"has ", decimal(info().dimensions), " dimensions but gave a vector of ", decimal(v.size())});
                out.push_back(std::move(v));
            }
        }
        return out;
    }

private:
    /// The vectors of one batch, which the model takes by kind and number.
    virtual result<std::vector<embedding>> embed_batch(std::span<const embedding_input> batch) = 0;

    result<std::vector<embedding>> guarded(std::span<const embedding_input> batch) {
        try {
            return embed_batch(batch);
        } catch (...) { return broken({"threw: ", detail::caught_text()}); }
    }
    error broken(std::initializer_list<std::string_view> what) const {
        return {errc::model_failed, concat({"embedding model ", in_quotes(info().id), " ", concat(what)})};
    }
    const char* taken() const {
        if (info().supports_text) return info().supports_binary ? "texts and bytes" : "texts only";
        return info().supports_binary ? "bytes only" : "nothing";
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_EMBEDDING_HPP
