#include "rules/voice.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "rules/emoticons.hpp"
#include "text/utf8.hpp"

namespace xiaoer::rules {
namespace {

using Words = std::u32string_view;

constexpr char32_t kVariable = 0xFFFC;  // stands for a variable among the characters
constexpr Words kParticles = U"哦呢哈呀啦嘛哟";
constexpr Words kSentenceEnds = U"。!！?？;；\n";
constexpr Words kClauseEnds = U",，、:：…()（）「」『』“”\"《》【】 \u3000";
constexpr Words kWaves = U"~～";

// Words that only look as if they ended in a particle.
constexpr Words kWholeWords[] = {U"干嘛",   U"粗花呢", U"华达呢", U"法兰呢",
                                 U"双面呢", U"哎呀",   U"哎哟",   U"哗啦"};
constexpr Words kExclamations[] = {U"哎", U"诶", U"唉", U"嘿", U"哎呀", U"哎哟"};
// After these 啦 is nothing but soft; elsewhere it is 了 said softly.
constexpr Words kNoChange = U"的了题事系谢拜安样吗";

constexpr Words kQuestionWords[] = {
    U"什么", U"啥",   U"哪",   U"谁",   U"几",   U"多少", U"多大", U"多久", U"多长",   U"多高",
    U"多重", U"多宽", U"多远", U"多厚", U"怎么", U"怎样", U"咋",   U"如何", U"何时",   U"为何",
    U"是否", U"能否", U"可否", U"吗",   U"还是", U"与否", U"几时", U"哪里", U"没有呢", U"何种"};
// A short clause without any of these says nothing by itself: 您呢, 颜色呢 ask.
constexpr Words kPredicates =
    U"的了着过是有在可会能要行好到发给帮看查选挑核没不谢请来去说等就都很还也先再吧对用做算知明辛稍"
    U"早"
    U"晚快慢放加上下歉解迎然样适宜便欢服亮意确实愿想觉得走问收记转陪懂同";
constexpr size_t kLongestTopic = 4;

// A character, or a variable with its braces.
struct Unit {
  std::string text;  // as written in the template
  char32_t character = 0;
};
using Units = std::vector<Unit>;

bool among(char32_t c, Words set) { return set.find(c) != Words::npos; }

Units split(std::string_view text) {
  Units units;
  while (!text.empty()) {
    size_t size = text::decode(text).size;
    char32_t c = text::decode(text).code_point;
    if (text.starts_with("{{")) {
      size_t end = 2;
      while (end < text.size() && !text.substr(end).starts_with("}}")) {
        end += text[end] == '\\' ? 2 : 1;
      }
      size = std::min(text.size(), end + 2);
      c = kVariable;
    } else if (c == '\\' && text.size() > 1) {
      c = static_cast<unsigned char>(text[1]);
      size = 2;
    }
    units.push_back({std::string(text.substr(0, size)), c});
    text.remove_prefix(size);
  }
  return units;
}

std::string join(const Units& units) {
  std::string text;
  for (const Unit& unit : units) text += unit.text;
  return text;
}

std::u32string characters(const Units& units) {
  std::u32string chars;
  for (const Unit& unit : units) chars += unit.character;
  return chars;
}

Unit unit_of(char32_t c) { return {text::encode(std::u32string(1, c)), c}; }

void replace_address(const std::string& address, Units* units) {
  for (Unit& unit : *units) {
    if (unit.text == "{{昵称|亲}}") unit.text = "{{昵称|" + address + "}}";
  }
}

void drop_emoticons(Units* units) {
  std::u32string chars = characters(*units);
  for (Span found = find_emoticon(chars, 0); !found.empty(); found = find_emoticon(chars, 0)) {
    // The blank that set it off goes with it.
    while (found.begin > 0 && chars[found.begin - 1] == ' ') --found.begin;
    units->erase(units->begin() + found.begin, units->begin() + found.end);
    chars.erase(found.begin, found.end - found.begin);
  }
}

bool is_figure(char32_t c) { return ascii::is_digit(c) || c == kVariable; }

// 好的~马上 becomes 好的,马上; 3~5 stays a range.
void calm_signs(Units* units) {
  const Units old = std::exchange(*units, {});
  for (size_t i = 0; i < old.size(); ++i) {
    const char32_t c = old[i].character;
    if (among(c, U"!！")) {
      units->push_back(unit_of(U'。'));
      while (i + 1 < old.size() && among(old[i + 1].character, U"!！。")) ++i;
      continue;
    }
    if (!among(c, kWaves)) {
      units->push_back(old[i]);
      continue;
    }
    const bool range = i > 0 && i + 1 < old.size() && is_figure(old[i - 1].character) &&
                       is_figure(old[i + 1].character);
    if (range) {
      units->push_back(old[i]);
      continue;
    }
    while (i + 1 < old.size() && among(old[i + 1].character, kWaves)) ++i;
    const char32_t next = i + 1 < old.size() ? old[i + 1].character : U'。';
    if (!among(next, kSentenceEnds) && !among(next, kClauseEnds)) units->push_back(unit_of(U','));
  }
}

bool asks(Words clause) {
  for (const Words word : kQuestionWords) {
    if (clause.find(word) != Words::npos) return true;
  }
  for (size_t i = 1; i + 1 < clause.size(); ++i) {  // 要不要, 有没有, 方不方便
    if (among(clause[i], U"不没") && clause[i - 1] == clause[i + 1]) return true;
  }
  return false;
}

bool is_topic(Words clause) {
  for (const Words lead : {Words(U"那么"), Words(U"那"), Words(U"然后")}) {
    if (!clause.starts_with(lead)) continue;
    clause.remove_prefix(lead.size());
    break;
  }
  return !clause.empty() && clause.size() <= kLongestTopic &&
         clause.find(kVariable) == Words::npos && clause.find_first_of(kPredicates) == Words::npos;
}

bool ends_in_particle(Words clause) {
  if (clause.empty() || !among(clause.back(), kParticles)) return false;
  return std::none_of(std::begin(kWholeWords), std::end(kWholeWords),
                      [&](Words word) { return clause.ends_with(word); });
}

// What the clause that ended in `particle` must end in instead; 0: nothing.
char32_t substitute(Words clause, char32_t particle, bool question) {
  const bool form = asks(clause);
  if (particle == U'啦') return among(clause.back(), kNoChange) ? 0 : U'了';
  if (particle == U'嘛') return !form && (question || clause.starts_with(U"您看")) ? U'吗' : 0;
  if (particle != U'呢' && particle != U'呀') return 0;
  if (form) return 0;
  return question || (particle == U'呢' && is_topic(clause)) ? U'呢' : 0;
}

// Takes the soft particles off the clause at the end of `out`, from `begin` on. False: nothing of
// it was left.
bool harden_clause(size_t begin, bool question, Units* out) {
  std::u32string clause;
  for (size_t i = begin; i < out->size(); ++i) clause += (*out)[i].character;
  const size_t size = clause.size();
  char32_t innermost = 0;
  while (ends_in_particle(clause)) {
    innermost = clause.back();
    clause.pop_back();
  }
  const bool exclamation = std::find(std::begin(kExclamations), std::end(kExclamations), clause) !=
                           std::end(kExclamations);
  if (size > 0 && (clause.empty() || exclamation)) {
    out->resize(begin);
    return false;
  }
  if (innermost == 0) return true;
  out->resize(begin + clause.size());
  if (const char32_t c = substitute(clause, innermost, question)) out->push_back(unit_of(c));
  return true;
}

bool is_clause_end(const Units& units, size_t at) {
  const char32_t c = units[at].character;
  if (among(c, kSentenceEnds) || among(c, kClauseEnds)) return true;
  return c == '.' && (at + 1 == units.size() || !is_figure(units[at + 1].character));
}

void drop_particles(Units* units) {
  const Units old = std::exchange(*units, {});
  size_t begin = 0;  // of the clause, in *units
  for (size_t i = 0; i < old.size(); ++i) {
    if (!is_clause_end(old, i)) {
      units->push_back(old[i]);
      continue;
    }
    const bool left = harden_clause(begin, among(old[i].character, U"?？"), units);
    // 哈哈, goes with its comma; what closes or parts more than the clause stays.
    if (left || !among(old[i].character, U",，、 \u3000")) units->push_back(old[i]);
    begin = units->size();
  }
  harden_clause(begin, false, units);
}

// A full stop would become part of a link.
bool ends_in_link(const Units& units) {
  const std::string& last = units.back().text;
  return units.back().character == kVariable &&
         (last.find("链接") != std::string::npos || last.find("网址") != std::string::npos);
}

void end_with_full_stop(Units* units) {
  while (!units->empty() && among(units->back().character, U" \u3000\n,，、;；:：…")) {
    units->pop_back();
  }
  if (units->empty() || among(units->back().character, U"。?？") || ends_in_link(*units)) return;
  if (units->back().character == '.') units->pop_back();
  units->push_back(unit_of(U'。'));
}

}  // namespace

std::string voiced(std::string_view text, const Voice& voice) {
  Units units = split(text);
  if (voice.address) replace_address(*voice.address, &units);
  if (!voice.formal) return join(units);
  Units formal = units;
  drop_emoticons(&formal);
  calm_signs(&formal);
  drop_particles(&formal);
  end_with_full_stop(&formal);
  // A text of nothing but softness has no formal form: better said softly than not at all.
  return join(formal.empty() ? units : formal);
}

void apply_voice(Pack* pack) {
  const Voice& voice = pack->settings.voice;
  if (!voice.address && !voice.formal) return;
  for (ReplySource& reply : pack->replies) {
    for (ExampleSource& variant : reply.variants) variant.text = voiced(variant.text, voice);
  }
}

}  // namespace xiaoer::rules
