#pragma once
// Which intent a quick phrase answers. The engine hears buyers; a quick phrase is what the agent
// says. So its words, and those of its group and code, are each put before two witnesses: the
// engine, as if a buyer had written them, since an answer names what was asked; and the engine's
// example matcher, trained on the titles and replies of each intent instead of buyers' messages.
//
// A pack tells siblings apart (invoice.ask, invoice.title, invoice.when) that an agent answers with
// much the same words, and what speaks for one of them speaks against no other. So what speaks for
// the intents of a class is put together, the class is chosen, and then its best intent; a phrase
// is as sure as its class is, and only another class makes it less so.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/image.hpp"
#include "engine.hpp"
#include "importer/phrase.hpp"
#include "match/examples.hpp"
#include "rules/pack.hpp"
#include "ruleset.hpp"

namespace xiaoer::importer {

// Below this a phrase is not placed. On the phrases that the weights were chosen with, nine in ten
// of those above it were placed rightly; most of those below were wrong.
inline constexpr double kPlace = 0.45;
// Below this the overlay makes the intent's policy `suggest`: a person sees the reply first. Of
// those above it nearly all were right.
inline constexpr double kTrust = 0.65;

class Guesser {
 public:
  // Both must outlive the guesser. One thread.
  Guesser(const rules::Pack& pack, const Ruleset& ruleset);
  ~Guesser();

  // Fills intent, title and sure; leaves them empty when nothing speaks for any intent.
  void guess(Phrase* phrase);

 private:
  // What speaks for one intent, 0..1 each.
  struct Vote {
    double name_heard = 0, name_alike = 0;  // the group and the code
    double heard = 0, alike = 0;            // the phrase
    double score() const;
    void join(const Vote& sibling);
  };
  void hear(std::string_view words, double least, double Vote::*witness);
  void compare(std::string_view words, double Vote::*witness);
  void ask_name(std::string_view name);
  void train();
  void choose(size_t best_class, Phrase* phrase) const;

  const rules::Pack& pack_;
  const Ruleset& ruleset_;
  Image replies_image_;
  match::ExampleMatcher replies_;
  match::ExampleScratch scratch_;
  Context context_;
  Result result_;
  text::Text text_;
  std::vector<Vote> votes_;        // by intent
  std::vector<uint32_t> classes_;  // by intent
  std::vector<Vote> by_class_;
};

}  // namespace xiaoer::importer
