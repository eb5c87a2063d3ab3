#include "rules/phrase.hpp"

#include <utility>

#include "base/ascii.hpp"
#include "text/normaliser.hpp"
#include "text/utf8.hpp"

namespace xiaoer::rules {
namespace {

using Kind = PhraseNode::Kind;

constexpr size_t kMaxPhraseChars = 1000;
constexpr size_t kMaxNameChars = 32;
constexpr char32_t kEllipsis = U'…';

// Input methods for Chinese write the signs of the language in full width; both forms mean the
// same. They are told apart before normalising, which would turn … into three dots.
char32_t sign_of(char32_t c) {
  constexpr std::u32string_view kSigns = U"|+()[]<>{}\\";
  const char32_t narrow = c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
  if (narrow >= 0x80 && c != kEllipsis) return 0;  // most characters
  if (c == kEllipsis || kSigns.find(narrow) != std::u32string_view::npos) return narrow;
  return 0;
}

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x3000 || c == 0xA0;
}

std::string utf8(char32_t c) {
  std::string out;
  text::append(out, c);
  return out;
}

// A part that may match nothing, or anything at all, cannot tell messages apart.
bool says_nothing(const PhraseNode& node) {
  switch (node.kind) {
    case Kind::kLiteral:
    case Kind::kConcept:
    case Kind::kSlot:
      return false;
    case Kind::kGap:
      return true;
    case Kind::kAlternatives:
      if (node.optional) return true;
      for (const PhraseNode& child : node.children) {
        if (says_nothing(child)) return true;
      }
      return false;
    case Kind::kSequence:
      break;
  }
  for (const PhraseNode& child : node.children) {
    if (!says_nothing(child)) return false;
  }
  return true;
}

class PhraseParser {
 public:
  PhraseParser(std::u32string chars, PhraseError* error)
      : chars_(std::move(chars)), error_(error) {}

  bool parse(Phrase* out) {
    if (chars_.size() > kMaxPhraseChars) {
      return fail("phrase-too-long", 0, {std::to_string(kMaxPhraseChars)});
    }
    do {
      const size_t begin = at_;
      if (!parse_alternative(&out->alternatives.emplace_back())) return false;
      bool empty = true;
      for (const PhraseNode& part : out->alternatives.back().parts) {
        empty = empty && says_nothing(part);
      }
      if (empty) return fail("phrase-matches-everything", begin, {});
    } while (accept('|'));
    return at_ == chars_.size() || unexpected();
  }

 private:
  bool fail(const char* code, size_t at, std::vector<std::string> args) {
    *error_ = {code, static_cast<uint32_t>(at + 1), std::move(args)};
    return false;
  }
  bool unexpected() { return fail("phrase-unexpected", at_, {utf8(chars_[at_])}); }

  // The sign at at_, 0 for other characters and at the end.
  char32_t sign() const { return at_ < chars_.size() ? sign_of(chars_[at_]) : 0; }
  bool accept(char32_t wanted) {
    if (sign() != wanted) return false;
    ++at_;
    return true;
  }
  void skip_spaces() {
    while (at_ < chars_.size() && is_space(chars_[at_])) ++at_;
  }

  // Three dots or more in a row are a gap as well.
  size_t dots() const {
    size_t count = 0;
    while (at_ + count < chars_.size() && chars_[at_ + count] == '.') ++count;
    return count >= 3 ? count : 0;
  }

  bool parse_alternative(PhraseAlternative* out) {
    do {
      PhraseNode& part = out->parts.emplace_back();
      if (!parse_sequence(&part)) return false;
    } while (accept('+'));
    return true;
  }

  bool parse_sequence(PhraseNode* out) {
    out->kind = Kind::kSequence;
    const size_t begin = at_;
    skip_spaces();
    out->column = static_cast<uint32_t>(at_ + 1);
    while (at_ < chars_.size()) {
      const char32_t c = sign();
      if (c == '|' || c == '+' || c == ')' || c == ']') break;
      if (!parse_item(c, out)) return false;
    }
    if (out->children.empty()) return fail("phrase-empty", begin, {});
    return true;
  }

  bool parse_item(char32_t c, PhraseNode* sequence) {
    PhraseNode node;
    node.column = static_cast<uint32_t>(at_ + 1);
    bool ok = true;
    if (c == '(' || c == '[') {
      ok = parse_group(c == '[', &node);
    } else if (c == '<') {
      ok = parse_concept(&node);
    } else if (c == '{') {
      ok = parse_slot(&node);
    } else if (c == kEllipsis || dots() > 0) {
      ok = parse_gap(&node);
    } else if (c == '>' || c == '}') {
      ok = unexpected();
    } else {
      ok = parse_literal(&node);
      if (ok && node.literal.empty()) return true;  // white space and invisible characters only
    }
    if (ok) append(std::move(node), sequence);
    return ok;
  }

  // Joins neighbouring literals, so that (红)色 is the same phrase as 红色.
  static void append(PhraseNode node, PhraseNode* sequence) {
    std::vector<PhraseNode>& items = sequence->children;
    if (node.kind == Kind::kLiteral && !items.empty() && items.back().kind == Kind::kLiteral) {
      items.back().literal += node.literal;
    } else if (node.kind == Kind::kSequence) {
      for (PhraseNode& child : node.children) append(std::move(child), sequence);
    } else {
      items.push_back(std::move(node));
    }
  }

