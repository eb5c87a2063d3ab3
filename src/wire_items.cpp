#include "wire_items.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace xiaoer::wire {

void ItemWriter::field_or_null(std::string_view key, TextRef text) {
  writer_.key(key);
  if (text.size == 0) {
    writer_.null();
  } else {
    writer_.value(result_.text(text));
  }
}

void ItemWriter::texts(std::string_view key, ItemRange range) {
  writer_.key(key).begin_array();
  for (uint32_t i = range.first; i < range.first + range.count; ++i) {
    writer_.value(result_.text(result_.texts[i]));
  }
  writer_.end_array();
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
