#pragma once
// What a line of the shop asks the buyer for, by the words that shops ask with. Lines come as
// clauses in UTF-8, without their marks.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xiaoer::dialogue {

enum Asked : uint8_t {
  kAskedQuantity = 1,   // 您要几袋呢
  kAskedData = 2,       // 地址电话发我一下
  kAskedOffer = 4,      // 需要帮您备注吗: a yes accepts it
  kAskedChoice = 8,     // 您要哪个颜色呢
  kAskedMeasures = 16,  // 您身高体重多少呢
};

// Particles that soften the end of a clause.
inline constexpr std::string_view kSoftParticles[] = {"哦", "呢", "哈", "呀", "啦",
                                                      "嘛", "哟", "啊", "的"};

// Whether the clause asks; `marked`: a question mark follows it.
bool is_question(std::string_view clause, bool marked);

// Bits of Asked. Data is also asked for by a request that is no question.
uint8_t asked_by(std::string_view clause, bool marked);

// The words of a kind of thing that shops ask for: {"order_number", {"订单号", "订单编号"}}.
using RequestWords = std::vector<std::pair<std::string, std::vector<std::string>>>;

// Bits 1 << rules::Requested: what a text of the shop asks the buyer for by these words.
uint32_t requested_by(std::string_view text, const RequestWords& words);

// "quantity", "data", "offer", "measures", "choice": the first of the bits, for explanations.
std::string_view name_of_asked(uint8_t asked);

}  // namespace xiaoer::dialogue
