// Training of the example matcher: complement naive Bayes in closed form. The weight of a gram for
// an intent is log((a + all) / (a + all - own)), where `all` and `own` are its tf-idf mass over all
// texts and over those of the intent: large when the gram is the intent's own, near zero when
// everybody uses it, and sparse, since intents without the gram get nothing. Intents of a family
// (invoice.ask, invoice.title) share grams, which must not make these speak for nobody: the weight
// is a mixture of that of the intent and that of its family. Texts are the examples and a few
// spelt-out ways of each phrase.

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
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

// The grams of one text in ascending order, each once.
void collect_grams(const text::Text& text, std::vector<uint64_t>* grams) {
  grams->clear();
  for_each_gram(text, true, [&](uint64_t key) { grams->push_back(key); });
  std::sort(grams->begin(), grams->end());
  grams->erase(std::unique(grams->begin(), grams->end()), grams->end());
}

double factor(uint64_t key) { return is_pair(key) ? 1 : kSingleFactor; }

// Spells phrases out: alternatives by turns, gaps left out, slots as a number.
class Speller {
 public:
  explicit Speller(const rules::Pack& pack) {
    for (const rules::ConceptSource& source : pack.concepts) {
      std::vector<rules::Phrase>& words = concepts_[source.name];
      words.resize(std::min<size_t>(source.words.size(), kVariants));  // no turn takes a later one
      rules::PhraseError error;
      for (size_t i = 0; i < words.size(); ++i) {
        rules::parse_phrase(source.words[i], &words[i], &error);
      }
    }
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
    if (found == concepts_.end() || found->second.empty()) return;
    const rules::Phrase& phrase = found->second[turn % found->second.size()];
    if (phrase.alternatives.empty()) return;
    const auto& alternative = phrase.alternatives[turn % phrase.alternatives.size()];
    for (const rules::PhraseNode& part : alternative.parts) append(part, turn, depth + 1, out);
  }

  std::unordered_map<std::string, std::vector<rules::Phrase>> concepts_;  // the first words
};

// The family of each intent, as a number.
std::vector<uint32_t> families_of(const rules::Pack& pack) {
  std::unordered_map<std::string, uint32_t> numbers;
  std::vector<uint32_t> families;
  for (const rules::IntentSource& intent : pack.intents) {
    const std::string family(rules::family_of(intent.id));
    families.push_back(numbers.emplace(family, numbers.size()).first->second);
  }
  return families;
}

// The strongest weights of one gram, the strongest first; of equal ones the earlier intent's.
struct TrainedGram {
  uint64_t key = 0;
  uint32_t count = 0;
  GramWeight weights[kMaxWeights];

  void add(GramWeight weight) {
    uint32_t at = std::min(count, kMaxWeights - 1);
    if (count == kMaxWeights && weights[at].weight >= weight.weight) return;
    for (; at > 0 && weights[at - 1].weight < weight.weight; --at) weights[at] = weights[at - 1];
    weights[at] = weight;
    count = std::min(count + 1, kMaxWeights);
  }
};

// Grams are numbered as they come, so that everything else is arrays: a pack has hundreds of
// thousands of grams in its texts.
class Trainer {
 public:
  explicit Trainer(std::vector<uint32_t> families) : families_(std::move(families)) {}

  // The grams as collect_grams leaves them. Texts of an earlier intent come first.
  void add(uint32_t intent, const std::vector<uint64_t>& grams) {
    if (grams.empty()) return;
    for (const uint64_t key : grams) {
      const uint32_t number = number_of(key);
      ++texts_with_[number];
      numbers_.push_back(number);
    }
    if (counts_.size() <= intent) counts_.resize(intent + 1, 0);
    ++counts_[intent];
    texts_.push_back({intent, numbers_.size()});
  }

  // In the order of keys: the same pack gives the same bytes.
  std::vector<TrainedGram> train() const {
    const std::vector<Mass> masses = collect_masses();
    std::vector<TrainedGram> trained(keys_.size());
    std::vector<double> by_family(families_.size(), 0);
    size_t first = 0;  // of the gram's masses, in the order of numbers
    for (uint32_t number = 0; number < keys_.size(); ++number) {
      trained[number].key = keys_[number];
      size_t count = 0;
      while (count < texts_with_[number] && masses[first + count].own > 0) ++count;
      weigh({masses.data() + first, count}, &by_family, &trained[number]);
      first += texts_with_[number];
    }
    std::sort(trained.begin(), trained.end(),
              [](const TrainedGram& a, const TrainedGram& b) { return a.key < b.key; });
    return trained;
  }

 private:
  struct TrainingText {
    uint32_t intent;
    size_t end;  // of its grams in numbers_
  };
  struct Mass {
    double own = 0;  // 0: place not needed
    uint32_t intent = 0;
  };

  uint32_t number_of(uint64_t key) {
    if (2 * keys_.size() >= table_.size()) grow();
    const size_t mask = table_.size() - 1;
    size_t at = gram_hash(key) & mask;
    while (table_[at] != 0 && keys_[table_[at] - 1] != key) at = (at + 1) & mask;
    if (table_[at] == 0) {
      keys_.push_back(key);
      texts_with_.push_back(0);
      table_[at] = static_cast<uint32_t>(keys_.size());
    }
    return table_[at] - 1;
  }

