#include "reply/value.hpp"

#include "base/ascii.hpp"
#include "text/utf8.hpp"

namespace xiaoer::reply {
namespace {

using rules::FactType;

bool breaks_or_controls(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

// Zero-width characters, directional marks and overrides, the byte order mark.
bool invisible(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0x061C || c == 0xFEFF;
}

// The first `count` characters of well-formed text.
std::string_view first_chars(std::string_view text, size_t count) {
  size_t at = 0;
  while (count-- > 0 && at < text.size()) at += text::decode(text.substr(at)).size;
  return text.substr(0, at);
}

bool append_masked_phone(std::string_view text, std::string* out) {
  size_t digits = 0;
  for (const char c : text) digits += ascii::is_digit(c);
  const size_t head = digits >= 11 ? 3 : 0;
  const size_t tail = digits >= 11 ? 4 : (digits >= 7 ? 2 : 0);
  size_t seen = 0;
  std::string_view stars = "****";
  for (const char c : text) {
    if (c < '0' || c > '9') continue;
    ++seen;
    if (seen <= head || seen > digits - tail) {
      out->push_back(c);
    } else {
      out->append(stars);
      stars = {};
    }
  }
  out->append(stars);  // no digit at all
  return true;
}

// Up to the district or county; where the text names none, its first characters.
std::string_view address_head(std::string_view text) {
  constexpr size_t kMost = 12;  // characters
  constexpr size_t kElse = 4;
  size_t at = 0;
  for (size_t count = 0; count < kMost && at < text.size(); ++count) {
    const std::string_view rest = text.substr(at);
    at += text::decode(rest).size;
    if (count > 0 && (rest.starts_with("区") || rest.starts_with("县"))) return text.substr(0, at);
  }
  return first_chars(text, kElse);
}

}  // namespace

bool append_clean(std::string_view text, std::string* out) {
  uint32_t count = 0;
  while (!text.empty()) {
    const text::Decoded decoded = text::decode(text);
    const std::string_view bytes = text.substr(0, decoded.size);
    text.remove_prefix(decoded.size);
    if (invisible(decoded.code_point)) continue;
    if (++count > kMaxValueChars) return false;
    if (!decoded.ok) {
      text::append(*out, text::kReplacement);
    } else if (breaks_or_controls(decoded.code_point)) {
      out->push_back(' ');
    } else {
      out->append(bytes);
    }
  }
  return true;
}

bool append_value(const FactValue& value, FactType type, const std::optional<Instant>& now,
                  std::string* out) {
  switch (type) {
    case FactType::kAmount:
    case FactType::kInteger:
      value.number.append_to(*out);
      return true;
    case FactType::kBool:
      out->append(value.flag ? "是" : "否");
      return true;
    case FactType::kTime:
      append_time(value.time, value.offset_minutes, now, out);
      return true;
    case FactType::kText:
    case FactType::kClock:
    case FactType::kHours:
    case FactType::kTextList:
      break;
  }
  return append_clean(value.text, out);
}

Mask mask_of(rules::FactId personal) {
  const KnownFacts& known = known_facts();
  if (personal == known.phone) return Mask::kPhone;
  return personal == known.address ? Mask::kAddress : Mask::kName;
}

bool append_masked(std::string_view text, Mask mask, std::string* out) {
  if (mask == Mask::kPhone) return append_masked_phone(text, out);
  const std::string_view head = mask == Mask::kName ? first_chars(text, 1) : address_head(text);
  if (!append_clean(head, out)) return false;
  out->append(mask == Mask::kName ? "*" : "***");
  return true;
}

}  // namespace xiaoer::reply
