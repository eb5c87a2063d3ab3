// Training of the example matcher. Texts are the examples and a few spelt-out ways of each phrase,
// as vectors of their grams' inverse document frequencies. Two linear models are trained: one tells
// the groups of intents apart (invoice, ship.time), one the intents of each group. Splitting the
// work so keeps both small, and lets intents that share most of their words speak for their group
// together.

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>
#include <string>
#include <unordered_map>

#include "match/example_grams.hpp"
#include "match/examples.hpp"
#include "match/softmax_training.hpp"
#include "rules/phrase.hpp"
#include "text/utf8.hpp"

namespace xiaoer::match {
namespace {

constexpr uint32_t kVariants = 4;  // spelt-out ways of one alternative of a phrase
constexpr uint32_t kMaxDepth = 8;
constexpr size_t kMaxSpelt = 64;  // characters

// The grams of one text in ascending order, each once.
void collect_grams(const text::Text& text, std::vector<uint64_t>* grams) {
  grams->clear();
  for_each_gram(
      text,
      [&](char32_t c, uint32_t, uint32_t) {
        if (c != 0 && stands_alone(c)) grams->push_back(c);
      },
      [&](uint64_t pair, uint32_t, uint32_t) { grams->push_back(pair); });
  std::sort(grams->begin(), grams->end());
  grams->erase(std::unique(grams->begin(), grams->end()), grams->end());
}

// Spells phrases out: alternatives by turns, gaps left out, slots as a number.
class Speller {
 public:
  explicit Speller(const rules::Pack& pack) {
    for (const rules::ConceptSource& source : pack.concepts) {
      std::vector<rules::PhraseTree>& words = concepts_[source.name];
      words.resize(std::min<size_t>(source.words.size(), kVariants));  // no turn takes a later one
      rules::PhraseError error;
      for (size_t i = 0; i < words.size(); ++i) {
        words[i] = rules::parse_phrase(source.words[i], &error);
      }
    }
  }

  std::vector<std::string> spell(const rules::PatternSource& pattern) const {
    std::vector<std::string> out;
    const rules::PhraseTree phrase = rules::phrase_of(pattern);
    if (phrase == nullptr) return out;
    for (const rules::PhraseAlternative& alternative : phrase->alternatives) {
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
    const rules::PhraseTree& phrase = found->second[turn % found->second.size()];
    if (phrase == nullptr) return;
    const auto& alternative = phrase->alternatives[turn % phrase->alternatives.size()];
    for (const rules::PhraseNode& part : alternative.parts) append(part, turn, depth + 1, out);
  }

  std::unordered_map<std::string, std::vector<rules::PhraseTree>> concepts_;  // the first words
};

// The first `depth` components of an id, its last one never among them.
std::string_view group_name(std::string_view id, uint32_t depth) {
  id = rules::family_of(id);
  size_t end = 0;
  while (depth > 0 && end < id.size()) {
    end = std::min(id.find('.', end + (end > 0)), id.size());
    --depth;
  }
  return id.substr(0, end);
}

// The group of each intent: its family, or as much of the family's name as leaves kMaxGroups.
std::vector<uint32_t> groups_of(const rules::Pack& pack, uint32_t* count) {
  constexpr uint32_t kDepths[] = {UINT32_MAX, 2, 1, 0};
  std::vector<uint32_t> groups;
  for (const uint32_t depth : kDepths) {
    std::unordered_map<std::string_view, uint32_t> numbers;
    groups.clear();
    for (const rules::IntentSource& intent : pack.intents) {
      groups.push_back(numbers.emplace(group_name(intent.id, depth), numbers.size()).first->second);
    }
    *count = static_cast<uint32_t>(numbers.size());
    if (*count <= kMaxGroups) break;
  }
  return groups;
}

// Texts as they come, grams numbered as they come: a pack has hundreds of thousands of grams.
class Collector {
 public:
  // Texts of an earlier intent come first.
  void add(uint32_t intent, const std::vector<uint64_t>& grams) {
    if (grams.empty()) return;
    for (const uint64_t key : grams) {
      const uint32_t number = number_of(key);
      ++texts_with_[number];
      corpus_.grams.push_back(number);
    }
    corpus_.ends.push_back(static_cast<uint32_t>(corpus_.grams.size()));
    intents_.push_back(intent);
  }

