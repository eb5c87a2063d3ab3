#include "json/writer.hpp"

#include <charconv>
#include <cmath>

#include "text/utf8.hpp"

namespace xiaoer::json {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

// The letter of a two-character escape, or 0.
char short_escape(unsigned char c) {
  switch (c) {
    case '"':
    case '\\':
      return static_cast<char>(c);
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

void append_ascii(std::string& out, unsigned char c) {
  if (const char letter = short_escape(c); letter != 0) {
    out += '\\';
    out += letter;
  } else if (c < 0x20 || c == 0x7F) {
    out += "\\u00";
    out += kHexDigits[c >> 4];
    out += kHexDigits[c & 15];
  } else {
    out += static_cast<char>(c);
  }
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto c = static_cast<unsigned char>(text[0]);
    if (c < 0x80) {
      append_ascii(out, c);
      text.remove_prefix(1);
      continue;
    }
    const text::Decoded decoded = text::decode(text);
    // Legal in JSON, but they end a line in JavaScript and in some log viewers.
    if (decoded.code_point == 0x2028) {
      out += "\\u2028";
    } else if (decoded.code_point == 0x2029) {
      out += "\\u2029";
    } else {
      text::append(out, decoded.code_point);
    }
    text.remove_prefix(decoded.size);
  }
  out += '"';
}

}  // namespace

void Writer::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  const uint64_t bit = uint64_t{1} << (depth_ & 63);
  if (depth_ > 0 && (has_items_ & bit) != 0) *out_ += ',';
  has_items_ |= bit;
}

Writer& Writer::begin_object() {
  before_value();
  *out_ += '{';
  ++depth_;
  has_items_ &= ~(uint64_t{1} << (depth_ & 63));
  return *this;
}

Writer& Writer::end_object() {
  *out_ += '}';
  --depth_;
  return *this;
}

Writer& Writer::begin_array() {
  before_value();
  *out_ += '[';
  ++depth_;
  has_items_ &= ~(uint64_t{1} << (depth_ & 63));
  return *this;
}

Writer& Writer::end_array() {
  *out_ += ']';
  --depth_;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  before_value();
  append_string(*out_, name);
  *out_ += ':';
  after_key_ = true;
  return *this;
}

Writer& Writer::value(std::string_view text) {
  before_value();
  append_string(*out_, text);
  return *this;
}

Writer& Writer::value(bool flag) {
  before_value();
  *out_ += flag ? "true" : "false";
  return *this;
}

Writer& Writer::value(int64_t number) {
  before_value();
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof(digits), number).ptr;
  out_->append(digits, end);
  return *this;
}

Writer& Writer::value(double number) {
  if (!std::isfinite(number)) return null();
  before_value();
  char digits[32];
  const auto end =
      std::to_chars(digits, digits + sizeof(digits), number, std::chars_format::general, 6).ptr;
  out_->append(digits, end);
  return *this;
}

Writer& Writer::value(Decimal number) {
  before_value();
  number.append_to(*out_);
  return *this;
}

Writer& Writer::null() {
  before_value();
  *out_ += "null";
  return *this;
}

Writer& Writer::raw(std::string_view json) {
  before_value();
  *out_ += json;
  return *this;
}

Writer& Writer::value(const Value& document) {
  switch (document.type) {
    case Type::kNull:
      return null();
    case Type::kBool:
      return value(document.boolean);
    case Type::kNumber:
      return raw(document.text);
    case Type::kString:
      return value(std::string_view(document.text));
    case Type::kArray:
      begin_array();
      for (const Value& item : document.items) value(item);
      return end_array();
    case Type::kObject:
      begin_object();
      for (const Member& member : document.members) key(member.name).value(member.value);
      return end_object();
  }
  return *this;
}

}  // namespace xiaoer::json
