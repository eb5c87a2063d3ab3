#pragma once
// Shared by the tests of src/match: a compiled pack with what is needed to match on it.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/image.hpp"
#include "entities/entity.hpp"
#include "match/matcher.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::match {

// A matcher over its own image.
class Compiled {
 public:
  explicit Compiled(const rules::Pack& pack) {
    ImageBuilder builder;
    Matcher::build(pack, &builder, &diagnostics_);
    std::string error;
    ok_ = Image::open(builder.finish(), &image_, &error) && matcher_.open(image_);
    if (ok_) scratch_ = matcher_.make_scratch();
  }
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;

  bool ok() const { return ok_; }
  const Diagnostics& diagnostics() const { return diagnostics_; }
  const Matcher& matcher() const { return matcher_; }
  const Image& image() const { return image_; }
  MatchScratch* scratch() { return scratch_.get(); }

  std::vector<PatternHit> hits(const text::Text& text, const entities::Entities& entities) {
    matcher_.scan(text, scratch_.get());
    matcher_.verify(text, entities, scratch_.get());
    const std::span<const PatternHit> found = matcher_.hits(*scratch_);
    return {found.begin(), found.end()};
  }
  std::vector<PatternHit> hits(std::string_view message) {
    text::Text text;
    text::normalise(message, text);
    return hits(text, entities::Entities());
  }

 private:
  Diagnostics diagnostics_;
  Image image_;
  Matcher matcher_;
  MatchScratchPtr scratch_;
  bool ok_ = false;
};

inline rules::PatternSource phrase(std::string text,
                                   rules::MatchKind kind = rules::MatchKind::kContains) {
  rules::PatternSource source;
  source.text = std::move(text);
  source.kind = kind;
  return source;
}

// A pack of one intent with these patterns.
inline rules::Pack pack_of(std::vector<rules::PatternSource> patterns) {
  rules::Pack pack;
  rules::IntentSource intent;
  intent.id = "test.patterns";
  intent.patterns = std::move(patterns);
  pack.intents.push_back(std::move(intent));
  return pack;
}

}  // namespace xiaoer::match
