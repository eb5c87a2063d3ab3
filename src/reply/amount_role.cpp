#include "reply/amount_role.hpp"

#include <algorithm>
#include <iterator>

#include "reply/chars.hpp"

namespace xiaoer::reply {
namespace {

using text::Text;
using Words = std::u32string_view;

struct Cue {
  Words word;
  AmountRole role;
  uint32_t reach;  // characters that may stand between it and the amount
};

constexpr Cue kBefore[] = {
    {U"原价", AmountRole::kListPrice, 5},    {U"吊牌价", AmountRole::kListPrice, 5},
    {U"日常价", AmountRole::kListPrice, 5},  {U"专柜价", AmountRole::kListPrice, 5},
    {U"划线价", AmountRole::kListPrice, 5},  {U"运费", AmountRole::kFee, 6},
    {U"邮费", AmountRole::kFee, 6},          {U"快递费", AmountRole::kFee, 6},
    {U"物流费", AmountRole::kFee, 6},        {U"配送费", AmountRole::kFee, 6},
    {U"安装费", AmountRole::kFee, 6},        {U"满", AmountRole::kThreshold, 2},
    {U"满足", AmountRole::kThreshold, 2},    {U"券", AmountRole::kCoupon, 3},
    {U"减", AmountRole::kReduction, 3},      {U"立减", AmountRole::kReduction, 3},
    {U"直降", AmountRole::kReduction, 3},    {U"抵", AmountRole::kReduction, 2},
    {U"省", AmountRole::kSaving, 3},         {U"便宜", AmountRole::kSaving, 2},
    {U"优惠", AmountRole::kSaving, 2},       {U"差", AmountRole::kGap, 2},
    {U"再凑", AmountRole::kGap, 3},          {U"再买", AmountRole::kGap, 3},
    {U"退款", AmountRole::kRefund, 6},       {U"退您", AmountRole::kRefund, 4},
    {U"退你", AmountRole::kRefund, 4},       {U"退还", AmountRole::kRefund, 4},
    {U"退", AmountRole::kRefund, 1},         {U"返", AmountRole::kRefund, 3},
    {U"定金", AmountRole::kDeposit, 5},      {U"订金", AmountRole::kDeposit, 5},
    {U"预付", AmountRole::kDeposit, 4},      {U"尾款", AmountRole::kBalance, 5},
    {U"余款", AmountRole::kBalance, 5},      {U"赔", AmountRole::kCompensation, 4},
    {U"补偿", AmountRole::kCompensation, 5}, {U"补您", AmountRole::kCompensation, 4},
    {U"补你", AmountRole::kCompensation, 4}, {U"红包", AmountRole::kCompensation, 4},
    {U"一共", AmountRole::kTotal, 5},        {U"总共", AmountRole::kTotal, 5},
    {U"合计", AmountRole::kTotal, 5},        {U"共计", AmountRole::kTotal, 5},
    {U"总价", AmountRole::kTotal, 5},        {U"实付", AmountRole::kTotal, 5},
    {U"付", AmountRole::kTotal, 2},          {U"算下来", AmountRole::kTotal, 5},
    {U"券后", AmountRole::kTotal, 4},        {U"订单金额", AmountRole::kTotal, 4},
    {U"每件", AmountRole::kPrice, 3},        {U"单价", AmountRole::kPrice, 3},
    {U"便宜到", AmountRole::kPrice, 3},      {U"优惠到", AmountRole::kPrice, 3},
    {U"优惠价", AmountRole::kPrice, 4},      {U"优惠后", AmountRole::kTotal, 4},
    {U"减完", AmountRole::kReduction, 2},    {U"满减后", AmountRole::kTotal, 4},
    {U"减之后", AmountRole::kTotal, 3},      {U"减后", AmountRole::kTotal, 3},
    {U"券之后", AmountRole::kTotal, 3},      {U"券的话", AmountRole::kTotal, 3},
    {U"用券", AmountRole::kTotal, 3},        {U"费", AmountRole::kFee, 4},
    {U"消费", AmountRole::kThreshold, 4},    {U"减到", AmountRole::kPrice, 2},
    {U"多", AmountRole::kSaving, 1},         {U"贵", AmountRole::kSaving, 1},
};

struct AfterCue {
  Words word;
  AmountRole role;
};
constexpr AfterCue kAfter[] = {
    {U"优惠券", AmountRole::kCoupon},     {U"券", AmountRole::kCoupon},
    {U"无门槛", AmountRole::kCoupon},     {U"红包", AmountRole::kCompensation},
    {U"运费差价", AmountRole::kRefund},   {U"差价", AmountRole::kRefund},
    {U"运费", AmountRole::kFee},          {U"邮费", AmountRole::kFee},
    {U"定金", AmountRole::kDeposit},      {U"订金", AmountRole::kDeposit},
    {U"尾款", AmountRole::kBalance},      {U"余款", AmountRole::kBalance},
    {U"补偿", AmountRole::kCompensation}, {U"满减", AmountRole::kThreshold},
};

constexpr std::string_view kRoleNames[] = {
    "item-price", "list-price", "fee",    "threshold", "coupon",  "reduction",   "saving",
    "gap",        "total",      "refund", "deposit",   "balance", "compensation"};

bool is_piece_or_price(Measure measure) {
  return measure == Measure::kMoney || measure == Measure::kBare;
}

// Where the words before an amount begin: behind the amount before it, or with the clause.
uint32_t window_begin(const Text& text, std::span<const Figure> figures, size_t index) {
  uint32_t begin = clause_around(text, figures[index].span).begin;
  if (index > 0 && is_piece_or_price(figures[index - 1].measure)) {
    begin = std::max(begin, figures[index - 1].span.end);
  }
  return begin;
}

// Of the cues that end near enough to the end of `window` the last one, and the longest of those.
const Cue* nearest_cue(Words window) {
  const Cue* best = nullptr;
  size_t best_end = 0;
  for (const Cue& cue : kBefore) {
    const size_t at = window.rfind(cue.word);
    if (at == Words::npos) continue;
    const size_t end = at + cue.word.size();
    if (window.size() - end > cue.reach) continue;
    const bool longer = end == best_end && best != nullptr && cue.word.size() > best->word.size();
    if (best == nullptr || end > best_end || longer) best = &cue, best_end = end;
  }
  return best;
}

struct TopicCue {
  Words word;
  Topic topic;
};
// Longer ones first where one holds another.
constexpr TopicCue kTopics[] = {
    {U"保质期", Topic::kShelfLife}, {U"质保", Topic::kWarranty},  {U"保修", Topic::kWarranty},
    {U"退款", Topic::kRefund},      {U"到账", Topic::kRefund},    {U"原路退", Topic::kRefund},
    {U"无理由", Topic::kReturn},    {U"退换", Topic::kReturn},    {U"退货", Topic::kReturn},
    {U"可以退", Topic::kReturn},    {U"能退", Topic::kReturn},    {U"发货", Topic::kShipping},
    {U"发出", Topic::kShipping},    {U"发走", Topic::kShipping},  {U"寄出", Topic::kShipping},
    {U"出库", Topic::kShipping},    {U"备货", Topic::kShipping},  {U"排产", Topic::kShipping},
    {U"生产", Topic::kShipping},    {U"现做", Topic::kShipping},  {U"就发", Topic::kShipping},
    {U"送到", Topic::kArrival},     {U"送达", Topic::kArrival},   {U"到货", Topic::kArrival},
    {U"收到", Topic::kArrival},     {U"能到", Topic::kArrival},   {U"就到", Topic::kArrival},
    {U"到您", Topic::kArrival},     {U"日到", Topic::kArrival},   {U"号到", Topic::kArrival},
    {U"补货", Topic::kArrival},     {U"签收", Topic::kSigned},    {U"结束", Topic::kPromotion},
    {U"截止", Topic::kPromotion},   {U"活动", Topic::kCampaign},  {U"开始", Topic::kStart},
    {U"营业", Topic::kHours},       {U"上班", Topic::kHours},     {U"有人在", Topic::kHours},
    {U"都在", Topic::kHours},       {U"前付款", Topic::kCutoff},  {U"前拍", Topic::kCutoff},
    {U"前下单", Topic::kCutoff},    {U"当天发", Topic::kCutoff},  {U"付的款", Topic::kPaid},
    {U"月销", Topic::kSales},       {U"销量", Topic::kSales},     {U"已售", Topic::kSales},
    {U"卖了", Topic::kSales},       {U"卖出", Topic::kSales},     {U"卖掉", Topic::kSales},
    {U"库存", Topic::kStock},       {U"剩", Topic::kStock},       {U"还有", Topic::kStock},
    {U"只有", Topic::kStock},       {U"仅有", Topic::kStock},     {U"每盒", Topic::kContents},
    {U"一盒", Topic::kContents},    {U"每袋", Topic::kContents},  {U"一袋", Topic::kContents},
    {U"每包", Topic::kContents},    {U"一包", Topic::kContents},  {U"每箱", Topic::kContents},
    {U"一箱", Topic::kContents},    {U"长按", Topic::kHandling},  {U"按住", Topic::kHandling},
    {U"静置", Topic::kHandling},    {U"浸泡", Topic::kHandling},  {U"身高", Topic::kBuyer},
    {U"做好", Topic::kShipping},    {U"送过去", Topic::kArrival}, {U"送上门", Topic::kArrival},
    {U"体重", Topic::kBuyer},
};
constexpr std::string_view kTopicNames[] = {
    "",          "shipping", "arrival",   "return",   "refund", "shelf-life", "warranty",
    "promotion", "start",    "promotion", "hours",    "cutoff", "paid",       "signed",
    "stock",     "sales",    "contents",  "handling", "buyer"};

// Whether a figure of this measure can be said of the topic: stock is counted, it has no hours.
bool speaks_of(Measure measure, Topic topic) {
  switch (topic) {
    case Topic::kStock:
    case Topic::kSales:
    case Topic::kContents:
      return measure == Measure::kCount;
    case Topic::kBuyer:
      return measure == Measure::kNamed;
    case Topic::kHandling:
      return measure == Measure::kSeconds || measure == Measure::kMinutes;
    default:
      return measure != Measure::kCount;
  }
}

uint32_t distance(Span cue, Span figure) {
  return cue.end <= figure.begin ? figure.begin - cue.end
                                 : (cue.begin >= figure.end ? cue.begin - figure.end : 0);
}

constexpr Words kDeclining[] = {U"做不到", U"做不了",   U"卖不了", U"卖不到", U"拿不下", U"拿不到",
                                U"没办法", U"没有办法", U"没法",   U"不能",   U"不行",   U"不可以",
                                U"给不了", U"到不了",   U"下不来", U"太低",   U"低了",   U"为难",
                                U"没有哦", U"没有呢",   U"不支持", U"不够",   U"亏",     U"不是"};
constexpr Words kOfferedAfterAll[] = {U"更低",   U"再低",   U"不是不",
                                      U"不是没", U"不能再", U"不行的话"};
constexpr Words kMeaning[] = {U"您是想", U"您想",   U"您说的",   U"您的意思",
                              U"您意思", U"您希望", U"您心里",   U"您要的",
                              U"您是说", U"您提的", U"您的预算", U"您给的价"};

bool asks(const Text& text, Span clause) {
  const Words words = view(text, clause);
  const bool mark = clause.end < text.size() && text.chars[clause.end] == U'?';
  return mark || words.ends_with(U'吗') || words.ends_with(U'嘛') || words.ends_with(U'么');
}

}  // namespace

std::string_view name_of(AmountRole role) { return kRoleNames[static_cast<size_t>(role)]; }
std::string_view name_of(Topic topic) { return kTopicNames[static_cast<size_t>(topic)]; }

AmountRole role_of(const Text& text, std::span<const Figure> figures, size_t index) {
  const Span span = figures[index].span;
  const uint32_t begin = window_begin(text, figures, index);
  const Words window = view(text, {begin, span.begin});
  const Cue* const best = nearest_cue(window);
  // 退您500定金 promises a refund, whatever it is of.
  const bool given = best != nullptr &&
                     (best->role == AmountRole::kRefund || best->role == AmountRole::kCompensation);
  if (given) return best->role;
  const uint32_t after = span.end + (starts(text, span.end, U"的") ? 1 : 0);
  for (const AfterCue& cue : kAfter) {
    if (starts(text, after, cue.word)) return cue.role;
  }
  if (best != nullptr) return best->role;
  const bool sums = index > 0 && figures[index - 1].span.end == begin &&
                    (window.starts_with(U'是') || window.starts_with(U"就是") ||
                     window.starts_with(U"等于") || window.starts_with(U'='));
  if (sums || count_before(text, span.begin) > 1) return AmountRole::kTotal;
  return AmountRole::kPrice;
}

Topic topic_of(const Text& text, const Figure& figure) {
  constexpr uint32_t kReach = 14;
  constexpr uint32_t kBeside = 3;
  constexpr uint32_t kVague = 6;                             // 活动 says less than 结束
  constexpr Words kWorn[] = {U"穿", U"选", U"拿", U"的话"};  // 105斤穿M
  const bool buyers = ends(text, figure.span.begin, U"您") ||
                      ends(text, figure.span.begin, U"你") ||
                      starts_any(text, figure.span.end, kWorn);
  if (buyers && speaks_of(figure.measure, Topic::kBuyer)) return Topic::kBuyer;
  const Span clause = clause_around(text, figure.span);
  Topic best = Topic::kNone;
  uint32_t nearest = kReach;
  for (const TopicCue& cue : kTopics) {
    if (!speaks_of(figure.measure, cue.topic)) continue;
    for (uint32_t at = clause.begin; at + cue.word.size() <= clause.end; ++at) {
      if (!starts(text, at, cue.word)) continue;
      uint32_t away = distance({at, at + static_cast<uint32_t>(cue.word.size())}, figure.span);
      if (cue.topic == Topic::kCampaign) away += kVague;
      // 一盒7袋, not 5盒起27.9元一盒.
      if (cue.topic == Topic::kContents && (at >= figure.span.begin || away > kBeside)) continue;
      if (away < nearest) nearest = away, best = cue.topic;
    }
  }
  return best;
}

bool declines_or_quotes(const Text& text, Span figure) {
  const Span clause = clause_around(text, figure);
  const Words before = view(text, {clause.begin, figure.begin});
  if (contains_any(before, kMeaning) && asks(text, clause)) return true;
  const Words words = view(text, clause);
  return contains_any(words, kDeclining) && !contains_any(words, kOfferedAfterAll);
}

}  // namespace xiaoer::reply