  // To be called once, after the last text.
  void finish() {
    corpus_.gram_count = static_cast<uint32_t>(keys_.size());
    for (const uint32_t texts : texts_with_) {
      frequencies_.push_back(1 + std::log((1.0f + corpus_.size()) / (1.0f + texts)));
    }
    for (uint32_t text = 0; text < corpus_.size(); ++text) {
      float length = 0;
      for (uint32_t at = corpus_.begin(text); at < corpus_.ends[text]; ++at) {
        corpus_.values.push_back(frequencies_[corpus_.grams[at]]);
        length += corpus_.values.back() * corpus_.values.back();
      }
      length = std::sqrt(length);
      for (uint32_t at = corpus_.begin(text); at < corpus_.ends[text]; ++at) {
        corpus_.values[at] /= length;
      }
    }
  }

  const Corpus& corpus() const { return corpus_; }
  std::span<const uint32_t> intents() const { return intents_; }       // by text
  std::span<const uint64_t> keys() const { return keys_; }             // by gram
  std::span<const float> frequencies() const { return frequencies_; }  // inverse, by gram

 private:
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

  Corpus corpus_;
  std::vector<uint32_t> intents_;
  std::vector<uint64_t> keys_;
  std::vector<uint32_t> texts_with_;  // by gram
  std::vector<float> frequencies_;
  std::vector<uint32_t> table_;  // key to number + 1, open addressing; 0: free
};

// What a weight of 1 in 8 bits is worth.
float unit_of(float largest) { return largest > 0 ? largest / 127 : 1; }
int8_t in_units(float weight, float unit) {
  return static_cast<int8_t>(std::lround(weight / unit));
}

// Weights already hold what the gram's own frequency brings to a message's vector.
std::vector<float> train_groups(const Collector& texts, std::span<const uint32_t> groups,
                                uint32_t count, uint32_t stride) {
  std::vector<uint32_t> labels;
  for (const uint32_t intent : texts.intents()) labels.push_back(groups[intent]);
  std::vector<float> weights = train_dense(texts.corpus(), labels, count, stride);
  for (uint32_t gram = 0; gram < texts.corpus().gram_count; ++gram) {
    for (uint32_t c = 0; c < stride; ++c) {
      weights[size_t{gram} * stride + c] *= texts.frequencies()[gram];
    }
  }
  return weights;
}

// The voices of all groups' intents, those of a gram together, the strongest first.
std::vector<Voice> train_intents(const Collector& texts, std::span<const uint32_t> groups,
                                 uint32_t count) {
  std::vector<Voice> voices;
  for (uint32_t group = 0; group < count; ++group) {
    std::vector<uint32_t> members;  // texts
    std::vector<uint32_t> labels, intents;
    for (uint32_t text = 0; text < texts.corpus().size(); ++text) {
      const uint32_t intent = texts.intents()[text];
      if (groups[intent] != group) continue;
      if (intents.empty() || intents.back() != intent) intents.push_back(intent);
      members.push_back(text);
      labels.push_back(static_cast<uint32_t>(intents.size() - 1));
    }
    const size_t first = voices.size();
    train_sparse(texts.corpus(), members, labels, &voices);
    for (size_t i = first; i < voices.size(); ++i) {
      voices[i].label = intents[voices[i].label];
      voices[i].weight *= texts.frequencies()[voices[i].gram];
    }
  }
  std::sort(voices.begin(), voices.end(), [](const Voice& a, const Voice& b) {
    if (a.gram != b.gram) return a.gram < b.gram;
    if (std::abs(a.weight) != std::abs(b.weight)) return std::abs(a.weight) > std::abs(b.weight);
    return a.label < b.label;
  });
  return voices;
}

// One row a gram: the groups' weights, then the voices.
class Rows {
 public:
  Rows(const Collector& texts, uint32_t intents, uint32_t groups, uint32_t stride)
      : texts_(texts),
        header_{intents, groups, 0, stride + uint32_t{sizeof(GramVoices)}, 1, 1},
        stride_(stride),
        bytes_(size_t{texts.corpus().gram_count} * header_.row_size) {}

