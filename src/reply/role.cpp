#include "reply/role.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "reply/chars.hpp"
#include "reply/role_cues.hpp"

namespace xiaoer::reply {
namespace {

using text::Text;
using Words = std::u32string_view;

// Kinds of measures, a bit each.
enum Kind : uint8_t {
  kMoney = 1,
  kBare = 2,
  kLength = 4,
  kPoint = 8,
  kThings = 16,
  kNamed = 32,
  kShare = 64
};

Kind kind_of(Measure measure) {
  switch (measure) {
    case Measure::kBare:
      return kBare;
    case Measure::kMoney:
      return kMoney;
    case Measure::kDate:
    case Measure::kWeekday:
    case Measure::kClock:
      return kPoint;
    case Measure::kCount:
      return kThings;
    case Measure::kTenths:
    case Measure::kPercent:
      return kShare;
    case Measure::kNamed:
      return kNamed;
    default:
      return kLength;
  }
}

// What a role is called, and which kinds can be said of it: stock is counted, it has no hours.
struct Meaning {
  std::string_view name;
  uint8_t kinds;
};
constexpr uint8_t kAmount = kMoney | kBare;
constexpr uint8_t kTime = kLength | kPoint;
constexpr std::array<Meaning, kRoles> kMeanings = {{
    {"item-price", kAmount | kShare},
    {"list-price", kAmount},
    {"fee", kAmount},
    {"threshold", kAmount},
    {"coupon", kAmount | kShare},
    {"reduction", kAmount | kShare},
    {"saving", kAmount | kShare},
    {"gap", kAmount},
    {"total", kAmount},
    {"refund", kAmount | kTime | kShare},
    {"deposit", kAmount | kShare},
    {"balance", kAmount | kShare},
    {"compensation", kAmount | kShare},
    {"", 0},
    {"shipping", kTime},
    {"arrival", kTime},
    {"return", kLength},
    {"shelf-life", kLength},
    {"warranty", kLength},
    {"promotion", kTime},
    {"start", kTime},
    {"promotion", kTime},
    {"hours", kPoint},
    {"cutoff", kPoint},
    {"paid", kPoint},
    {"signed", kPoint},
    {"stock", kThings | kBare},
    {"sales", kThings | kBare},
    {"contents", kThings},
    {"trait", kLength | kNamed | kShare},
    {"use", kLength | kNamed | kShare},
    {"buyer", kLength | kNamed | kBare},
    {"buyer", kNamed},
}};
constexpr Meaning meaning_of(Role role) { return kMeanings[static_cast<size_t>(role)]; }

// The cues that stand at a place: all rows of the longest word there.
std::span<const Cue> cues_at(const Text& text, uint32_t at) {
  const char32_t first = text.chars[at];
  auto cue = std::lower_bound(kCues.begin(), kCues.end(), first,
                              [](const Cue& row, char32_t c) { return row.word[0] < c; });
  while (cue != kCues.end() && cue->word[0] == first && !starts(text, at, cue->word)) ++cue;
  if (cue == kCues.end() || cue->word[0] != first) return {};
  const auto end =
      std::find_if(cue, kCues.end(), [&](const Cue& c) { return c.word != cue->word; });
  return {&*cue, static_cast<size_t>(end - cue)};
}

class RoleReader {
 public:
  RoleReader(const Text& text, std::span<const Figure> figures, size_t index)
      : text_(text), figures_(figures), index_(index), kind_(kind_of(figures[index].measure)) {
    own_ = statement();
  }

  Said read() {
    const Span clause = clause_around(text_, own_);
    pull_all(window(clause));
    pull_by_place();
    if (strongest_ == 0 && (kind_ & (kTime | kNamed | kShare)) != 0) {
      // 付款后48小时内,我们安排发货: the words may stand in the clause beside.
      const bool open = clause.end - own_.end <= kOpenEnd && clause.end < text_.size();
      const uint32_t next = std::min(clause.end + 1, text_.size());
      const uint32_t end = clause_around(text_, {next, next}).end;
      const uint32_t begin =
          clause.begin == 0 ? 0 : clause_around(text_, {clause.begin - 1, clause.begin - 1}).begin;
      if (open) pull_all(window({clause.begin, end}));
      if (strongest_ == 0) pull_all(window({begin, clause.end}));
      if (strongest_ == 0) pull_all(window({clause.begin, end}));
    }
    return result();
  }

 private:
  static constexpr uint32_t kOpenEnd = 3;
  static constexpr size_t kNear = 3;  // 9点到晚上11点
  static constexpr int kWeak = 4;
  static constexpr int kMargin = 1;  // of pulls that are about as strong

