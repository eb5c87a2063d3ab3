#include "rules/tone.hpp"

#include <algorithm>

namespace xiaoer::rules {
namespace {

using Words = std::u32string_view;

// Impatience, and words from above. Normalised.
constexpr Words kImpatient[] = {
    U"不是说了",       U"说过了",       U"说了多少",   U"都说了",       U"自己看",
    U"自己去看",       U"自己查",       U"看不懂",     U"听不懂",       U"爱买不买",
    U"不买算了",       U"买不起",       U"催什么",     U"急什么",       U"别催",
    U"不要催",         U"等着吧",       U"跟我没关",   U"与我无关",     U"不归我管",
    U"不关我",         U"随便你",       U"随便您",     U"规定就是",     U"你搞清楚",
    U"您搞清楚",       U"问那么多",     U"有完没完",   U"烦不烦",       U"事真多",
    U"要求真多",       U"贪小便宜",     U"还要我说",   U"便宜没好货",   U"说过多少",
    U"讲了多少",       U"讲过多少",     U"问了多少",   U"多少遍了",     U"别再问",
    U"说几遍",         U"问几遍",       U"跟我们可没", U"怪不了我们",   U"怪不到我们",
    U"赖我们",         U"别怪我们",     U"关我们什么", U"说了没有就",   U"别一直发",
    U"别老是发",       U"认真看看再问", U"值得您来问", U"跟您讲不通",   U"跟您说不通",
    U"没见过您这样",   U"太较真",       U"小题大做",   U"要求别太高",   U"嫌贵就",
    U"您这种客户",     U"您这种人",     U"我见多了",   U"有的是人买",   U"不识字",
    U"还想要什么质量", U"爱咋咋",       U"无理取闹",   U"胡搅蛮缠",     U"矫情",
    U"玻璃心",         U"要这么想我也", U"要投诉就去", U"要投诉您就去", U"去投诉好了",
    U"我们也不怕",     U"随您便",       U"与我们无关", U"是您自己把",   U"您自己弄坏",
    U"您自己摔坏",     U"您自己用坏",   U"只能怪您",   U"怪您自己",     U"怪你自己",
    U"赖商家",         U"什么都怪我们", U"什么都赖"};

// A rhetorical question: an opener, and further on in the same clause its end.
struct Rhetorical {
  Words begin, end;
};
constexpr Rhetorical kRhetorical[] = {{U"不是", U"吗"},   {U"怎么会", U"呢"}, {U"怎么可能", U"呢"},
                                      {U"哪有", U"呢"},   {U"何必", U"呢"},   {U"岂不", U"吗"},
                                      {U"不会不", U"吧"}, {U"不会连", U"吧"}, {U"还用", U"吗"},
                                      {U"能怪", U"吗"},   {U"还不够", U"吗"}};
constexpr Words kBreaks = U",.!?;:。\n";

bool among(char32_t c, Words set) { return set.find(c) != Words::npos; }

Span span_of(size_t begin, size_t size) {
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + size)};
}

Span find_question(Words chars, const Rhetorical& question, size_t from) {
  for (size_t at = chars.find(question.begin, from); at != Words::npos;
       at = chars.find(question.begin, at + 1)) {
    if (at > 0 && among(chars[at - 1], U"是要")) continue;
    const size_t stop = std::min(chars.find_first_of(kBreaks, at), chars.size());
    const Words clause = chars.substr(at, stop - at);
    // 不是吗 was told when the pack was loaded.
    if (!clause.ends_with(question.end) || clause == U"不是吗") continue;
    return span_of(at, stop - at);
  }
  return {};
}

}  // namespace

Span find_impatience(Words chars, size_t from) {
  Span first;
  for (const Words word : kImpatient) {
    const size_t at = chars.find(word, from);
    if (at == Words::npos || (!first.empty() && at >= first.begin)) continue;
    first = span_of(at, word.size());
  }
  return first;
}

Span find_rhetorical(Words chars, size_t from) {
  Span first;
  for (const Rhetorical& question : kRhetorical) {
    const Span found = find_question(chars, question, from);
    if (!found.empty() && (first.empty() || found.begin < first.begin)) first = found;
  }
  return first;
}

Span find_long_sentence(Words chars, size_t from) {
  size_t begin = from;
  for (size_t at = from; at <= chars.size(); ++at) {
    if (at < chars.size() && !among(chars[at], U"。!?;\n")) continue;
    if (at - begin > kLongestSentence) return span_of(begin, at - begin);
    begin = at + 1;
  }
  return {};
}

}  // namespace xiaoer::rules
