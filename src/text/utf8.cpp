#include "text/utf8.hpp"

namespace xiaoer::text {
namespace {

bool is_continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// What a lead byte announces. `low` and `high` bound the second byte: they are what shuts out
// overlong forms, surrogates and values over U+10FFFF (Unicode 15, table 3-7).
struct Lead {
  uint8_t size;  // 0: no lead byte
  unsigned char low;
  unsigned char high;
  unsigned char payload;
};

Lead lead_of(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF, static_cast<unsigned char>(byte & 0x1F)};
  const auto payload = static_cast<unsigned char>(byte & 0x0F);
  if (byte == 0xE0) return {3, 0xA0, 0xBF, payload};
  if (byte == 0xED) return {3, 0x80, 0x9F, payload};
  if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF, payload};
  if (byte == 0xF0) return {4, 0x90, 0xBF, payload};
  if (byte == 0xF4) return {4, 0x80, 0x8F, payload};
  if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF, payload};
  return {0, 0, 0, 0};
}

// Whether an ideograph, or another character of three bytes whose lead byte bounds nothing further,
// stands at `at`: nearly all that is not ASCII in our texts, told without decoding.
bool is_plain_triple(std::string_view bytes, size_t at) {
  if (bytes.size() - at < 3) return false;
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
  const unsigned char lead = byte(0);
  return lead >= 0xE1 && lead <= 0xEF && lead != 0xED && is_continuation(byte(1)) &&
         is_continuation(byte(2));
}

}  // namespace

Decoded decode(std::string_view bytes) {
  const auto first = static_cast<unsigned char>(bytes[0]);
  if (first < 0x80) return {first, 1, true};
  const Lead lead = lead_of(first);
  if (lead.size == 0) return {};
  char32_t value = lead.payload;
  for (uint8_t i = 1; i < lead.size; ++i) {
    const unsigned char byte = i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
    const bool fits = i == 1 ? byte >= lead.low && byte <= lead.high : is_continuation(byte);
    if (!fits) return {kReplacement, i, false};
    value = (value << 6) | (byte & 0x3F);
  }
  return {value, lead.size, true};
}

size_t valid_prefix(std::string_view bytes) {
  size_t at = 0;
  while (at < bytes.size()) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    if (is_plain_triple(bytes, at)) {
      at += 3;
      continue;
    }
    const Decoded decoded = decode(bytes.substr(at));
    if (!decoded.ok) break;
    at += decoded.size;
  }
  return at;
}

bool is_valid(std::string_view bytes) { return valid_prefix(bytes) == bytes.size(); }

std::string replace_invalid(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const size_t good = valid_prefix(bytes);
    out.append(bytes.substr(0, good));
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    append(out, kReplacement);
    bytes.remove_prefix(decode(bytes).size);
  }
  return out;
}

void append(std::string& out, char32_t code_point) {
  char bytes[4];
  out.append(bytes, encode_to(bytes, code_point));
}

std::string encode(std::u32string_view chars) {
  std::string out;
  out.reserve(chars.size() * 3);
  for (const char32_t c : chars) append(out, c);
  return out;
}

std::u32string decode_all(std::string_view bytes) {
  std::u32string chars;
  chars.reserve(bytes.size());  // a few too many are cheaper than to grow
  while (!bytes.empty()) {
    const Decoded one = decode(bytes);
    chars += one.code_point;
    bytes.remove_prefix(one.size);
  }
  return chars;
}

size_t count(std::string_view bytes) {
  size_t chars = 0;
  while (!bytes.empty()) {
    bytes.remove_prefix(decode(bytes).size);
    ++chars;
  }
  return chars;
}

}  // namespace xiaoer::text
