#pragma once
// What a reply leaves out when it is said together with others: an address, greeting or apology
// that was said before, clauses said before, its closing question where another asks.
//
// A text is looked at clause by clause, borders being the marks of sentences and commas outside its
// slots. The tables of words are of what shops write, not of what buyers do.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"
#include "reply/draft.hpp"

namespace xiaoer::reply {

// A clause of a text: its words, and where its mark ends.
struct TextClause {
  uint32_t begin = 0, end = 0;  // bytes of the words
  uint32_t next = 0;            // first byte behind the mark
  bool asked = false;           // the mark is a question mark
  bool kept = true;
};

// One reply on its way into a joint text.
struct Part {
  std::string text;
  std::vector<Slot> slots;
  std::vector<TextClause> clauses;
  uint32_t position = 0;  // of the intent that it answers
  uint32_t reply = 0, variant = 0;
  bool proven = false, attended = false;  // see Chosen

  std::string_view words(const TextClause& clause) const {
    return std::string_view(text).substr(clause.begin, clause.end - clause.begin);
  }
};

// Fills part->clauses, all kept.
void split_clauses(Part* part);

// Where the closing question begins, as an index into `clauses`; their number: it asks nothing. A
// lead-in that makes no sense without the question belongs to it.
size_t closing_question(const Part& part);

// Whether nothing but an address, a greeting or an apology stands before its closing question.
bool only_asks(const Part& part);

// Drops the address and what the joint text so far says already: words, or values of facts.
void drop_repeated(const Draft& before, Part* part);

// Emoticons still allowed in the joint text, and buffers of finding them.
struct EmoticonBudget {
  uint32_t left = 2;
  bool closes = false;  // the part appended last ends with one
  std::u32string chars;
  std::vector<uint32_t> begins;  // of the characters, in bytes
  std::vector<Span> surplus;     // bytes of a part
};

// Appends the kept clauses to draft->text with their slots; a full stop goes between two parts.
// Emoticons of the author beyond the budget are left out.
void append_kept(const Part& part, EmoticonBudget* emoticons, Draft* draft);

}  // namespace xiaoer::reply
