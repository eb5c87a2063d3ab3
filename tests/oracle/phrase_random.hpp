#pragma once
// Random phrases, and messages that nearly match them, over a small alphabet in which everything
// meets.

#include <random>
#include <string>
#include <vector>

#include "rules/pack.hpp"

namespace xiaoer::oracle {

struct PhraseShape {
  bool parts = false;  // joined by '+'
  bool slots = false;  // {金额}, {数量:roles}
};

class PhraseRandom {
 public:
  explicit PhraseRandom(uint64_t seed) : engine_(seed) {}

  uint32_t below(uint32_t limit) { return static_cast<uint32_t>(engine_() % limit); }
  bool one_in(uint32_t count) { return below(count) == 0; }

  // Concepts c0 .. c5, later ones built on earlier ones.
  std::vector<rules::ConceptSource> concepts();
  // Text of a phrase that does not match everything.
  std::string phrase(const PhraseShape& shape);
  // Literal text of 1..max characters, without signs of the phrase language.
  std::string word(uint32_t max);
  // About `size` characters: random ones and pieces that the phrases made so far hold.
  std::string message(uint32_t size);

 private:
  std::string sequence(const PhraseShape& shape, uint32_t depth, bool needs_word);
  std::string item(const PhraseShape& shape, uint32_t depth);
  std::string gap();
  std::string group(const PhraseShape& shape, uint32_t depth, bool optional);

  std::mt19937_64 engine_;
  std::vector<std::string> words_;  // some of those used lately
};

}  // namespace xiaoer::oracle
