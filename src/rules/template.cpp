#include "rules/template.hpp"

#include <utility>

#include "text/utf8.hpp"

namespace xiaoer::rules {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";
constexpr size_t kMaxName = 96;  // bytes

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

class TemplateParser {
 public:
  TemplateParser(std::string_view text, std::vector<TemplatePiece>* pieces, PhraseError* error)
      : text_(text), pieces_(pieces), error_(error) {}

  bool parse() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      bool ok = true;
      if (text_.substr(at_, 2) == "{{") {
        ok = parse_variable();
      } else if (c == '\\') {
        ok = parse_escape(&literal());
      } else if (c == '{' || c == '}') {
        ok = fail("template-stray-brace", at_, {std::string(1, c)});
      } else {
        literal() += c;
        ++at_;
      }
      if (!ok) return false;
    }
    return true;
  }

 private:
  // Columns are asked for in nearly rising order, so only what is new gets counted.
  uint32_t column_of(size_t offset) {
    if (offset < counted_) counted_ = column_ = 0;
    column_ += static_cast<uint32_t>(text::count(text_.substr(counted_, offset - counted_)));
    counted_ = offset;
    return column_ + 1;
  }

  bool fail(const char* code, size_t offset, std::vector<std::string> args) {
    *error_ = {code, column_of(offset), std::move(args)};
    return false;
  }

  // The literal piece that the text at at_ belongs to.
  std::string& literal() {
    if (pieces_->empty() || pieces_->back().is_variable) {
      pieces_->push_back({false, {}, std::nullopt, column_of(at_)});
    }
    return pieces_->back().text;
  }

  bool parse_escape(std::string* out) {
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (c != '{' && c != '}' && c != '|' && c != '\\') {
      return fail("template-bad-escape", at_, {});
    }
    *out += c;
    at_ += 2;
    return true;
  }

  bool parse_variable() {
    const size_t begin = at_;
    at_ += 2;
    std::string name;
    std::optional<std::string> fallback;
    while (text_.substr(at_, 2) != "}}") {
      if (at_ >= text_.size() || text_.substr(at_, 2) == "{{") {
        return fail("template-unclosed", begin, {});
      }
      std::string& target = fallback ? *fallback : name;
      const char c = text_[at_];
      if (c == '\\') {
        if (!parse_escape(&target)) return false;
      } else if (c == '|' && !fallback) {
        fallback.emplace();
        ++at_;
      } else if (c == '{' || c == '}') {
        return fail("template-stray-brace", at_, {std::string(1, c)});
      } else {
        target += c;
        ++at_;
      }
    }
    at_ += 2;
    const std::string_view bare = trimmed(name);
    if (bare.empty() || bare.size() > kMaxName ||
        bare.find_first_of("\t\r\n|{}\\") != std::string_view::npos) {
      name.resize(text::valid_prefix(std::string_view(name).substr(0, kMaxName)));
      return fail("template-bad-variable", begin, {name});
    }
    pieces_->push_back({true, std::string(bare), std::move(fallback), column_of(begin)});
    return true;
  }

  std::string_view text_;
  std::vector<TemplatePiece>* pieces_;
  PhraseError* error_;
  size_t at_ = 0;
  size_t counted_ = 0;  // bytes whose characters column_ counts
  uint32_t column_ = 0;
};

}  // namespace

bool parse_template(std::string_view text, std::vector<TemplatePiece>* pieces, PhraseError* error) {
  pieces->clear();
  if (TemplateParser(text, pieces, error).parse()) return true;
  pieces->clear();
  return false;
}

}  // namespace xiaoer::rules
