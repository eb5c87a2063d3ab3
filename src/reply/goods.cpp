#include "reply/goods.hpp"

#include <algorithm>

namespace xiaoer::reply {
namespace {

using dialogue::Goods;

constexpr size_t kTwoIdeographs = 6;  // bytes: a shorter name stands in too many words

// What the article is, told by the end of its name: 豆干 of 酱香豆干. Empty where the name is no
// longer than that, or the product is called so, too.
std::string_view kind_of(std::string_view article, std::string_view product) {
  if (article.size() <= kTwoIdeographs) return {};
  const std::string_view kind = article.substr(article.size() - kTwoIdeographs);
  const auto begins_ideograph = [](char c) { return static_cast<unsigned char>(c) >= 0xE4; };
  const bool ideographs = begins_ideograph(kind[0]) && begins_ideograph(kind[kTwoIdeographs / 2]);
  return ideographs && product.find(kind) == product.npos ? kind : std::string_view();
}

// By its number: that of the product that is open, or another.
Goods goods_by_number(const Situation& situation) {
  const entities::Entity* const item = situation.entities->find(rules::kItemNumber);
  const FactValue& open = situation.facts->get(known_facts().product_id);
  if (item == nullptr || !open.present) return Goods::kUnnamed;
  return situation.entities->value(*item) == open.text ? Goods::kOpen : Goods::kOther;
}

Goods named_goods(const Views& views, const Situation& situation) {
  const std::string_view message =
      situation.text != nullptr ? std::string_view(situation.text->original) : std::string_view();
  const auto names = [&](std::string_view article) {
    return message.find(article) != message.npos;
  };
  const std::string_view product = situation.facts->get(known_facts().product_name).text;
  if (names(product)) return Goods::kOpen;
  for (const FactEntry& article : situation.facts->related()) {
    if (article.name.size() >= kTwoIdeographs && names(article.name)) return Goods::kOther;
    const std::string_view kind = kind_of(article.name, product);
    if (!kind.empty() && names(kind)) return Goods::kOther;
  }
  if (const Goods item = goods_by_number(situation); item != Goods::kUnnamed) return item;
  const auto at_home = [&](std::string_view word) {
    return !word.empty() && situation.facts->mention(word);
  };
  Goods named = Goods::kUnnamed;
  for (const entities::Entity& entity : situation.entities->list) {
    if (entity.kind != views.settings.goods) continue;
    if (at_home(situation.entities->value(entity))) return Goods::kOpen;
    if (situation.text != nullptr && at_home(situation.text->source(entity.span))) {
      return Goods::kOpen;
    }
    named = Goods::kOther;
  }
  return named;
}

// What a buyer calls it by: 椒盐 for 椒盐味. Empty where that would stand in too many words.
std::string_view stem_of(std::string_view name) {
  for (const std::string_view kind : {"味", "色", "款", "装"}) {
    if (name.ends_with(kind) && name.size() >= kTwoIdeographs + kind.size()) {
      return name.substr(0, name.size() - kind.size());
    }
  }
  return name.size() >= kTwoIdeographs ? name : std::string_view();
}

}  // namespace

NamedVariants named_variants(std::string_view message, const Facts& facts) {
  const std::vector<FactEntry>& all = facts.variants();
  const auto is_named = [&](const FactEntry& variant) {
    const std::string_view stem = stem_of(variant.name);
    if (stem.empty() || message.find(stem) == message.npos) return false;
    // 原味 in 原味礼盒
    return std::none_of(all.begin(), all.end(), [&](const FactEntry& other) {
      const std::string_view longer = stem_of(other.name);
      return longer.size() > stem.size() && longer.find(stem) != longer.npos &&
             message.find(longer) != message.npos;
    });
  };
  NamedVariants named;
  const FactEntry* first = nullptr;
  for (const FactEntry& variant : all) {
    if (!is_named(variant)) continue;
    named.one = first == nullptr ? &variant : nullptr;
    if (first == nullptr) first = &variant;
    named.at_odds = named.at_odds || variant.price != first->price;
  }
  return named;
}

uint64_t open_goods(const Facts& facts) {
  const FactValue& name = facts.get(known_facts().product_name);
  return name.present ? stable_hash(name.text) : 0;
}

Goods goods_of(const Views& views, const Situation& situation) {
  if (situation.entities == nullptr || views.settings.goods == rules::kNoKind) {
    return Goods::kUnnamed;
  }
  if (!situation.facts->get(known_facts().product_name).present) return Goods::kUnnamed;
  const Goods named = named_goods(views, situation);
  const dialogue::Session* const session = situation.session;
  if (named != Goods::kUnnamed || session == nullptr) return named;
  const bool still =
      session->mentioned().still_others(situation.open_goods, session->buyer_turns());
  return still ? Goods::kOtherStill : Goods::kUnnamed;
}

}  // namespace xiaoer::reply
