// What a text claims without a number, against the facts and what the conversation was told.

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.hpp"
#include "base/words.hpp"
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

// Where the gift may be named that a claim is of: 发带只有同色的,随单送一条哦.
std::string_view around_gift(const ReviewScratch::Impl& impl, Span bytes) {
  constexpr size_t kTail = 6;  // bytes behind the claim that name nothing
  const std::string_view clause = clause_of(impl, bytes);
  const char* const end = impl.sample.data() + bytes.end;
  const bool last = static_cast<size_t>(clause.data() + clause.size() - end) <= kTail;
  return last ? std::string_view(impl.sample) : clause;
}

// Whether the clause holds two characters in a row of a gift's name, other than how many they are.
bool names_gift(std::string_view clause, const std::vector<std::string>& gifts) {
  constexpr size_t kTwo = 6;  // bytes of two ideographs
  constexpr std::string_view kCounting[] = {"一", "二", "两", "三", "四", "五", "个", "份"};
  for (const std::string& gift : gifts) {
    for (size_t at = 0; at + kTwo <= gift.size(); ++at) {
      const bool whole = (static_cast<unsigned char>(gift[at]) & 0xC0) != 0x80;
      const std::string_view part = std::string_view(gift).substr(at, kTwo);
      if (whole && !xiaoer::contains_any(part, kCounting) && clause.find(part) != clause.npos) {
        return true;
      }
    }
  }
  return false;
}

// 全国包邮, 新疆包邮: not where other regions pay; 一件包邮: not under the sum it holds from.
bool ships_free(const Facts& facts, std::string_view clause) {
  constexpr std::string_view kEverywhere[] = {"全国", "哪里都", "所有地区", "偏远", "任何地区"};
  constexpr std::string_view kSingle[] = {"一件", "1件", "单件", "一盒", "不限金额", "无门槛"};
  const FactValue& remote_fee = facts.get(known_facts().remote_ship_fee);
  const FactValue& regions = facts.get(known_facts().remote_regions);
  const FactValue& floor = facts.get(known_facts().free_ship_floor);
  const FactValue& price = facts.get(known_facts().price);
  const bool pays = regions.present || (remote_fee.present && remote_fee.number.milli > 0);
  const bool excepts = xiaoer::contains_any(clause, std::array<std::string_view, 2>{"除", "以外"});
  const bool remote =
      xiaoer::contains_any(clause, kEverywhere) || xiaoer::contains_any(clause, regions.items);
  if (pays && remote && !excepts) return false;
  return !(floor.present && price.present && price.number < floor.number &&
           xiaoer::contains_any(clause, kSingle));
}

// 3C认证: letters beside a certificate are its name. Facts are compared as they are normalised.
bool names_certificate(std::string_view clause, const std::vector<std::string>& certificates) {
  const auto letter = [](char c) { return ascii::is_lower(c) || ascii::is_digit(c); };
  const auto folded = [](char a, char b) { return ascii::to_lower(a) == b; };
  for (size_t at = 0; at < clause.size(); ++at) {
    size_t end = at;
    while (end < clause.size() && letter(clause[end])) ++end;
    const std::string_view name = clause.substr(at, end - at);
    at = end;
    const bool number = std::all_of(name.begin(), name.end(), [](char c) { return c <= '9'; });
    if (number) continue;
    const bool known =
        std::any_of(certificates.begin(), certificates.end(), [&](const std::string& certificate) {
          return std::search(certificate.begin(), certificate.end(), name.begin(), name.end(),
                             folded) != certificate.end();
        });
    if (!known) return false;
  }
  return true;
}

// What is left of the related item that the clause names.
std::optional<Decimal> related_stock(const Facts& facts, std::string_view clause) {
  for (const FactEntry& related : facts.related()) {
    const bool named = !related.name.empty() && clause.find(related.name) != clause.npos;
    if (related.stock && named) return related.stock;
  }
  return {};
}

bool is_ideograph(char byte) {
  const auto first = static_cast<unsigned char>(byte);
  return first >= 0xE3 && first <= 0xE9;  // the first byte of one, or of a mark that no name has
}

// Whether the clause names one of the variants: whole, or by two ideographs that no other has.
bool names_variant(std::string_view clause, const std::vector<std::string>& variants,
                   const std::vector<std::string>& others) {
  constexpr size_t kOne = 3;  // bytes of an ideograph
  for (const std::string& name : variants) {
    if (clause.find(name) != clause.npos) return true;
    for (size_t at = 0; at + 2 * kOne <= name.size(); ++at) {
      if (!is_ideograph(name[at]) || !is_ideograph(name[at + kOne])) continue;
      const std::string_view part = std::string_view(name).substr(at, 2 * kOne);
      if (clause.find(part) == clause.npos) continue;
      if (std::none_of(others.begin(), others.end(),
                       [&](const std::string& other) { return other.find(part) != other.npos; })) {
        return true;
      }
    }
  }
  return false;
}

