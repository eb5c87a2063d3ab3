// What a text claims without a number, against the facts and what the conversation was told.

#include <algorithm>

#include "reply/chars.hpp"
#include "reply/review_work.hpp"
#include "text/utf8.hpp"

namespace xiaoer::reply {
namespace {

// The normalised text as UTF-8, and the byte of the original that each byte came from. Line breaks
// end clauses, so they stay.
void write_sample(ReviewScratch::Impl* impl) {
  impl->sample.clear();
  impl->sample_places.clear();
  for (uint32_t at = 0; at < impl->chars.size(); ++at) {
    text::append(impl->sample, impl->chars.chars[at]);
    impl->sample_places.resize(impl->sample.size(), at);
  }
}

// The clause of the sample around a claim.
std::string_view clause_of(const ReviewScratch::Impl& impl, Span bytes) {
  const Span chars = {impl.sample_places[bytes.begin], impl.sample_places[bytes.end - 1] + 1};
  const Span clause = clause_around(impl.chars, chars);
  const auto first =
      std::lower_bound(impl.sample_places.begin(), impl.sample_places.end(), clause.begin);
  const auto last = std::lower_bound(first, impl.sample_places.end(), clause.end);
  const auto begin = static_cast<size_t>(first - impl.sample_places.begin());
  return std::string_view(impl.sample).substr(begin, static_cast<size_t>(last - first));
}

bool names_any(std::string_view clause, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return clause.find(name) != clause.npos; });
}

// Whether the clause holds two characters in a row of a gift's name.
bool names_gift(std::string_view clause, const std::vector<std::string>& gifts) {
  constexpr size_t kTwo = 6;  // bytes of two ideographs
  for (const std::string& gift : gifts) {
    for (size_t at = 0; at + kTwo <= gift.size(); ++at) {
      const bool whole = (static_cast<unsigned char>(gift[at]) & 0xC0) != 0x80;
      if (whole && clause.find(gift.substr(at, kTwo)) != clause.npos) return true;
    }
  }
  return false;
}

// What the claim's fact says in general, its clause may still get wrong: another variant or gift.
bool clause_agrees(const Facts& facts, std::string_view claim, std::string_view clause) {
  const std::vector<std::string>& in_stock = facts.get(known_facts().in_stock).items;
  const std::vector<std::string>& sold_out = facts.get(known_facts().sold_out).items;
  if (claim == "in-stock") return !names_any(clause, sold_out) || names_any(clause, in_stock);
  if (claim == "sold-out") return !names_any(clause, in_stock) || names_any(clause, sold_out);
  if (claim != "gift") return true;
  const bool unnamed = clause.find("赠品") != clause.npos || clause.find("礼物") != clause.npos;
  return unnamed || names_gift(clause, facts.get(known_facts().gifts).items);
}

}  // namespace

void review_claims(const ReviewWork& work) {
  ReviewScratch::Impl& impl = work.impl;
  write_sample(&impl);
  find_claims(impl.sample, &impl.claims);
  for (const ClaimHit& hit : impl.claims) {
    const Span chars = {impl.sample_places[hit.span.begin],
                        impl.sample_places[hit.span.end - 1] + 1};
    const Span bytes = work.chars().bytes(chars);
    const std::string_view name = claim_name(hit.claim);
    const bool holds = claim_holds(hit.claim, work.situation) &&
                       clause_agrees(work.facts(), name, clause_of(impl, hit.span));
    if (holds) {
      work.ground(name, bytes, claim_basis(hit.claim));
    } else {
      work.refuse(claim_rule(hit.claim), bytes, name);
    }
  }
}

}  // namespace xiaoer::reply
