// Training of the example matcher: complement naive Bayes in closed form. The weight of a gram for
// an intent is log((a + all) / (a + all - own)), where `all` and `own` are its tf-idf mass over all
// texts and over those of the intent: large when the gram is the intent's own, near zero when
// everybody uses it, and sparse, since intents without the gram get nothing. Intents of a family
// (invoice.ask, invoice.title) share grams, which must not make these speak for nobody: the weight
// is a mixture of that of the intent and that of its family. Texts are the examples and a few
// spelt-out ways of each phrase.

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "match/example_grams.hpp"
#include "match/examples.hpp"
#include "rules/phrase.hpp"
#include "text/utf8.hpp"

namespace xiaoer::match {
namespace {

constexpr double kSmoothing = 0.3;
constexpr double kFamilyShare = 0.4;   // of a weight; see docs/performance.md
constexpr double kSingleFactor = 0.6;  // a single character says less than a pair
constexpr uint32_t kVariants = 4;      // spelt-out ways of one alternative of a phrase
constexpr uint32_t kMaxDepth = 8;
constexpr size_t kMaxSpelt = 64;      // characters
constexpr uint16_t kLeastWeight = 5;  // weaker ones are not worth following

// The grams of one text, each once.
using Grams = std::set<uint64_t>;

Grams grams_of(const text::Text& text) {
  Grams grams;
  for_each_gram(text, true, [&](uint64_t key) { grams.insert(key); });
  return grams;
}

double factor(uint64_t key) { return is_pair(key) ? 1 : kSingleFactor; }

// Spells phrases out: alternatives by turns, gaps left out, slots as a number.
class Speller {
 public:
  explicit Speller(const rules::Pack& pack) {
    for (const rules::ConceptSource& source : pack.concepts) concepts_[source.name] = &source;
  }

  std::vector<std::string> spell(const rules::PatternSource& pattern) const {
    std::vector<std::string> out;
    rules::Phrase phrase;
    rules::PhraseError error;
    if (pattern.is_regex || !rules::parse_phrase(pattern.text, &phrase, &error)) return out;
    for (const rules::PhraseAlternative& alternative : phrase.alternatives) {
      for (uint32_t turn = 0; turn < kVariants; ++turn) {
        std::u32string text;
        for (const rules::PhraseNode& part : alternative.parts) append(part, turn, 0, &text);
        std::string bytes = text::encode(text);
        if (!bytes.empty() && std::find(out.begin(), out.end(), bytes) == out.end()) {
          out.push_back(std::move(bytes));
        }
      }
    }
    return out;
  }

 private:
  using Kind = rules::PhraseNode::Kind;

  void append(const rules::PhraseNode& node, uint32_t turn, uint32_t depth,
              std::u32string* out) const {
    if (depth > kMaxDepth || out->size() > kMaxSpelt || (node.optional && turn % 2 == 1)) return;
    if (node.kind == Kind::kLiteral) out->append(node.literal);
    if (node.kind == Kind::kSlot) out->push_back(U'0');
    if (node.kind == Kind::kSequence) {
      for (const rules::PhraseNode& child : node.children) append(child, turn, depth + 1, out);
    }
    if (node.kind == Kind::kAlternatives && !node.children.empty()) {
      append(node.children[turn % node.children.size()], turn, depth + 1, out);
    }
    if (node.kind == Kind::kConcept) append_concept(node.name, turn, depth, out);
  }

  void append_concept(const std::string& name, uint32_t turn, uint32_t depth,
                      std::u32string* out) const {
    const auto found = concepts_.find(name);
    if (found == concepts_.end() || found->second->words.empty()) return;
    rules::Phrase phrase;
    rules::PhraseError error;
    const auto& words = found->second->words;
    if (!rules::parse_phrase(words[turn % words.size()], &phrase, &error)) return;
    if (phrase.alternatives.empty()) return;
    const auto& alternative = phrase.alternatives[turn % phrase.alternatives.size()];
    for (const rules::PhraseNode& part : alternative.parts) append(part, turn, depth + 1, out);
  }

  std::unordered_map<std::string, const rules::ConceptSource*> concepts_;
};

// The family of each intent, as a number.
std::vector<uint32_t> families_of(const rules::Pack& pack) {
  std::map<std::string, uint32_t> numbers;
  std::vector<uint32_t> families;
  for (const rules::IntentSource& intent : pack.intents) {
    const std::string family(rules::family_of(intent.id));
    families.push_back(numbers.emplace(family, numbers.size()).first->second);
  }
  return families;
}

class Trainer {
 public:
  explicit Trainer(std::vector<uint32_t> families) : families_(std::move(families)) {}

  void add(uint32_t intent, Grams grams) {
    if (grams.empty()) return;
    for (const uint64_t key : grams) ++texts_with_[key];
    if (counts_.size() <= intent) counts_.resize(intent + 1, 0);
    ++counts_[intent];
    texts_.push_back({intent, std::move(grams)});
  }

