#include "pack_lint.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "engine.hpp"
#include "match/expand.hpp"
#include "rules/pattern_options.hpp"
#include "ruleset.hpp"
#include "text/utf8.hpp"

namespace xiaoer {
namespace {

constexpr size_t kMaxTexts = 200;  // that one phrase may stand for; of a larger one nothing is said

// Stray examples of an intent are told in one warning, at the first: they are mended together. A
// few among many are no fault, since messages on a border may be read either way; nor are those
// that an intent of the same family answers, whose border the near-miss tests hold.
void lint_examples(const rules::Pack& pack, const Ruleset& ruleset, Diagnostics* diagnostics) {
  constexpr size_t kShown = 6;
  constexpr size_t kShare = 3;  // from one in so many on
  Context context;
  Result result;
  for (const rules::IntentSource& intent : pack.intents) {
    const rules::ExampleSource* first = nullptr;
    std::string shown;
    size_t count = 0;
    for (const rules::ExampleSource& example : intent.examples) {
      Request request;
      request.message = example.text;
      if (answer(ruleset, context, nullptr, request, &result) != Status::kOk) continue;
      if (result.intents.empty()) continue;
      const std::string_view answering = result.text(result.intents[0].id);
      if (rules::family_of(answering) == rules::family_of(intent.id)) continue;
      if (first == nullptr) first = &example;
      if (++count > kShown) continue;
      shown += (count > 1 ? "; " : "") + example.text + " → ";
      shown += answering;
    }
    if (first == nullptr || count * kShare < intent.examples.size()) continue;
    diagnostics->warning("example-answered-elsewhere", first->place,
                         {shown, std::to_string(count), std::to_string(intent.examples.size())},
                         intent.id);
  }
}

// Every text that a phrase of words alone (no gap, slot or +) stands for; none otherwise.
class Texts {
 public:
  explicit Texts(const rules::Pack& pack) : expander_(pack) {}

  std::vector<std::u32string> of(const rules::PatternSource& pattern) {
    std::vector<std::u32string> texts;
    std::vector<match::ExpandedAlternative> alternatives;
    match::ExpandError error;
    if (pattern.is_regex || !expander_.expand(pattern.text, pattern.tree, &alternatives, &error)) {
      return {};
    }
    for (const match::ExpandedAlternative& alternative : alternatives) {
      if (alternative.parts.size() != 1 || !add(alternative.parts[0], &texts)) return {};
    }
    return texts;
  }

 private:
  static bool add(const match::Form& form, std::vector<std::u32string>* texts) {
    std::vector<std::u32string> begun = {U""};
    for (const match::Item& item : form) {
      if (item.kind != match::Item::Kind::kGroup) return false;
      if (begun.size() * item.strings.size() > kMaxTexts) return false;
      std::vector<std::u32string> next;
      for (const std::u32string& begin : begun) {
        for (const std::u32string& string : item.strings) next.push_back(begin + string);
      }
      begun = std::move(next);
    }
    texts->insert(texts->end(), begun.begin(), begun.end());
    return texts->size() <= kMaxTexts;
  }

  match::Expander expander_;
};

class PhraseLinter {
 public:
  PhraseLinter(const rules::Pack& pack, const Ruleset& ruleset, Diagnostics* diagnostics)
      : pack_(pack),
        ruleset_(ruleset),
        diagnostics_(diagnostics),
        texts_(pack),
        scratch_(ruleset.matcher().make_scratch()) {}

  void run() {
    uint32_t first = 0;  // running number of the intent's first pattern
    for (const rules::IntentSource& intent : pack_.intents) {
      covered_.assign(intent.patterns.size(), false);
      for (uint32_t i = 0; i < intent.patterns.size(); ++i) check(intent, first, i);
      first += static_cast<uint32_t>(intent.patterns.size());
    }
  }

 private:
  void check(const rules::IntentSource& intent, uint32_t first, uint32_t own) {
    const rules::PatternSource& pattern = intent.patterns[own];
    const std::vector<std::u32string> texts = texts_.of(pattern);
    if (texts.empty()) return;
    const std::string options = rules::options_key(pattern);
    std::vector<uint32_t> rivals;  // patterns that matched all texts so far as well
    for (uint32_t i = 0; i < intent.patterns.size(); ++i) {
      const bool same = i != own && !covered_[i] && !intent.patterns[i].is_regex;
      if (same && rules::options_key(intent.patterns[i]) == options) rivals.push_back(i);
    }
    bool matched = false;
    for (const std::u32string& text : texts) {
      hear(text);
      const match::PatternHit* hit = find(first + own);
      if (hit == nullptr) continue;
      matched = true;
      std::erase_if(rivals, [&](uint32_t rival) {
        const match::PatternHit* other = find(first + rival);
        return other == nullptr || other->span.size() < hit->span.size() ||
               specificity(first + rival) < specificity(first + own);
      });
    }
    if (!matched) {
      diagnostics_->warning("unmatched-phrase", pattern.place, {pattern.text}, intent.id);
    } else if (!rivals.empty()) {
      covered_[own] = true;
      const rules::PatternSource& rival = intent.patterns[rivals[0]];
      diagnostics_->warning("covered-phrase", pattern.place,
                            {pattern.text, rival.text, std::to_string(rival.place.line)},
                            intent.id);
    }
  }

  void hear(const std::u32string& text) {
    message_ = text::encode(text);
    if (text::normalise(message_, text_) != text::NormaliseStatus::kOk) return;
    ruleset_.matcher().scan(text_, scratch_.get());
    ruleset_.entities().find(text_, ruleset_.matcher().dictionary_hits(*scratch_), &entities_);
    ruleset_.matcher().verify(text_, entities_, scratch_.get());
  }

  const match::PatternHit* find(uint32_t pattern) const {
    for (const match::PatternHit& hit : ruleset_.matcher().hits(*scratch_)) {
      if (hit.pattern == pattern) return &hit;
    }
    return nullptr;
  }

  uint32_t specificity(uint32_t pattern) const { return ruleset_.matcher().specificity(pattern); }

  const rules::Pack& pack_;
  const Ruleset& ruleset_;
  Diagnostics* diagnostics_;
  Texts texts_;
  match::MatchScratchPtr scratch_;
  std::vector<bool> covered_;  // of the intent's patterns: reported, so no excuse for another
  std::string message_;
  text::Text text_;
  entities::Entities entities_;
};

}  // namespace

void lint_pack(const rules::Pack& pack, const Ruleset& ruleset, Diagnostics* diagnostics) {
  PhraseLinter(pack, ruleset, diagnostics).run();
  lint_examples(pack, ruleset, diagnostics);
}

}  // namespace xiaoer
