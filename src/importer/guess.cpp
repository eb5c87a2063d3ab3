#include "importer/guess.hpp"

#include <algorithm>
#include <unordered_map>

#include "rules/template.hpp"

namespace xiaoer::importer {
namespace {

// How far each witness is to be believed; chosen on phrases written for the purpose, other phrases
// of that kind are in tests/unit/importer_guess_test.cpp.
constexpr double kNameHeard = 0.5, kNameAlike = 0.7, kHeard = 0.5, kAlike = 0.7;
constexpr double kRival = 0.5;      // how much a second intent takes away
constexpr double kLeastName = 0.3;  // what the engine only guesses from a name says nothing
constexpr size_t kMaxName = 60;     // bytes; longer codes and groups are no names

// The author's own words of a reply.
std::string words_of(const std::string& variant) {
  std::vector<rules::TemplatePiece> pieces;
  rules::PhraseError error;
  std::string words;
  if (!rules::parse_template(variant, &pieces, &error)) return words;
  for (const rules::TemplatePiece& piece : pieces) {
    if (!piece.is_variable) words += piece.text;
  }
  return words;
}

// A pack whose examples are the replies of the intents: what its example matcher knows is how
// agents speak.
rules::Pack agents_of(const rules::Pack& pack) {
  std::unordered_map<std::string_view, const rules::ReplySource*> replies;
  for (const rules::ReplySource& reply : pack.replies) replies[reply.id] = &reply;
  rules::Pack agents;
  for (const rules::IntentSource& intent : pack.intents) {
    rules::IntentSource agent;
    agent.id = intent.id;
    agent.examples.push_back({intent.title, {}});
    for (const std::string& id : intent.replies) {
      const auto reply = replies.find(id);
      if (reply == replies.end()) continue;
      for (const rules::ExampleSource& variant : reply->second->variants) {
        agent.examples.push_back({words_of(variant.text), {}});
      }
    }
    agents.intents.push_back(std::move(agent));
  }
  return agents;
}

}  // namespace

Guesser::Guesser(const rules::Pack& pack, const Ruleset& ruleset)
    : pack_(pack), ruleset_(ruleset), votes_(pack.intents.size()) {
  std::unordered_map<std::string_view, uint32_t> numbers;
  for (const rules::IntentSource& intent : pack.intents) {
    const auto next = static_cast<uint32_t>(numbers.size());
    classes_.push_back(numbers.try_emplace(rules::family_of(intent.id), next).first->second);
  }
  by_class_.resize(numbers.size());
  train();
}

Guesser::~Guesser() = default;

void Guesser::train() {
  ImageBuilder builder;
  const rules::Pack agents = agents_of(pack_);
  match::ExampleMatcher::build(agents, match::ExampleMatcher::train(agents), &builder);
  std::string error;
  // The image was built a line ago: opening it cannot fail but for a bug, and then nothing is
  // alike.
  if (Image::open(builder.finish(), &replies_image_, &error)) replies_.open(replies_image_);
}

double Guesser::Vote::score() const {
  // Witnesses that know nothing of one another: wrong only when all are.
  return 1 - (1 - kNameHeard * name_heard) * (1 - kNameAlike * name_alike) * (1 - kHeard * heard) *
                 (1 - kAlike * alike);
}

// The likeliest sibling speaks for the class: a likeness already holds what a gram says of all its
// siblings (match/example_training.cpp), so adding them up would count that several times.
void Guesser::Vote::join(const Vote& sibling) {
  for (double Vote::*witness : {&Vote::name_heard, &Vote::name_alike, &Vote::heard, &Vote::alike}) {
    double& mine = this->*witness;
    mine = std::max(mine, sibling.*witness);
  }
}

void Guesser::hear(std::string_view words, double least, double Vote::*witness) {
  Request request;
  request.message = words;
  if (answer(ruleset_, context_, nullptr, request, &result_) != Status::kOk) return;
  for (const IntentItem& item : result_.intents) {
    if (static_cast<double>(item.score) < least) continue;
    const auto found = std::find_if(
        pack_.intents.begin(), pack_.intents.end(),
        [&](const rules::IntentSource& intent) { return intent.id == result_.text(item.id); });
    double& vote = votes_[static_cast<size_t>(found - pack_.intents.begin())].*witness;
    vote = std::max(vote, static_cast<double>(item.score));
  }
}

void Guesser::compare(std::string_view words, double Vote::*witness) {
  if (text::normalise(words, text_) != text::NormaliseStatus::kOk) return;
  for (const match::Likeness& like : replies_.rank(text_, {}, &scratch_)) {
    double& vote = votes_[like.intent].*witness;
    vote = std::max(vote, static_cast<double>(like.score));
  }
}

// Codes such as "fh01" are no words.
void Guesser::ask_name(std::string_view name) {
  const bool has_words =
      std::any_of(name.begin(), name.end(), [](char c) { return (c & 0x80) != 0; });
  if (!has_words || name.size() > kMaxName) return;
  hear(name, kLeastName, &Vote::name_heard);
  compare(name, &Vote::name_alike);
}

void Guesser::guess(Phrase* phrase) {
  std::fill(votes_.begin(), votes_.end(), Vote());
  ask_name(phrase->group);
  ask_name(phrase->code);
  hear(phrase->words, 0, &Vote::heard);
  compare(phrase->words, &Vote::alike);
  std::fill(by_class_.begin(), by_class_.end(), Vote());
  for (size_t i = 0; i < votes_.size(); ++i) by_class_[classes_[i]].join(votes_[i]);
  double best = 0, second = 0;
  size_t best_class = 0;
  for (size_t i = 0; i < by_class_.size(); ++i) {
    const double score = by_class_[i].score();
    if (score > best) {
      second = best;
      best = score;
      best_class = i;
    } else {
      second = std::max(second, score);
    }
  }
  if (best == 0) return;
  phrase->sure = best - kRival * second;
  choose(best_class, phrase);
}

void Guesser::choose(size_t best_class, Phrase* phrase) const {
  double best = 0;
  for (size_t i = 0; i < votes_.size(); ++i) {
    if (classes_[i] != best_class || votes_[i].score() <= best) continue;
    best = votes_[i].score();
    phrase->intent = pack_.intents[i].id;
    phrase->title = pack_.intents[i].title;
  }
}

}  // namespace xiaoer::importer
