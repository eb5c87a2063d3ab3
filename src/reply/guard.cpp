#include "reply/guard.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "reply/claims.hpp"
#include "reply/compliance.hpp"
#include "reply/numbers.hpp"
#include "reply/quote.hpp"

namespace xiaoer::reply {
namespace {

struct Input {
  const Work& work;
  const Draft& draft;
  const VariantRecord& variant;
  uint32_t position;
  Refusal* refusal;
};

// What the template's literals hold is known, so only the values are looked at.
bool has_suspects(const Input& in) {
  if (in.variant.clean == 0) return true;
  for (const Slot& slot : in.draft.slots) {
    const auto text = in.draft.text.begin();
    if (std::any_of(text + slot.begin, text + slot.end, is_suspect)) return true;
  }
  return false;
}

// Nothing that looks like a template or steers a terminal leaves, wherever it
// came from.
bool check_characters(const Input& in) {
  const std::string& text = in.draft.text;
  if (!has_suspects(in)) return true;
  if (text.find("{{") != std::string::npos || text.find("}}") != std::string::npos) {
    return in.refusal->set("raw-template", "");
  }
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n') || byte == 0x7F) {
      return in.refusal->set("control-character", "");
    }
  }
  return true;
}

// A price of the item itself. Another item's price has a floor that we do not
// know.
bool is_own_price(const Views& views, const Slot& slot) {
  const rules::FactId id = slot.piece->fact;
  if (views.fact_role(id) == rules::FactRole::kItemPrice) {
    return id != known_facts().related_one_price;
  }
  // A pack's own fact about the item that calls itself a price is held to be
  // one.
  const std::string_view path = views.fact_path(id);
  return id >= rules::facts().size() && views.fact_type(id) == rules::FactType::kAmount &&
         path.starts_with("product.") && path.find("price") != std::string_view::npos;
}

bool check_prices(const Input& in) {
  const Facts& facts = *in.work.situation.facts;
  const FactValue& floor = facts.get(known_facts().floor_price);
  if (!floor.present) return true;
  for (const Slot& slot : in.draft.slots) {
    if (slot.value == nullptr || !is_own_price(in.work.views, slot)) continue;
    if (slot.value->number >= floor.number) continue;
    return in.refusal->set("price-below-floor", in.work.views.text(slot.piece->text));
  }
  return true;
}

// In bargaining a price is the one of this round, and none above what was offered before stands
// alone.
bool check_bargain(const Input& in) {
  const Situation& situation = in.work.situation;
  if (situation.bargain == nullptr) return true;
  const Bargain& bargain = *situation.bargain;
  const FactValue& offer = bargain.value(BargainFact::kOffer);
  const FactValue& standing = bargain.value(BargainFact::kStanding);
  if (!bargain.asked() && !standing.present) return true;
  const auto& slots = in.draft.slots;
  const bool offers = std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) {
    return slot.value == &offer || slot.value == &standing;
  });
  for (const Slot& slot : slots) {
    const std::string_view name = in.work.views.text(slot.piece->text);
    // Only the number that the buyer means is quoted, not a part of one that a line break cuts.
    const bool misquotes = slot.quoted == rules::kMoney && bargain.said.names_price() &&
                           slot.number != bargain.said.amount;
    if (misquotes) return in.refusal->set("unauthorised-quote", name);
    if (slot.value == nullptr) continue;
    // What is missing to the reduction was reckoned with the list price.
    if (standing.present && slot.piece->fact == known_facts().gap) {
      return in.refusal->set("price-above-offer", name);
    }
    if (!is_own_price(in.work.views, slot)) continue;
    if (!is_authorised(situation, slot.value->number)) {
      return in.refusal->set("price-outside-ladder", name);
    }
    if (standing.present && slot.value->number > standing.number && !offers) {
      return in.refusal->set("price-above-offer", name);
    }
  }
  return true;
}

bool check_all_numbers(const Input& in) {
  return check_numbers(in.work.views, in.draft, in.refusal);
}

bool check_all_claims(const Input& in) {
  return check_claims(in.variant.claims, in.work.situation, in.refusal);
}

bool check_all_quotes(const Input& in) { return check_quotes(in.work, in.position, in.refusal); }

// Texts of the shop and its carriers may hold a phone number; others might be
// the buyer's own data.
bool may_hold_long_numbers(const Views& views, const Slot& slot) {
  if (slot.quoted == rules::kOrderNumber || slot.quoted == rules::kItemNumber) return true;
  if (slot.value == nullptr) return false;
  const KnownFacts& known = known_facts();
  const rules::FactId id = slot.piece->fact;
  if (id == known.carrier_phone || id == known.tracking || id == known.order_id) return true;
  const std::string_view path = views.fact_path(id);
  return path.starts_with("shop.") || path.starts_with("product.");
}

// Digits in a row.
struct Run {
  static constexpr uint32_t kMost = 18;  // of an identity number, the longest that is told apart

  void add(char32_t digit) {
    if (size < kMost) digits[size] = digit;
    ++size;
  }
  // 13812345678, with or without the country before it.
  bool is_mobile() const {
    const std::u32string_view all(digits.data(), std::min(size, kMost));
    uint32_t country = 0;
    if (size == 13 && all.starts_with(U"86")) country = 2;
    if (size == 15 && all.starts_with(U"0086")) country = 4;
    return size - country == 11 && all[country] == U'1' && all[country + 1] >= U'3';
  }

  std::array<char32_t, kMost> digits = {};
  uint32_t size = 0;
};

// A mobile number or an identity number in the characters of a slot, however it
// is spaced, and whatever stands beside it.
bool holds_personal_number(const Draft& draft, const Slot& slot) {
  const text::Text& chars = draft.chars;
  Run all, group;  // across blanks and dashes, and between them
  for (uint32_t at = 0; at <= chars.size(); ++at) {
    const bool inside =
        at < chars.size() && chars.begins[at] >= slot.begin && chars.ends[at] <= slot.end;
    if (inside && (chars.properties[at] & text::kDigit) != 0) {
      all.add(chars.chars[at]);
      group.add(chars.chars[at]);
      continue;
    }
    if (group.is_mobile()) return true;
    group = {};
    const bool joint = inside && (chars.chars[at] == U' ' || chars.chars[at] == U'-');
    if (joint && all.size > 0) continue;
    const bool final_x = inside && chars.chars[at] == U'x';
    if (all.is_mobile() || all.size == 18 || (all.size == 17 && final_x)) return true;
    all = {};
  }
  return false;
}

bool check_personal(const Input& in) {
  for (const Slot& slot : in.draft.slots) {
    if (slot.fallback || may_hold_long_numbers(in.work.views, slot)) continue;
    if (!holds_personal_number(in.draft, slot)) continue;
    return in.refusal->set("personal-data", in.work.views.text(slot.piece->text));
  }
  return true;
}

bool check_words(const Input& in) {
  return check_compliance(in.work.views, in.variant, in.draft, in.refusal);
}

constexpr bool (*kChecks[])(const Input&) = {
    check_characters, check_prices,     check_bargain,  check_all_numbers,
    check_all_claims, check_all_quotes, check_personal, check_words,
};

}  // namespace

bool guard(const Work& work, const VariantRecord& variant, uint32_t position) {
  const Input input{work, work.impl.draft, variant, position, &work.impl.refusal};
  for (const auto check : kChecks) {
    if (!check(input)) return false;
  }
  return true;
}

}  // namespace xiaoer::reply
