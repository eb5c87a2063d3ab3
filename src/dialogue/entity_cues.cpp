// What stands beside an amount and tells an offer from a reduction or a price that is only
// mentioned.

#include "dialogue/entity_words.hpp"

namespace xiaoer::dialogue {
namespace {

constexpr CueRole kNeutral = CueRole::kNeutral;
constexpr CueRole kWeakOffer = CueRole::kWeakOffer;
constexpr CueRole kPrice = CueRole::kPrice;
constexpr CueRole kOffer = CueRole::kOffer;
constexpr CueRole kReduction = CueRole::kReduction;

constexpr Cue kLeft[] = {
    {U"满", kReduction, 10},
    {U"每满", kReduction, 10},
    {U"凑", kReduction, 10},
    {U"凑够", kReduction, 10},
    {U"够", kReduction, 30},
    {U"能够", kNeutral},
    {U"不满", kReduction, 30},
    {U"便宜", kReduction, 1, true},
    {U"优惠", kReduction, 1, true},
    {U"少", kReduction, 5, true},
    {U"至少", kNeutral},
    {U"多少", kNeutral},
    {U"减", kReduction, 1},
    {U"减少", kReduction, 1},
    {U"减去", kReduction, 1},
    {U"减掉", kReduction, 1},
    {U"减免", kReduction, 1},
    {U"立减", kReduction, 1},
    {U"直减", kReduction, 1},
    {U"降", kReduction, 5, true},
    {U"降价", kReduction, 5, true},
    {U"抵", kReduction, 1},
    {U"抵扣", kReduction, 1},
    {U"省", kReduction, 5, true},
    {U"返", kReduction, 1, true},
    {U"返回", kReduction, 5, true},
    {U"返还", kReduction, 5, true},
    {U"返现", kReduction, 1},
    {U"反", kReduction},
    {U"返我", kReduction, 5, true},
    {U"返给我", kReduction, 5, true},
    {U"退", kReduction},
    {U"退款", kReduction},
    {U"退我", kReduction},
    {U"退给我", kReduction},
    {U"补", kReduction},
    {U"补我", kReduction},
    {U"补给我", kReduction},
    {U"补差价", kReduction},
    {U"差", kReduction},
    {U"还差", kReduction},
    {U"差价", kReduction, 1, true},
    {U"差额", kReduction, 1, true},
    {U"加", kReduction},
    {U"加收", kReduction},
    {U"涨", kReduction},
    {U"涨价", kReduction},
    {U"贵", kReduction, 5, true},
    {U"多", kReduction},
    {U"差不多", kNeutral},
    {U"最多", kOffer, 10, true},
    {U"多出", kReduction},
    {U"赔", kReduction},
    {U"赔我", kReduction},
    {U"赔给我", kReduction},
    {U"赔付", kReduction},
    {U"扣", kReduction},
    {U"抹", kReduction},
    {U"抹掉", kReduction},
    {U"抹去", kReduction},
    {U"去掉", kReduction},
    {U"免", kReduction},
    {U"送", kReduction},
    {U"领", kReduction},
    {U"超过", kReduction, 30},
    {U"买", kReduction},
    {U"运费", kReduction, 1, true},
    {U"邮费", kReduction, 1, true},
    {U"快递费", kReduction, 1, true},
    {U"定金", kReduction, 5, true},
    {U"订金", kReduction, 5, true},
    {U"押金", kReduction, 5, true},
    {U"尾款", kReduction, 5, true},
    {U"红包", kReduction, 1, true},
    {U"券", kReduction, 1, true},
    {U"价", kPrice, 5},
    {U"原价", kPrice, 5},
    {U"价格", kPrice, 5},
    {U"价钱", kPrice, 5},
    {U"评价", kNeutral},
    {U"出价", kOffer, 5, true},
    {U"一口价", kOffer, 5, true},
    {U"还价", kOffer, 5, true},
    {U"是", kPrice},
    {U"才", kPrice},
    {U"要", kPrice},
    {U"都要", kPrice},
    {U"收", kPrice},
    {U"花", kPrice},
    {U"付", kPrice},
    {U"付款", kPrice},
    {U"写", kPrice},
    {U"写着", kPrice},
    {U"写的", kPrice},
    {U"标着", kPrice},
    {U"显示", kPrice},
    {U"变成", kPrice},
    {U"变", kPrice},
    {U"之前", kPrice},
    {U"以前", kPrice},
    {U"上次", kPrice},
    {U"昨天", kPrice},
    {U"人家", kPrice},
    {U"别家", kPrice},
    {U"他家", kPrice},
    {U"怎么", kPrice},
    {U"还", kPrice},
    {U"拍的", kPrice},
    {U"买的", kPrice},
    {U"卖的", kPrice},
    {U"共", kPrice},
    {U"一共", kPrice},
    {U"总共", kPrice},
    {U"合计", kPrice},
    {U"预算", kPrice, 5},
    {U"原来", kPrice},
    {U"便宜到", kOffer, 5},
    {U"降到", kOffer, 5},
    {U"优惠到", kOffer, 5},
    {U"减到", kOffer, 5},
    {U"少到", kOffer, 5},
    {U"改成", kOffer, 10, true},
    {U"改到", kOffer, 10, true},
    {U"改为", kOffer, 10, true},
    {U"抹到", kOffer, 5},
    {U"抹成", kOffer, 5},
    {U"打到", kOffer, 10},
    {U"做到", kOffer, 10, true},
    {U"压到", kOffer, 5},
    {U"算", kOffer, 5, true},
    {U"按", kOffer, 10, true},
    {U"就", kOffer, 10, true},
    {U"那就", kOffer, 10, true},
    {U"出", kOffer, 5, true},
    {U"发出", kNeutral},
    {U"我出", kOffer, 5},
    {U"只出", kOffer, 5},
    {U"给", kOffer, 10, true},
    {U"卖", kPrice, 5, true},
    {U"能卖", kOffer, 5, true},
    {U"可以卖", kOffer, 5, true},
    {U"卖我", kOffer, 5},
    {U"卖给我", kOffer, 5},
    {U"能", kOffer, 10, true},
    {U"能不能", kOffer, 10, true},
    {U"可以", kOffer, 10, true},
    {U"可不可以", kOffer, 10, true},
    {U"直接", kOffer, 10, true},
    {U"凑整", kOffer, 10, true},
    {U"凑个整", kOffer, 10, true},
    {U"便宜点", kOffer, 5},
    {U"便宜些", kOffer, 5},
    {U"优惠点", kOffer, 5},
    {U"少点", kOffer, 10, true},
};

constexpr Cue kRight[] = {
    {U"卖不卖", kOffer, 5},
    {U"卖吗", kOffer, 5},
    {U"卖么", kOffer, 5},
    {U"卖嘛", kOffer, 5},
    {U"卖不", kOffer, 5},
    {U"卖我", kOffer, 5},
    {U"卖给我", kOffer, 5},
    {U"卖了吧", kOffer, 5},
    {U"能卖", kOffer, 5},
    {U"能不能卖", kOffer, 5},
    {U"可以卖", kOffer, 5},
    {U"行吗", kOffer, 5},
    {U"行么", kOffer, 5},
    {U"行嘛", kOffer, 5},
    {U"行不", kOffer, 5},
    {U"行吧", kOffer, 5},
    {U"行呗", kOffer, 5},
    {U"行的话", kOffer, 5},
    {U"行就", kOffer, 5},
    {U"行我", kOffer, 5},
    {U"行", kOffer, 5, true},
    {U"不行吗", kOffer, 5},
    {U"不行么", kOffer, 5},
    {U"可以吗", kOffer, 5},
    {U"可以么", kOffer, 5},
    {U"可以嘛", kOffer, 5},
    {U"可以不", kOffer, 5},
    {U"可以吧", kOffer, 5},
    {U"可以的话", kOffer, 5},
    {U"可以就", kOffer, 5},
    {U"可以我", kOffer, 5},
    {U"可以", kOffer, 5, true},
    {U"可不可以", kOffer, 5, true},
    {U"能行", kOffer, 5},
    {U"成吗", kOffer, 5},
    {U"成不", kOffer, 5},
    {U"成么", kOffer, 5},
    {U"成交", kOffer, 5},
    {U"中不中", kOffer, 5},
    {U"拿走", kOffer, 5},
    {U"拿下", kOffer, 5},
    {U"拿了", kOffer, 5},
    {U"包邮", kWeakOffer, 5},
    {U"包邮吗", kOffer, 5},
    {U"包邮给我", kOffer, 5},
    {U"出吗", kOffer, 5},
    {U"出不", kOffer, 5},
    {U"怎么样", kOffer, 5},
    {U"咋样", kOffer, 5},
    {U"如何", kOffer, 5},
    {U"好不", kOffer, 10},
    {U"好吗", kOffer, 10},
    {U"好么", kOffer, 10},
    {U"好了", kOffer, 10, true},
    {U"得了", kOffer, 10, true},
    {U"算了", kOffer, 10, true},
    {U"吧", kOffer, 10},
    {U"呗", kOffer, 10},
    {U"我就", kOffer, 10},
    {U"我马上", kOffer, 10},
    {U"我立马", kOffer, 10},
    {U"我直接", kOffer, 10},
    {U"我要了", kOffer, 10},
    {U"我拍", kOffer, 10},
    {U"我买", kOffer, 10},
    {U"我下单", kOffer, 10},
    {U"就买", kOffer, 10},
    {U"就拍", kOffer, 10},
    {U"就要", kOffer, 10},
    {U"就下单", kOffer, 10},
    {U"就付", kOffer, 10},
    {U"马上拍", kOffer, 10},
    {U"马上付", kOffer, 10},
    {U"直接拍", kOffer, 10},
    {U"立刻拍", kOffer, 10},
    {U"同意", kOffer, 10},
    {U"接受", kOffer, 10},
    {U"给吗", kOffer, 10},
    {U"给不给", kOffer, 10},
    {U"能给", kOffer, 10},
    {U"给你", kOffer, 10, true},
    {U"一口价", kOffer, 5},
    {U"ok", kOffer, 10},
    {U"优惠", kReduction, 3},
    {U"优惠券", kReduction, 1},
    {U"优惠卷", kReduction, 1},
    {U"优惠劵", kReduction, 1},
    {U"的优惠", kReduction, 1},
    {U"券", kReduction, 1},
    {U"劵", kReduction, 1},
    {U"卷", kReduction},
    {U"的券", kReduction, 1},
    {U"的劵", kReduction, 1},
    {U"红包", kReduction, 1},
    {U"的红包", kReduction, 1},
    {U"无门槛", kReduction, 1},
    {U"的无门槛", kReduction, 1},
    {U"运费", kReduction, 1},
    {U"的运费", kReduction, 1},
    {U"邮费", kReduction, 1},
    {U"的邮费", kReduction, 1},
    {U"快递费", kReduction, 1},
    {U"差价", kReduction, 1},
    {U"的差价", kReduction, 1},
    {U"定金", kReduction, 5},
    {U"订金", kReduction, 5},
    {U"押金", kReduction, 5},
    {U"尾款", kReduction, 5},
    {U"减", kReduction, 10},
    {U"立减", kReduction, 10},
    {U"返", kReduction, 10},
    {U"以上", kPrice},
    {U"以下", kPrice},
    {U"以内", kPrice},
    {U"之内", kPrice},
    {U"之间", kPrice},
    {U"起", kPrice},
    {U"封顶", kPrice},
    {U"是吗", kPrice},
    {U"是吧", kPrice},
    {U"是不是", kPrice},
    {U"对吗", kPrice},
    {U"对吧", kPrice},
    {U"对不对", kPrice},
    {U"那款", kPrice, 10},
    {U"这款", kPrice, 10},
    {U"的那款", kPrice, 10},
    {U"的这款", kPrice, 10},
    {U"的那个", kPrice, 10},
    {U"的这个", kPrice, 10},
    {U"的那种", kPrice, 10},
    {U"的价", kPrice, 10},
};

struct SoftWord {
  std::u32string_view word;
};
constexpr SoftWord kSoft[] = {
    {U"行"},     {U"可以"}, {U"可不可以"}, {U"包邮"}, {U"成交"}, {U"成不"}, {U"卖"},
    {U"怎么样"}, {U"好不"}, {U"好了"},     {U"得了"}, {U"算了"}, {U"不行"}, {U"不能"},
    {U"我就"},   {U"给我"}, {U"谢谢"},     {U"亲"},   {U"老板"},
};

constexpr auto kLeftIndex = make_word_index(kLeft, true);
constexpr auto kRightIndex = make_word_index(kRight);
constexpr auto kSoftIndex = make_word_index(kSoft);

}  // namespace

const Cue* find_left_cue(const Chars& chars, uint32_t end) {
  const Cue* best = nullptr;
  for (const uint16_t i : kLeftIndex.candidates(chars.before(end))) {
    const Cue& cue = kLeft[i];
    if (!chars.ends_with(end, cue.word)) continue;
    if (best == nullptr || cue.word.size() > best->word.size()) best = &cue;
  }
  return best;
}

const Cue* find_right_cue(const Chars& chars, uint32_t at) {
  const Cue* best = nullptr;
  for (const uint16_t i : kRightIndex.candidates(chars[at])) {
    const Cue& cue = kRight[i];
    if (!chars.has(at, cue.word)) continue;
    if (cue.soft && !is_soft(chars, at + static_cast<uint32_t>(cue.word.size()))) continue;
    if (best == nullptr || cue.word.size() > best->word.size()) best = &cue;
  }
  return best;
}

bool is_soft(const Chars& chars, uint32_t at) {
  constexpr uint16_t kSoftProperties =
      text::kPunctuation | text::kSpace | text::kParticle | text::kSymbol;
  if (at >= chars.size()) return true;
  if (chars.is(at, kSoftProperties)) return !chars.any(at, U"-/%.:*+=_#@");
  if (chars.any(at, U"呗了啦")) return true;
  // 能卖90不
  const bool asks =
      chars[at] == U'不' && (at + 1 >= chars.size() || chars.is(at + 1, kSoftProperties));
  if (asks) return true;
  for (const uint16_t i : kSoftIndex.candidates(chars[at])) {
    if (chars.has(at, kSoft[i].word)) return true;
  }
  return false;
}

std::span<const Cue> left_cues() { return kLeft; }
std::span<const Cue> right_cues() { return kRight; }

}  // namespace xiaoer::dialogue