  bool same_kind(const Figure& other) const {
    const Kind kind = kind_of(other.measure);
    return kind == kind_ || ((kind | kind_) & ~kAmount) == 0;
  }

  // 1到3天, 12月10日晚上8点: one statement.
  bool joined(Span first, Span second) const {
    const Words between = view(text_, {first.end, std::max(first.end, second.begin)});
    constexpr Words kJoints = U"到至-~、或/×*";
    if (between.size() == 1 && kJoints.find(between[0]) != Words::npos) return true;
    // 5日开始,28日结束 are two.
    return kind_ == kPoint && between.size() <= kNear && between.find(U',') == Words::npos;
  }

  // The figure with those that make one statement with it.
  Span statement() const {
    Span own = figures_[index_].span;
    for (size_t i = index_; i-- > 0;) {
      if (!same_kind(figures_[i])) continue;
      if (!joined(figures_[i].span, own)) break;
      own.begin = figures_[i].span.begin;
    }
    for (size_t i = index_ + 1; i < figures_.size(); ++i) {
      if (!same_kind(figures_[i])) continue;
      if (!joined(own, figures_[i].span)) break;
      own.end = figures_[i].span.end;
    }
    return own;
  }

  // `clause` as far as the next figures of the same kind, which have words of their own.
  Span window(Span clause) const {
    for (const Figure& figure : figures_) {
      if (!same_kind(figure)) continue;
      if (figure.span.end <= own_.begin) clause.begin = std::max(clause.begin, figure.span.end);
      if (figure.span.begin >= own_.end) clause.end = std::min(clause.end, figure.span.begin);
    }
    return clause;
  }

  void pull_all(Span window) {
    for (uint32_t at = window.begin; at < window.end;) {
      if (at == own_.begin) at = own_.end;
      const std::span<const Cue> cues =
          at < window.end ? cues_at(text_, at) : std::span<const Cue>();
      const uint32_t size = cues.empty() ? 1 : static_cast<uint32_t>(cues[0].word.size());
      for (const Cue& cue : cues) pull_by(cue, {at, at + size});
      at += size;
    }
  }

  void pull_by(const Cue& cue, Span word) {
    if ((meaning_of(cue.role).kinds & kind_) == 0) return;
    if (word.end <= own_.begin) {
      if ((kind_ & kTime) != 0 && is_anchor(word.end)) return;
      pull(cue.role, cue.before - static_cast<int>(own_.begin - word.end));
    } else if (word.begin >= own_.end) {
      pull(cue.role, cue.after - static_cast<int>(word.begin - own_.end));
    }
  }

  // 签收后3天内: counted from there, not said of it.
  bool is_anchor(uint32_t at) const {
    constexpr Words kAnchors[] = {U"后", U"之后", U"以后", U"前", U"之前", U"货后", U"起"};
    return starts_any(text_, at, kAnchors);
  }

  // What no word says: 两件258, 129+6=135.
  void pull_by_place() {
    if ((kind_ & kAmount) == 0) return;
    constexpr Words kSums[] = {U"是", U"就是", U"等于", U"="};
    const bool sums = index_ > 0 && is_amount(figures_[index_ - 1].measure) &&
                      starts_any(text_, figures_[index_ - 1].span.end, kSums);
    if (sums || count_before(text_, figures_[index_].span.begin) > 1) pull(Role::kTotal, 1);
  }

  void pull(Role role, int strength) {
    int& pulled = pulls_[static_cast<size_t>(role)];
    pulled = std::max(pulled, strength);
    if (strength > strongest_) strongest_ = strength, best_ = role;
  }

  Said result() const {
    Said said;
    if (strongest_ == 0) {
      said.role = (kind_ & kAmount) != 0 ? Role::kPrice : Role::kNone;
      return said;
    }
    said.role = best_;
    // Words that hardly reach it leave it open whether it is the price.
    if ((kind_ & kAmount) != 0 && strongest_ < kWeak) said.plausible |= 1;
    for (size_t i = 0; i < kRoles; ++i) {
      if (pulls_[i] > 0 && pulls_[i] >= strongest_ - kMargin) said.plausible |= uint64_t{1} << i;
    }
    return said;
  }

