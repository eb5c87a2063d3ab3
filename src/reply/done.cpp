#include "reply/done.hpp"

#include <array>

#include "reply/claims.hpp"
#include "reply/condition.hpp"
#include "rules/actions.hpp"

namespace xiaoer::reply {
namespace {

using rules::Action;

constexpr uint32_t bit(Action action) { return 1u << static_cast<uint32_t>(action); }
constexpr uint32_t kAny = (1u << rules::kActions) - 1;
constexpr uint32_t kChanges = bit(Action::kChangePrice) | bit(Action::kChangePostage) |
                              bit(Action::kChangeAddress) | bit(Action::kChangeItem);

constexpr std::string_view kRemark[] = {"已备注",       "已经备注",    "备注好了",   "备注上了",
                                        "备注完成",     "备注过了",    "给您备注了", "帮您备注了",
                                        "已经写进备注", "写在备注里了"};
constexpr std::string_view kPrice[] = {"价格改好了", "改好价",     "改过价",  "改了价",
                                       "价格已改",   "价格已经改", "价格已调"};
constexpr std::string_view kPostage[] = {"邮费改好了", "运费改好了", "邮费已改", "运费已改",
                                         "运费已免",   "邮费已免",   "免了运费", "免了邮费"};
constexpr std::string_view kAddress[] = {"地址改好了", "地址已改", "地址已更新", "地址已经改",
                                         "改好地址",   "改了地址", "地址换好了"};
constexpr std::string_view kChanged[] = {"已改",     "已经改", "改好了",   "改过来了", "给您改了",
                                         "帮您改了", "已修改", "已经修改", "修改好了", "已更改",
                                         "已经换成", "已换成", "更新好了"};
constexpr std::string_view kCancelled[] = {"已取消",     "已经取消",   "取消好了",
                                           "给您取消了", "帮您取消了", "订单取消了"};
constexpr std::string_view kIntercepted[] = {"已拦截",   "已经拦截", "拦截成功",
                                             "拦截好了", "拦下来了", "拦回来了"};
constexpr std::string_view kCoupon[] = {"券已发",     "券发给您了", "券给您发了", "已发券",
                                        "发了一张券", "已经发券",   "券已到账"};
constexpr std::string_view kRefunded[] = {
    "已退款",   "已经退款", "已经退了", "退款已办", "退款已完成", "退款已经办", "退好了",
    "给您退了", "帮您退了", "已退还",   "已补差",   "差价已退",   "差价已补"};
constexpr std::string_view kReturned[] = {"已登记退货", "退货登记好了", "退货已登记", "退货已同意",
                                          "已同意退货"};
constexpr std::string_view kExchanged[] = {"已换货", "换货已登记", "换货已安排", "已经换货",
                                           "换货登记好了"};
constexpr std::string_view kResent[] = {"已补发",     "已经补发", "补发好了", "补发出去了",
                                        "给您补发了", "已重发",   "已经重发"};
constexpr std::string_view kInvoiced[] = {"已开票",     "发票已开", "发票已经开", "发票已发",
                                          "发票开好了", "已经开票", "票开好了"};
constexpr std::string_view kCalled[] = {"已安排回电", "已登记回电", "回电登记好了", "已预约回电"};
constexpr std::string_view kDone[] = {"已处理", "已经处理", "处理好了", "办好了",   "已办理",
                                      "已登记", "已经登记", "登记好了", "登记上了", "操作好了",
                                      "已安排", "已经安排", "安排好了"};

struct Group {
  Wordings words;
  uint32_t actions;  // one of them is enough
  std::string_view name;
};
constexpr std::array kGroups = {
    Group{kRemark, bit(Action::kRemark), "remark"},
    Group{kPrice, bit(Action::kChangePrice), "change_price"},
    Group{kPostage, bit(Action::kChangePostage), "change_postage"},
    Group{kAddress, bit(Action::kChangeAddress), "change_address"},
    Group{kChanged, kChanges | bit(Action::kRemark) | bit(Action::kExchange), "change"},
    Group{kCancelled, bit(Action::kCancel), "cancel"},
    Group{kIntercepted, bit(Action::kIntercept), "intercept"},
    Group{kCoupon, bit(Action::kCoupon), "coupon"},
    Group{kRefunded, bit(Action::kRefund), "refund"},
    Group{kReturned, bit(Action::kReturn), "return"},
    Group{kExchanged, bit(Action::kExchange), "exchange"},
    Group{kResent, bit(Action::kResend), "resend"},
    Group{kInvoiced, bit(Action::kInvoice), "invoice"},
    Group{kCalled, bit(Action::kCallback), "callback"},
    Group{kDone, kAny, "any"},
};
static_assert(kGroups.size() <= 16);  // VariantRecord::done

}  // namespace

uint32_t find_done(std::string_view sample) {
  std::array<Wordings, kGroups.size()> words;
  for (size_t i = 0; i < words.size(); ++i) words[i] = kGroups[i].words;
  return find_asserted(sample, words);
}

bool check_done(uint32_t done, const Situation& situation, Refusal* refusal) {
  if (done == 0) return true;
  const dialogue::Care* care = care_of(situation);
  const uint32_t confirmed = care != nullptr ? care->with(dialogue::Outcome::kDone) : 0;
  for (size_t i = 0; i < kGroups.size(); ++i) {
    if ((done >> i & 1) == 0 || (confirmed & kGroups[i].actions) != 0) continue;
    return refusal->set("not-confirmed", kGroups[i].name);
  }
  return true;
}

}  // namespace xiaoer::reply
