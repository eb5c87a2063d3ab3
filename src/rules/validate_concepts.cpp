#include <algorithm>
#include <utility>

#include "rules/validate.hpp"

namespace xiaoer::rules {
namespace {

using Kind = PhraseNode::Kind;

constexpr uint32_t kMaxDepth = 16;  // of concepts within concepts
constexpr uint32_t kMaxWord = 200;  // characters of a concept's longest word

// Measures concepts from the innermost outwards.
class ConceptChecker {
 public:
  ConceptChecker(ParseContext& context, Findings* findings)
      : context_(context),
        draft_(context.draft()),
        findings_(findings),
        states_(draft_.pack.concepts.size()),
        depths_(draft_.pack.concepts.size()) {}

  void run() {
    for (size_t i = 0; i < states_.size(); ++i) {
      if (states_[i] == State::kNew) visit(i);
    }
  }

 private:
  enum class State : uint8_t { kNew, kOpen, kSound, kBroken };

  // False: the concept is of no use to others.
  bool visit(size_t index) {
    if (states_[index] == State::kSound) return true;
    if (states_[index] == State::kBroken) return false;
    const ConceptSource& source = draft_.pack.concepts[index];
    if (states_[index] == State::kOpen) {
      report_cycle(index);
      return false;
    }
    if (path_.size() >= kMaxDepth) return too_deep(source);
    states_[index] = State::kOpen;
    path_.push_back(index);
    Shape shape = {0, kMaxWord, 0};
    bool sound = !source.words.empty();
    for (size_t word = 0; word < source.words.size(); ++word) {
      sound = add_word(index, word, &shape) && sound;
    }
    path_.pop_back();
    sound = sound && check_size(source, shape, index);
    states_[index] = sound ? State::kSound : State::kBroken;
    if (sound) findings_->concepts.emplace(source.name, shape);
    return sound;
  }

  bool add_word(size_t index, size_t word, Shape* shape) {
    const ConceptSource& source = draft_.pack.concepts[index];
    const Place& place = draft_.concept_notes[index].words[word];
    PhraseError error;
    const PhraseTree phrase = parse_phrase(source.words[word], &error);
    if (phrase == nullptr) return false;  // reported when read
    bool sound = true;
    for (const PhraseAlternative& alternative : phrase->alternatives) {
      if (alternative.parts.size() == 1) continue;
      report("concept-word-shape", source, place);
      return false;
    }
    walk(*phrase, [&](const PhraseNode& node) {
      if (node.kind == Kind::kGap || node.kind == Kind::kSlot) {
        report("concept-word-shape", source, inside(place, source.words[word], node.column));
        sound = false;
      } else if (node.kind == Kind::kConcept) {
        sound = refer(index, node, inside(place, source.words[word], node.column)) && sound;
      }
    });
    if (!sound) return false;
    const Shape one = measure(*phrase, findings_->concepts);
    shape->strings = std::min(kMany, shape->strings + one.strings);
    shape->shortest = std::min(shape->shortest, one.shortest);
    shape->longest = std::max(shape->longest, one.longest);
    return true;
  }

  bool refer(size_t from, const PhraseNode& node, const Place& place) {
    const auto found = draft_.concept_index.find(node.name);
    context_.rule_id = draft_.pack.concepts[from].name;
    if (found == draft_.concept_index.end()) {
      report_unknown_concept(context_, node.name, place);
      return false;
    }
    if (!visit(found->second)) return false;
    depths_[from] = std::max(depths_[from], depths_[found->second] + 1);
    return true;
  }

  bool check_size(const ConceptSource& source, const Shape& shape, size_t index) {
    context_.rule_id = source.name;
    if (depths_[index] >= kMaxDepth) return too_deep(source);
    if (shape.strings > context_.options().max_expansions) {
      context_.error("limit-expansions", source.place,
                     {source.name, std::to_string(shape.strings),
                      std::to_string(context_.options().max_expansions)});
      return false;
    }
    if (shape.longest > kMaxWord) {
      context_.error("concept-word-too-long", source.place,
                     {source.name, std::to_string(kMaxWord)});
      return false;
    }
    return true;
  }

  bool too_deep(const ConceptSource& source) {
    context_.rule_id = source.name;
    context_.error("concept-too-deep", source.place, {source.name, std::to_string(kMaxDepth)});
    return false;
  }

  void report(const char* code, const ConceptSource& source, const Place& place) {
    context_.rule_id = source.name;
    context_.error(code, place, {source.name});
  }

  // `index` is on the path: from there to the end the concepts go round in a circle.
  void report_cycle(size_t index) {
    const ConceptSource& source = draft_.pack.concepts[index];
    std::string circle;
    for (auto at = std::find(path_.begin(), path_.end(), index); at != path_.end(); ++at) {
      circle += '<' + draft_.pack.concepts[*at].name + "> → ";
    }
    context_.rule_id = source.name;
    context_.error("concept-cycle", source.place, {circle + '<' + source.name + '>'});
  }

  ParseContext& context_;
  Draft& draft_;
  Findings* findings_;
  std::vector<State> states_;
  std::vector<uint32_t> depths_;
  std::vector<size_t> path_;
};

}  // namespace

void report_unknown_concept(ParseContext& context, const std::string& name, const Place& place) {
  if (!context.draft().complete) return;
  std::vector<std::string_view> known;
  context.add_candidates(
      context.pack().concepts,
      [](const ConceptSource& each) { return std::string_view(each.name); }, &known);
  context.error("unknown-concept", place, context.unknown(name, known));
}

void validate_concepts(ParseContext& context, Findings* findings) {
  ConceptChecker(context, findings).run();
  context.rule_id.clear();
}

}  // namespace xiaoer::rules
