#include "reply/goods.hpp"

namespace xiaoer::reply {
namespace {

using dialogue::Goods;

constexpr size_t kTwoIdeographs = 6;  // bytes: a shorter name stands in too many words

// By its number: that of the product that is open, or another.
Goods goods_by_number(const Situation& situation) {
  const dialogue::Entity* const item = situation.entities->find(rules::kItemNumber);
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
  if (names(situation.facts->get(known_facts().product_name).text)) return Goods::kOpen;
  for (const FactEntry& article : situation.facts->related()) {
    if (article.name.size() >= kTwoIdeographs && names(article.name)) return Goods::kOther;
  }
  if (const Goods item = goods_by_number(situation); item != Goods::kUnnamed) return item;
  const auto at_home = [&](std::string_view word) {
    return !word.empty() && situation.facts->mention(word);
  };
  Goods named = Goods::kUnnamed;
  for (const dialogue::Entity& entity : situation.entities->list) {
    if (entity.kind != views.settings.goods) continue;
    if (at_home(situation.entities->value(entity))) return Goods::kOpen;
    if (situation.text != nullptr && at_home(situation.text->source(entity.span))) {
      return Goods::kOpen;
    }
    named = Goods::kOther;
  }
  return named;
}

}  // namespace

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
      session->mentioned().still_others(open_goods(*situation.facts), session->buyer_turns());
  return still ? Goods::kOtherStill : Goods::kUnnamed;
}

}  // namespace xiaoer::reply
