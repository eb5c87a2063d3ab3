// Wording of replies, techniques and manners against how a shop talks to buyers.

#include <algorithm>
#include <iterator>

#include "rules/claims.hpp"
#include "rules/emoticons.hpp"
#include "rules/lint.hpp"
#include "rules/template.hpp"
#include "rules/tone.hpp"
#include "text/utf8.hpp"

namespace xiaoer::rules {
namespace {

using Words = std::u32string_view;

// Where 亲 is no address.
constexpr Words kKin[] = {U"亲自", U"亲手", U"亲友", U"亲戚", U"亲人", U"亲子", U"亲测", U"亲肤",
                          U"亲切", U"亲密", U"亲和", U"亲属", U"亲朋", U"亲近", U"亲情", U"亲生",
                          U"亲眼", U"亲口", U"亲身", U"亲水", U"亲启", U"亲爱", U"亲笔"};
constexpr Words kBeforeKin = U"父母相近探乡至双血宗";

bool among(char32_t c, Words set) { return set.find(c) != Words::npos; }

class WordingChecker {
 public:
  explicit WordingChecker(ParseContext& context) : context_(context), draft_(context.draft()) {}

  void run() {
    for (size_t i = 0; i < draft_.pack.replies.size(); ++i) {
      if (!draft_.is_newest(draft_.reply_notes[i].level)) continue;  // the vendor's words
      const ReplySource& reply = draft_.pack.replies[i];
      context_.rule_id = reply.id;
      for (const ExampleSource& variant : reply.variants) check(variant);
    }
    context_.rule_id.clear();
  }

 private:
  void report(const char* code, uint32_t column, std::vector<std::string> args) {
    context_.warning(code, inside(variant_->place, variant_->text, column), std::move(args));
  }

  void check(const ExampleSource& variant) {
    variant_ = &variant;
    PhraseError error;
    if (!parse_template(variant.text, &pieces_, &error)) return;
    const FlatTemplate flat(pieces_);
    const Words chars = flat.chars();
    check_emoticons();
    check_length(flat, chars);
    check_tone("impatient-wording", flat, chars, find_impatience);
    check_tone("tone", flat, chars, find_rhetorical);
    check_literal_address(flat, chars);
    check_address_variables();
  }

  void report_words(const char* code, const FlatTemplate& flat, size_t at, size_t size) {
    const Span span = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + size)};
    report(code, flat.column(span.begin), {std::string(flat.source(span))});
  }

  void check_emoticons() {
    size_t count = 0;
    for (const TemplatePiece& piece : pieces_) {
      if (!piece.is_variable) count += count_emoticons(text::decode_all(piece.text));
    }
    if (count > kMostEmoticons) {
      report("too-many-emoticons", 1, {std::to_string(count), std::to_string(kMostEmoticons)});
    }
  }

  // Between full stops and line breaks; a comma gives no rest.
  void check_length(const FlatTemplate& flat, Words chars) {
    for (Span found = find_long_sentence(chars, 0); !found.empty();
         found = find_long_sentence(chars, found.end)) {
      report("sentence-too-long", flat.column(found.begin),
             {std::to_string(found.size()), std::to_string(kLongestSentence)});
    }
  }

  void check_tone(const char* code, const FlatTemplate& flat, Words chars,
                  Span (*find)(Words, size_t)) {
    for (Span found = find(chars, 0); !found.empty(); found = find(chars, found.end)) {
      report_words(code, flat, found.begin, found.size());
    }
  }

  void check_literal_address(const FlatTemplate& flat, Words chars) {
    for (size_t at = chars.find(U'亲'); at != Words::npos; at = chars.find(U'亲', at + 1)) {
      if (is_variable_column(flat.column(static_cast<uint32_t>(at)))) continue;
      const Words rest = chars.substr(at);
      const bool kin = std::any_of(std::begin(kKin), std::end(kKin),
                                   [&](Words word) { return rest.starts_with(word); });
      if (kin || (at > 0 && among(chars[at - 1], kBeforeKin))) continue;
      return report_words("address-outside-convention", flat, at, 1);
    }
  }

  bool is_variable_column(uint32_t column) const {
    return std::any_of(pieces_.begin(), pieces_.end(), [&](const TemplatePiece& piece) {
      return piece.is_variable && piece.column == column;
    });
  }

  // {{昵称|亲}} stands at the start, a comma behind it.
  void check_address_variables() {
    for (size_t i = 0; i < pieces_.size(); ++i) {
      const TemplatePiece& piece = pieces_[i];
      if (!piece.is_variable || !piece.fallback || *piece.fallback != "亲") continue;
      const bool comma =
          i + 1 < pieces_.size() && !pieces_[i + 1].is_variable &&
          (pieces_[i + 1].text.starts_with(',') || pieces_[i + 1].text.starts_with("，"));
      const bool plain = variant_->text.starts_with("{{昵称|亲}}");
      if (i == 0 && comma && plain) continue;
      return report("address-outside-convention", piece.column, {"亲"});
    }
  }

  ParseContext& context_;
  const Draft& draft_;
  const ExampleSource* variant_ = nullptr;
  std::vector<TemplatePiece> pieces_;
};

}  // namespace

void lint_wording(ParseContext& context) { WordingChecker(context).run(); }

}  // namespace xiaoer::rules
