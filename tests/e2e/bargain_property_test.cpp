// Generated bargaining: random ladders, floors, benefits and hostile offers in every writing, over
// several turns, with the default pack. Whatever would leave the shop is read by a reader of its
// own and held against a model of what may be said that shares nothing with the engine.

#include <algorithm>
#include <set>
#include <vector>

#include "fixture.hpp"
#include "wire.hpp"

namespace xiaoer {
namespace {

#if defined(__SANITIZE_ADDRESS__) || !defined(NDEBUG)
constexpr uint32_t kConversations = 2'000;
#else
constexpr uint32_t kConversations = 100'000;
#endif

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 1) {}
  uint32_t below(uint32_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<uint32_t>((state_ >> 32) % limit);
  }
  bool once_in(uint32_t n) { return below(n) == 0; }

 private:
  uint64_t state_;
};

std::string yuan(int64_t cents) {
  std::string text = std::to_string(cents / 100);
  if (cents % 100 == 0) return text;
  text += '.';
  text += static_cast<char>('0' + cents % 100 / 10);
  if (cents % 10 != 0) text += static_cast<char>('0' + cents % 10);
  return text;
}

// --- the shop

struct Shop {
  std::vector<int64_t> others;   // amounts in cents that are no price of the item
  int64_t price = 0, floor = 0;  // 0: none
  std::vector<int64_t> ladder;   // authorised, clamped, below the price, highest first
  std::vector<std::pair<uint32_t, int64_t>> tiers;
  bool gifts = false, coupons = false, ships_free = false, promotion = false;
  int64_t threshold = 0, reduction = 0;  // of the promotion
  std::string json;
};

// Prices end in .0, .5 or .9, those for several in .25 or .75; everything else has cents that no
// sum of those comes to.
int64_t other_amount(Random& random, int64_t from) { return from + 100 * random.below(200) + 37; }

void add_ladder(Random& random, Shop* shop, std::string* product) {
  std::vector<int64_t> steps;
  for (uint32_t n = random.below(5); n > 0; --n) {
    // Some below the floor, some equal, some above the price.
    steps.push_back(shop->price * (55 + random.below(50)) / 100 / 50 * 50);
    if (random.once_in(5)) steps.push_back(steps.back());
  }
  if (steps.empty()) return;
  *product += ", \"ladder\": [";
  for (size_t i = 0; i < steps.size(); ++i) *product += (i > 0 ? ", " : "") + yuan(steps[i]);
  *product += "]";
  for (const int64_t step : steps) {
    const int64_t clamped = std::max(step, shop->floor);
    if (clamped < shop->price) shop->ladder.push_back(clamped);
  }
  std::sort(shop->ladder.rbegin(), shop->ladder.rend());
}

