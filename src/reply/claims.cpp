#include "reply/claims.hpp"

#include <algorithm>
#include <bitset>
#include <initializer_list>
#include <span>

#include "base/image.hpp"
#include "reply/condition.hpp"
#include "reply/done.hpp"

namespace xiaoer::reply {
namespace {

constexpr std::string_view kGap = "…";
constexpr size_t kMaxGapBytes = 36;  // twelve characters

const FactValue& fact(const Situation& situation, rules::FactId id) {
  return situation.facts->get(id);
}
bool present(const Situation& situation, rules::FactId id) { return fact(situation, id).present; }
bool is_true(const Situation& situation, rules::FactId id) {
  return present(situation, id) && fact(situation, id).flag;
}
bool is_zero(const Situation& situation, rules::FactId id) {
  return present(situation, id) && fact(situation, id).number.milli == 0;
}

bool never(const Situation&) { return false; }
// The fact itself, or, where it is not given, a return period of at least the lawful week.
bool no_reason_return(const Situation& s) {
  if (present(s, known_facts().no_reason)) return is_true(s, known_facts().no_reason);
  const FactValue& days = fact(s, known_facts().return_days);
  return days.present && days.number >= Decimal::of(7);
}
bool insured(const Situation& s) { return is_true(s, known_facts().insurance); }
bool free_shipping(const Situation& s) {
  return present(s, known_facts().free_ship_floor) || is_zero(s, known_facts().ship_fee);
}
bool in_stock(const Situation& s) {
  const FactValue& stock = fact(s, known_facts().stock);
  return (stock.present && stock.number.milli > 0) || present(s, known_facts().in_stock);
}
bool sold_out(const Situation& s) {
  return present(s, known_facts().sold_out) || is_zero(s, known_facts().stock);
}
bool scarce(const Situation& s) { return stock_is_scarce(*s.facts); }
bool presses(const Situation& s) { return promotion_runs(s) && !lower_price_is_announced(s); }

// Goods that must be made first do not go out on a cut-off's day.
bool ready_made(const Situation& s) {
  const FactValue& lead = fact(s, known_facts().lead_days);
  return !lead.present || lead.number.milli == 0;
}
bool ships_by_rule(const Situation& s) { return present(s, known_facts().cutoff) && ready_made(s); }
bool ships_today(const Situation& s) {
  if (!s.now) return false;
  const LocalTime now = local_time(s.now->seconds, s.now->offset_minutes);
  const FactValue& promised = fact(s, known_facts().promised_ship_at);
  if (promised.present && promised.time >= s.now->seconds &&
      local_time(promised.time, s.now->offset_minutes).day == now.day) {
    return true;
  }
  const FactValue& cutoff = fact(s, known_facts().cutoff);
  return cutoff.present && ready_made(s) && Decimal::of(now.minute) < cutoff.number;
}
bool sells(const Situation& s) { return present(s, known_facts().sold_month); }
bool reduces(const Situation& s) {
  const KnownFacts& k = known_facts();
  return present(s, k.coupon_value) || present(s, k.reduction) || present(s, k.bulk_price) ||
         !s.facts->ladder().empty();
}
bool has_gifts(const Situation& s) { return present(s, known_facts().gifts); }
bool has_coupon(const Situation& s) {
  return present(s, known_facts().coupon_name) || present(s, known_facts().coupon_value);
}
bool warranted(const Situation& s) { return present(s, known_facts().warranty); }
bool certified(const Situation& s) { return present(s, known_facts().certificates); }

bool ordered_and(const Situation& s, std::initializer_list<rules::OrderState> states) {
  const rules::OrderState state = order_state_of(s);
  return std::find(states.begin(), states.end(), state) != states.end();
}
using enum rules::OrderState;
bool shipped(const Situation& s) {
  return ordered_and(s, {kShipped, kReceived, kSuccess}) || present(s, known_facts().tracking);
}
bool paid(const Situation& s) { return ordered_and(s, {kPaid, kShipped, kReceived, kSuccess}); }
bool signed_for(const Situation& s) { return ordered_and(s, {kReceived, kSuccess}); }

constexpr std::string_view kNoReason[] = {"七天无理由", "7天无理由", "无理由退"};
constexpr std::string_view kInsurance[] = {"有运费险", "送运费险",   "赠运费险",  "含运费险",
                                           "带运费险", "提供运费险", "买了运费险"};
constexpr std::string_view kFree[] = {"包邮", "免邮", "免运费"};
constexpr std::string_view kInStock[] = {"有货", "现货", "库存充足", "货源充足", "还有库存"};
constexpr std::string_view kSoldOut[] = {"缺货", "断货", "没货", "售罄", "卖完", "卖光"};
constexpr std::string_view kScarce[] = {"仅剩",     "只剩",     "就剩",     "所剩不多", "剩的不多",
                                        "库存不多", "库存紧",   "货不多",   "快卖完",   "快没货",
                                        "快断货",   "要断货",   "抢完",     "抢光",     "快没了",
                                        "手慢无",   "最后一件", "库存告急", "数量有限", "限量"};
constexpr std::string_view kDeadline[] = {"最后一天", "即将结束", "马上结束", "快结束",
                                          "快要结束", "活动截止", "恢复原价", "倒计时",
                                          "限时",     "最后几天", "涨价",     "过期不候"};
constexpr std::string_view kShipToday[] = {
    "今天…发货",  "今天…发出", "今天…寄出", "今天…发走", "今天就发",  "今天能发",
    "今天可以发", "今日…发货", "今日…发出", "今晚…发货", "今晚…发出", "马上…发货",
    "马上…发出",  "立刻…发货", "立即…发货", "立马…发货", "现在…发货"};
constexpr std::string_view kShipByRule[] = {"当天…发货", "当天…发出", "当天发",    "当日…发货",
                                            "当日…发出", "当日发",    "明天…发货", "明天…发出",
                                            "次日…发货", "次日…发出", "第二天…发"};
constexpr std::string_view kArrive[] = {
    "今天…送达", "今天…送到", "今天…收到", "今天就到",  "今天…能到", "明天…送达",
    "明天…送到", "明天…收到", "明天就到",  "明天…能到", "后天…送达", "后天…收到",
    "后天…能到", "次日达",    "隔天…到",   "第二天…到", "当天…到",   "当天达"};
constexpr std::string_view kSales[] = {"销量", "热销", "爆款", "热卖", "卖得", "畅销"};
constexpr std::string_view kDiscount[] = {"给您优惠", "给您便宜", "给您打折", "给您减", "给您免",
                                          "帮您免",   "可以优惠", "可以便宜", "能优惠", "能便宜"};
constexpr std::string_view kGift[] = {"送您一", "送您个", "有赠品",   "送赠品", "附赠",
                                      "加送",   "赠送您", "送小礼物", "送礼物", "送一个",
                                      "送一只", "送一份", "送一支",   "送一袋", "送一包"};
constexpr std::string_view kCoupon[] = {"领券", "有优惠券", "领优惠券", "领取优惠券", "领张券"};
constexpr std::string_view kWarranty[] = {"质保", "保修"};
constexpr std::string_view kCertificate[] = {"质检报告", "检测报告", "检验报告"};
constexpr std::string_view kUnconditional[] = {"无条件退", "无条件换", "包退",   "包换",
                                               "包赔",     "一定赔",   "保证赔", "双倍赔"};

// Said of the order: its state shows it.
constexpr std::string_view kSaidShipped[] = {"已发货", "已经发货", "发货了", "已发出",  "已经发出",
                                             "已寄出", "已经寄出", "寄出了", "发出去了"};
constexpr std::string_view kSaidPaid[] = {"已收到您的付款", "收到您的付款了", "您已付款",
                                          "您已经付款", "付款成功了"};
constexpr std::string_view kSaidSigned[] = {"已签收", "已经签收", "签收了"};
constexpr std::string_view kGuarantee[] = {"假一赔", "假一罚", "贵就赔", "买贵退", "买贵包"};
constexpr std::string_view kRestock[] = {"今天…补货", "明天…补货", "后天…补货",
                                         "今天…到货", "明天…到货", "后天…到货",
                                         "马上补货",  "下周…到货", "下周…补货"};

constexpr Claim kStated[] = {
    {"no-reason-return", kNoReason, no_reason_return, Tense::kStated,
     "product.no_reason_return, shop.return_days"},
    {"freight-insurance", kInsurance, insured, Tense::kStated, "shop.freight_insurance"},
    {"free-shipping", kFree, free_shipping, Tense::kStated, "shop.free_ship_floor, shop.ship_fee"},
    {"in-stock", kInStock, in_stock, Tense::kStated, "product.stock, product.variants"},
    {"sold-out", kSoldOut, sold_out, Tense::kStated, "product.stock, product.variants"},
    {"scarcity", kScarce, scarce, Tense::kAlways, "product.stock"},
    {"deadline", kDeadline, presses, Tense::kAlways, "promotion.ends"},
    {"ships-today", kShipToday, ships_today, Tense::kStated, "shop.cutoff, order.promised_ship_at"},
    {"ships-by-cutoff", kShipByRule, ships_by_rule, Tense::kStated, "shop.cutoff"},
    {"arrival", kArrive, never, Tense::kStated, ""},
    {"sales", kSales, sells, Tense::kStated, "product.sold_month"},
    {"discount", kDiscount, reduces, Tense::kStated,
     "promotion, product.quantity_prices, product.ladder"},
    {"gift", kGift, has_gifts, Tense::kStated, "product.gifts"},
    {"coupon", kCoupon, has_coupon, Tense::kStated, "promotion.coupons"},
    {"warranty", kWarranty, warranted, Tense::kStated, "product.warranty_months"},
    {"certificate", kCertificate, certified, Tense::kStated, "product.certificates"},
    {"unconditional", kUnconditional, never, Tense::kAlways, ""},
    {"shipped", kSaidShipped, shipped, Tense::kDone, "order.state, order.tracking"},
    {"paid", kSaidPaid, paid, Tense::kDone, "order.state"},
    {"signed", kSaidSigned, signed_for, Tense::kDone, "order.state"},
    {"guarantee", kGuarantee, never, Tense::kStated, ""},
    {"restock", kRestock, never, Tense::kStated, ""},
};
static_assert(std::size(kStated) + kDoneClaims <= 64);  // a bit each

uint32_t claim_count() { return static_cast<uint32_t>(std::size(kStated) + kDoneClaims); }
const Claim& claim_at(uint32_t claim) {
  return claim < std::size(kStated) ? kStated[claim] : done_claims()[claim - std::size(kStated)];
}

// A clause with one of these asks, defers or denies.
constexpr std::string_view kDeferrals[] = {
    "是否", "能否", "能不能", "会不会", "有没有", "可不可以", "多久",   "什么时候",
    "哪天", "吗",   "帮您查", "帮您问", "帮您看", "核实",     "如果",   "要是",
    "若",   "没有", "无法",   "不能",   "不了",   "暂无",     "不支持", "不包"};
// The same of what is not done yet.
constexpr std::string_view kUndone[] = {"告诉您", "跟您说", "通知您", "回复您", "联系您",
                                        "等",     "还没",   "未",     "才能",   "后再"};

constexpr std::string_view kMarks[] = {"，", "。", "！", "？", "；", "：", ",", "!",
                                       "?",  ";",  "\n", "～", "~",  "…",  ".", " "};

// Takes the first clause off `rest`.
std::string_view take_clause(std::string_view* rest) {
  size_t end = rest->size(), width = 0;
  bool question = false;
  for (const std::string_view mark : kMarks) {
    const size_t at = rest->find(mark);
    if (at >= end) continue;
    end = at;
    width = mark.size();
    question = mark == "？" || mark == "?";
  }
  // A question mark stays with its clause, so that the clause can be told for a question.
  const std::string_view clause = rest->substr(0, question ? end + width : end);
  rest->remove_prefix(std::min(rest->size(), end + width));
  return clause;
}

// Which three bytes in a row, about one Chinese character, a clause has: most patterns are ruled
// out by their first three without being looked for. A pack has thousands of clauses.
class Letters {
 public:
  explicit Letters(std::string_view clause) {
    for (size_t i = 0; i + 3 <= clause.size(); ++i) bits_.set(place(clause.data() + i));
  }
  bool may_have(std::string_view pattern) const {
    return pattern.size() < 3 || bits_.test(place(pattern.data()));
  }

