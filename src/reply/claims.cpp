#include "reply/claims.hpp"

#include <algorithm>
#include <bitset>
#include <span>

#include "base/words.hpp"
#include "reply/done.hpp"
#include "reply/stated.hpp"

namespace xiaoer::reply {
namespace {

constexpr std::string_view kGap = "…";
constexpr char kEnd = '$';

uint32_t claim_count() { return static_cast<uint32_t>(kStatedClaims + kDoneClaims); }
static_assert(kStatedClaims + kDoneClaims <= 64);  // a bit each
const Claim& claim_at(uint32_t claim) {
  return claim < kStatedClaims ? stated_claims()[claim] : done_claims()[claim - kStatedClaims];
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

Span span_of(size_t begin, size_t end) {
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

// Where the word stands in the clause, at `from` or later, in bytes; empty: it does not.
Span find_word(std::string_view clause, std::string_view word, size_t from = 0) {
  if (!word.ends_with(kEnd)) {
    const size_t at = clause.find(word, from);
    return at == std::string_view::npos ? Span{} : span_of(at, at + word.size());
  }
  word.remove_suffix(1);
  const std::string_view whole = without_particles(clause);
  const bool ends = whole.ends_with(word) && whole.size() - word.size() >= from;
  return ends ? span_of(whole.size() - word.size(), whole.size()) : Span{};
}

// One word, and behind it, at most `gap` bytes on, the other.
Span find_pair(std::string_view clause, std::string_view first, std::string_view then, size_t gap) {
  for (size_t at = clause.find(first); at != std::string_view::npos;
       at = clause.find(first, at + 1)) {
    const size_t after = at + first.size();
    const Span found = find_word(clause, then, after);
    if (!found.empty() && found.begin - after <= gap) return span_of(at, found.end);
  }
  return {};
}

// "今天…发货" or a single word.
Span find_in(std::string_view clause, std::string_view pattern) {
  const size_t gap = pattern.find(kGap);
  if (gap == std::string_view::npos) return find_word(clause, pattern);
  return find_pair(clause, pattern.substr(0, gap), pattern.substr(gap + kGap.size()), kMaxGapBytes);
}

Span find_any(const Clause& clause, Words patterns) {
  for (const std::string_view pattern : patterns) {
    if (!clause.letters.may_have(pattern)) continue;
    if (const Span found = find_in(clause.text, pattern); !found.empty()) return found;
  }
  return {};
}

Span find_any(const Clause& clause, std::span<const WordPair> pairs) {
  for (const WordPair& pair : pairs) {
    for (const std::string_view first : pair.first) {
      if (!clause.letters.may_have(first)) continue;
      for (const std::string_view then : pair.then) {
        if (!clause.letters.may_have(then)) continue;
        const Span found = find_pair(clause.text, first, then, pair.gap);
        if (!found.empty()) return found;
      }
    }
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
Span find_done(const Clause& clause, Words deeds) {
  constexpr size_t kBehind = 18;  // bytes: 退款给您都办好了
  for (const std::string_view deed : deeds) {
    if (!clause.letters.may_have(deed)) continue;
    const Span found = find_in(clause.text, deed);
    if (found.empty()) continue;
    const size_t at = found.begin, end = found.end;
    const size_t from = at > kMaxGapBytes ? at - kMaxGapBytes : 0;
    const std::string_view behind = clause.text.substr(end, kBehind);
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
      if (found.empty()) found = find_any(clause, claim.pairs);
      if (found.empty()) found = find_done(clause, claim.deeds);
      if (found.empty()) continue;
      const auto offset = static_cast<uint32_t>(clause.text.data() - begin);
      visit(i, Span{found.begin + offset, found.end + offset});
    }
  }
}

}  // namespace

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
  return claim < kStatedClaims ? "unsupported-claim" : "not-confirmed";
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
