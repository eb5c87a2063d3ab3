#include "reply/compliance.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/normaliser.hpp"

namespace xiaoer::reply {
namespace {

struct Word {
  std::u32string chars;
  const rules::ComplianceSource* source = nullptr;
  std::string_view spelling;
};

Range add_chars(const std::u32string& chars, std::vector<char32_t>* out) {
  const Range range{static_cast<uint32_t>(out->size()), static_cast<uint32_t>(chars.size())};
  out->insert(out->end(), chars.begin(), chars.end());
  return range;
}

bool equal_at(const text::Text& text, uint32_t at, std::span<const char32_t> word) {
  return word.size() <= text.size() - at &&
         std::equal(word.begin(), word.end(), text.chars.begin() + at);
}

// What may stand between the characters of a disguised word.
bool is_sign(const text::Text& text, uint32_t at) {
  constexpr uint16_t kSigns = text::kPunctuation | text::kSymbol | text::kSpace;
  constexpr std::u32string_view kMarks = U",、:()\"'《》【】";
  const uint16_t property = text.properties[at];
  return (property & kSigns) != 0 && (property & text::kSentenceEnd) == 0 &&
         kMarks.find(text.chars[at]) == std::u32string_view::npos;
}

// Where a disguised word that begins at `at` ends; `at`: it is not there.
uint32_t disguised_end(const text::Text& text, uint32_t at, std::span<const char32_t> word) {
  uint32_t end = at;
  for (const char32_t c : word) {
    const uint32_t least = end;
    while (end > at && end < text.size() && end - least < kMostSigns && text.chars[end] != c &&
           is_sign(text, end)) {
      ++end;
    }
    if (end >= text.size() || text.chars[end] != c) return at;
    ++end;
  }
  return end;
}

uint32_t word_end(const text::Text& text, uint32_t at, std::span<const char32_t> word,
                  bool disguised) {
  if (equal_at(text, at, word)) return at + static_cast<uint32_t>(word.size());
  return disguised ? disguised_end(text, at, word) : at;
}

// Whether a longer harmless word covers the hit.
bool excepted(const Views& views, const WordRecord& word, const text::Text& text, uint32_t at) {
  for (const ExceptRecord& except : slice(views.excepts, word.excepts)) {
    const std::span<const char32_t> chars = slice(views.word_chars, except.chars);
    const auto size = static_cast<uint32_t>(chars.size());
    const uint32_t reach = std::min(at, size > word.chars.count ? size - word.chars.count : 0);
    for (uint32_t back = 0; back <= reach; ++back) {
      const uint32_t begin = at - back;
      if (begin + size >= at + word.chars.count && equal_at(text, begin, chars)) return true;
    }
  }
  return false;
}

bool may_begin_at(const Views& views, const text::Text& text, uint32_t at) {
  const WordStarts& starts = views.word_starts;
  if (at + 1 >= text.size()) return starts.may_begin(text.chars[at], 0);
  return starts.may_begin(text.chars[at], text.chars[at + 1]) ||
         (is_sign(text, at + 1) && starts.may_begin_before_sign(text.chars[at]));
}

// The first word in the pack that begins at `at`.
WordHit word_at(const Views& views, const text::Text& text, uint32_t at) {
  const char32_t first = text.chars[at];
  const auto first_char = [&](const WordRecord& word) {
    return views.word_chars[word.chars.first];
  };
  auto word = std::lower_bound(
      views.words.begin(), views.words.end(), first,
      [&](const WordRecord& record, char32_t c) { return first_char(record) < c; });
  for (; word != views.words.end() && first_char(*word) == first; ++word) {
    const auto chars = slice(views.word_chars, word->chars);
    const uint32_t end = word_end(text, at, chars, word->disguised != 0);
    if (end > at && !excepted(views, *word, text, at)) return {&*word, {at, end}};
  }
  return {};
}

// The first word that begins in [from, to).
WordHit find_word_in(const Views& views, const text::Text& text, uint32_t from, uint32_t to) {
  const char32_t* const chars = text.chars.data();
  for (uint32_t at = from; at < to; ++at) {
    if (!views.word_starts.may_begin(chars[at]) || !may_begin_at(views, text, at)) continue;
    const WordHit hit = word_at(views, text, at);
    if (hit.word != nullptr) return hit;
  }
  return {};
}

bool all_literals_free(const Views& views, Range pieces) {
  if (pieces.count == 0) return false;
  for (uint32_t piece = pieces.first; piece < pieces.first + pieces.count; ++piece) {
    if (views.pieces[piece].kind == PieceKind::kLiteral && views.free_literals[piece] == 0) {
      return false;
    }
  }
  return true;
}

// The first word that a value holds or has a part in, where no literal holds one by itself: it
// begins in the value, or so near before it that it may reach it.
WordHit find_word_at_slots(const Views& views, const Draft& draft) {
  const text::Text& text = draft.chars;
  const uint32_t reach = views.word_starts.longest();
  const auto character_at = [&](uint32_t byte) {
    const auto found = std::lower_bound(text.begins.begin(), text.begins.end(), byte);
    return static_cast<uint32_t>(found - text.begins.begin());
  };
  uint32_t done = 0;
  for (const Slot& slot : draft.slots) {
    const uint32_t first = character_at(slot.begin), end = character_at(slot.end);
    const WordHit hit = find_word_in(views, text, std::max(done, first - std::min(first, reach)),
                                     std::max(first, end));
    if (hit.word != nullptr) return hit;
    done = end;
  }
  return {};
}

const rules::RewriteSource* rewrite_of(const Word& word) {
  for (const rules::RewriteSource& rewrite : word.source->rewrites) {
    if (rewrite.word.empty() || rewrite.word == word.spelling) return &rewrite;
  }
  return nullptr;
}

}  // namespace

WordHit find_word(const Views& views, const text::Text& text, uint32_t from) {
  return views.words.empty() ? WordHit{} : find_word_in(views, text, from, text.size());
}

std::vector<uint8_t> find_free_literals(const Views& views) {
  if (views.words.empty()) return {};  // nothing is looked for
  std::vector<uint8_t> free(views.pieces.size());
  text::Text text;
  for (uint32_t piece = 0; piece < free.size(); ++piece) {
    free[piece] = views.literals.read(piece, &text) && find_word(views, text, 0).word == nullptr;
  }
  return free;
}

void build_compliance(const rules::Pack& pack, ImageBuilder* image) {
  std::vector<Word> words;
  for (const rules::ComplianceSource& source : pack.compliance) {
    for (const std::string& word : source.words) {
      words.push_back({text::normalise_to_chars(word), &source, word});
      if (words.back().chars.empty()) words.pop_back();
    }
  }
  // By first character, so that those of one character stand together; author
  // order among equals.
  std::stable_sort(words.begin(), words.end(),
                   [](const Word& a, const Word& b) { return a.chars[0] < b.chars[0]; });
  std::vector<WordRecord> records;
  std::vector<ExceptRecord> excepts;
  std::vector<char32_t> chars;
  for (const Word& word : words) {
    WordRecord record;
    record.rule = image->string(word.source->rule);
    record.word = image->string(word.spelling);
    record.advice = image->string(word.source->advice);
    if (const rules::RewriteSource* rewrite = rewrite_of(word)) {
      record.has_rewrite = 1;
      record.rewrite = image->string(rewrite->text);
    }
    record.disguised = word.source->disguised ? 1 : 0;
    record.chars = add_chars(word.chars, &chars);
    record.excepts.first = static_cast<uint32_t>(excepts.size());
    for (const std::string& except : word.source->except) {
      const std::u32string longer = text::normalise_to_chars(except);
      if (longer.find(word.chars) == longer.npos) continue;  // an exception of a sister word
      excepts.push_back({add_chars(longer, &chars)});
    }
    record.excepts.count = static_cast<uint32_t>(excepts.size()) - record.excepts.first;
    records.push_back(record);
  }
  image->add(Section::kReplyCompliance, records);
  image->add(Section::kReplyExcepts, excepts);
  image->add(Section::kReplyWordChars, chars);
}

bool check_compliance(const Views& views, const VariantRecord& variant, const Draft& draft,
                      Refusal* refusal) {
  if (views.words.empty()) return true;
  const WordRecord* word = all_literals_free(views, variant.pieces)
                               ? find_word_at_slots(views, draft).word
                               : find_word(views, draft.chars, 0).word;
  if (word == nullptr) return true;
  return refusal->set(views.text(word->rule), views.text(word->word));
}

}  // namespace xiaoer::reply
