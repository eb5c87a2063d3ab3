#pragma once
// Synthetic packs and messages for the benchmark: the mix of a shop's rules and of what its buyers
// write, the same for the same seed on every machine.

#include <cstdint>
#include <string>
#include <vector>

#include "reply/facts.hpp"
#include "rules/loader.hpp"
#include "rules/pack.hpp"

namespace xiaoer::bench {

enum class Mix : uint8_t {
  kShop,   // the first few hundred about what all shops are asked, the others about products
  kDense,  // all about what all shops are asked: every phrase shares its words with all others
};

// A pack of `phrases` patterns with gaps, optional parts, alternatives, tails, slots and a few
// regexes. Intents hold 5 to 10 patterns, three examples and a reply with a variable.
rules::Pack generate_pack(uint32_t phrases, uint64_t seed = 1, Mix mix = Mix::kShop);

// The same pack as its authors would have written it.
std::vector<rules::PackFile> generate_files(uint32_t phrases, uint64_t seed = 1,
                                            Mix mix = Mix::kShop);

// Messages of 8 to 60 characters, in part in traditional characters or full width. Other seeds than
// the pack's give messages that it has not seen.
std::vector<std::string> generate_messages(uint32_t count, uint64_t seed = 2);

// One message of `bytes` bytes at most and all but a few, strung together of such messages.
std::string generate_long_message(size_t bytes, uint64_t seed = 2);

// Facts for the variables of the pack's replies.
std::string generate_facts_json();
reply::Facts generate_facts();

}  // namespace xiaoer::bench
