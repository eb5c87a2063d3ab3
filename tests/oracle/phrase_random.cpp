#include "oracle/phrase_random.hpp"

namespace xiaoer::oracle {
namespace {

constexpr uint32_t kMaxDepth = 2;
constexpr size_t kKeptWords = 64;

// Two characters end a sentence and two are skipped by anchors; normalising changes none of them.
const char* const kAlphabet[] = {"天", "地", "人", "1", "2",  "天", "地", "1",
                                 "b",  "。", "!",  ",", "人", "2",  "价", "￥"};
constexpr uint32_t kAlphabetSize = std::size(kAlphabet);

// Appended, since g++ 12 warns of "c" + ... without cause.
std::string name_of(uint32_t number) { return std::string("c").append(std::to_string(number)); }

}  // namespace

std::string PhraseRandom::word(uint32_t max) {
  std::string text;
  for (uint32_t left = 1 + below(max); left > 0; --left) text += kAlphabet[below(kAlphabetSize)];
  if (words_.size() < kKeptWords) {
    words_.push_back(text);
  } else {
    words_[below(kKeptWords)] = text;
  }
  return text;
}

std::string PhraseRandom::gap() {
  switch (below(5)) {
    case 0:
    case 1:
      return "…";
    case 2:
      return "…{" + std::to_string(below(4)) + "}";
    case 3:
      return "…{" + std::to_string(below(4)) + "," + std::to_string(4 + below(12)) + "}";
    default:
      return "…{," + std::to_string(one_in(4) ? 20 + below(181) : below(20)) + "}";
  }
}

std::string PhraseRandom::group(const PhraseShape& shape, uint32_t depth, bool optional) {
  std::string text = optional ? "[" : "(";
  const bool many = one_in(8);  // more than are joined with their neighbours
  const uint32_t count = 1 + (many ? 5 + below(12) : below(3));
  for (uint32_t i = 0; i < count; ++i) {
    if (i > 0) text += '|';
    text += many ? word(3) : sequence(shape, depth + 1, !optional);
  }
  return text + (optional ? ']' : ')');
}

std::string PhraseRandom::item(const PhraseShape& shape, uint32_t depth) {
  const uint32_t choice = below(depth < kMaxDepth ? 12 : 6);
  if (choice < 4) return word(3);
  if (choice == 4) return gap();
  if (choice == 5) return std::string("<").append(name_of(below(6))).append(">");
  if (choice == 6 && shape.slots)
    return one_in(2) ? "{金额}" : "{数量:" + std::string(one_in(2) ? "a}" : "b}");
  if (choice < 9) return group(shape, depth, true);
  return group(shape, depth, false);
}

std::string PhraseRandom::sequence(const PhraseShape& shape, uint32_t depth, bool needs_word) {
  std::string text;
  const uint32_t count = 1 + below(depth == 0 ? 5 : 2);
  const uint32_t word_at = needs_word ? below(count) : count;
  for (uint32_t i = 0; i < count; ++i) text += i == word_at ? word(3) : item(shape, depth);
  return text;
}

std::string PhraseRandom::phrase(const PhraseShape& shape) {
  std::string text;
  for (uint32_t ways = one_in(4) ? 2 : 1; ways > 0; --ways) {
    for (uint32_t parts = shape.parts && one_in(2) ? 2 + below(2) : 1; parts > 0; --parts) {
      text += sequence(shape, 0, true);
      if (parts > 1) text += '+';
    }
    if (ways > 1) text += '|';
  }
  return text;
}

std::vector<rules::ConceptSource> PhraseRandom::concepts() {
  std::vector<rules::ConceptSource> made;
  for (uint32_t i = 0; i < 6; ++i) {
    rules::ConceptSource source;
    source.name = name_of(i);
    for (uint32_t count = 1 + below(i == 5 ? 12 : 4); count > 0; --count) {
      std::string text = word(3);
      if (i > 0 && one_in(3)) text.append("<").append(name_of(below(i))).append(">");
      if (one_in(4)) text = std::string("[").append(word(2)).append("]").append(text);
      if (one_in(4)) text.append("(").append(word(2)).append("|").append(word(1)).append(")");
      source.words.push_back(text);
    }
    made.push_back(source);
  }
  return made;
}

std::string PhraseRandom::message(uint32_t size) {
  std::string text;
  for (uint32_t left = size; left > 0;) {
    if (!words_.empty() && !one_in(3)) {
      text += words_[below(static_cast<uint32_t>(words_.size()))];
      left -= left > 2 ? 2 : left;
    } else {
      text += kAlphabet[below(kAlphabetSize)];
      --left;
    }
  }
  return text;
}

}  // namespace xiaoer::oracle