// What the claim's fact says in general, its clause may still get wrong: another variant or gift.
bool clause_agrees(const Facts& facts, std::string_view claim, std::string_view clause) {
  const std::vector<std::string>& in_stock = facts.get(known_facts().in_stock).items;
  const std::vector<std::string>& sold_out = facts.get(known_facts().sold_out).items;
  if (const auto stock = related_stock(facts, clause); stock && claim.ends_with("stock")) {
    return stock->milli > 0;
  }
  if (claim == "in-stock" || claim == "sold-out") {
    const bool names_left = names_variant(clause, in_stock, sold_out);
    const bool names_gone = names_variant(clause, sold_out, in_stock);
    return names_left == names_gone || names_left == (claim == "in-stock");
  }
  if (claim == "free-shipping") return ships_free(facts, clause);
  if (claim == "certificate") {
    return names_certificate(clause, facts.get(known_facts().certificates).items);
  }
  if (claim != "gift") return true;
  // 下单送货上门, 送运费险 give nothing away.
  constexpr std::string_view kOthers[] = {"送货", "运费险", "送到", "送达", "配送"};
  if (xiaoer::contains_any(clause, kOthers)) return true;
  const bool unnamed = clause.find("赠品") != clause.npos || clause.find("礼物") != clause.npos;
  return unnamed || names_gift(clause, facts.get(known_facts().gifts).items);
}

// 发顺丰: a carrier that the shop does not send with.
void review_carriers(const ReviewWork& work) {
  constexpr std::u32string_view kCarriers[] = {U"顺丰", U"中通", U"圆通", U"申通", U"韵达", U"京东",
                                               U"邮政", U"极兔", U"德邦", U"百世", U"ems"};
  constexpr std::u32string_view kSent[] = {U"发", U"走", U"用", U"默认", U"默认是", U"都是", U"寄"};
  constexpr std::u32string_view kOpen[] = {U"如果", U"要是", U"吗",   U"不",   U"没", U"补",
                                           U"问",   U"查",   U"能否", U"还是", U"想", U"需要"};
  const text::Text& chars = work.chars();
  const std::string& known = work.facts().get(known_facts().carriers).text;
  const std::string& usual = work.facts().get(known_facts().default_carrier).text;
  for (uint32_t at = 0; at < chars.size(); ++at) {
    if (!starts_any(chars, at, kCarriers) || !ends_any(chars, at, kSent)) continue;
    const Span bytes = chars.bytes({at, at + 2});
    const std::string_view name = work.source(bytes);
    if (known.find(name) != known.npos || usual.find(name) != usual.npos) continue;
    if (contains_any(view(chars, clause_around(chars, {at, at})), kOpen)) continue;
    work.refuse("unsupported-claim", bytes, "carrier");
  }
}

// Of the facts that could bear a claim out ("a.b, c.d"), those that the client gave. What is no
// single fact, such as "promotion", stands as it is.
std::string_view given_of(const Facts& facts, std::string_view basis, std::string* out) {
  constexpr std::string_view kComma = ", ";
  out->clear();
  for (std::string_view left = basis; !left.empty();) {
    const std::string_view path = left.substr(0, left.find(kComma));
    left.remove_prefix(std::min(left.size(), path.size() + kComma.size()));
    const rules::FactId id = rules::find_fact(path);
    if (id != rules::kNoFact && !facts.get(id).present) continue;
    if (!out->empty()) out->append(kComma);
    out->append(path);
  }
  return out->empty() ? basis : std::string_view(*out);
}

}  // namespace

void review_claims(const ReviewWork& work) {
  ReviewScratch::Impl& impl = work.impl;
  write_sample(&impl);
  review_carriers(work);
  find_claims(impl.sample, &impl.claims);
  for (const ClaimHit& hit : impl.claims) {
    const Span chars = {impl.sample_places[hit.span.begin],
                        impl.sample_places[hit.span.end - 1] + 1};
    const Span bytes = work.chars().bytes(chars);
    const std::string_view name = claim_name(hit.claim);
    const bool holds =
        claim_holds(hit.claim, work.situation) &&
        clause_agrees(work.facts(), name,
                      name == "gift" ? around_gift(impl, hit.span) : clause_of(impl, hit.span));
    if (holds) {
      work.ground(name, bytes, given_of(work.facts(), claim_basis(hit.claim), &impl.note));
    } else {
      work.refuse(claim_rule(hit.claim), bytes, name);
    }
  }
}

}  // namespace xiaoer::reply
