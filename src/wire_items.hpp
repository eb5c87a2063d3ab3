#pragma once
// What the writers of a result's JSON form share: fields, reasons, and spans in characters.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "json/writer.hpp"
#include "result.hpp"

namespace xiaoer::wire {

// Byte offsets to character offsets. One pass counts the characters up to the marks, so that each
// lookup decodes a short stretch only: linear however many spans there are, and without allocation.
class CharOffsets {
 public:
  explicit CharOffsets(std::string_view bytes);
  uint32_t chars(size_t offset) const;

 private:
  static constexpr size_t kMarks = 256;
  struct Mark {
    uint32_t offset = 0;
    uint32_t count = 0;
  };
  uint32_t size_at(size_t offset) const;

  std::string_view bytes_;
  size_t stride_;
  size_t used_ = 0;
  std::array<Mark, kMarks + 1> marks_;
};

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
