// The vocabulary that slips are corrected to, taken from the pack when it is compiled: its words by
// how they are read, and which characters stand side by side in its texts, so that what is written
// as the pack writes it is left alone.

#include <algorithm>
#include <bit>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/ascii.hpp"
#include "match/respeller.hpp"
#include "match/respelling_records.hpp"
#include "rules/phrase.hpp"
#include "text/normaliser.hpp"
#include "text/pinyin.hpp"

namespace xiaoer::match {
namespace {

constexpr uint32_t kLeastCount = 2;  // a word of pairs seen once may itself be a slip
constexpr size_t kMaxReadings = 8;   // of one word
constexpr size_t kFilterBitsAKey = 12;
constexpr uint64_t kEverydayShare = 250;  // of all characters
constexpr uint32_t kLeastEveryday = 16;

bool is_han(char32_t c) { return (text::property_of(c) & text::kHan) != 0; }

class Vocabulary {
 public:
  explicit Vocabulary(const rules::Pack& pack) {
    for (const rules::ConceptSource& source : pack.concepts) {
      rules::PhraseError error;
      for (const std::string& word : source.words) add_phrase(rules::parse_phrase(word, &error));
    }
    for (const std::string& word : pack.protected_words) {
      protected_.push_back(text::normalise_to_chars(word));
      add_word(protected_.back());
    }
    for (const rules::EntitySource& entity : pack.entities) {
      for (const rules::EntityValue& value : entity.values) {
        for (const std::string& word : value.words) add_word(text::normalise_to_chars(word));
      }
    }
    for (const rules::TypoSource& typo : pack.typos) {
      const std::u32string right = text::normalise_to_chars(typo.right);
      for (const std::string& wrong : typo.wrong) {
        typos_.emplace(text::normalise_to_chars(wrong), right);
      }
    }
    for (const rules::IntentSource& intent : pack.intents) {
      for (const rules::PatternSource& pattern : intent.patterns) {
        add_phrase(rules::phrase_of(pattern));
      }
      for (const auto* list : {&intent.examples, &intent.hits, &intent.misses}) {
        for (const rules::ExampleSource& text : *list) add_text(text.text);
      }
    }
    for (const rules::ReplySource& reply : pack.replies) {
      for (const rules::ExampleSource& variant : reply.variants) add_text(variant.text);
    }
  }

  void finish(ImageBuilder* image);

 private:
  void add_phrase(const rules::PhraseTree& phrase);  // null: none
  void add_literals(const rules::PhraseNode& node);
  void add_word(const std::u32string& chars);
  void add_text(const std::string& text) { count(text::normalise_to_chars(text)); }
  void count(const std::u32string& chars);
  void add_words(ImageBuilder* image);
  uint32_t add_record(const std::u32string& chars);
  void add_typos();
  void add_readings(uint32_t word, const std::u32string& chars);
  void add_keys(ImageBuilder* image);
  void add_threes();
  void add_known(ImageBuilder* image);
  void add_chars(ImageBuilder* image);
  void add_singles(ImageBuilder* image) const;
  uint32_t rarest_pair(const std::u32string& chars) const;

