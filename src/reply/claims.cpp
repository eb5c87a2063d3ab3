#include "reply/claims.hpp"

#include <algorithm>
#include <bitset>
#include <initializer_list>
#include <span>

#include "base/image.hpp"
#include "base/instant.hpp"
#include "base/words.hpp"
#include "reply/condition.hpp"
#include "reply/done.hpp"

namespace xiaoer::reply {
namespace {

constexpr std::string_view kGap = "…";
constexpr size_t kMaxGapBytes = 36;  // twelve characters
constexpr char kEnd = '$';  // of the clause, but for particles: 今天发哦, not 今天发票

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
    "最后一天",   "最后几小时", "即将结束",  "马上结束",  "快结束",     "快要结束",  "要结束",
    "即将截止",   "马上截止",   "今天截止",  "今晚截止",  "活动截止",   "恢复原价",  "倒计时",
    "限时",       "最后几天",   "涨价",      "过期不候",  "过时不候",   "错过今天",  "过了今天",
    "仅限今天",   "只限今天",   "今天过后",  "只有今天",  "就今天一天", "仅此一天",  "就没这个价",
    "没有这个价", "不是这个价", "马上…结束", "即将…结束", "很快…结束",  "眼看…结束", "快…到期",
    "就要结束",   "就要截止",   "马上…截止"};
constexpr std::string_view kShipToday[] = {
    "今天…发货",   "今天…发出",   "今天…寄出",   "今天…发走", "今日…发货", "今日…发出",
    "今日…寄出",   "今日…发走",   "今晚…发货",   "今晚…发出", "今晚…寄出", "今晚…发走",
    "马上…发货",   "马上…发出",   "马上…寄出",   "马上…发走", "立刻…发货", "立刻…发出",
    "立刻…寄出",   "立刻…发走",   "立即…发货",   "立即…发出", "立即…寄出", "立即…发走",
    "立马…发货",   "立马…发出",   "立马…寄出",   "立马…发走", "现在…发货", "现在…发出",
    "现在…寄出",   "现在…发走",   "这就…发货",   "这就…发出", "这就…寄出", "这就…发走",
    "即刻…发货",   "即刻…发出",   "即刻…寄出",   "即刻…发走", "今天就发",  "今天能发",
    "今天可以发",  "今天给您发",  "今晚就发",    "今天…出库", "秒发",      "拍下就发",
    "下单就发",    "付款就发",    "拍了就发",    "马上…出库", "立刻…出库", "立即…出库",
    "今晚…出库",   "现在…出库",   "今天发$",     "今天会发$", "今天都发$", "今天帮您发$",
    "今天安排发$", "今天下午发$", "今天晚上发$", "今日发$",   "今日会发$", "今日都发$",
    "今日帮您发$", "今日安排发$", "今晚发$",     "今晚会发$", "今晚都发$", "今晚帮您发$",
    "今晚安排发$"};
constexpr std::string_view kShipTomorrow[] = {
    "明天…发货",   "明天…发出",   "明天…寄出",  "明天…发走",  "明天…出库",   "明天就发",
    "明天能发",    "明天可以发",  "明天发$",    "明天会发$",  "明天给您发$", "明天帮您发$",
    "明天安排发$", "明日…发货",   "明日…发出",  "明日…寄出",  "明日…发走",   "明日…出库",
    "明日就发",    "明日能发",    "明日可以发", "明日发$",    "明日会发$",   "明日给您发$",
    "明日帮您发$", "明日安排发$", "明晚…发货",  "明晚…发出",  "明晚…寄出",   "明晚…发走",
    "明晚…出库",   "明晚就发",    "明晚能发",   "明晚可以发", "明晚发$",     "明晚会发$",
    "明晚给您发$", "明晚帮您发$", "明晚安排发$"};
constexpr std::string_view kShipTomorrowMorning[] = {
    "明早…发货",  "明早…发出", "明早…寄出", "明早…发走",   "明早…出库",   "明早就发",   "明早能发",
    "明早可以发", "明早发$",   "明早会发$", "明早给您发$", "明早帮您发$", "明早安排发$"};
constexpr std::string_view kShipByRule[] = {"当天…发货", "当天…发出", "当天发",   "当天…寄出",
                                            "当日…发货", "当日…发出", "当日发",   "次日…发货",
                                            "次日…发出", "第二天…发", "隔天…发货"};
constexpr std::string_view kArrive[] = {
    "今天…送达",   "今天…送到",   "今天…收到",   "今天…拿到",   "今天…能到",   "今天…到手",
    "今天…就到",   "明天…送达",   "明天…送到",   "明天…收到",   "明天…拿到",   "明天…能到",
    "明天…到手",   "明天…就到",   "后天…送达",   "后天…送到",   "后天…收到",   "后天…拿到",
    "后天…能到",   "后天…到手",   "后天…就到",   "隔天…送达",   "隔天…送到",   "隔天…收到",
    "隔天…拿到",   "隔天…能到",   "隔天…到手",   "隔天…到货",   "隔天…就到",   "第二天…送达",
    "第二天…送到", "第二天…收到", "第二天…拿到", "第二天…能到", "第二天…到手", "第二天…到货",
    "第二天…就到", "当天…送达",   "当天…送到",   "当天…收到",   "当天…拿到",   "当天…能到",
    "当天…到手",   "当天…到货",   "当天…就到",   "次日…送达",   "次日…送到",   "次日…收到",
    "次日…拿到",   "次日…能到",   "次日…到手",   "次日…到货",   "次日…就到",   "次日达",
    "隔日达",      "隔天…到",     "第二天…到",   "当天…到",     "当天达",      "今晚…到",
    "今天…到您",   "今天…到家",   "明天…到您",   "明天…到家",   "后天…到您",   "后天…到家",
    "大后天…到您", "大后天…到家", "明早…送到",   "明早…送达",   "明早…收到",   "明早…能到",
    "明早…就到",   "明早…到您",   "明晚…送到",   "明晚…送达",   "明晚…收到",   "明晚…能到",
    "明晚…就到",   "明晚…到您",   "大后天…送到", "大后天…送达", "大后天…收到", "大后天…能到",
    "大后天…就到", "周末…送到",   "周末…送达",   "周末…收到",   "周末…能到",   "周末…就到",
    "周末…到您"};
constexpr std::string_view kSales[] = {"销量",   "热销",   "爆款",  "热卖",   "卖得",
                                       "畅销",   "卖爆",   "销冠",  "断货王", "供不应求",
                                       "人气款", "回头客", "卖断货"};
constexpr std::string_view kDiscount[] = {"给您优惠", "给您便宜", "给您打折", "给您减", "给您免",
                                          "帮您免",   "可以优惠", "可以便宜", "能优惠", "能便宜"};
constexpr std::string_view kGift[] = {
    "送您一",   "送您个",  "送您两",  "有赠品",  "送赠品",   "附赠",    "加送",     "多送",
    "额外送",   "再送",    "赠送",    "赠您",    "送小礼物", "送礼物",  "送一个",   "送一只",
    "送一份",   "送一支",  "送一袋",  "送一包",  "送一条",   "送一双",  "送一套",   "送一张",
    "送一瓶",   "送一盒",  "送一对",  "送一副",  "送一块",   "送一罐",  "送一片",   "送一本",
    "送一把",   "送两个",  "送两份",  "送两包",  "送两袋",   "下单送",  "下单就送", "拍下送",
    "拍下就送", "购买送",  "买就送",  "即送",    "送…一只",  "送…一个", "送…一份",  "送…一套",
    "送…一条",  "送…一双", "送…一支", "送…一瓶", "送…一盒",  "送…一包", "送…一顶",  "送…一件",
    "送…两个",  "送…两只", "送…两份", "送…两套", "送…两条",  "送…两双", "送…两支",  "送…两瓶",
    "送…两盒",  "送…两包", "送…两顶", "送…两件", "赠…一个",  "赠…一只", "赠…一份",  "赠…一套",
    "赠…一条",  "赠…一双", "赠…一支", "赠…一瓶", "赠…一盒",  "赠…一包", "赠…一顶",  "赠…一件",
    "赠…两个",  "赠…两只", "赠…两份", "赠…两套", "赠…两条",  "赠…两双", "赠…两支",  "赠…两瓶",
    "赠…两盒",  "赠…两包", "赠…两顶", "赠…两件", "随单送",   "随货送",  "随包裹送", "另外送",
    "附送",     "还送您"};
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
constexpr std::string_view kRestock[] = {
    "今天…补货",   "今天…到货",   "今天…上架",   "明天…补货",   "明天…到货",   "明天…上架",
    "后天…补货",   "后天…到货",   "后天…上架",   "下周…补货",   "下周…到货",   "下周…上架",
    "月底…补货",   "月底…到货",   "月底…上架",   "周末…补货",   "周末…到货",   "周末…上架",
    "很快…补货",   "很快…到货",   "很快…上架",   "马上补货",    "今天…补上",   "今天…回货",
    "今天…补到",   "明天…补上",   "明天…回货",   "明天…补到",   "后天…补上",   "后天…回货",
    "后天…补到",   "周末…补上",   "周末…回货",   "周末…补到",   "下周…补上",   "下周…回货",
    "下周…补到",   "月底…补上",   "月底…回货",   "月底…补到",   "过几天…补上", "过几天…回货",
    "过几天…补到", "过两天…补上", "过两天…回货", "过两天…补到", "这两天…补上", "这两天…回货",
    "这两天…补到", "过几天…补货", "过两天…补货", "过几天…到货", "这两天…到货"};

// How soon money comes back is the platform's and the bank's to say.
constexpr std::string_view kRefundTime[] = {
    "当天…退给", "当天…退到", "当天…退款给", "当天…到账", "当天就退", "当天…退回给",
    "当晚…退",   "当日…到账", "当日…退给",   "今天…到账", "今天就退", "今天…退给",
    "今晚…到账", "今晚…退给", "明天…到账",   "明天…退给", "马上到账", "立刻到账",
    "立即到账",  "秒到账",    "秒退",        "马上就退",  "马上退给", "立刻退给"};

constexpr std::string_view kAllHours[] = {"24小时在线", "24小时都在", "24小时有人", "24小时客服",
                                          "24小时服务", "全天在线",   "全天都在",   "全天候",
                                          "随时都有人", "一直有人"};

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
    {"ships-tomorrow", kShipTomorrow, ships_tomorrow, Tense::kStated,
     "shop.cutoff, order.promised_ship_at"},
    {"ships-tomorrow-morning", kShipTomorrowMorning, ships_tomorrow_morning, Tense::kStated,
     "order.promised_ship_at"},
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
    {"refund-time", kRefundTime, never, Tense::kStated, ""},
    {"all-hours", kAllHours, open_all_day, Tense::kStated, "shop.hours"},
};
static_assert(std::size(kStated) + kDoneClaims <= 64);  // a bit each