 private:
  static constexpr size_t kBits = 4096;
  static size_t place(const char* p) {
    const auto byte = [p](size_t i) {
      return static_cast<size_t>(static_cast<unsigned char>(p[i]));
    };
    return (byte(0) * 31 ^ byte(1) << 6 ^ byte(2)) % kBits;
  }
  std::bitset<kBits> bits_;
};

struct Clause {
  std::string_view text;
  Letters letters;
  explicit Clause(std::string_view clause) : text(clause), letters(clause) {}
};

// Where the pattern stands in the clause, in bytes; empty: it does not.
Span find_in(std::string_view clause, std::string_view pattern) {
  const auto span = [](size_t begin, size_t end) {
    return Span{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  };
  const size_t gap = pattern.find(kGap);
  if (gap == std::string_view::npos) {
    const size_t at = clause.find(pattern);
    return at == std::string_view::npos ? Span{} : span(at, at + pattern.size());
  }
  const std::string_view first = pattern.substr(0, gap);
  const std::string_view second = pattern.substr(gap + kGap.size());
  for (size_t at = clause.find(first); at != std::string_view::npos;
       at = clause.find(first, at + 1)) {
    const size_t after = at + first.size();
    const size_t found = clause.find(second, after);
    if (found != std::string_view::npos && found - after <= kMaxGapBytes) {
      return span(at, found + second.size());
    }
  }
  return {};
}

Span find_any(const Clause& clause, std::span<const std::string_view> patterns) {
  for (const std::string_view pattern : patterns) {
    if (!clause.letters.may_have(pattern)) continue;
    if (const Span found = find_in(clause.text, pattern); !found.empty()) return found;
  }
  return {};
}

bool defers(const Clause& clause) {
  return clause.text.ends_with("？") || clause.text.ends_with('?') ||
         !find_any(clause, kDeferrals).empty();
}

// Calls visit(claim, span in the sample) for each claim of each clause.
template <class Visit>
void each_claim(std::string_view sample, Visit visit) {
  const char* const begin = sample.data();
  while (!sample.empty()) {
    const Clause clause(take_clause(&sample));
    const bool deferred = defers(clause);
    const bool undone = deferred || !find_any(clause, kUndone).empty();
    for (uint32_t i = 0; i < claim_count(); ++i) {
      const Claim& claim = claim_at(i);
      if (claim.tense == Tense::kStated ? deferred : claim.tense == Tense::kDone && undone)
        continue;
      Span found = find_any(clause, claim.words);
      if (found.empty()) continue;
      const auto offset = static_cast<uint32_t>(clause.text.data() - begin);
      visit(i, Span{found.begin + offset, found.end + offset});
    }
  }
}

}  // namespace

bool stock_is_scarce(const Facts& facts) {
  const FactValue& stock = facts.get(known_facts().stock);
  const FactValue& limit = facts.get(known_facts().scarcity_at);
  const Decimal threshold = limit.present ? limit.number : Decimal::of(10);
  return stock.present && stock.number.milli > 0 && stock.number <= threshold;
}

bool promotion_runs(const Situation& situation) {
  const FactValue& starts = fact(situation, known_facts().promotion_starts);
  const FactValue& ends = fact(situation, known_facts().promotion_ends);
  if (!situation.now || !ends.present || ends.time <= situation.now->seconds) return false;
  return !starts.present || starts.time <= situation.now->seconds;
}

bool lower_price_is_announced(const Situation& situation) {
  const FactValue& next = fact(situation, known_facts().next_price);
  const FactValue& price = fact(situation, known_facts().price);
  const FactValue& starts = fact(situation, known_facts().next_starts);
  if (!next.present || !price.present || next.number >= price.number) return false;
  return !starts.present || !situation.now || starts.time > situation.now->seconds;
}

bool promotion_is_over(const Situation& situation) {
  const FactValue& ends = fact(situation, known_facts().promotion_ends);
  return situation.now && ends.present && ends.time < situation.now->seconds;
}

uint64_t find_claims(std::string_view sample) {
  uint64_t claims = 0;
  each_claim(sample, [&](uint32_t claim, Span) { claims |= uint64_t{1} << claim; });
  return claims;
}

void find_claims(std::string_view sample, std::vector<ClaimHit>* hits) {
  hits->clear();
  each_claim(sample, [&](uint32_t claim, Span span) { hits->push_back({claim, span}); });
}

std::string_view claim_name(uint32_t claim) { return claim_at(claim).name; }
std::string_view claim_basis(uint32_t claim) { return claim_at(claim).basis; }
std::string_view claim_rule(uint32_t claim) {
  return claim < std::size(kStated) ? "unsupported-claim" : "not-confirmed";
}

bool claim_holds(uint32_t claim, const Situation& situation) {
  return claim_at(claim).holds(situation);
}

bool check_claims(uint64_t claims, const Situation& situation, Refusal* refusal) {
  for (uint32_t i = 0; i < claim_count() && claims >> i != 0; ++i) {  // no other bit means a thing
    if ((claims >> i & 1) == 0 || claim_holds(i, situation)) continue;
    return refusal->set(claim_rule(i), claim_name(i));
  }
  return true;
}

}  // namespace xiaoer::reply