  std::vector<std::u32string> words_;
  std::vector<std::u32string> protected_;
  std::map<std::u32string, std::u32string> typos_;  // wrong to right
  std::unordered_map<char32_t, uint32_t> counts_;   // of characters
  std::vector<RespellChar> chars_;                  // the same in order
  std::unordered_map<uint64_t, uint32_t> pairs_;
  std::vector<std::u32string> texts_;
  std::vector<char32_t> letters_;
  std::vector<RespellWord> records_;
  std::vector<uint64_t> known_;
  std::vector<std::pair<uint64_t, uint32_t>> keys_;
  RespellHeader header_;
};

void Vocabulary::add_phrase(const rules::PhraseTree& phrase) {
  if (phrase == nullptr) return;
  for (const rules::PhraseAlternative& alternative : phrase->alternatives) {
    for (const rules::PhraseNode& part : alternative.parts) add_literals(part);
  }
}

void Vocabulary::add_literals(const rules::PhraseNode& node) {
  if (node.kind == rules::PhraseNode::Kind::kLiteral) add_word(node.literal);
  for (const rules::PhraseNode& child : node.children) add_literals(child);
}

void Vocabulary::add_word(const std::u32string& chars) {
  count(chars);
  if (chars.size() < 2 || chars.size() > kMaxRespelledWord) return;
  const bool readable =
      std::all_of(chars.begin(), chars.end(), [](char32_t c) { return text::syllable_of(c) != 0; });
  if (readable) words_.push_back(chars);
}

void Vocabulary::count(const std::u32string& chars) {
  texts_.push_back(chars);
  for (size_t i = 0; i < chars.size(); ++i) {
    if (!is_han(chars[i])) continue;
    ++counts_[chars[i]];
    if (i + 1 < chars.size() && is_han(chars[i + 1])) ++pairs_[pair_key(chars[i], chars[i + 1])];
  }
  for (size_t i = 0; i < chars.size();) {
    size_t end = i;
    while (end < chars.size() && ascii::is_lower(chars[end])) ++end;
    if (end > i) known_.push_back(spelling_key(std::span(chars).subspan(i, end - i)));
    i = std::max(end, i + 1);
  }
}

uint32_t Vocabulary::rarest_pair(const std::u32string& chars) const {
  uint32_t least = UINT32_MAX;
  for (size_t i = 0; i + 1 < chars.size(); ++i) {
    const auto found = pairs_.find(pair_key(chars[i], chars[i + 1]));
    least = std::min(least, found == pairs_.end() ? 0 : found->second);
  }
  return least;
}

// Under every way of reading it, as far as there are few.
void Vocabulary::add_readings(uint32_t word, const std::u32string& chars) {
  std::vector<uint64_t> readings = {0};
  for (const char32_t c : chars) {
    std::vector<uint64_t> longer;
    for (const uint64_t key : readings) {
      for (const text::Syllable syllable : text::readings_of(c)) {
        const uint64_t next = add_syllable(key, text::fold_accent(syllable));
        if (longer.size() < kMaxReadings) longer.push_back(next);
      }
    }
    readings = std::move(longer);
  }
  std::sort(readings.begin(), readings.end());  // two may sound alike
  readings.erase(std::unique(readings.begin(), readings.end()), readings.end());
  for (const uint64_t key : readings) keys_.emplace_back(key, word);
}

uint32_t Vocabulary::add_record(const std::u32string& chars) {
  RespellWord record;
  record.first = static_cast<uint32_t>(letters_.size());
  record.size = static_cast<uint32_t>(chars.size());
  record.count = chars.size() < 2 ? 0 : rarest_pair(chars);
  record.right = static_cast<uint32_t>(records_.size());
  letters_.insert(letters_.end(), chars.begin(), chars.end());
  records_.push_back(record);
  return record.right;
}

void Vocabulary::add_words(ImageBuilder* image) {
  std::sort(words_.begin(), words_.end());  // the same pack gives the same bytes
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
  for (const std::u32string& chars : words_) {
    if (rarest_pair(chars) >= kLeastCount) add_readings(add_record(chars), chars);
  }
  add_typos();
  image->add(Section::kMatchRespellWords, records_);
  image->add(Section::kMatchRespellLetters, letters_);
}

// What the pack itself writes is never wrong, and nothing inside a protected word is.
void Vocabulary::add_typos() {
  if (typos_.empty()) return;
  for (const std::u32string& word : protected_) {
    if (word.size() < 2 || word.size() > kMaxRespelledWord) continue;
    keys_.emplace_back(spelling_key(word), add_record(word));
  }
  for (const auto& [wrong, right] : typos_) {
    if (std::binary_search(words_.begin(), words_.end(), wrong)) continue;
    const uint32_t meant = add_record(right);
    const uint32_t word = add_record(wrong);
    records_[word].right = meant;
    keys_.emplace_back(spelling_key(wrong), word);
  }
}

// Which three characters stand side by side where two of them are a word.
void Vocabulary::add_threes() {
  std::unordered_set<uint64_t> twos;
  for (const std::u32string& word : words_) {
    if (word.size() == 2) twos.insert(pair_key(word[0], word[1]));
  }
  for (const std::u32string& text : texts_) {
    for (size_t i = 0; i + 2 < text.size(); ++i) {
      if (!is_han(text[i]) || !is_han(text[i + 1]) || !is_han(text[i + 2])) continue;
      if (twos.contains(pair_key(text[i], text[i + 1])) ||
          twos.contains(pair_key(text[i + 1], text[i + 2]))) {
        known_.push_back(three_key(text[i], text[i + 1], text[i + 2]));
      }
    }
  }
}

void Vocabulary::add_singles(ImageBuilder* image) const {
  std::vector<RespellSingles> singles(text::pinyin_tables::kSyllableCount);
  const auto count_of = [&](char32_t c) { return counts_.at(c); };
  for (const auto& [c, count] : chars_) {
    for (const text::Syllable syllable : text::readings_of(c)) {
      char32_t falling = c;  // every place keeps the more frequent of the two
      for (char32_t& place : singles[syllable].characters) {
        if (place == 0 || count_of(falling) > count_of(place)) std::swap(place, falling);
        if (falling == 0) break;
      }
    }
  }
  image->add(Section::kMatchRespellSingles, singles);
}

void Vocabulary::add_keys(ImageBuilder* image) {
  std::vector<RespellKey> table(std::bit_ceil(keys_.size() * 2 + 2));
  header_.keys_mask = static_cast<uint32_t>(table.size() - 1);
  for (const auto& [key, word] : keys_) {
    size_t at = mix(key) & header_.keys_mask;
    while (table[at].key != 0) at = (at + 1) & header_.keys_mask;
    table[at] = {key, word, 0};
  }
  image->add(Section::kMatchRespellKeys, table);
}

void Vocabulary::add_known(ImageBuilder* image) {
  for (const auto& [key, unused] : pairs_) known_.push_back(key);
  std::sort(known_.begin(), known_.end());
  known_.erase(std::unique(known_.begin(), known_.end()), known_.end());
  const size_t bits = std::max<size_t>(std::bit_ceil(known_.size() * kFilterBitsAKey), 64);
  std::vector<uint64_t> filter(bits / 64);
  header_.known_mask = static_cast<uint32_t>(bits - 1);
  for (const uint64_t key : known_) {
    const uint64_t hash = mix(key);
    for (uint32_t probe = 0; probe < kFilterProbes; ++probe) {
      const uint32_t bit = filter_bit(hash, probe, header_.known_mask);
      filter[bit / 64] |= uint64_t{1} << (bit % 64);
    }
  }
  image->add(Section::kMatchRespellKnown, filter);
}

void Vocabulary::add_chars(ImageBuilder* image) {
  uint64_t all = 0;
  for (const auto& [c, count] : counts_) {
    chars_.push_back({c, count});
    all += count;
  }
  std::sort(chars_.begin(), chars_.end(),
            [](const RespellChar& a, const RespellChar& b) { return a.character < b.character; });
  header_.everyday = std::max(kLeastEveryday, static_cast<uint32_t>(all / kEverydayShare));
  image->add(Section::kMatchRespellChars, chars_);
}

void Vocabulary::finish(ImageBuilder* image) {
  header_.has_typos = typos_.empty() ? 0 : 1;
  add_words(image);
  add_keys(image);
  add_threes();
  add_known(image);
  add_chars(image);
  add_singles(image);
  image->add_one(Section::kMatchRespellHeader, header_);
}

}  // namespace

void Respeller::build(const rules::Pack& pack, ImageBuilder* image) {
  if (pack.settings.tolerance) Vocabulary(pack).finish(image);
}

}  // namespace xiaoer::match
