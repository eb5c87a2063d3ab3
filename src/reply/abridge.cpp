#include "reply/abridge.hpp"

#include <algorithm>

#include "base/words.hpp"
#include "dialogue/asking.hpp"
#include "reply/facts.hpp"
#include "rules/emoticons.hpp"
#include "text/utf8.hpp"

namespace xiaoer::reply {
namespace {

using Words = std::string_view;

constexpr Words kMarks[] = {"，", "。", "！", "？", "；", "～", "…", ",", "!", "?", ";", "~", "\n"};
constexpr Words kAsking[] = {"？", "?"};
constexpr Words kStops[] = {"。", "！", "？", "～", "…", "!", "?", "~"};
constexpr Words kTrailing[] = {"，", "；", ",", ";", "\n", " "};
constexpr Words kOpenings[] = {"您好", "你好", "在", "好", "收到", "嗯嗯", "明白", "了解"};
constexpr Words kApologies[] = {"抱歉",         "不好意思",    "对不起",   "实在抱歉",
                                "真的抱歉",     "很抱歉",      "非常抱歉", "真的不好意思",
                                "实在不好意思", "给您添麻烦了"};
// A clause with one of these and without a value comforts and tells nothing.
constexpr Words kComforts[] = {"抱歉", "对不起", "不好意思", "理解", "添堵",
                               "麻烦", "委屈",   "着急",     "是该", "辛苦"};
constexpr Words kLeadIns[] = {"要是", "如果", "若",   "假如", "另外",    "还有",
                              "顺便", "方便", "或者", "不然", "需要的话"};
constexpr size_t kLeastRepeated = 12;  // bytes, four characters; shorter clauses may come twice

template <class List>
bool is_one_of(Words text, const List& words) {
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}
template <class List>
Words ending(Words text, const List& words) {
  for (const Words word : words) {
    if (text.ends_with(word)) return word;
  }
  return {};
}

Words without_particles(Words clause) {
  for (Words end = ending(clause, dialogue::kSoftParticles); !end.empty();
       end = ending(clause, dialogue::kSoftParticles)) {
    clause.remove_suffix(end.size());
  }
  return clause;
}

bool asks(const Part& part, const TextClause& clause) {
  return dialogue::is_question(part.words(clause), clause.asked);
}

bool is_address(const Part& part, const TextClause& clause) {
  if (part.slots.empty()) return false;
  const Slot& slot = part.slots.front();
  return slot.begin == clause.begin && slot.end == clause.end && slot.piece != nullptr &&
         slot.piece->fact == known_facts().nickname;
}

// Whether the clause makes no sense without the one behind it.
bool leads_in(Words words) { return starts_with_any(words, kLeadIns) || words.ends_with("的话"); }

bool has_value(const Part& part, const TextClause& clause) {
  return std::any_of(part.slots.begin(), part.slots.end(), [&](const Slot& slot) {
    return slot.value != nullptr && slot.begin >= clause.begin && slot.end <= clause.end;
  });
}

// Whether the clause says facts, and all of them were said before.
bool has_said_values(const Draft& before, const Part& part, const TextClause& clause) {
  bool any = false;
  for (const Slot& slot : part.slots) {
    if (slot.value == nullptr || slot.begin < clause.begin || slot.end > clause.end) continue;
    any = true;
    if (std::none_of(before.slots.begin(), before.slots.end(),
                     [&](const Slot& said) { return said.value == slot.value; })) {
      return false;
    }
  }
  return any;
}

// Whether the clause's words stand in `before` as a clause of their own.
bool is_said(Words before, Words words) {
  if (words.size() < kLeastRepeated) return false;
  for (size_t at = before.find(words); at != before.npos; at = before.find(words, at + 1)) {
    const Words ahead = before.substr(0, at), behind = before.substr(at + words.size());
    const bool begins = ahead.empty() || !ending(ahead, kMarks).empty();
    if (begins && (behind.empty() || starts_with_any(behind, kMarks) ||
                   starts_with_any(behind, dialogue::kSoftParticles))) {
      return true;
    }
  }
  return false;
}

// Whether a mark may begin with this byte: most characters of a text begin with another.
bool may_mark(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x80 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF;
}

// The mark that begins at `at`, which must not lie in a slot; empty: none.
Words mark_at(const Part& part, uint32_t at) {
  if (!may_mark(part.text[at])) return {};
  const Words rest = Words(part.text).substr(at);
  for (const Words mark : kMarks) {
    if (!rest.starts_with(mark)) continue;
    for (const Slot& slot : part.slots) {
      if (slot.begin <= at && at < slot.end) return {};
    }
    return mark;
  }
  return {};
}

// Fills `surplus` with the author's emoticons beyond the budget, which counts down.
void find_surplus(const Part& part, EmoticonBudget* budget) {
  budget->chars.clear();
  budget->begins.clear();
  budget->surplus.clear();
  for (uint32_t at = 0; at < part.text.size();) {
    const text::Decoded next = text::decode(Words(part.text).substr(at));
    budget->chars.push_back(next.code_point);
    budget->begins.push_back(at);
    at += next.size;
  }
  budget->begins.push_back(static_cast<uint32_t>(part.text.size()));
  budget->closes = false;
  for (Span found = rules::find_emoticon(budget->chars, 0); !found.empty();
       found = rules::find_emoticon(budget->chars, found.end)) {
    const Span bytes = {budget->begins[found.begin], budget->begins[found.end]};
    const bool value = std::any_of(part.slots.begin(), part.slots.end(), [&](const Slot& slot) {
      return bytes.overlaps({slot.begin, slot.end});
    });
    if (budget->left > 0) {
      --budget->left;
      budget->closes = bytes.end == part.text.size();
    } else if (!value) {
      budget->surplus.push_back(bytes);
    }
  }
}

// Appends these bytes of the part, and the slots that lie in them.
void append(Span bytes, const Part& part, Draft* draft) {
  const auto begin = static_cast<uint32_t>(draft->text.size());
  draft->text.append(part.text, bytes.begin, bytes.size());
  for (Slot slot : part.slots) {
    if (slot.begin < bytes.begin || slot.begin >= bytes.end) continue;
    slot.begin += begin - bytes.begin;
    slot.end += begin - bytes.begin;
    draft->slots.push_back(slot);
  }
}

// Takes commas and the like off the end, and makes a full stop of them; an emoticon is one too.
void close_sentence(bool emoticon, Draft* draft) {
  std::string& out = draft->text;
  for (Words end = ending(out, kTrailing); !end.empty(); end = ending(out, kTrailing)) {
    out.resize(out.size() - end.size());
  }
  for (Slot& slot : draft->slots) {
    slot.begin = std::min(slot.begin, static_cast<uint32_t>(out.size()));
    slot.end = std::min(slot.end, static_cast<uint32_t>(out.size()));
  }
  if (!emoticon && ending(out, kStops).empty()) out += "。";
}

}  // namespace

void split_clauses(Part* part) {
  part->clauses.clear();
  TextClause clause;
  uint32_t at = 0;
  while (at < part->text.size()) {
    const Words mark = mark_at(*part, at);
    if (mark.empty()) {
      ++at;
      continue;
    }
    clause.end = at;
    clause.asked = !ending(mark, kAsking).empty();
    at += static_cast<uint32_t>(mark.size());
    clause.next = at;
    if (clause.end > clause.begin) part->clauses.push_back(clause);
    clause = {at, at, at};
  }
  clause.end = clause.next = at;
  if (clause.end > clause.begin) part->clauses.push_back(clause);
}

size_t closing_question(const Part& part) {
  const size_t count = part.clauses.size();
  // The question, and at most one clause behind it that says what the answer is for.
  for (size_t back = 1; back <= std::min<size_t>(2, count); ++back) {
    size_t at = count - back;
    if (!asks(part, part.clauses[at])) continue;
    while (at > 0 && leads_in(part.words(part.clauses[at - 1]))) --at;
    return at;
  }
  return count;
}

bool only_asks(const Part& part) {
  const size_t question = closing_question(part);
  if (question == part.clauses.size()) return false;
  const auto begin = part.clauses.begin();
  return std::all_of(begin, begin + static_cast<ptrdiff_t>(question),
                     [&](const TextClause& clause) {
                       const Words bare = without_particles(part.words(clause));
                       return is_address(part, clause) || is_one_of(bare, kOpenings) ||
                              (contains_any(bare, kComforts) && !has_value(part, clause));
                     });
}

void drop_repeated(const Draft& before, Part* part) {
  bool opening = true;
  for (size_t i = 0; i < part->clauses.size(); ++i) {
    TextClause& clause = part->clauses[i];
    const Words bare = without_particles(part->words(clause));
    const bool sorry = is_one_of(bare, kApologies) && contains_any(before.text, kApologies);
    if (opening && (is_address(*part, clause) || is_one_of(bare, kOpenings) || sorry)) {
      clause.kept = false;
      continue;
    }
    opening = false;
    if (!is_said(before.text, bare) && !has_said_values(before, *part, clause)) continue;
    clause.kept = false;
    if (i > 0 && leads_in(part->words(part->clauses[i - 1]))) part->clauses[i - 1].kept = false;
  }
}

void append_kept(const Part& part, EmoticonBudget* emoticons, Draft* draft) {
  if (!draft->text.empty()) close_sentence(emoticons->closes, draft);
  find_surplus(part, emoticons);
  for (const TextClause& clause : part.clauses) {
    if (!clause.kept) continue;
    uint32_t at = clause.begin;
    for (const Span surplus : emoticons->surplus) {
      if (surplus.end <= at || surplus.begin >= clause.next) continue;
      append({at, std::max(at, surplus.begin)}, part, draft);
      at = std::min(surplus.end, clause.next);
    }
    append({at, clause.next}, part, draft);
  }
}

}  // namespace xiaoer::reply
