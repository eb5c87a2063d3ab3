#pragma once
// Internal: what the checks of review.cpp share. A new check is a function and a line in kChecks of
// review.cpp.

#include <string>
#include <string_view>
#include <vector>

#include "reply/claims.hpp"
#include "reply/records.hpp"
#include "reply/review.hpp"
#include "reply/sources.hpp"
#include "result/verdict.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::reply {

// A change of the text, in its bytes.
struct Edit {
  Span span;
  uint32_t begin = 0, size = 0;  // of Impl::replacements
};

struct ReviewScratch::Impl {
  text::Text chars;              // the text, normalised
  text::Text part;               // a fact's words
  std::u32string written_name;   // the item's, normalised
  std::u32string written;        // the text as written, character by character
  std::vector<uint32_t> begins;  // of those, in bytes
  std::vector<Figure> figures;
  std::vector<int64_t> counts;
  Sources sources;
  std::string sample;                   // the text for claims
  std::vector<uint32_t> sample_places;  // bytes of the text, one a byte of `sample`
  std::vector<ClaimHit> claims;
  std::vector<Span> vouched;  // characters that repeat a fact as it stands
  std::u32string digits;      // of a number, however it is written
  std::vector<Edit> edits;
  std::string replacements;
  std::string note;
  std::string now_text, next_text;  // of the rounds of rewriting
};

struct ReviewWork {
  const Views& views;
  const Situation& situation;
  ReviewScratch::Impl& impl;
  Verdict& verdict;
  bool records = true;  // false: a later round, whose places are not those of the original

  const Facts& facts() const { return *situation.facts; }
  std::string_view text() const { return impl.now_text; }
  const text::Text& chars() const { return impl.chars; }
  std::string_view source(Span bytes) const { return text().substr(bytes.begin, bytes.size()); }
  bool vouched(Span characters) const;

  // What a check found; spans are bytes of text(). `rule`, `advice` and `role` are static or the
  // pack's.
  void refuse(std::string_view rule, Span span, std::string_view detail,
              std::string_view advice = {}) const;
  void note(std::string_view rule, Span span, std::string_view detail) const;
  void rewrite(std::string_view rule, Span span, std::string_view detail, std::string_view instead,
               std::string_view advice = {}) const;
  void ground(std::string_view role, Span span, std::string_view source) const;
};

void review_slots(const ReviewWork& work);     // variables that nobody filled
void review_repeated(const ReviewWork& work);  // words of facts: they vouch for what is in them
void review_personal(const ReviewWork& work);  // receiver's data, numbers of persons
void review_figures(const ReviewWork& work);   // amounts, times, counts
void review_claims(const ReviewWork& work);    // what is claimed without a number
void review_words(const ReviewWork& work);     // the pack's compliance words
void review_tone(const ReviewWork& work);      // exclamation marks, impatience, emoticons

}  // namespace xiaoer::reply
