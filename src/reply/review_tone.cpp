// The pack's compliance words, and how a shop talks.

#include <algorithm>
#include <iterator>

#include "reply/chars.hpp"
#include "reply/compliance.hpp"
#include "reply/review_work.hpp"
#include "rules/emoticons.hpp"
#include "rules/tone.hpp"

namespace xiaoer::reply {
namespace {

using Words = std::u32string_view;

Words words_of(const text::Text& text) { return {text.chars.data(), text.size()}; }

// One mark or a run of them: a comma inside a line, nothing before another mark or at its end.
void review_exclamations(const ReviewWork& work) {
  const text::Text& chars = work.chars();
  for (uint32_t at = 0; at < chars.size(); ++at) {
    if (chars.chars[at] != U'!') continue;
    const bool ends =
        at + 1 >= chars.size() ||
        (chars.properties[at + 1] & (text::kPunctuation | text::kSpace | text::kSymbol)) != 0;
    const Span span = chars.bytes({at, at + 1});
    const bool wide = work.source(span).starts_with("！");
    work.rewrite("exclamation", span, "", ends ? "" : (wide ? "，" : ","));
  }
}

void review_emoticons(const ReviewWork& work) {
  const ReviewScratch::Impl& impl = work.impl;
  size_t count = 0;
  for (Span found = rules::find_emoticon(impl.written, 0); !found.empty();
       found = rules::find_emoticon(impl.written, found.end)) {
    // Emoji in a row are read as one, and a buyer sees every one of them.
    for (uint32_t at = found.begin; at < found.end;) {
      const uint32_t end = impl.written[found.begin] < 0x2600 ? found.end : at + 1;
      const bool joined =
          at > found.begin && (impl.written[at] == 0xFE0F || impl.written[at] == 0x200D ||
                               impl.written[at - 1] == 0x200D);
      if (!joined) ++count;
      if (count > rules::kMostEmoticons) {
        work.rewrite("emoticons", {impl.begins[at], impl.begins[end]}, "", "");
      }
      at = end;
    }
  }
}

void refuse_all(const ReviewWork& work, std::string_view rule, Span (*find)(Words, size_t)) {
  const Words words = words_of(work.chars());
  for (Span found = find(words, 0); !found.empty(); found = find(words, found.end)) {
    work.refuse(rule, work.chars().bytes(found), "");
  }
}

// 不走微信转账, 不用加微信; not 能不能加微信, and not 不加微信, which may threaten.
bool is_denied(const text::Text& chars, uint32_t at) {
  constexpr Words kVerbs = U"走接搞收做用要能给";
  constexpr Words kAsking = U"能可要是";
  if (at < 2 || kVerbs.find(chars.chars[at - 1]) == Words::npos) return false;
  const uint32_t end = at - 1;
  if (!ends(chars, end, U"不")) return false;
  return end < 2 || kAsking.find(chars.chars[end - 2]) == Words::npos;
}

// 我们只在平台上聊,不加微信: told, where nothing hangs on it (不加微信就没优惠).
bool just_refuses(const text::Text& chars, Span hit) {
  constexpr uint32_t kTail = 1;  // 不加微信的
  constexpr Words kThreats[] = {U"就", U"没", U"不", U"价", U"优惠", U"可"};
  if (!ends(chars, hit.begin, U"不") || ends(chars, hit.begin, U"要不")) return false;
  const uint32_t end = clause_around(chars, hit).end;
  return end - hit.end <= kTail && !starts_any(chars, std::min(end + 1, chars.size()), kThreats);
}

// 我们不做好评返现, 加微信不太方便: what the shop says that it does not do.
bool is_refusal(const text::Text& chars, Span hit, std::string_view rule) {
  constexpr std::string_view kOffers[] = {"off-platform", "paid-review", "fake-order",
                                          "efficacy-claim", "prohibited-goods"};
  constexpr Words kBefore[] = {U"不方便", U"没法",     U"无法",   U"不支持", U"不参与",
                               U"不允许", U"禁止",     U"不提供", U"不具有", U"不具备",
                               U"不涉及", U"没有任何", U"不宣传", U"不可以"};
  constexpr Words kBehind[] = {U"不方便", U"不太方便", U"不可以",    U"不允许",
                               U"不行",   U"不合规",   U"违规",      U"是违规",
                               U"不支持", U"我们不做", U"的我们不做"};
  constexpr Words kNever[] = {U"我们不做", U"不做的"};
  const Words rest = view(chars, {hit.end, clause_around(chars, hit).end});
  return std::find(std::begin(kOffers), std::end(kOffers), rule) != std::end(kOffers) &&
         (ends_any(chars, hit.begin, kBefore) || is_denied(chars, hit.begin) ||
          just_refuses(chars, hit) || starts_any(chars, hit.end, kBehind) ||
          contains_any(rest, kNever));
}

// 成分是100%长绒棉, where a fact says so.
bool repeats_share(const ReviewWork& work, Span hit) {
  constexpr uint32_t kWhat = 2;  // characters behind it, which tell of what
  const text::Text& chars = work.chars();
  if (!has(chars, hit.begin, text::kDigit)) return false;
  const Words share = view(chars, {hit.begin, std::min(hit.end + kWhat, chars.size())});
  const auto facts = work.impl.sources.words();
  return share.size() == hit.size() + kWhat &&
         std::any_of(facts.begin(), facts.end(),
                     [&](const std::u32string& fact) { return fact.find(share) != fact.npos; });
}

}  // namespace

void review_words(const ReviewWork& work) {
  const text::Text& chars = work.chars();
  for (WordHit hit = find_word(work.views, chars, 0); hit.word != nullptr;
       hit = find_word(work.views, chars, hit.span.end)) {
    const WordRecord& word = *hit.word;
    const std::string_view rule = work.views.text(word.rule), spelt = work.views.text(word.word);
    const std::string_view advice = work.views.text(word.advice);
    if (is_refusal(chars, hit.span, rule) || repeats_share(work, hit.span)) continue;
    const Span span = chars.bytes(hit.span);
    work.impl.vouched.push_back(hit.span);  // 100% is told once
    if (word.has_rewrite != 0) {
      work.rewrite(rule, span, spelt, work.views.text(word.rewrite), advice);
    } else {
      work.refuse(rule, span, spelt, advice);
    }
  }
}

void review_tone(const ReviewWork& work) {
  refuse_all(work, "impatience", rules::find_impatience);
  refuse_all(work, "rhetorical-question", rules::find_rhetorical);
  review_exclamations(work);
  review_emoticons(work);
  const Words words = words_of(work.chars());
  for (Span found = rules::find_long_sentence(words, 0); !found.empty();
       found = rules::find_long_sentence(words, found.end)) {
    work.note("long-sentence", work.chars().bytes(found), "");
  }
}

}  // namespace xiaoer::reply
