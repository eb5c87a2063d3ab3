#pragma once
// The Arrow C data interface (its structs are its ABI, copied from the specification) and what of
// it is used here: text columns in, one struct column out.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common.hpp"

extern "C" {

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};

}  // extern "C"

namespace pyxiaoer {

// Messages to classify, borrowed; nothing for a null. `owners` keep the bytes alive.
struct Messages {
  std::vector<std::optional<std::string_view>> list;
  std::vector<py::object> owners;
  std::vector<std::shared_ptr<ArrowArray>> chunks;  // of a stream
};

bool is_arrow(const py::object& object);
// Reads an object with __arrow_c_array__ or __arrow_c_stream__ of utf8, large_utf8 or utf8_view.
// Other types are a TypeError.
void read_arrow(const py::object& object, Messages* out);

// The answers as columns.
struct Columns {
  std::vector<int32_t> intent_offsets{0}, decision_offsets{0};
  std::string intents, decisions;
  std::vector<double> scores;
  std::vector<uint8_t> row_valid, intent_valid;  // bitmaps
  int64_t null_rows = 0, null_intents = 0;

  size_t size() const { return scores.size(); }
  bool is_valid(size_t row) const { return bit(row_valid, row); }
  bool has_intent(size_t row) const { return bit(intent_valid, row); }
  std::string_view intent(size_t row) const { return slice(intents, intent_offsets, row); }
  std::string_view decision(size_t row) const { return slice(decisions, decision_offsets, row); }
  void add_null();
  void add(std::optional<std::string_view> intent, double score, std::string_view decision);

 private:
  static bool bit(const std::vector<uint8_t>& bits, size_t at) {
    return (bits[at / 8] >> (at % 8) & 1) != 0;
  }
  static std::string_view slice(const std::string& bytes, const std::vector<int32_t>& offsets,
                                size_t row) {
    return std::string_view(bytes).substr(
        static_cast<size_t>(offsets[row]),
        static_cast<size_t>(offsets[row + 1]) - static_cast<size_t>(offsets[row]));
  }
  void append(std::optional<std::string_view> intent, double score, std::string_view decision,
              bool valid);
};

// Capsules for the PyCapsule interface. Both share `columns`; nothing is copied.
py::capsule export_schema();
py::capsule export_array(const std::shared_ptr<const Columns>& columns);

}  // namespace pyxiaoer
