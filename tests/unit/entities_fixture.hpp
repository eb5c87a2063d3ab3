#pragma once
// Reads entities of a message without a matcher: dictionary hits are looked up naively.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "entities/finder.hpp"

namespace xiaoer::entities::testing {

inline rules::EntitySource source(
    std::string kind, std::vector<std::pair<std::string, std::vector<std::string>>> values) {
  rules::EntitySource result;
  result.kind = std::move(kind);
  for (auto& [value, words] : values) result.values.push_back({value, words, {}});
  return result;
}

class Finder {
 public:
  explicit Finder(std::vector<rules::EntitySource> sources = {}) {
    pack_.entities = std::move(sources);
    for (const auto& entity : pack_.entities) {
      for (const auto& value : entity.values) {
        for (const auto& word : value.words) words_.push_back(text::normalise_to_chars(word));
      }
    }
    ImageBuilder builder;
    EntityFinder::build(pack_, &builder);
    std::string error;
    EXPECT_TRUE(Image::open(builder.finish(), &image_, &error)) << error;
    EXPECT_TRUE(finder_.open(image_));
  }

  const Entities& find(std::string_view message) {
    EXPECT_EQ(text::normalise(message, text_), text::NormaliseStatus::kOk);
    std::vector<entities::DictionaryHit> hits;
    const std::u32string_view chars(text_.chars.data(), text_.chars.size());
    for (uint32_t word = 0; word < words_.size(); ++word) {
      for (size_t at = chars.find(words_[word]); at != chars.npos;
           at = chars.find(words_[word], at + 1)) {
        const auto begin = static_cast<uint32_t>(at);
        hits.push_back({word, {begin, begin + static_cast<uint32_t>(words_[word].size())}});
      }
    }
    finder_.find(text_, hits, &entities_);
    return entities_;
  }

  // "money=80! quantity=2袋": kind and value, then ! for an offer, ? for a reference, ~ for
  // approximate.
  std::string describe(std::string_view message) {
    std::string result;
    for (const Entity& entity : find(message).list) {
      if (!result.empty()) result += ' ';
      result += finder_.kind_name(entity.kind);
      result += '=';
      result += entities_.value(entity);
      if (entity.flags & kOffer) result += '!';
      if (entity.flags & kReference) result += '?';
      if (entity.flags & kApproximate) result += '~';
    }
    return result;
  }

  // The buyer's own characters of every entity, joined by '|'.
  std::string sources(std::string_view message) {
    std::string result;
    for (const Entity& entity : find(message).list) {
      if (!result.empty()) result += '|';
      result += text_.source(entity.span);
    }
    return result;
  }

  const EntityFinder& finder() const { return finder_; }
  const text::Text& text() const { return text_; }

 private:
  rules::Pack pack_;
  std::vector<std::u32string> words_;
  Image image_;
  EntityFinder finder_;
  text::Text text_;
  Entities entities_;
};

struct Case {
  std::string_view message;
  std::string_view expected;  // as Finder::describe writes it
};

inline void check(std::span<const Case> cases) {
  Finder finder;
  for (const Case& row : cases) {
    EXPECT_EQ(finder.describe(row.message), row.expected) << row.message;
  }
}

}  // namespace xiaoer::entities::testing
