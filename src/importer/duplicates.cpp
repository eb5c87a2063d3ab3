#include "importer/duplicates.hpp"

#include <string>
#include <unordered_map>

#include "text/normaliser.hpp"

namespace xiaoer::importer {
namespace {

constexpr std::u32string_view kCourtesy = U"亲您你请们哦呢哈呀啊噢喔啦哟嘛咯哒滴";

struct Forms {
  std::u32string plain;     // without punctuation, spaces and symbols
  std::u32string skeleton;  // also without courtesy
};

Forms forms_of(const Phrase& phrase) {
  Forms forms;
  text::Text text;
  if (text::normalise(phrase.words, text) != text::NormaliseStatus::kOk) return forms;
  for (uint32_t i = 0; i < text.size(); ++i) {
    constexpr uint16_t kSkip = text::kPunctuation | text::kSpace | text::kSymbol;
    if (text.properties[i] & kSkip) continue;
    forms.plain.push_back(text.chars[i]);
    if (kCourtesy.find(text.chars[i]) == std::u32string_view::npos) {
      forms.skeleton.push_back(text.chars[i]);
    }
  }
  // Facts are no part of `words`: texts that quote different ones differ.
  for (const Diagnostic& note : phrase.notes) {
    if (!note.code.starts_with("import-placeholder")) continue;
    const std::u32string variable = text::normalise_to_chars(note.args[1]);
    forms.plain += variable;
    forms.skeleton += variable;
  }
  return forms;
}

// The first phrase of each form.
struct First {
  size_t phrase;
  size_t size;  // of its plain form
};
using Index = std::unordered_map<std::u32string, First>;

}  // namespace

void merge_duplicates(std::vector<Phrase>* phrases) {
  Index same, near;
  for (size_t i = 0; i < phrases->size(); ++i) {
    Phrase& phrase = (*phrases)[i];
    if (!phrase.sound()) continue;
    const Forms forms = forms_of(phrase);
    if (forms.plain.empty()) continue;
    const auto [equal, is_new] = same.try_emplace(forms.plain, First{i, forms.plain.size()});
    if (!is_new) {
      phrase.outcome = Outcome::kMerged;
      phrase.same_as = (*phrases)[equal->second.phrase].line;
      phrase.note("import-merged", {std::to_string(phrase.same_as), "1.00"});
      continue;
    }
    const auto [like, is_first] = near.try_emplace(forms.skeleton, First{i, forms.plain.size()});
    if (is_first || forms.skeleton.size() < kLeastNear) continue;
    const double share = 2.0 * static_cast<double>(forms.skeleton.size()) /
                         static_cast<double>(forms.plain.size() + like->second.size);
    if (share < kNear) continue;
    phrase.outcome = Outcome::kMerged;
    phrase.same_as = (*phrases)[like->second.phrase].line;
    phrase.note("import-merged", {std::to_string(phrase.same_as), two_decimals(share)});
    same.erase(forms.plain);  // a third like this one is merged with the first, too
  }
}

}  // namespace xiaoer::importer
