// SPDX-License-Identifier: BSL-1.0
// Embedding models: batches, what they take, how they are found.
#include <haft/model/embedding.hpp>
#include <haft/model/model_set.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

/// Its vector of a thing is its size, and how many batches there have been.
struct sizes final : haft::embedding_model {
    haft::embedding_info about{.id = "sizes", .dimensions = 2};
    std::vector<std::size_t> batches;
    bool wrong_count = false, wrong_size = false, throws = false;
    const haft::embedding_info& info() const override { return about; }

private:
    haft::result<std::vector<haft::embedding>> embed_batch(std::span<const haft::embedding_input> batch) override {
        if (throws) throw std::runtime_error("tired");
        batches.push_back(batch.size());
        std::vector<haft::embedding> out;
        for (const haft::embedding_input& one : batch) {
            const std::size_t size = std::visit([](const auto& thing) { return thing.size(); }, one);
            out.push_back({static_cast<float>(size), static_cast<float>(batches.size())});
        }
        if (wrong_count) out.pop_back();
        if (wrong_size) out.back().pop_back();
        return out;
    }
};
const std::vector<haft::embedding_input> five = {"a", "bb", "ccc", "dddd", "eeeee"};
using counts = std::vector<std::size_t>;

}  // namespace

TEST_CASE("One thing and many are embedded, in their order", "[MP-02]") {
    sizes model;
    CHECK(*model.embed("four") == haft::embedding{4, 1});
    const auto many = model.embed_multi(five);
    REQUIRE(many);
    REQUIRE(many->size() == 5);
    for (std::size_t i = 0; i < 5; ++i) CHECK((*many)[i][0] == static_cast<float>(i + 1));
    CHECK(model.embed_multi({})->empty());
    CHECK(model.batches == counts{1, 5});
}

TEST_CASE("Many go in batches of the size that is asked for, or the model's own", "[MP-02]") {
    const auto batches = [](std::size_t own, std::size_t asked) {
        sizes model;
        model.about.batch_size = own;
        REQUIRE(model.embed_multi(five, asked)->size() == 5);
        return model.batches;
    };
    CHECK(batches(0, 0) == counts{5});
    CHECK(batches(0, 2) == counts{2, 2, 1});
    CHECK(batches(3, 0) == counts{3, 2});
    CHECK(batches(3, 2) == counts{2, 2, 1});
    CHECK(batches(3, 100) == counts{3, 2});
}

TEST_CASE("A text or bytes that the model does not take are refused before it is asked", "[MP-02]") {
    sizes model;
    const std::vector<haft::embedding_input> mixed = {"text", std::vector<unsigned char>{1, 2}};
    CHECK(model.embed_multi(mixed).error().text() ==
          "embedding model \"sizes\" takes texts only, but input 1 is bytes [haft-E0316]");
    CHECK(model.batches.empty());
    model.about.supports_binary = true;
    CHECK(model.embed_multi(mixed)->size() == 2);
    model.about.supports_text = false;
    CHECK(model.embed("t").error().text() ==
          "embedding model \"sizes\" takes bytes only, but input 0 is a text [haft-E0316]");
}

TEST_CASE("A model that breaks its word is an error", "[MP-02]") {
    sizes model;
    model.wrong_size = true;
    CHECK(model.embed("t").error().text() ==
          "embedding model \"sizes\" has 2 dimensions but gave a vector of 1 [haft-E0324]");
    model.wrong_count = true;
    CHECK(model.embed_multi(five).error().text() ==
          "embedding model \"sizes\" gave 4 vectors for 5 inputs [haft-E0324]");
    model.throws = true;
    CHECK(model.embed("t").error().text() == "embedding model \"sizes\" threw: tired [haft-E0324]");
}

TEST_CASE("Embedding models are found by name, by alias, and by people's aliases", "[MP-02]") {
    haft::kinds all;
    const auto added =
        all.get<haft::registry_of<haft::embedding_model>>().add("sizes", std::make_shared<sizes>(), {.aliases = {"s"}});
    haft::model_set& models = all.get<haft::model_set>();
    REQUIRE(models.add_aliases(R"({"default": "s"})"));
    CHECK((*models.get_embedding("default"))->info().id == "sizes");
    CHECK((*models.get_embedding("s"))->info().id == "sizes");
    CHECK(models.get_embedding("size").error().text() ==
          "no embedding model is named \"size\"; did you mean \"sizes\"?; there are sizes [haft-E0282]");
}