  // Weights by gram, in the order of keys: the same pack gives the same bytes.
  std::map<uint64_t, std::vector<GramWeight>> train() const {
    std::map<uint64_t, std::map<uint32_t, double>> mass;
    for (const TrainingText& text : texts_) {
      double length = 0;
      for (const uint64_t key : text.grams) length += square(value(key));
      length = std::sqrt(length);
      for (const uint64_t key : text.grams) {
        mass[key][text.intent] += value(key) / length / std::sqrt(counts_[text.intent]);
      }
    }
    std::map<uint64_t, std::vector<GramWeight>> weights;
    for (const auto& [key, by_intent] : mass) {
      double all = kSmoothing;
      std::map<uint32_t, double> by_family;
      for (const auto& [intent, own] : by_intent) {
        all += own;
        by_family[families_[intent]] += own;
      }
      for (const auto& [intent, own] : by_intent) {
        const double alone = std::log(all / (all - own));
        const double family = std::log(all / (all - by_family[families_[intent]]));
        const double mixed = (1 - kFamilyShare) * alone + kFamilyShare * family;
        const double weight = factor(key) * mixed * kWeightUnit;
        const auto rounded = static_cast<uint16_t>(std::min(std::lround(weight), 65535L));
        if (rounded >= kLeastWeight) {
          weights[key].push_back({static_cast<uint16_t>(intent), rounded});
        }
      }
      keep_strongest(&weights[key]);
    }
    return weights;
  }

 private:
  struct TrainingText {
    uint32_t intent;
    Grams grams;
  };
  static void keep_strongest(std::vector<GramWeight>* list) {
    std::stable_sort(list->begin(), list->end(),
                     [](const GramWeight& a, const GramWeight& b) { return a.weight > b.weight; });
    if (list->size() > kMaxWeights) list->resize(kMaxWeights);
  }
  static double square(double x) { return x * x; }
  double value(uint64_t key) const {
    return factor(key) * std::log(1 + static_cast<double>(texts_.size()) / texts_with_.at(key));
  }

  std::vector<uint32_t> families_;  // by intent
  std::vector<TrainingText> texts_;
  std::vector<uint32_t> counts_;  // texts by intent
  std::unordered_map<uint64_t, uint32_t> texts_with_;
};

void add_grams(const std::map<uint64_t, std::vector<GramWeight>>& trained, uint32_t intents,
               ImageBuilder* image) {
  uint32_t size = 64;
  while (size < trained.size() * 2) size *= 2;
  std::vector<GramRecord> grams(size);
  std::vector<uint64_t> filter(kFilterWords, 0);
  for (const auto& [key, list] : trained) {
    if (list.empty()) continue;
    const uint64_t hash = gram_hash(key);
    uint32_t at = hash & (size - 1);
    while (grams[at].key != 0) at = (at + 1) & (size - 1);
    grams[at].key = key;
    std::fill(std::begin(grams[at].weights), std::end(grams[at].weights),
              GramWeight{static_cast<uint16_t>(intents), 0});
    std::copy(list.begin(), list.end(), grams[at].weights);
    filter[hash >> 6 & (kFilterWords - 1)] |= uint64_t{1} << (hash & 63);
  }
  image->add_one(Section::kMatchExampleHeader, ExampleHeader{intents, size - 1});
  image->add(Section::kMatchExampleGrams, grams);
  image->add(Section::kMatchExampleFilter, filter);
}

}  // namespace

void ExampleMatcher::build(const rules::Pack& pack, ImageBuilder* image) {
  const Speller speller(pack);
  Trainer trainer(families_of(pack));
  std::vector<ExampleRecord> examples;
  std::vector<Range> by_intent;
  text::Text text;
  for (uint32_t i = 0; i < pack.intents.size(); ++i) {
    const rules::IntentSource& intent = pack.intents[i];
    by_intent.push_back({static_cast<uint32_t>(examples.size()), 0});
    for (const rules::ExampleSource& example : intent.examples) {
      ExampleRecord record;
      record.text = image->string(example.text);
      if (text::normalise(example.text, text) == text::NormaliseStatus::kOk) {
        for_each_gram(text, false,
                      [&](uint64_t key) { sign(key, gram_hash(key), record.signature); });
        trainer.add(i, grams_of(text));
      }
      examples.push_back(record);
      ++by_intent.back().count;
    }
    for (const rules::PatternSource& pattern : intent.patterns) {
      for (const std::string& spelt : speller.spell(pattern)) {
        if (text::normalise(spelt, text) != text::NormaliseStatus::kOk) continue;
        trainer.add(i, grams_of(text));
      }
    }
  }
  add_grams(trainer.train(), static_cast<uint32_t>(pack.intents.size()), image);
  image->add(Section::kMatchExampleTexts, examples);
  image->add(Section::kMatchExampleIntents, by_intent);
}

}  // namespace xiaoer::match
