#pragma once
// The small JSON writer: appends to a caller's string, keeps commas and nesting right, always emits
// valid UTF-8 on one line. Allocates only when the string must grow.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/decimal.hpp"
#include "json/value.hpp"

namespace xiaoer::json {

class Writer {
 public:
  explicit Writer(std::string* out) : out_(out) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);
  // Ill-formed UTF-8 is replaced by U+FFFD; control characters, quotes and backslash are escaped.
  Writer& value(std::string_view text);
  Writer& value(const char* text) { return value(std::string_view(text)); }
  Writer& value(bool flag);
  Writer& value(int64_t number);
  Writer& value(uint32_t number) { return value(static_cast<int64_t>(number)); }
  Writer& value(int number) { return value(static_cast<int64_t>(number)); }
  Writer& value(
      double number);  // shortest round-trip of at most 6 significant digits; not finite: null
  Writer& value(Decimal number);
  Writer& value(const Value& document);  // numbers as they were written
  Writer& null();
  Writer& raw(std::string_view json);  // an already written value

 private:
  void before_value();
  std::string* out_;
  uint64_t has_items_ = 0;  // a bit a level
  uint32_t depth_ = 0;
  bool after_key_ = false;
};

}  // namespace xiaoer::json