  void put_groups(std::span<const float> weights) {
    float largest = 0;
    for (const float weight : weights) largest = std::max(largest, std::abs(weight));
    header_.group_unit = unit_of(largest);
    for (size_t i = 0; i < weights.size(); ++i) {
      bytes_[i / stride_ * header_.row_size + i % stride_] =
          in_units(weights[i], header_.group_unit);
    }
  }

  void put_voices(std::span<const Voice> voices, std::span<const uint32_t> places) {
    float largest = 0;
    for (const Voice& voice : voices) largest = std::max(largest, std::abs(voice.weight));
    header_.intent_unit = unit_of(largest);
    size_t next = 0;
    for (uint32_t gram = 0; gram < texts_.corpus().gram_count; ++gram) {
      GramVoices row;
      std::fill_n(row.places, kMaxVoices, static_cast<uint16_t>(header_.intents));
      std::fill_n(row.weights, kMaxVoices, int8_t{0});
      const float mass = texts_.frequencies()[gram] * texts_.frequencies()[gram];
      row.mass = static_cast<uint16_t>(std::min(std::lround(mass * kMassUnit), 65535L));
      for (uint32_t count = 0; next < voices.size() && voices[next].gram == gram; ++next, ++count) {
        if (count >= kMaxVoices) continue;
        row.places[count] = static_cast<uint16_t>(places[voices[next].label]);
        row.weights[count] = in_units(voices[next].weight, header_.intent_unit);
      }
      std::memcpy(&bytes_[size_t{gram} * header_.row_size + stride_], &row, sizeof row);
    }
  }

  void move_to(ExampleModel* model) {
    const auto known = std::min<uint32_t>(texts_.corpus().gram_count, 1u << kRowBits);
    const auto keys = texts_.keys().first(known);
    const auto pairs = static_cast<uint32_t>(std::count_if(keys.begin(), keys.end(), is_pair));
    uint32_t size = 64;
    while (size < pairs * 2) size *= 2;
    model->slots.resize(size);
    for (uint32_t row = 0; row < known; ++row) {
      if (!is_pair(keys[row])) {
        model->singles.put(static_cast<char32_t>(keys[row]), row + 1);
        continue;
      }
      uint32_t at = gram_hash(keys[row]) & (size - 1);
      while (model->slots[at] != 0) at = (at + 1) & (size - 1);
      model->slots[at] = slot_of(keys[row], row);
    }
    header_.slots_mask = size - 1;
    model->header = header_;
    model->rows = std::move(bytes_);
  }

