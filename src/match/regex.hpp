#pragma once
// Authors' own regexes. RE2 is used in this file pair only.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"

namespace re2 {
class RE2;
}

namespace xiaoer::match {

// The input of regexes: the normalised message as UTF-8, at most kMaxRegexInput bytes, ending at a
// character boundary. `core` is the input without leading and trailing punctuation, symbols and
// spaces.
struct RegexInput {
  std::string text;
  Span core;               // bytes of `text`
  bool truncated = false;  // the message is longer: its end cannot be matched
};

// One compiled regex; matching is const and thread-safe.
class Regex {
 public:
  Regex();
  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;
  ~Regex();

  enum class Problem : uint8_t { kFine, kSyntax, kTooLarge };
  // `kind`: rules::MatchKind. On a problem `*message` is RE2's sentence and `*part` the part at
  // fault.
  Problem compile(const std::string& text, uint32_t kind, std::string* message, std::string* part);

  // Makes what RE2 would make at the first match: the program read backwards, which tells where a
  // match begins.
  void prepare() const;

  // The leftmost match in bytes of input.text. With a kind other than contains it must begin or end
  // where the input does, or where its core does, which is tried first.
  bool find(const RegexInput& input, Span* bytes) const;

  // How common a text is, by any measure.
  using Commonness = std::function<double(std::string_view text)>;

  // Groups of texts, at most four: of each group one text occurs in every match, and a group has as
  // few and as rare ones as will do. None: nothing is known.
  using Texts = std::vector<std::string>;
  static std::vector<Texts> necessary_texts(const std::string& text, const Commonness& commonness);

 private:
  bool find_in(const RegexInput& input, Span range, Span* bytes) const;

  std::unique_ptr<re2::RE2> program_;
  uint32_t kind_ = 0;
};

}  // namespace xiaoer::match
