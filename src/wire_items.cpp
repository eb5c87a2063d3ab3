#include "wire_items.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace xiaoer::wire {

CharOffsets::CharOffsets(std::string_view bytes)
    : bytes_(bytes), stride_(std::max<size_t>(64, (bytes.size() + kMarks - 1) / kMarks)) {
  Mark at;
  size_t next = 0;
  while (at.offset < bytes_.size()) {
    if (at.offset >= next * stride_) marks_[next++] = at;
    at = {at.offset + size_at(at.offset), at.count + 1};
  }
  used_ = next;
}

uint32_t CharOffsets::chars(size_t offset) const {
  if (used_ == 0) return 0;
  size_t index = std::min(offset / stride_, used_ - 1);
  if (marks_[index].offset > offset) --index;  // a character straddles the mark's nominal place
  Mark at = marks_[index];
  while (at.offset < std::min(offset, bytes_.size())) {
    at = {at.offset + size_at(at.offset), at.count + 1};
  }
  return at.count;
}

uint32_t CharOffsets::size_at(size_t offset) const {
  return text::decode(bytes_.substr(offset)).size;
}

void ItemWriter::field_or_null(std::string_view key, TextRef text) {
  writer_.key(key);
  if (text.size == 0) {
    writer_.null();
  } else {
    writer_.value(result_.text(text));
  }
}

void ItemWriter::span(std::string_view key, Span bytes) {
  writer_.key(key).begin_array();
  writer_.value(offsets_.chars(bytes.begin)).value(offsets_.chars(bytes.end));
  writer_.end_array();
}

void ItemWriter::reasons(std::string_view key, ItemRange range) {
  writer_.key(key).begin_array();
  for (uint32_t i = range.first; i < range.first + range.count; ++i) {
    const Reason& reason = result_.reasons[i];
    writer_.begin_object();
    field("kind", reason.kind);
    field("rule", reason.rule);
    span("span", reason.span);
    field("points", reason.points);
    writer_.end_object();
  }
  writer_.end_array();
}

void ItemWriter::write_entities(std::string_view key) {
  writer_.key(key).begin_array();
  for (const EntityItem& entity : result_.entities) {
    writer_.begin_object();
    field("kind", entity.kind);
    field("value", entity.value);
    field("text", entity.text);
    writer_.key("start").value(offsets_.chars(entity.span.begin));
    writer_.key("end").value(offsets_.chars(entity.span.end));
    writer_.end_object();
  }
  writer_.end_array();
}

}  // namespace xiaoer::wire