  bool parse_literal(PhraseNode* node) {
    node->kind = Kind::kLiteral;
    std::u32string run;
    while (at_ < chars_.size()) {
      const char32_t c = sign();
      if (c == '\\') {
        if (at_ + 1 == chars_.size()) return fail("phrase-bad-escape", at_, {});
        run += chars_[at_ + 1];
        at_ += 2;
      } else if (c != 0 || dots() > 0) {
        break;
      } else {
        run += is_space(chars_[at_]) ? U' ' : chars_[at_];
        ++at_;
      }
    }
    text::normalise(text::encode(run), normalised_);
    node->literal.assign(normalised_.chars.begin(), normalised_.chars.end());
    normalised_.original = {};  // it is gone
    return true;
  }

  bool parse_group(bool optional, PhraseNode* node) {
    const size_t begin = at_++;
    if (++depth_ > kMaxNesting) {
      return fail("phrase-too-deep", begin, {std::to_string(kMaxNesting)});
    }
    node->kind = Kind::kAlternatives;
    node->optional = optional;
    do {
      PhraseNode& child = node->children.emplace_back();
      if (!parse_sequence(&child)) return group_failure(begin);
      if (child.children.size() == 1) {
        PhraseNode only = std::move(child.children[0]);
        child = std::move(only);
      }
    } while (accept('|'));
    if (!accept(optional ? ']' : ')')) {
      if (at_ == chars_.size()) return fail("phrase-unclosed", begin, {utf8(chars_[begin])});
      return unexpected();
    }
    --depth_;
    if (!optional && node->children.size() == 1) {
      PhraseNode only = std::move(node->children[0]);
      *node = std::move(only);
    }
    return true;
  }

  // "(" at the end is better called unclosed than empty.
  bool group_failure(size_t begin) {
    if (error_->code != "phrase-empty" || at_ < chars_.size()) return false;
    return fail("phrase-unclosed", begin, {utf8(chars_[begin])});
  }

  // Reads up to `close` into *name. Names hold no signs and no white space.
  bool parse_name(size_t begin, char32_t close, bool stop_at_colon, std::string* name) {
    skip_spaces();
    const size_t name_begin = at_;
    while (at_ < chars_.size() && sign() == 0 && !is_space(chars_[at_]) &&
           !(stop_at_colon && is_colon(chars_[at_]))) {
      text::append(*name, chars_[at_++]);
    }
    const size_t size = at_ - name_begin;
    skip_spaces();
    if (at_ == chars_.size()) return fail("phrase-unclosed", begin, {utf8(chars_[begin])});
    const bool ends = sign() == close || (stop_at_colon && is_colon(chars_[at_]));
    if (!ends || size == 0 || size > kMaxNameChars) {
      return fail("phrase-bad-name", name_begin, {utf8(chars_[begin])});
    }
    return true;
  }
  static bool is_colon(char32_t c) { return c == ':' || c == U'：'; }

  bool parse_concept(PhraseNode* node) {
    node->kind = Kind::kConcept;
    const size_t begin = at_++;
    return parse_name(begin, '>', false, &node->name) && accept('>');
  }

  bool parse_slot(PhraseNode* node) {
    node->kind = Kind::kSlot;
    const size_t begin = at_++;
    if (!parse_name(begin, '}', true, &node->name)) return false;
    if (accept('}')) return true;
    ++at_;  // the colon
    return parse_name(begin, '}', false, &node->role) && accept('}');
  }

  bool parse_gap(PhraseNode* node) {
    node->kind = Kind::kGap;
    node->gap_min = 0;
    node->gap_max = kDefaultGap;
    // …… is how a Chinese ellipsis is typed.
    while (sign() == kEllipsis || dots() > 0) at_ += sign() == kEllipsis ? 1 : dots();
    const bool bounds = sign() == '{' && at_ + 1 < chars_.size() &&
                        (ascii::is_digit(chars_[at_ + 1]) || is_comma(chars_[at_ + 1]));
    return !bounds || parse_bounds(node);
  }
  static bool is_comma(char32_t c) { return c == ',' || c == U'，'; }

  // {4}, {2,4}, {,4}
  bool parse_bounds(PhraseNode* node) {
    const size_t begin = at_++;
    const bool has_min = read_number(&node->gap_min);
    bool has_max = false;
    if (at_ < chars_.size() && is_comma(chars_[at_])) {
      ++at_;
      has_max = read_number(&node->gap_max);
    } else {
      node->gap_max = node->gap_min;
      has_max = has_min;
    }
    if (!accept('}') || !has_max || node->gap_min > node->gap_max || node->gap_max > kMaxGap) {
      return fail("phrase-bad-gap", begin, {std::to_string(kMaxGap)});
    }
    return true;
  }

  bool read_number(uint32_t* out) {
    uint32_t number = 0;
    const size_t begin = at_;
    while (at_ < chars_.size() && ascii::is_digit(chars_[at_]) && number <= kMaxGap) {
      number = number * 10 + static_cast<uint32_t>(chars_[at_++] - '0');
    }
    if (at_ == begin) return false;
    *out = number;
    return true;
  }

  std::u32string chars_;
  PhraseError* error_;
  text::Text normalised_;  // a literal; here, so that a phrase of many needs memory once
  size_t at_ = 0;
  uint32_t depth_ = 0;
};

}  // namespace

PhraseTree parse_phrase(std::string_view text, PhraseError* error) {
  if (text.size() > 4 * kMaxPhraseChars) {  // not worth decoding
    *error = {"phrase-too-long", 1, {std::to_string(kMaxPhraseChars)}};
    return nullptr;
  }
  auto tree = std::make_shared<Phrase>();
  return PhraseParser(text::decode_all(text), error).parse(tree.get()) ? tree : nullptr;
}

}  // namespace xiaoer::rules
