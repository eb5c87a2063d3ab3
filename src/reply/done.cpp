#include "reply/done.hpp"

#include <array>

#include "reply/condition.hpp"
#include "rules/actions.hpp"

namespace xiaoer::reply {
namespace {

using rules::Action;

constexpr uint32_t bit(Action action) { return 1u << static_cast<uint32_t>(action); }
constexpr uint32_t kAny = (1u << rules::kActions) - 1;
constexpr uint32_t kChanges = bit(Action::kChangePrice) | bit(Action::kChangePostage) |
                              bit(Action::kChangeAddress) | bit(Action::kChangeItem);

// Whether a client confirmed one of the actions in this conversation.
template <uint32_t Actions>
bool confirmed(const Situation& situation) {
  const dialogue::Care* care = care_of(situation);
  return care != nullptr && (care->with(dialogue::Outcome::kDone) & Actions) != 0;
}
bool cancelled(const Situation& situation) {
  return order_state_of(situation) == rules::OrderState::kClosed ||
         confirmed<bit(Action::kCancel)>(situation);
}

constexpr std::string_view kRemark[] = {"已备注",       "已经备注",     "备注好了",   "备注上了",
                                        "备注完成",     "备注过了",     "给您备注了", "帮您备注了",
                                        "已经写进备注", "写在备注里了", "已…备注了",  "已经…备注"};
constexpr std::string_view kPrice[] = {"价格改好了",  "改好价",     "改过价",   "改了价",
                                       "价格已改",    "价格已经改", "价格已调", "价格…改好",
                                       "价格…已经改", "价格…已改",  "已改价",   "已经改价"};
constexpr std::string_view kPostage[] = {"邮费改好了", "运费改好了", "邮费已改", "运费已改",
                                         "运费已免",   "邮费已免",   "免了运费", "免了邮费",
                                         "运费…改好",  "邮费…改好"};
constexpr std::string_view kAddress[] = {"地址改好了", "地址已改",  "地址已更新",  "地址已经改",
                                         "改好地址",   "改了地址",  "地址换好了",  "地址…改好",
                                         "地址…改了",  "地址…已改", "地址…已经改", "地址…换好"};
constexpr std::string_view kChanged[] = {
    "已改",     "已经改",     "改好了",     "改过来了", "给您改了", "帮您改了",
    "已修改",   "已经修改",   "修改好了",   "已更改",   "已经换成", "已换成",
    "更新好了", "已经给您改", "已经帮您改", "给您改好", "帮您改好"};
constexpr std::string_view kCancelled[] = {"已取消",     "已经取消",   "取消好了", "给您取消了",
                                           "帮您取消了", "订单取消了", "已经…取消"};
constexpr std::string_view kIntercepted[] = {"已拦截",   "已经拦截", "拦截成功", "拦截好了",
                                             "拦下来了", "拦回来了", "拦截了"};
constexpr std::string_view kCoupon[] = {"券已发",      "券发给您了", "券给您发了", "已发券",
                                        "发了一张券",  "已经发券",   "券已到账",   "券…发到",
                                        "券…发给您了", "券…到您",    "券…发放了",  "券发您"};
constexpr std::string_view kRefunded[] = {
    "已退款",        "已经退款",  "已经退了",  "退款已办",    "退款已完成", "退款已经办", "退好了",
    "给您退了",      "帮您退了",  "已退还",    "已补差",      "差价已退",   "差价已补",   "退款已",
    "退款…打给您了", "已经…退款", "已经…退给", "款…退给您了", "已经打给您"};
constexpr std::string_view kReturned[] = {"已登记退货", "退货登记好了", "退货已登记", "退货已同意",
                                          "已同意退货"};
constexpr std::string_view kExchanged[] = {"已换货",       "换货已登记", "换货已安排", "已经换货",
                                           "换货登记好了", "换货…办好",  "已经…换货"};
constexpr std::string_view kResent[] = {"已补发",     "已经补发", "补发好了", "补发出去了",
                                        "给您补发了", "已重发",   "已经重发", "已经…补发"};
constexpr std::string_view kInvoiced[] = {"已开票",     "发票已开", "发票已经开", "发票已发",
                                          "发票开好了", "已经开票", "票开好了"};
constexpr std::string_view kCalled[] = {"已安排回电", "已登记回电", "回电登记好了", "已预约回电"};
constexpr std::string_view kDone[] = {"已处理", "已经处理", "处理好了", "办好了",    "已办理",
                                      "已登记", "已经登记", "登记好了", "登记上了",  "操作好了",
                                      "已安排", "已经安排", "安排好了", "已经…登记", "已…登记了"};

constexpr std::string_view kToRemark[] = {"备注", "标注"};
constexpr std::string_view kToPrice[] = {"改价", "改了价", "价格调", "价格改", "价改"};
constexpr std::string_view kToPostage[] = {"运费改",   "邮费改",  "运费免",   "邮费免",
                                           "免了运费", "运费减",  "免了邮费", "运费…免",
                                           "邮费…免",  "运费…抹", "邮费…抹"};
constexpr std::string_view kToAddress[] = {"改地址",    "换地址",  "地址改", "地址换",
                                           "地址…更新", "地址…改", "新地址", "地址修改"};
constexpr std::string_view kToChange[] = {"修改", "更改", "更换", "换成", "改成", "调换"};
constexpr std::string_view kToCancel[] = {"取消", "关闭订单", "订单…关", "关掉", "订单…撤", "撤单"};
constexpr std::string_view kToIntercept[] = {"拦截", "拦下", "拦住", "截回", "追回", "召回"};
constexpr std::string_view kToGiveCoupon[] = {"发券", "补券",  "送券", "券发",
                                              "券补", "券…发", "券…放"};
constexpr std::string_view kToRefund[] = {
    "退款",   "退钱",   "打款",   "返款",   "退差价", "补差价", "款退",   "钱退",   "差价补",
    "差价退", "退给您", "打给您", "转给您", "退到您", "退回您", "原路退", "全额退", "打过去",
    "转过去", "退过去", "打回",   "款打",   "钱打",   "款转",   "钱转"};
constexpr std::string_view kToReturn[] = {"登记退货", "同意退货",  "退货申请",
                                          "退货登记", "退货…通过", "退货…同意"};
constexpr std::string_view kToExchange[] = {"换货", "换新", "换一"};
constexpr std::string_view kToResend[] = {"补发",   "重发",   "补寄", "重寄",
                                          "重新发", "重新寄", "再寄", "另发"};
constexpr std::string_view kToInvoice[] = {"开票",   "开发票", "发票开", "发票发",
                                           "发票寄", "票开",   "发票补"};
constexpr std::string_view kToCall[] = {"安排回电", "登记回电", "预约回电"};
constexpr std::string_view kToDo[] = {
    "改过",     "说好",   "往回走", "处理",     "办理",     "登记",     "安排", "操作",
    "搞定",     "办妥",   "弄好",   "加急",     "解决",     "提交",     "上报", "备案",
    "打过招呼", "沟通好", "协调好", "跟仓库说", "跟仓库讲", "通知仓库", "催"};

constexpr std::string_view kBasis = "confirmed by the client";
constexpr std::array<Claim, kDoneClaims> kClaims = {{
    {"remark", kRemark, confirmed<bit(Action::kRemark)>, Tense::kDone, kBasis, kToRemark},
    {"change_price", kPrice, confirmed<bit(Action::kChangePrice)>, Tense::kDone, kBasis, kToPrice},
    {"change_postage", kPostage, confirmed<bit(Action::kChangePostage)>, Tense::kDone, kBasis,
     kToPostage},
    {"change_address", kAddress, confirmed<bit(Action::kChangeAddress)>, Tense::kDone, kBasis,
     kToAddress},
    {"change", kChanged, confirmed<kChanges | bit(Action::kRemark) | bit(Action::kExchange)>,
     Tense::kDone, kBasis, kToChange},
    {"cancel", kCancelled, cancelled, Tense::kDone, "order.state, confirmed by the client",
     kToCancel},
    {"intercept", kIntercepted, confirmed<bit(Action::kIntercept)>, Tense::kDone, kBasis,
     kToIntercept},
    {"coupon", kCoupon, confirmed<bit(Action::kCoupon)>, Tense::kDone, kBasis, kToGiveCoupon},
    {"refund", kRefunded, confirmed<bit(Action::kRefund)>, Tense::kDone, kBasis, kToRefund},
    {"return", kReturned, confirmed<bit(Action::kReturn)>, Tense::kDone, kBasis, kToReturn},
    {"exchange", kExchanged, confirmed<bit(Action::kExchange)>, Tense::kDone, kBasis, kToExchange},
    {"resend", kResent, confirmed<bit(Action::kResend)>, Tense::kDone, kBasis, kToResend},
    {"invoice", kInvoiced, confirmed<bit(Action::kInvoice)>, Tense::kDone, kBasis, kToInvoice},
    {"callback", kCalled, confirmed<bit(Action::kCallback)>, Tense::kDone, kBasis, kToCall},
    {"any", kDone, confirmed<kAny>, Tense::kDone, kBasis, kToDo},
}};

}  // namespace

std::span<const Claim, kDoneClaims> done_claims() { return kClaims; }

}  // namespace xiaoer::reply
