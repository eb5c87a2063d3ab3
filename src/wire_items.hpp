#pragma once
// What the writers of a result's JSON form share: fields, reasons, and spans in characters.

#include <cstdint>
#include <string>
#include <string_view>

#include "char_offsets.hpp"
#include "json/writer.hpp"
#include "result/result.hpp"

namespace xiaoer::wire {

// Borrows all that it is given.
class ItemWriter {
 public:
  ItemWriter(std::string_view message, const Result& result, std::string* out)
      : message_(message), result_(result), offsets_(message), writer_(out) {}

  const Result& result() const { return result_; }
  json::Writer& json() { return writer_; }
  std::string_view words(Span bytes) const {
    return message_.substr(std::min<size_t>(bytes.begin, message_.size()), bytes.size());
  }

  void field(std::string_view key, std::string_view text) { writer_.key(key).value(text); }
  void field(std::string_view key, TextRef text) { field(key, result_.text(text)); }
  void field(std::string_view key, bool value) { writer_.key(key).value(value); }
  void field(std::string_view key, float value) {
    writer_.key(key).value(static_cast<double>(value));
  }
  void field_or_null(std::string_view key, TextRef text);
  // A list out of Result::texts.
  void texts(std::string_view key, ItemRange range);
  void score(float value) { field("score", value); }
  void span(std::string_view key, Span bytes);
  void why(ItemRange range) { reasons("why", range); }
  void reasons(std::string_view key, ItemRange range);
  void write_entities(std::string_view key);

 protected:
  std::string_view message_;
  const Result& result_;
  CharOffsets offsets_;
  json::Writer writer_;
};

}  // namespace xiaoer::wire
