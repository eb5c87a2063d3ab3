#pragma once
// Claims that a template's own words make without a number: "现货", "今天发货", "包邮", "最后一天".
// Which ones a variant makes is found when the pack loads; whether the facts bear them out, at each
// reply.

#include <cstdint>
#include <string_view>
#include <vector>

#include "reply/draft.hpp"
#include "reply/replier.hpp"

namespace xiaoer::reply {

// Stands for a variable in the text that claims are looked for in.
inline constexpr char kSlotMark = '\x01';

// Bits (1 << claim) of what `sample` asserts: a template's text with kSlotMark for its variables.
// Questions and deferrals ("帮您查一下有没有现货") assert nothing.
uint64_t find_claims(std::string_view sample);

// The same with places: bytes of `sample`, clause by clause.
struct ClaimHit {
  uint32_t claim = 0;
  Span span;
};
void find_claims(std::string_view sample, std::vector<ClaimHit>* hits);
std::string_view claim_name(uint32_t claim);   // "free-shipping"
std::string_view claim_basis(uint32_t claim);  // "shop.free_ship_floor, shop.ship_fee"
std::string_view claim_rule(uint32_t claim);   // "unsupported-claim", "not-confirmed"
bool claim_holds(uint32_t claim, const Situation& situation);

// Refuses ("unsupported-claim", the claim's name) what the facts do not bear out, and
// ("not-confirmed", the action's name) what is said to be done though no client confirmed it.
bool check_claims(uint64_t claims, const Situation& situation, Refusal* refusal);

}  // namespace xiaoer::reply
