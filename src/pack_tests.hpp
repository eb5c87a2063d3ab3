#pragma once
// A pack's own tests: `tests` of the intents and of the pack, run over the compiled ruleset.

#include <cstdint>
#include <vector>

#include "base/diagnostic.hpp"
#include "rules/pack.hpp"

namespace xiaoer {

class Ruleset;

struct PackTestReport {
  uint32_t passed = 0;
  uint32_t failed = 0;
  uint32_t set_aside = 0;  // inherited ones that fail for want of a disabled intent alone
  std::vector<uint32_t>
      intents_not_hit;  // indices into pack.intents: no test has them as first intent
  std::vector<uint32_t> patterns_not_hit;  // running numbers of patterns that match no message of
                                           // a test or scenario
};

// Runs every test. A `hit` passes when its intent comes first, a `miss` when another does, a pack
// test when the first intent (and the decision, where given) is as expected. Each failure becomes
// the error test-failed at the test's place. An inherited test that fails, and passes as soon as
// the intents that this pack disabled are heard again, is none of the author's concern and set
// aside.
PackTestReport run_pack_tests(const rules::Pack& pack, const Ruleset& ruleset,
                              Diagnostics* diagnostics);

}  // namespace xiaoer
