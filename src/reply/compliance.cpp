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

// The list as flat records, wherever they live.
struct Lists {
  std::span<const WordRecord> words;
  std::span<const ExceptRecord> excepts;
  std::span<const char32_t> chars;
  const WordStarts& starts;
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

// Whether a longer harmless word covers the hit.
bool excepted(const Lists& lists, const WordRecord& word, const text::Text& text, uint32_t at) {
  for (const ExceptRecord& except : slice(lists.excepts, word.excepts)) {
    const std::span<const char32_t> chars = slice(lists.chars, except.chars);
    const auto size = static_cast<uint32_t>(chars.size());
    const uint32_t reach = std::min(at, size > word.chars.count ? size - word.chars.count : 0);
    for (uint32_t back = 0; back <= reach; ++back) {
      const uint32_t begin = at - back;
      if (begin + size >= at + word.chars.count && equal_at(text, begin, chars)) return true;
    }
  }
  return false;
}

const WordRecord* find_word(const Lists& lists, const text::Text& text) {
  const auto first_char = [&](const WordRecord& word) { return lists.chars[word.chars.first]; };
  for (uint32_t at = 0; at < text.size(); ++at) {
    if (!lists.starts.may_have(text.chars[at])) continue;
    auto word = std::lower_bound(
        lists.words.begin(), lists.words.end(), text.chars[at],
        [&](const WordRecord& record, char32_t c) { return first_char(record) < c; });
    for (; word != lists.words.end() && first_char(*word) == text.chars[at]; ++word) {
      const bool hit = equal_at(text, at, slice(lists.chars, word->chars));
      if (hit && !excepted(lists, *word, text, at)) return &*word;
    }
  }
  return nullptr;
}

}  // namespace

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

bool check_compliance(const Views& views, const Draft& draft, Refusal* refusal) {
  if (views.words.empty()) return true;
  const Lists lists{views.words, views.excepts, views.word_chars, views.word_starts};
  const WordRecord* word = find_word(lists, draft.chars);
  if (word == nullptr) return true;
  return refusal->set(views.text(word->rule), views.text(word->word));
}

}  // namespace xiaoer::reply
