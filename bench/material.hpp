#pragma once
// What the programs of this folder measure: compiled packs, messages, and the stages before
// understanding as a piece of their own.

#include <memory>
#include <string>
#include <vector>

#include "bench/generate.hpp"
#include "entities/finder.hpp"
#include "match/matcher.hpp"
#include "ruleset.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::bench {

// A generated pack, compiled once a program. Says what is wrong and ends the program when it does
// not load; so does default_pack().
const Ruleset& generated(uint32_t phrases, Mix mix = Mix::kShop);

// The shipped pack with messages made of its own tests, strung together so that none was seen as it
// stands.
struct DefaultPack {
  std::shared_ptr<const Ruleset> ruleset;
  std::vector<std::string> messages;
};
const DefaultPack& default_pack();
// Such messages of the pack in `folder`; empty when it has errors or no tests.
std::vector<std::string> messages_of(const std::string& folder,
                                     const std::vector<std::string>& search_path = {});
std::string default_pack_folder();

// Messages that no generated pack has seen.
const std::vector<std::string>& unseen_messages();

// The stages before understanding, on buffers of their own. `rules` outlives it.
class Stages {
 public:
  explicit Stages(const Ruleset& rules) : rules_(rules), scratch_(rules.matcher().make_scratch()) {}
  // Normalises and scans.
  void floor(const std::string& message);
  // Entities, phrases and regexes too. True: something matched.
  bool match(const std::string& message);

 private:
  const Ruleset& rules_;
  match::MatchScratchPtr scratch_;
  text::Text text_;
  entities::Entities entities_;
};

}  // namespace xiaoer::bench