uint32_t claim_count() { return static_cast<uint32_t>(std::size(kStated) + kDoneClaims); }
const Claim& claim_at(uint32_t claim) {
  return claim < std::size(kStated) ? kStated[claim] : done_claims()[claim - std::size(kStated)];
}

// A clause with one of these asks, defers or denies.
constexpr std::string_view kDeferrals[] = {
    "是否", "能否",   "能不能", "会不会", "有没有", "可不可以", "多久", "什么时候", "哪天",
    "吗",   "帮您查", "帮您问", "帮您看", "核实",   "如果",     "要是", "若",       "没有",
    "无法", "不能",   "不了",   "暂无",   "不支持", "不包",     "与否"};
// The same of what is not done yet.
constexpr std::string_view kUndone[] = {"告诉您", "跟您说", "通知您", "回复您", "联系您", "等",
                                        "还没",   "未",     "才能",   "后再",   "的话",   "请您",
                                        "麻烦您", "给您回", "一会",   "稍后",   "晚点",   "回头"};
// What tells that a deed is done, before and behind its words.
constexpr std::string_view kDoneBefore[] = {"已", "刚"};
constexpr std::string_view kDoneBehind[] = {"啦", "成功", "完成", "完毕", "妥当", "到位"};

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

std::string_view without_particles(std::string_view clause) {
  constexpr std::string_view kParticles[] = {"的", "了", "哦", "呢", "哈", "啦", "呀",
                                             "哟", "嘛", "吧", "噢", "喔", "滴"};
  const auto ends = [&](std::string_view particle) { return clause.ends_with(particle); };
  while (true) {
    const auto* found = std::find_if(std::begin(kParticles), std::end(kParticles), ends);
    if (found == std::end(kParticles)) return clause;
    clause.remove_suffix(found->size());
  }
}