  const Text& text_;
  std::span<const Figure> figures_;
  size_t index_;
  Kind kind_;
  Span own_;
  std::array<int, kRoles> pulls_ = {};
  int strongest_ = 0;
  Role best_ = Role::kNone;
};

constexpr Words kDeclining[] = {
    U"做不到",   U"做不了", U"卖不了",   U"卖不到",     U"拿不下",   U"拿不到",   U"没办法",
    U"没有办法", U"没法",   U"不能",     U"不行",       U"不可以",   U"给不了",   U"给不到",
    U"到不了",   U"下不来", U"做不来",   U"太低",       U"低了",     U"为难",     U"没有哦",
    U"没有呢",   U"不支持", U"不够",     U"亏",         U"不是",     U"没有权限", U"没权限",
    U"做不了主", U"批不了", U"批不下来", U"申请不下来", U"申请不到", U"降不了",   U"便宜不了",
    U"打不了",   U"不接受", U"达不到",   U"给不出",     U"真不行",   U"差太多",   U"没法子",
    U"下不去",   U"谈不了", U"不成",     U"超出我",     U"拿不了",   U"做不下来", U"超出了",
    U"超权限",   U"出不了", U"出不到",   U"让不了",     U"走不了",   U"放不了",   U"接不了",
    U"答应不了", U"降不到", U"降不下来", U"卖不出",     U"拿不出",   U"做不起",   U"算不了",
    U"算不下来"};
constexpr Words kOfferedAfterAll[] = {U"更低",   U"再低",   U"不是不",
                                      U"不是没", U"不能再", U"不行的话"};
constexpr Words kMeaning[] = {U"您是想", U"您想",     U"您说",     U"您报的",  U"您出的", U"您讲的",
                              U"您是问", U"您的意思", U"您意思",   U"您希望",  U"您心里", U"您要的",
                              U"您是说", U"您提的",   U"您的预算", U"您给的价"};

// 没有八折的活动.
constexpr Words kNone[] = {U"没有", U"不打", U"打不了", U"没"};
// 您报的140我这边通不过: of the buyer's own number.
constexpr Words kUnable[] = {U"不了", U"不到", U"不过", U"不下",
                             U"不出", U"不起", U"不动", U"不够"};

// 是含运费还是不含呢
bool asks_which(const Text& text, uint32_t at) {
  if (at >= text.size() || !starts(text, at, U"是")) return false;
  return view(text, clause_around(text, {at, at})).find(U"还是") != Words::npos;
}

// ...吗, ...?, or a next clause that does nothing but ask: 您是想90元拿,对吗.
bool asks(const Text& text, Span clause) {
  constexpr Words kTags[] = {U"对吗", U"对吧", U"是吗", U"是吧", U"对不对", U"是不是", U"没错吧"};
  const Words words = view(text, clause);
  const bool mark = clause.end < text.size() && text.chars[clause.end] == U'?';
  return mark || words.ends_with(U'吗') || words.ends_with(U'嘛') || words.ends_with(U'么') ||
         starts_any(text, clause.end + 1, kTags) || starts(text, clause.end + 1, U"还是") ||
         asks_which(text, clause.end + 1) ||
         std::any_of(std::begin(kTags), std::end(kTags),
                     [&](Words tag) { return words.ends_with(tag); });
}

// 您是想90元拿吗,可以的: asked, and granted.
bool agrees_then(const Text& text, Span clause) {
  constexpr Words kYes[] = {U"可以", U"行", U"没问题", U"好", U"成交"};
  constexpr uint32_t kTail = 1;  // 可以的, 好哦
  for (int i = 0; i < 2 && clause.end < text.size(); ++i) {
    const uint32_t next = clause.end + 1;
    clause = clause_around(text, {std::min(next, text.size()), std::min(next, text.size())});
    for (const Words yes : kYes) {
      if (starts(text, next, yes) && clause.size() <= yes.size() + kTail) return true;
    }
  }
  return false;
}

}  // namespace

std::string_view name_of(Role role) { return meaning_of(role).name; }
bool is_amount(Measure measure) { return (kind_of(measure) & kAmount) != 0; }
bool is_time(Measure measure) { return (kind_of(measure) & kTime) != 0; }

Said read_role(const Text& text, std::span<const Figure> figures, size_t index) {
  Said said = RoleReader(text, figures, index).read();
  // 运费是6元,新疆是15元: what has no words of its own may go on with the freight.
  const bool alone = said.plausible == 0 && is_amount(figures[index].measure) && index > 0 &&
                     is_amount(figures[index - 1].measure);
  said.continues_fee = alone && RoleReader(text, figures, index - 1).read().role == Role::kFee;
  return said;
}

bool declines_or_quotes(const Text& text, Span figure) {
  const Span clause = clause_around(text, figure);
  const Words words = view(text, clause);
  const Words before = view(text, {clause.begin, figure.begin});
  if (contains_any(words, kOfferedAfterAll)) return false;
  if (contains_any(words, kDeclining) || ends_any(text, figure.begin, kNone)) return true;
  if (!contains_any(before, kMeaning) || agrees_then(text, clause)) return false;
  const Words behind = view(text, {figure.end, clause.end});
  return asks(text, clause) || contains_any(behind, kUnable);
}

}  // namespace xiaoer::reply
