#pragma once
// Traditional-to-simplified where one character is not enough. Single characters map by table;
// these few depend on the character before or after them. The generator reads this list too: it
// marks the characters, so that the normaliser's fast path never looks here.

#include <string_view>

namespace xiaoer::text {

struct Variant {
  char32_t source;             // as it stands after NFKC
  char32_t usual;              // what it becomes
  char32_t other;              // what it becomes beside one of these:
  std::u32string_view before;  // mapped characters that may stand directly before it
  std::u32string_view after;   // or directly after it
};

// No `other` may itself occur in a `before` or `after`, else the mapping would depend on its own
// result.
inline constexpr Variant kVariants[] = {
    {U'乾', U'干', U'乾', U"", U"隆坤清元陵卦县"},                          // 乾净 but 乾隆
    {U'著', U'着', U'著', U"显名原卓编土论专巨昭遗译拙", U"名作称述书录"},  // 穿著 but 著名
    {U'藉', U'借', U'藉', U"慰狼枕蕴", U""},                                // 藉口 but 慰藉
    {U'瞭', U'了', U'瞭', U"", U"望"},                                      // 瞭解 but 瞭望
    {U'甚', U'甚', U'什', U"", U"么"},                                      // 甚至 but 甚么
    {U'俱', U'俱', U'具', U"家", U""},                                      // 俱乐部 but 家俱
    {U'覆', U'覆', U'复', U"回答", U""},                                    // 覆盖 but 回覆
};

inline constexpr const Variant* find_variant(char32_t source) {
  for (const Variant& variant : kVariants) {
    if (variant.source == source) return &variant;
  }
  return nullptr;
}

}  // namespace xiaoer::text