// Where the pattern stands in the clause, in bytes; empty: it does not.
Span find_in(std::string_view clause, std::string_view pattern) {
  const auto span = [](size_t begin, size_t end) {
    return Span{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  };
  if (pattern.ends_with(kEnd)) {
    pattern.remove_suffix(1);
    const std::string_view whole = without_particles(clause);
    return whole.ends_with(pattern) ? span(whole.size() - pattern.size(), whole.size()) : Span{};
  }
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

// 备注好了, 备注成功; 了解 tells nothing.
bool tells_done(std::string_view behind) {
  const size_t at = behind.find("了");
  const bool done = at != std::string_view::npos && !behind.substr(at).starts_with("了解");
  return done || contains_any(behind, kDoneBehind);
}

// 已…备注, 备注好了: of the deed and what tells that it is done.
Span find_done(const Clause& clause, std::span<const std::string_view> deeds) {
  constexpr size_t kBehind = 12;  // bytes: 退款给您办好了
  for (const std::string_view deed : deeds) {
    if (!clause.letters.may_have(deed)) continue;
    const Span found = find_in(clause.text, deed);
    if (found.empty()) continue;
    const size_t at = found.begin, end = found.end;
    const size_t from = at > kMaxGapBytes ? at - kMaxGapBytes : 0;
    const std::string_view behind = clause.text.substr(end, kBehind + 6);
    if (contains_any(clause.text.substr(from, at - from), kDoneBefore) || tells_done(behind)) {
      return {static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
    }
  }
  return {};
}

bool defers(const Clause& clause) {
  return clause.text.ends_with("？") || clause.text.ends_with('?') ||
         !find_any(clause, kDeferrals).empty();
}

// 再送充电器的话,没有这个安排: asked on the buyer's behalf, and denied.
bool is_denied_next(const Clause& clause, std::string_view rest) {
  constexpr std::string_view kDenials[] = {"没有",   "没这",   "暂时没", "暂时不",
                                           "目前没", "做不到", "不支持", "没法"};
  return clause.text.ends_with("的话") &&
         std::any_of(std::begin(kDenials), std::end(kDenials),
                     [&](std::string_view denial) { return rest.starts_with(denial); });
}

// Calls visit(claim, span in the sample) for each claim of each clause.
template <class Visit>
void each_claim(std::string_view sample, Visit visit) {
  const char* const begin = sample.data();
  while (!sample.empty()) {
    const Clause clause(take_clause(&sample));
    const bool deferred = defers(clause) || is_denied_next(clause, sample);
    const bool undone = deferred || !find_any(clause, kUndone).empty();
    for (uint32_t i = 0; i < claim_count(); ++i) {
      const Claim& claim = claim_at(i);
      if (claim.tense == Tense::kStated ? deferred : claim.tense == Tense::kDone && undone)
        continue;
      Span found = find_any(clause, claim.words);
      if (found.empty()) found = find_done(clause, claim.deeds);
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
