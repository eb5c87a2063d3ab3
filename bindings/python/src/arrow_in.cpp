// Text columns in.

#include <cstring>

#include "arrow.hpp"

namespace pyxiaoer {
namespace {

enum class Layout { kUtf8, kLargeUtf8, kView };

Layout layout_of(const ArrowSchema& schema) {
  const std::string format = schema.format;
  if (schema.dictionary == nullptr) {
    if (format == "u") return Layout::kUtf8;
    if (format == "U") return Layout::kLargeUtf8;
    if (format == "vu") return Layout::kView;
  }
  throw py::type_error(
      "messages must be an Arrow column of text (utf8, large_utf8 or utf8_view), not '" + format +
      "'" + (schema.dictionary != nullptr ? " with a dictionary" : ""));
}

template <class Offset>
std::string_view offset_text(const ArrowArray& array, int64_t row) {
  const auto* offsets = static_cast<const Offset*>(array.buffers[1]);
  const auto* bytes = static_cast<const char*>(array.buffers[2]);
  const Offset begin = offsets[row], end = offsets[row + 1];
  if (begin < 0 || end < begin) throw py::value_error("messages: damaged Arrow offsets");
  if (begin == end) return {};
  return {bytes + begin, static_cast<size_t>(end - begin)};
}

// A view is 16 bytes: its length, then the text itself (up to 12 bytes), or 4 bytes of it, the
// buffer's number and the offset in it.
std::string_view view_text(const ArrowArray& array, int64_t row) {
  const char* const view = static_cast<const char*>(array.buffers[1]) + row * 16;
  int32_t fields[4];
  std::memcpy(fields, view, sizeof(fields));
  if (fields[0] < 0) throw py::value_error("messages: damaged Arrow view");
  const auto size = static_cast<size_t>(fields[0]);
  if (size <= 12) return {view + 4, size};
  // The last buffer holds the sizes of the variadic ones.
  if (fields[2] < 0 || fields[2] >= array.n_buffers - 3 || fields[3] < 0) {
    throw py::value_error("messages: damaged Arrow view");
  }
  return {static_cast<const char*>(array.buffers[2 + fields[2]]) + fields[3], size};
}

void read_chunk(const ArrowArray& array, Layout layout, Messages* out) {
  const auto* valid = static_cast<const uint8_t*>(array.n_buffers > 0 ? array.buffers[0] : nullptr);
  for (int64_t i = 0; i < array.length; ++i) {
    const int64_t row = array.offset + i;
    if (valid != nullptr && (valid[row / 8] >> (row % 8) & 1) == 0) {
      out->list.emplace_back(std::nullopt);
    } else if (layout == Layout::kUtf8) {
      out->list.emplace_back(offset_text<int32_t>(array, row));
    } else if (layout == Layout::kLargeUtf8) {
      out->list.emplace_back(offset_text<int64_t>(array, row));
    } else {
      out->list.emplace_back(view_text(array, row));
    }
  }
}

template <class T>
T* pointer_of(const py::object& capsule, const char* name) {
  auto* const pointer = static_cast<T*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (pointer == nullptr) throw py::error_already_set();
  if (pointer->release == nullptr) throw py::value_error("messages: a released Arrow object");
  return pointer;
}

void read_stream(const py::object& object, Messages* out) {
  const py::object capsule = object.attr("__arrow_c_stream__")();
  auto* const stream = pointer_of<ArrowArrayStream>(capsule, "arrow_array_stream");
  const auto check = [&](int code) {
    if (code == 0) return;
    const char* const why = stream->get_last_error(stream);
    throw py::value_error(std::string("messages: the Arrow stream failed: ") +
                          (why == nullptr ? "unknown" : why));
  };
  ArrowSchema schema = {};
  check(stream->get_schema(stream, &schema));
  const std::unique_ptr<ArrowSchema, void (*)(ArrowSchema*)> owned(&schema, [](ArrowSchema* one) {
    if (one->release != nullptr) one->release(one);
  });
  const Layout layout = layout_of(schema);
  while (true) {
    const std::shared_ptr<ArrowArray> chunk(new ArrowArray(), [](ArrowArray* array) {
      if (array->release != nullptr) array->release(array);
      delete array;
    });
    check(stream->get_next(stream, chunk.get()));
    if (chunk->release == nullptr) return;
    out->chunks.push_back(chunk);
    read_chunk(*chunk, layout, out);
  }
}

}  // namespace

bool is_arrow(const py::object& object) {
  return py::hasattr(object, "__arrow_c_array__") || py::hasattr(object, "__arrow_c_stream__");
}

void read_arrow(const py::object& object, Messages* out) {
  if (!py::hasattr(object, "__arrow_c_array__")) {
    read_stream(object, out);
    return;
  }
  const py::tuple capsules = object.attr("__arrow_c_array__")();
  const py::object schema = capsules[0], array = capsules[1];
  const Layout layout = layout_of(*pointer_of<ArrowSchema>(schema, "arrow_schema"));
  read_chunk(*pointer_of<ArrowArray>(array, "arrow_array"), layout, out);
  out->owners.push_back(capsules);  // they release their contents when they go
}

}  // namespace pyxiaoer
