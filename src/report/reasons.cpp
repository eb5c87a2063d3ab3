#include "report/reasons.hpp"

#include <algorithm>

namespace xiaoer::report {

std::vector<ReasonText> reasons_of(const Result& result, ItemRange why, std::string_view message) {
  std::vector<ReasonText> list;
  for (uint32_t i = 0; i < why.count; ++i) {
    const Reason& reason = result.reasons[why.first + i];
    ReasonText text;
    text.kind = result.text(reason.kind);
    text.rule = result.text(reason.rule);
    const size_t begin = std::min<size_t>(reason.span.begin, message.size());
    text.words = message.substr(begin, reason.span.size());
    text.points = static_cast<double>(reason.points);
    list.push_back(std::move(text));
  }
  return list;
}

std::string_view kind_in_words(std::string_view kind, Language language) {
  struct Told {
    std::string_view kind, zh, en;
  };
  constexpr Told kTold[] = {
      {"score-below-threshold", "分数不到门槛", "scored below the threshold"},
      {"rank-below-limit", "排在取用的名额之后", "ranked below those taken"},
      {"condition-not-met", "条件不满足", "its condition is not met"},
      {"context-not-met", "上文对不上", "what it must follow did not come before"},
      {"words-missing", "缺少其中一个词", "lacks one of"},
      {"entity-missing", "缺少要素", "lacks an entity"},
      {"order-or-distance", "词都在, 但顺序不对或隔得太远",
       "all there, in another order or too far apart"},
      {"inside-protected-word", "落在受保护的词里面", "stands inside a protected word"},
      {"wrong-place", "不在要求的位置", "not where it must stand"},
      {"excluded-by-not", "出现了 not 排除的词", "what `not` excludes occurs"},
      {"longer-than-max-len", "消息超过 max_len 字数", "the message is longer than max_len"},
  };
  for (const Told& told : kTold) {
    if (told.kind == kind) return language == Language::kChinese ? told.zh : told.en;
  }
  return kind;
}

}  // namespace xiaoer::report
