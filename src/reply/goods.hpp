#pragma once
// Which goods a message speaks of: those that the facts tell about, or others, for which what the
// facts say does not hold.

#include "reply/records.hpp"
#include "reply/replier.hpp"

namespace xiaoer::reply {

// Others where the message names goods (`settings.goods`) that no text of the facts names, or a
// related article by its name, or the end of it, and not the product, or another item number; or
// where a message before did and this one names none. Unnamed without the product's name: nobody
// knows what is open.
dialogue::Goods goods_of(const Views& views, const Situation& situation);

// stable_hash of the product's name; 0: none is open.
uint64_t open_goods(const Facts& facts);

// The variants of the product that a message names.
struct NamedVariants {
  const FactEntry* one = nullptr;  // the only one
  bool at_odds = false;            // several, and not at one price
};
NamedVariants named_variants(std::string_view message, const Facts& facts);

inline bool is_about_others(const Situation& situation) {
  return situation.goods == dialogue::Goods::kOther ||
         situation.goods == dialogue::Goods::kOtherStill;
}

}  // namespace xiaoer::reply