Shop make_shop(Random& random) {
  Shop shop;
  constexpr int64_t kEnds[] = {0, 50, 90};
  std::string product = "\"id\": \"1\", \"unit\": \"件\"";
  if (!random.once_in(20)) {
    shop.price = 3000 + 100 * random.below(40'000) + kEnds[random.below(3)];
    product += ", \"price\": " + yuan(shop.price);
    if (!random.once_in(4)) {
      shop.floor = shop.price * (60 + random.below(40)) / 100 / 50 * 50;
      product += ", \"floor_price\": " + yuan(shop.floor);
    }
    add_ladder(random, &shop, &product);
  }
  if (shop.price > 0 && random.once_in(3)) {
    product += ", \"quantity_prices\": [";
    for (uint32_t n = 1 + random.below(2), i = 0; i < n; ++i) {
      const uint32_t min = 2 + random.below(9);
      const int64_t price = shop.price * (60 + random.below(45)) / 100 / 50 * 50 + 25;
      shop.tiers.emplace_back(min, price);
      product += (i > 0 ? ", " : "") + ("{\"min\": " + std::to_string(min)) +
                 ", \"price\": " + yuan(price) + "}";
    }
    product += "]";
  }
  if (random.once_in(2)) {
    shop.gifts = true;
    product += random.once_in(2) ? ", \"gifts\": [\"布袋\"]" : ", \"gifts\": [\"布袋\", \"贴纸\"]";
  }
  std::string promotion, ship;
  if (random.once_in(2)) {
    shop.promotion = true;
    const int64_t threshold = other_amount(random, 10'000), reduction = other_amount(random, 500);
    shop.others.insert(shop.others.end(), {threshold, reduction});
    shop.threshold = threshold;
    shop.reduction = reduction;
    promotion +=
        "\"name\": \"暖冬节\", \"rule\": \"暖冬满额礼\", \"threshold\": " + yuan(threshold) +
        ", \"reduction\": " + yuan(reduction);
  }
  if (random.once_in(2)) {
    shop.coupons = true;
    const int64_t threshold = other_amount(random, 5'000), value = other_amount(random, 100);
    shop.others.insert(shop.others.end(), {threshold, value});
    promotion += std::string(promotion.empty() ? "" : ", ") +
                 "\"coupons\": [{\"name\": \"暖冬券\", " + "\"threshold\": " + yuan(threshold) +
                 ", \"value\": " + yuan(value) + ", \"where\": \"店铺首页\"}]";
  }
  if (random.once_in(2)) {
    shop.ships_free = true;
    const int64_t floor = other_amount(random, 4'000);
    shop.others.push_back(floor);
    ship = "\"free_ship_floor\": " + yuan(floor);
  }
  shop.json = "{\"product\": {" + product + "}, \"promotion\": {" + promotion + "}, \"shop\": {" +
              ship + "}}";
  return shop;
}

// --- the buyer

std::string chinese(int64_t number) {
  constexpr const char* kDigits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  constexpr const char* kUnits[] = {"", "十", "百", "千", "万"};
  const std::string digits = std::to_string(number);
  std::string text;
  bool gap = false;
  for (size_t i = 0; i < digits.size(); ++i) {
    const size_t unit = digits.size() - 1 - i;
    if (unit > 4) return digits;
    if (digits[i] == '0') {
      gap = true;
      continue;
    }
    if (gap && !text.empty()) text += kDigits[0];
    gap = false;
    text += std::string(kDigits[digits[i] - '0']) + kUnits[unit];
  }
  return text.empty() ? kDigits[0] : text;
}

std::string full_width(const std::string& digits) {
  std::string text;
  for (const char c : digits) {
    text += c == '.' ? "．" : std::string("\xEF\xBC") + static_cast<char>(0x90 + (c - '0'));
  }
  return text;
}

struct Said {
  std::vector<std::string> bubbles;
  int64_t number = 0;     // cents of the amount said; 0: none
  uint32_t quantity = 0;  // 0: none said
};

std::string written(Random& random, int64_t cents) {
  const std::string digits = yuan(cents);
  switch (random.below(6)) {
    case 0:
      return full_width(digits);
    case 1:
      return cents % 100 == 0 ? chinese(cents / 100) : digits;
    case 2:
      return "¥" + digits;
    case 3:
      return cents % 100 == 0 ? chinese(cents / 100) + "块" : digits + "元";
    case 4:
      return digits + "元";
    default:
      return digits;
  }
}

Said make_offer(Random& random, const Shop& shop) {
  Said said;
  const int64_t price = shop.price > 0 ? shop.price : 10'000;
  said.number = price * (5 + random.below(110)) / 100;
  said.number -= random.once_in(4) ? said.number % 50 : said.number % 100;
  if (random.once_in(6) && !shop.ladder.empty())
    said.number = shop.ladder[random.below(static_cast<uint32_t>(shop.ladder.size()))];
  if (random.once_in(8) && shop.floor > 100) said.number = shop.floor - 100;
  if (said.number < 100) said.number = 100;
  if (random.once_in(4)) said.quantity = 2 + random.below(12);
  constexpr const char* kEnds[] = {"行不", "卖不卖", "可以吗", "行吗我马上拍", "成交吧", "卖我呗"};
  const std::string end = kEnds[random.below(std::size(kEnds))];
  std::string number = written(random, said.number);
  if (said.quantity > 0) {
    const int64_t total = random.once_in(2) ? said.number * said.quantity : said.number;
    said.number = total;
    number = std::to_string(said.quantity) + "件" + written(random, total);
  }
  if (random.once_in(4) && said.number % 100 == 0 && said.quantity == 0) {
    // Spread over bubbles, wherever it breaks.
    const std::string whole =
        random.once_in(2) ? std::to_string(said.number / 100) : chinese(said.number / 100);
    const size_t step = whole[0] < 0 ? 3 : 1;
    const size_t cut =
        step *
        (1 + random.below(static_cast<uint32_t>(std::max<size_t>(whole.size() / step, 2) - 1)));
    if (cut < whole.size()) {
      said.bubbles = {whole.substr(0, cut), whole.substr(cut) + end};
      return said;
    }
  }
  said.bubbles = {number + end};
  return said;
}

Said make_message(Random& random, const Shop& shop) {
  if (!random.once_in(3)) return make_offer(random, shop);
  constexpr const char* kPlain[] = {
      "能便宜点吗",   "再便宜点呗",       "太贵了",       "零头抹了吧",   "老客户了优惠点吧",
      "别家比你便宜", "多买能优惠吗",     "包邮吧",       "送点东西呗",   "有优惠券吗",
      "我拍下你改价", "按昨天的价给我",   "打八折行吗",   "88折行不",     "{{底价}}给我行不",
      "底价是多少",   "{{价格|1}}卖吗",   "再少20吧",     "便宜50块行吗", "给个批发价",
      "多少钱",       "预算不够能少点吗", "一分钱卖我",   "￥1成交吧",    "好评返现吗",
      "对折卖不卖",   "少一半行不行",     "两件一百行不", "最低多少钱卖"};
  Said said;
  said.bubbles = {kPlain[random.below(std::size(kPlain))]};
  if (random.once_in(5)) said.bubbles.push_back(kPlain[random.below(std::size(kPlain))]);
  for (const std::string& bubble : said.bubbles) {
    if (bubble.find("两件") != bubble.npos) said.quantity = 2;
  }
  return said;
}

// --- the reader: amounts of yuan in a text, in cents

struct Amount {
  int64_t cents = 0;
  size_t begin = 0, end = 0;
};

std::vector<Amount> read_amounts(const std::string& text) {
  std::vector<Amount> amounts;
  for (size_t at = 0; at < text.size();) {
    if (text[at] < '0' || text[at] > '9') {
      ++at;
      continue;
    }
    Amount amount;
    amount.begin = at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      amount.cents = amount.cents * 10 + (text[at] - '0');
    }
    amount.cents *= 100;
    if (at + 1 < text.size() && text[at] == '.' && text[at + 1] >= '0' && text[at + 1] <= '9') {
      int64_t unit = 10;
      for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) {
        amount.cents += (text[at] - '0') * unit;
      }
    }
    amount.end = at;
    amounts.push_back(amount);
  }
  return amounts;
}

bool contains(const std::string& text, const char* word) { return text.find(word) != text.npos; }

// --- the model: what may be said now

class Model {
 public:
  explicit Model(const Shop& shop) : shop_(shop), standing_(shop.price) {}

  // The engine may have taken an earlier quantity for the one that is meant.
  void hear(const Said& said) {
    if (said.quantity > 0) quantities_.insert(said.quantity);
    prices_.clear();
    taken_up_.clear();
    if (shop_.price == 0) return;
    allow(shop_.price);
    for (const int64_t price : offered_) allow(price);
    for (const auto& [min, price] : shop_.tiers) allow(price);
    for (const uint32_t quantity : quantities_) allow_for(quantity);
  }

  // The buyer's own number, taken up no lower than the next step.
  bool may_take_up(int64_t cents) const {
    return cents >= shop_.floor &&
           std::any_of(taken_up_.begin(), taken_up_.end(), [cents](const auto& span) {
             return span.first <= cents && cents <= span.second;
           });
  }

  // Why the amount may not stand in the text; empty: it may.
  std::string object(const std::string& text, const Amount& amount) const {
    const int64_t cents = amount.cents;
    if (is_price(cents) || is_other(text, amount)) return "";
    if (shop_.price > 0 && may_take_up(cents)) return "";
    // Sums: for several of an allowed price, or a taken up one.
    for (const int64_t quantity : quantities_) {
      if (cents % quantity != 0) continue;
      const int64_t one = cents / quantity;
      if (is_price(one) || may_take_up(one)) return "";
    }
    // Several at the list price less the promotion's reduction, which keeps the floor.
    for (const int64_t quantity : quantities_) {
      const int64_t all = shop_.price * quantity;
      const bool reduced = shop_.promotion && all >= shop_.threshold;
      if (reduced && cents == all - shop_.reduction && cents >= shop_.floor * quantity) return "";
    }
    // What is saved, or still missing to a threshold.
    for (const int64_t price : prices_) {
      if (shop_.price - price == cents) return "";
    }
    for (const int64_t other : shop_.others) {
      const int64_t gap = other - cents;
      for (const int64_t quantity : quantities_) {
        if (gap <= 0 || gap % quantity != 0) continue;
        if (is_price(gap / quantity) || may_take_up(gap / quantity)) return "";
      }
    }
    if (shop_.price - cents > 0 && may_take_up(shop_.price - cents)) return "";
    return "not authorised";
  }

  // A text was sent: the lowest price in it stands from now on.
  void sent(const std::string& text, bool cut) {
    if (!cut) return;
    for (const Amount& amount : read_amounts(text)) {
      const int64_t cents = amount.cents;
      const bool step = may_take_up(cents) && !is_quantity_price(cents);
      if (step && cents < standing_ && cents >= shop_.floor)
        standing_ = *offered_.insert(cents).first;
    }
  }

 private:
  void allow_for(uint32_t quantity) {
    int64_t base = standing_;
    for (const auto& [min, price] : shop_.tiers) {
      if (price >= shop_.floor && min <= quantity) base = std::min(base, price);
    }
    for (const int64_t step : shop_.ladder) {
      if (step >= base) continue;
      allow(step);
      taken_up_.emplace_back(step, base);
      return;
    }
  }

  void allow(int64_t price) {
    if (price >= shop_.floor) prices_.insert(price);
  }
  bool is_price(int64_t cents) const { return prices_.contains(cents); }

  bool is_quantity_price(int64_t cents) const {
    return std::any_of(shop_.tiers.begin(), shop_.tiers.end(),
                       [&](const auto& tier) { return tier.second == cents; });
  }

  // Fees, thresholds and counts; the buyer's number where its clause declines it.
  bool is_other(const std::string& text, const Amount& amount) const {
    if (std::find(shop_.others.begin(), shop_.others.end(), amount.cents) != shop_.others.end())
      return true;
    const std::string after = text.substr(amount.end, 9);
    if (after.starts_with("件")) return true;
    const size_t comma = text.find(',', amount.end);
    const std::string clause = text.substr(amount.end, std::min(comma, text.size()) - amount.end);
    return contains(clause, "没法") || contains(clause, "做不了主") || contains(clause, "应不下来");
  }

  const Shop& shop_;
  std::set<uint32_t> quantities_ = {1};
  int64_t standing_ = 0;
  std::set<int64_t> offered_;
  std::vector<std::pair<int64_t, int64_t>> taken_up_;  // from the next step to what is offered
  std::set<int64_t> prices_;
};

// --- the check

class Conversation {
 public:
  Conversation(const Ruleset& rules, uint64_t seed) : random_(seed), rules_(rules), seed_(seed) {}

  void run() {
    const Shop shop = make_shop(random_);
    const reply::Facts facts = test::facts_of(shop.json);
    Model model(shop);
    shop_ = &shop;
    const bool snapshots = random_.once_in(16);
    for (uint32_t turn = 0, turns = 2 + random_.below(5); turn < turns; ++turn) {
      said_ = make_message(random_, shop);
      model.hear(said_);
      message_.clear();
      for (const std::string& bubble : said_.bubbles) add_bubble(bubble, &message_);
      Request request;
      request.message = message_;
      request.facts = &facts;
      request.now = test::kNow;
      request.seed = random_.below(1000);
      if (snapshots) compare_restored(request);
      ASSERT_EQ(answer(rules_, context(), &session_, request, &result()), Status::kOk);
      check(model);
      if (!random_.once_in(3)) send(&model);
      if (::testing::Test::HasFailure()) return;
    }
  }

 private:
  static Context& context() {
    static Context context;
    return context;
  }
  static Result& result() {
    static Result result;
    return result;
  }
  std::string text(TextRef ref) const { return std::string(result().text(ref)); }

  std::string shown() const {
    std::string all = "seed " + std::to_string(seed_) + " " + shop_->json + "\n";
    for (const std::string& bubble : said_.bubbles) all += "[" + bubble + "]";
    all += history_;
    return all + " move " + text(result().bargain.move) + " " + text(result().bargain.offer);
  }

  void check(const Model& model) const {
    for (const ReplyItem& reply : result().replies) check_text(model, text(reply.text));
    for (const TechniqueItem& item : result().techniques) check_text(model, text(item.text));
    if (result().handoff.holding.size > 0) check_text(model, text(result().handoff.holding));
    EXPECT_TRUE(result().bargain.floor_respected) << shown();
    if (result().bargain.offer.size > 0) {
      const std::string named = text(result().bargain.offer);
      const Amount offer = read_amounts(named).at(0);
      EXPECT_EQ(model.object(named, offer), "") << shown();
      EXPECT_GE(offer.cents, shop_->floor) << shown();
    }
  }

  void check_text(const Model& model, const std::string& said) const {
    EXPECT_FALSE(contains(said, "{{") || contains(said, "}}")) << said << "\n" << shown();
    for (const Amount& amount : read_amounts(said)) {
      EXPECT_EQ(model.object(said, amount), "") << said << " " << amount.cents << "\n" << shown();
    }
    for (const char* const word :
         {"仅剩", "只剩", "现货", "销量", "今天发", "质保", "运费险", "最后"}) {
      EXPECT_FALSE(contains(said, word)) << said << "\n" << shown();
    }
    if (!shop_->gifts) {
      EXPECT_FALSE(contains(said, "布袋") || contains(said, "随单送")) << said << "\n" << shown();
    }
    if (!shop_->coupons) {
      EXPECT_FALSE(contains(said, "暖冬券") || contains(said, "元的券")) << said << "\n" << shown();
    }
    if (!shop_->ships_free) {
      EXPECT_FALSE(contains(said, "元包邮") || contains(said, "元就包邮")) << said << "\n"
                                                                           << shown();
    }
    if (!shop_->promotion) {
      EXPECT_FALSE(contains(said, "暖冬满额礼") || contains(said, "暖冬节")) << said << "\n"
                                                                             << shown();
    }
  }

  // Tells one of the texts as sent: the first one mostly, or another, or what a person wrote.
  void send(Model* model) {
    if (random_.once_in(8)) {
      observe(&session_, "我看看哦", 0);
      return;
    }
    if (result().replies.empty()) return;
    const size_t count = result().replies.size();
    const size_t reply = random_.once_in(4) ? random_.below(static_cast<uint32_t>(count)) : 0;
    const std::string chosen = text(result().replies[reply].text);
    ASSERT_TRUE(session_.sent(stable_hash(chosen), 0));
    history_ += "\n  sent after " + said_.bubbles[0] + ": " + chosen;
    model->sent(chosen, result().bargain.offer.size > 0);
  }

  // A session kept as bytes and restored gives the same bytes as one that never stopped.
  void compare_restored(const Request& request) {
    dialogue::Session stopped, straight = session_;
    ASSERT_TRUE(stopped.restore(session_.snapshot(), nullptr));
    std::string one, two;
    Result answers;
    ASSERT_EQ(answer(rules_, context(), &stopped, request, &answers), Status::kOk);
    wire::write_result("null", "", answers, &one);
    ASSERT_EQ(answer(rules_, context(), &straight, request, &answers), Status::kOk);
    wire::write_result("null", "", answers, &two);
    EXPECT_EQ(one, two) << shown();
    EXPECT_EQ(stopped.snapshot(), straight.snapshot()) << shown();
  }

  Random random_;
  const Ruleset& rules_;
  uint64_t seed_;
  const Shop* shop_ = nullptr;
  Said said_;
  std::string history_;
  std::string message_;
  dialogue::Session session_;
};

TEST(BargainProperty, NothingBelowTheFloorOrOutsideTheStepIsEverSaid) {
  for (uint32_t seed = 1; seed <= kConversations; ++seed) {
    Conversation(test::default_ruleset(), seed).run();
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace xiaoer