  void grow() {
    table_.assign(std::max<size_t>(1024, 2 * table_.size()), 0);
    for (uint32_t number = 0; number < keys_.size(); ++number) {
      size_t at = gram_hash(keys_[number]) & (table_.size() - 1);
      while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
      table_[at] = number + 1;
    }
  }

  // Of every gram one mass an intent that has it, intents in order, in as many places as there are
  // texts with the gram.
  std::vector<Mass> collect_masses() const {
    const std::vector<double> values = gram_values();
    std::vector<size_t> next(keys_.size());  // the gram's first place, then that of its last intent
    std::exclusive_scan(texts_with_.begin(), texts_with_.end(), next.begin(), size_t{0});
    std::vector<Mass> masses(numbers_.size());
    size_t begin = 0;
    for (const TrainingText& text : texts_) {
      double length = 0;
      for (size_t i = begin; i < text.end; ++i) length += values[numbers_[i]] * values[numbers_[i]];
      length = std::sqrt(length);
      const double texts = std::sqrt(counts_[text.intent]);
      for (size_t i = begin; i < text.end; ++i) {
        Mass* mass = &masses[next[numbers_[i]]];
        if (mass->own > 0 && mass->intent != text.intent) mass = &masses[++next[numbers_[i]]];
        mass->intent = text.intent;
        mass->own += values[numbers_[i]] / length / texts;
      }
      begin = text.end;
    }
    return masses;
  }

  std::vector<double> gram_values() const {
    std::vector<double> values(keys_.size());
    for (size_t i = 0; i < keys_.size(); ++i) {
      values[i] =
          factor(keys_[i]) * std::log(1 + static_cast<double>(texts_.size()) / texts_with_[i]);
    }
    return values;
  }

  // `by_family` is scratch, all zeros.
  void weigh(std::span<const Mass> masses, std::vector<double>* by_family,
             TrainedGram* gram) const {
    double all = kSmoothing;
    for (const Mass& mass : masses) {
      all += mass.own;
      (*by_family)[families_[mass.intent]] += mass.own;
    }
    for (const Mass& mass : masses) {
      const double of_family = (*by_family)[families_[mass.intent]];
      // log(1 + x) <= x: most are told to be too weak without a logarithm.
      const double most = factor(gram->key) * (of_family / (all - of_family)) * kWeightUnit;
      if (most < kLeastWeight - 1) continue;
      const double alone = std::log(all / (all - mass.own));
      const double family = std::log(all / (all - of_family));
      const double mixed = (1 - kFamilyShare) * alone + kFamilyShare * family;
      const double weight = factor(gram->key) * mixed * kWeightUnit;
      const auto rounded = static_cast<uint16_t>(std::min(std::lround(weight), 65535L));
      if (rounded >= kLeastWeight) gram->add({static_cast<uint16_t>(mass.intent), rounded});
    }
    for (const Mass& mass : masses) (*by_family)[families_[mass.intent]] = 0;
  }

  std::vector<uint32_t> families_;    // by intent
  std::vector<uint64_t> keys_;        // by number
  std::vector<uint32_t> texts_with_;  // by number
  std::vector<uint32_t> table_;       // key to number + 1, open addressing; 0: free
  std::vector<TrainingText> texts_;
  std::vector<uint32_t> numbers_;  // the grams of all texts
  std::vector<uint32_t> counts_;   // texts by intent
};

void add_grams(const std::vector<TrainedGram>& trained, uint32_t intents, ImageBuilder* image) {
  uint32_t size = 64;
  while (size < trained.size() * 2) size *= 2;
  std::vector<GramRecord> grams(size);
  std::vector<uint64_t> filter(kFilterWords, 0);
  for (const TrainedGram& gram : trained) {
    if (gram.count == 0) continue;
    const uint64_t hash = gram_hash(gram.key);
    uint32_t at = hash & (size - 1);
    while (grams[at].key != 0) at = (at + 1) & (size - 1);
    grams[at].key = gram.key;
    std::fill(std::begin(grams[at].weights), std::end(grams[at].weights),
              GramWeight{static_cast<uint16_t>(intents), 0});
    std::copy(gram.weights, gram.weights + gram.count, grams[at].weights);
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
  std::vector<uint64_t> grams;
  for (uint32_t i = 0; i < pack.intents.size(); ++i) {
    const rules::IntentSource& intent = pack.intents[i];
    by_intent.push_back({static_cast<uint32_t>(examples.size()), 0});
    for (const rules::ExampleSource& example : intent.examples) {
      ExampleRecord record;
      record.text = image->string(example.text);
      if (text::normalise(example.text, text) == text::NormaliseStatus::kOk) {
        for_each_gram(text, false,
                      [&](uint64_t key) { sign(key, gram_hash(key), record.signature); });
        collect_grams(text, &grams);
        trainer.add(i, grams);
      }
      examples.push_back(record);
      ++by_intent.back().count;
    }
    for (const rules::PatternSource& pattern : intent.patterns) {
      for (const std::string& spelt : speller.spell(pattern)) {
        if (text::normalise(spelt, text) != text::NormaliseStatus::kOk) continue;
        collect_grams(text, &grams);
        trainer.add(i, grams);
      }
    }
  }
  add_grams(trainer.train(), static_cast<uint32_t>(pack.intents.size()), image);
  image->add(Section::kMatchExampleTexts, examples);
  image->add(Section::kMatchExampleIntents, by_intent);
}

}  // namespace xiaoer::match