 private:
  const Collector& texts_;
  ExampleHeader header_;
  uint32_t stride_;
  std::vector<int8_t> bytes_;
};

// Intents in the order of their groups, so that those of a group lie together.
struct Order {
  std::vector<uint16_t> intent_at;  // by place
  std::vector<uint32_t> place_of;   // by intent
  std::vector<Range> groups;        // places
};
Order order_by_group(std::span<const uint32_t> groups, uint32_t count) {
  Order order;
  order.place_of.resize(groups.size());
  for (uint32_t group = 0; group < count; ++group) {
    order.groups.push_back({static_cast<uint32_t>(order.intent_at.size()), 0});
    for (uint32_t intent = 0; intent < groups.size(); ++intent) {
      if (groups[intent] != group) continue;
      order.place_of[intent] = static_cast<uint32_t>(order.intent_at.size());
      order.intent_at.push_back(static_cast<uint16_t>(intent));
      ++order.groups.back().count;
    }
  }
  return order;
}

// The texts of an intent: its examples, of which records are kept, and spelt-out phrases.
void collect_texts(const rules::IntentSource& intent, uint32_t number, const Speller& speller,
                   Collector* texts, std::vector<ExampleRecord>* examples) {
  text::Text text;
  std::vector<uint64_t> grams;
  for (const rules::ExampleSource& example : intent.examples) {
    ExampleRecord& record = examples->emplace_back();
    if (text::normalise(example.text, text) != text::NormaliseStatus::kOk) continue;
    collect_grams(text, &grams);
    for (const uint64_t key : grams) {
      if (is_pair(key)) sign(key, record.signature);
    }
    texts->add(number, grams);
  }
  for (const rules::PatternSource& pattern : intent.patterns) {
    // Who asks what became of an action says little that tells one action from another.
    if (pattern.when.done != 0 || pattern.when.failed != 0) continue;
    for (const std::string& spelt : speller.spell(pattern)) {
      if (text::normalise(spelt, text) != text::NormaliseStatus::kOk) continue;
      collect_grams(text, &grams);
      texts->add(number, grams);
    }
  }
}

void train_models(const Collector& texts, const rules::Pack& pack, ExampleModel* model) {
  uint32_t count = 0;
  const std::vector<uint32_t> groups = groups_of(pack, &count);
  Order order = order_by_group(groups, count);
  // A single group needs no weights: there is nothing to tell apart.
  const uint32_t stride = count < 2 ? 0 : (count + kRowBlock - 1) / kRowBlock * kRowBlock;
  Rows rows(texts, static_cast<uint32_t>(pack.intents.size()), count, stride);
  if (stride > 0) rows.put_groups(train_groups(texts, groups, count, stride));
  rows.put_voices(train_intents(texts, groups, count), order.place_of);
  rows.move_to(model);
  model->groups = std::move(order.groups);
  model->intent_at = std::move(order.intent_at);
}

}  // namespace

ExampleModel ExampleMatcher::train(const rules::Pack& pack) {
  ExampleModel model;
  const Speller speller(pack);
  Collector texts;
  for (uint32_t i = 0; i < pack.intents.size(); ++i) {
    const rules::IntentSource& intent = pack.intents[i];
    const auto first = static_cast<uint32_t>(model.examples.size());
    // No message of a buyer is like a card of the platform.
    if (!intent.system) collect_texts(intent, i, speller, &texts, &model.examples);
    model.by_intent.push_back({first, static_cast<uint32_t>(model.examples.size()) - first});
  }
  texts.finish();
  train_models(texts, pack, &model);
  return model;
}

void ExampleMatcher::build(const rules::Pack& pack, ExampleModel model, ImageBuilder* image) {
  for (uint32_t i = 0; i < pack.intents.size(); ++i) {
    for (uint32_t k = 0; k < model.by_intent[i].count; ++k) {
      model.examples[model.by_intent[i].first + k].text =
          image->string(pack.intents[i].examples[k].text);
    }
  }
  image->add_one(Section::kMatchExampleHeader, model.header);
  model.singles.add_to(image, Section::kMatchExamplePages, Section::kMatchExampleSingles);
  image->add(Section::kMatchExampleSlots, model.slots);
  image->add(Section::kMatchExampleRows, model.rows);
  image->add(Section::kMatchExampleGroups, model.groups);
  image->add(Section::kMatchExamplePlaces, model.intent_at);
  image->add(Section::kMatchExampleTexts, model.examples);
  image->add(Section::kMatchExampleIntents, model.by_intent);
}

}  // namespace xiaoer::match
