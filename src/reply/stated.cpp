#include "reply/stated.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/instant.hpp"
#include "reply/condition.hpp"

namespace xiaoer::reply {
namespace {

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
// Whether the order's promised time lies so many days ahead, by the shop's own calendar: `now` has
// its offset. A time that has passed promises nothing any more.
bool is_promised_in(const Situation& s, int64_t days) {
  const FactValue& promised = fact(s, known_facts().promised_ship_at);
  if (!s.now || !promised.present || promised.time < s.now->seconds) return false;
  const auto day_of = [&](int64_t time) { return local_time(time, s.now->offset_minutes).day; };
  return day_of(promised.time) - day_of(s.now->seconds) == days;
}
bool ships_today(const Situation& s) {
  if (is_promised_in(s, 0)) return true;
  const FactValue& cutoff = fact(s, known_facts().cutoff);
  if (!s.now || !cutoff.present || !ready_made(s)) return false;
  return Decimal::of(local_time(s.now->seconds, s.now->offset_minutes).minute) < cutoff.number;
}
// By the rule, what is ordered after the cut-off.
bool ships_tomorrow(const Situation& s) { return is_promised_in(s, 1) || ships_by_rule(s); }
// No rule names the hour.
bool ships_tomorrow_morning(const Situation& s) {
  constexpr int32_t kNoon = 12 * 60;
  return is_promised_in(s, 1) &&
         local_time(fact(s, known_facts().promised_ship_at).time, s.now->offset_minutes).minute <=
             kNoon;
}
bool sells(const Situation& s) { return present(s, known_facts().sold_month); }
bool reduces(const Situation& s) {
  const KnownFacts& k = known_facts();
  return present(s, k.coupon_value) || present(s, k.reduction) || present(s, k.bulk_price) ||
         !s.facts->ladder().empty();
}
bool has_gifts(const Situation& s) { return present(s, known_facts().gifts); }
bool open_all_day(const Situation& s) {
  constexpr int32_t kLastMinute = 24 * 60 - 1;
  const FactValue& hours = fact(s, known_facts().shop_hours);
  return hours.present && hours.number.milli == 0 && hours.minutes_to >= kLastMinute;
}
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
constexpr std::string_view kInsurance[] = {
    "有运费险",   "送运费险",     "赠运费险",    "含运费险",   "带运费险",
    "提供运费险", "买了运费险",   "退货包运费",  "退货免运费", "退货运费我们",
    "退货运费店", "退换运费我们", "来回运费我们"};
constexpr std::string_view kFree[] = {"包邮",         "免邮",       "免运费",     "运费全免",
                                      "邮费全免",     "不收运费",   "不收邮费",   "不用运费",
                                      "不用邮费",     "零运费",     "运费我们出", "运费我们承担",
                                      "运费店铺承担", "运费给您免", "运费帮您免", "免费送货"};
constexpr std::string_view kInStock[] = {"有货",     "现货",   "库存充足", "货源充足",
                                         "还有库存", "货很足", "货充足",   "有库存"};
constexpr std::string_view kSoldOut[] = {"缺货", "断货", "没货",   "售罄",
                                         "卖完", "卖光", "卖没了", "卖断"};
constexpr std::string_view kScarce[] = {
    "仅剩",     "只剩",     "就剩",         "所剩不多", "所剩无几", "剩的不多", "剩得不多",
    "库存不多", "库存紧",   "货不多",       "数量不多", "快卖完",   "快没货",   "快断货",
    "要断货",   "快售罄",   "即将售罄",     "马上售罄", "抢完",     "抢光",     "快没了",
    "马上没了", "要没了",   "手慢无",       "手慢就没", "晚了就没", "最后一件", "最后几件",
    "最后一批", "最后一套", "最后一双",     "最后一盒", "库存告急", "数量有限", "限量",
    "售完即止", "售完为止", "卖一件少一件", "卖完就没", "见底",     "快断码"};
constexpr std::string_view kDeadline[] = {
    "最后一天",   "最后几小时", "快结束",   "快要结束",   "要结束",   "今天截止",
    "今晚截止",   "活动截止",   "恢复原价", "倒计时",     "限时",     "最后几天",
    "涨价",       "过期不候",   "过时不候", "错过今天",   "过了今天", "仅限今天",
    "只限今天",   "今天过后",   "只有今天", "就今天一天", "仅此一天", "就没这个价",
    "没有这个价", "不是这个价", "快…到期",  "就要结束",   "就要截止"};
constexpr std::string_view kAboutTo[] = {"马上", "即将", "很快", "眼看"};
constexpr std::string_view kEnds[] = {"结束", "截止"};
constexpr WordPair kEndsSoon[] = {{kAboutTo, kEnds}};
constexpr std::string_view kNow[] = {"今天", "今日", "今晚", "马上", "立刻",
                                     "立即", "立马", "现在", "这就", "即刻"};
constexpr std::string_view kToday[] = {"今天", "今日", "今晚"};
constexpr std::string_view kGoesOut[] = {"发货", "发出", "寄出", "发走", "出库"};
constexpr std::string_view kGoes[] = {"就发",    "能发",    "可以发",  "发$",     "会发$",  "都发$",
                                      "给您发$", "帮您发$", "安排发$", "下午发$", "晚上发$"};
constexpr WordPair kShipToday[] = {{kNow, kGoesOut}, {kToday, kGoes, 0}};
constexpr std::string_view kShipAtOnce[] = {"今天给您发", "秒发",     "拍下就发",
                                            "下单就发",   "付款就发", "拍了就发"};
constexpr std::string_view kTomorrow[] = {"明天", "明日", "明晚"};
constexpr WordPair kShipTomorrow[] = {{kTomorrow, kGoesOut}, {kTomorrow, kGoes, 0}};
constexpr std::string_view kTomorrowMorning[] = {"明早"};
constexpr WordPair kShipTomorrowMorning[] = {{kTomorrowMorning, kGoesOut},
                                             {kTomorrowMorning, kGoes, 0}};
constexpr std::string_view kSameOrNextDay[] = {"当天", "当日", "次日", "隔天", "第二天"};
constexpr WordPair kShipByRule[] = {{kSameOrNextDay, kGoesOut}};
constexpr std::string_view kShipOnTheDay[] = {"当天发", "当日发", "第二天…发"};
constexpr std::string_view kSoonDays[] = {"今天", "今晚",   "明天", "明早", "明晚", "后天",
                                          "隔天", "第二天", "当天", "次日", "周末"};
constexpr std::string_view kArrives[] = {"送达", "送到", "收到", "拿到", "能到",
                                         "到手", "就到", "到您", "到家"};
constexpr std::string_view kRelativeDays[] = {"隔天", "第二天", "当天", "次日", "今晚"};
constexpr std::string_view kComes[] = {"到"};
constexpr WordPair kArrive[] = {{kSoonDays, kArrives}, {kRelativeDays, kComes}};
constexpr std::string_view kArriveOnTheDay[] = {"次日达", "隔日达", "当天达"};
constexpr std::string_view kSales[] = {"销量",   "热销",   "爆款",  "热卖",   "卖得",
                                       "畅销",   "卖爆",   "销冠",  "断货王", "供不应求",
                                       "人气款", "回头客", "卖断货"};
constexpr std::string_view kDiscount[] = {"给您优惠", "给您便宜", "给您打折", "给您减", "给您免",
                                          "帮您免",   "可以优惠", "可以便宜", "能优惠", "能便宜"};
constexpr std::string_view kGift[] = {
    "送您一", "送您个",   "送您两",   "有赠品",   "送赠品", "附赠",     "加送",
    "多送",   "额外送",   "再送",     "赠送",     "赠您",   "送小礼物", "送礼物",
    "下单送", "下单就送", "拍下送",   "拍下就送", "购买送", "买就送",   "即送",
    "随单送", "随货送",   "随包裹送", "另外送",   "附送",   "还送您"};
constexpr std::string_view kGives[] = {"送", "赠"};
constexpr std::string_view kPieces[] = {
    "一个", "一只", "一份", "一套", "一条", "一双", "一支", "一瓶", "一盒", "一包", "一顶", "一件",
    "一袋", "一张", "一对", "一副", "一块", "一罐", "一片", "一本", "一把", "两个", "两只", "两份",
    "两套", "两条", "两双", "两支", "两瓶", "两盒", "两包", "两顶", "两件", "两袋"};
constexpr WordPair kGivesPieces[] = {{kGives, kPieces}};
constexpr std::string_view kCoupon[] = {"领券",   "有优惠券", "领优惠券", "领取优惠券",
                                        "领张券", "有券",     "领个券",   "领一张券"};
constexpr std::string_view kWarranty[] = {"质保",     "保修",     "包修",     "免费维修",
                                          "免费换新", "免费保养", "只换不修", "终身维护"};
constexpr std::string_view kCertificate[] = {"质检报告", "检测报告", "检验报告", "质检证书",
                                             "鉴定证书", "检测证书", "认证",     "证书"};
constexpr std::string_view kUnconditional[] = {
    "无条件退", "无条件换", "无条件赔", "包退",   "包换",   "包赔",       "一定赔",     "保证赔",
    "双倍赔",   "双倍退",   "全额赔",   "随便退", "随时退", "不满意就退", "不满意全退", "不问原因"};

// Said of the order: its state shows it.
constexpr std::string_view kSaidShipped[] = {
    "已发货",     "已经发货", "发货了",   "已发出",     "已经发出", "已寄出",
    "已经寄出",   "寄出了",   "发出去了", "发出了",     "寄走了",   "发走了",
    "已出库",     "已经出库", "出库了",   "已揽收",     "揽收了",   "已经揽收",
    "交给快递了", "在派送",   "派送中",   "运输中",     "已经交给", "已交给",
    "取走了",     "揽走了",   "收走了",   "已交给快递", "寄出去了"};
constexpr std::string_view kSaidPaid[] = {"已收到您的付款", "收到您的付款了", "收到您的款",
                                          "您已付款",       "您已经付款",     "付款成功了",
                                          "收到您付的"};
constexpr std::string_view kSaidSigned[] = {"已签收", "已经签收", "签收了",  "已妥投",
                                            "已送达", "已经送达", "已经送到"};
constexpr std::string_view kGuarantee[] = {"假一赔", "假一罚", "假一退", "贵就赔",
                                           "买贵退", "买贵包", "买贵补", "买贵赔",
                                           "贵了退", "贵了补", "终身保"};
constexpr std::string_view kSoon[] = {"今天", "明天",   "后天",   "周末",   "下周",
                                      "月底", "过几天", "过两天", "这两天", "很快"};
constexpr std::string_view kComesIn[] = {"补货", "到货", "上架", "补上", "回货", "补到"};
constexpr WordPair kRestock[] = {{kSoon, kComesIn}};
constexpr std::string_view kRestockAtOnce[] = {"马上补货"};

// How soon money comes back is the platform's and the bank's to say.
constexpr std::string_view kRefundDays[] = {"今天", "今晚", "明天", "当天", "当日", "当晚"};
constexpr std::string_view kRefunded[] = {"到账", "就退", "退给", "退到", "退款给", "退回给"};
constexpr std::string_view kAtOnce[] = {"马上", "立刻", "立即", "秒"};
constexpr std::string_view kRefundedAtOnce[] = {"到账", "就退", "退给"};
constexpr WordPair kRefundTime[] = {{kRefundDays, kRefunded}, {kAtOnce, kRefundedAtOnce, 0}};
constexpr std::string_view kRefundInNoTime[] = {"秒退", "当晚…退"};

constexpr std::string_view kAllHours[] = {"24小时在线", "24小时都在", "24小时有人", "24小时客服",
                                          "24小时服务", "全天在线",   "全天都在",   "全天候",
                                          "随时都有人", "一直有人"};

constexpr std::array<Claim, kStatedClaims> kClaims = {{
    {"no-reason-return", kNoReason, no_reason_return, Tense::kStated,
     "product.no_reason_return, shop.return_days"},
    {"freight-insurance", kInsurance, insured, Tense::kStated, "shop.freight_insurance"},
    {"free-shipping", kFree, free_shipping, Tense::kStated, "shop.free_ship_floor, shop.ship_fee"},
    {"in-stock", kInStock, in_stock, Tense::kStated, "product.stock, product.variants"},
    {"sold-out", kSoldOut, sold_out, Tense::kStated, "product.stock, product.variants"},
    {"scarcity", kScarce, scarce, Tense::kAlways, "product.stock"},
    {"deadline", kDeadline, presses, Tense::kAlways, "promotion.ends", {}, kEndsSoon},
    {"ships-today",
     kShipAtOnce,
     ships_today,
     Tense::kStated,
     "shop.cutoff, order.promised_ship_at",
     {},
     kShipToday},
    {"ships-tomorrow",
     {},
     ships_tomorrow,
     Tense::kStated,
     "shop.cutoff, order.promised_ship_at",
     {},
     kShipTomorrow},
    {"ships-tomorrow-morning",
     {},
     ships_tomorrow_morning,
     Tense::kStated,
     "order.promised_ship_at",
     {},
     kShipTomorrowMorning},
    {"ships-by-cutoff",
     kShipOnTheDay,
     ships_by_rule,
     Tense::kStated,
     "shop.cutoff",
     {},
     kShipByRule},
    {"arrival", kArriveOnTheDay, never, Tense::kStated, "", {}, kArrive},
    {"sales", kSales, sells, Tense::kStated, "product.sold_month"},
    {"discount", kDiscount, reduces, Tense::kStated,
     "promotion, product.quantity_prices, product.ladder"},
    {"gift", kGift, has_gifts, Tense::kStated, "product.gifts", {}, kGivesPieces},
    {"coupon", kCoupon, has_coupon, Tense::kStated, "promotion.coupons"},
    {"warranty", kWarranty, warranted, Tense::kStated, "product.warranty_months"},
    {"certificate", kCertificate, certified, Tense::kStated, "product.certificates"},
    {"unconditional", kUnconditional, never, Tense::kAlways, ""},
    {"shipped", kSaidShipped, shipped, Tense::kDone, "order.state, order.tracking"},
    {"paid", kSaidPaid, paid, Tense::kDone, "order.state"},
    {"signed", kSaidSigned, signed_for, Tense::kDone, "order.state"},
    {"guarantee", kGuarantee, never, Tense::kStated, ""},
    {"restock", kRestockAtOnce, never, Tense::kStated, "", {}, kRestock},
    {"refund-time", kRefundInNoTime, never, Tense::kStated, "", {}, kRefundTime},
    {"all-hours", kAllHours, open_all_day, Tense::kStated, "shop.hours"},
}};

}  // namespace

std::span<const Claim, kStatedClaims> stated_claims() { return kClaims; }

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

}  // namespace xiaoer::reply
