#include "reading.hpp"

#include <algorithm>

#include "ruleset.hpp"

namespace xiaoer {

void find_matches(const Ruleset& ruleset, Reading* reading) {
  const match::Matcher& matcher = ruleset.matcher();
  if (reading->match == nullptr) reading->match = matcher.make_scratch();
  matcher.scan(reading->text, reading->match.get());
  ruleset.entities().find(reading->text, matcher.dictionary_hits(*reading->match),
                          &reading->entities);
  matcher.verify(reading->text, reading->entities, reading->match.get());
}

bool is_card(const Ruleset& ruleset, std::span<const match::PatternHit> hits) {
  if (ruleset.replier().settings().has_system == 0) return false;
  const auto patterns = ruleset.understanding().patterns();
  return std::any_of(hits.begin(), hits.end(), [&](const match::PatternHit& hit) {
    return ruleset.replier().is_system(patterns[hit.pattern].intent);
  });
}

}  // namespace xiaoer
