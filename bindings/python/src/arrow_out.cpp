// One struct column out: struct<intent: utf8, score: float64, decision: utf8>.

#include <array>
#include <limits>
#include <stdexcept>

#include "arrow.hpp"

namespace pyxiaoer {
namespace {

constexpr int64_t kNullable = 2;  // ARROW_FLAG_NULLABLE
constexpr size_t kFields = 3;

void add_bit(std::vector<uint8_t>* bits, size_t row, bool value) {
  if (row % 8 == 0) bits->push_back(0);
  if (value) bits->back() = static_cast<uint8_t>(bits->back() | 1u << (row % 8));
}

int32_t offset_of(const std::string& bytes) {
  if (bytes.size() > static_cast<size_t>(std::numeric_limits<int32_t>::max())) {
    throw std::length_error("classify_batch: too many messages for one Arrow column");
  }
  return static_cast<int32_t>(bytes.size());
}

struct SchemaNode {
  std::array<ArrowSchema, kFields> fields;
  std::array<ArrowSchema*, kFields> pointers;
};

void release_field_schema(ArrowSchema* schema) { schema->release = nullptr; }

void release_schema(ArrowSchema* schema) {
  auto* const node = static_cast<SchemaNode*>(schema->private_data);
  for (ArrowSchema& field : node->fields) {
    if (field.release != nullptr) field.release(&field);
  }
  delete node;
  schema->release = nullptr;
}

// What every exported array, parent or child, keeps: its buffers and a share of the columns. A
// consumer may move a child out and release it later than its parent, hence each has its own.
struct ArrayNode {
  std::shared_ptr<const Columns> columns;
  std::array<const void*, 3> buffers = {};
  std::array<ArrowArray, kFields> fields = {};
  std::array<ArrowArray*, kFields> pointers = {};
};

void release_array(ArrowArray* array) {
  auto* const node = static_cast<ArrayNode*>(array->private_data);
  for (int64_t i = 0; i < array->n_children; ++i) {
    if (array->children[i]->release != nullptr) array->children[i]->release(array->children[i]);
  }
  delete node;
  array->release = nullptr;
}

ArrayNode* fill(const std::shared_ptr<const Columns>& columns, int64_t null_count,
                std::array<const void*, 3> buffers, int64_t n_buffers, ArrowArray* out) {
  auto node = std::make_unique<ArrayNode>();
  node->columns = columns;
  node->buffers = buffers;
  *out = {};
  out->length = static_cast<int64_t>(columns->size());
  out->null_count = null_count;
  out->n_buffers = n_buffers;
  out->buffers = node->buffers.data();
  out->release = &release_array;
  out->private_data = node.get();
  return node.release();
}

template <class T>
void destroy(PyObject* capsule) {
  auto* const held = static_cast<T*>(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)));
  if (held == nullptr) return;
  if (held->release != nullptr) held->release(held);
  delete held;
}

template <class T>
py::capsule wrap(std::unique_ptr<T> held, const char* name) {
  PyObject* const capsule = PyCapsule_New(held.get(), name, &destroy<T>);
  if (capsule == nullptr) {
    if (held->release != nullptr) held->release(held.get());
    throw py::error_already_set();
  }
  static_cast<void>(held.release());
  return py::reinterpret_steal<py::capsule>(capsule);
}

}  // namespace

void Columns::append(std::optional<std::string_view> intent, double score,
                     std::string_view decision, bool valid) {
  const size_t row = size();
  intents.append(intent.value_or(""));
  decisions.append(decision);
  intent_offsets.push_back(offset_of(intents));
  decision_offsets.push_back(offset_of(decisions));
  scores.push_back(score);
  add_bit(&row_valid, row, valid);
  add_bit(&intent_valid, row, intent.has_value());
  if (!valid) ++null_rows;
  if (!intent) ++null_intents;
}

void Columns::add_null() { append(std::nullopt, 0, "", false); }

void Columns::add(std::optional<std::string_view> intent, double score, std::string_view decision) {
  append(intent, score, decision, true);
}

py::capsule export_schema() {
  auto node = std::make_unique<SchemaNode>();
  constexpr const char* kNames[] = {"intent", "score", "decision"};
  constexpr const char* kFormats[] = {"u", "g", "u"};
  for (size_t i = 0; i < kFields; ++i) {
    node->fields[i] = {kFormats[i],           kNames[i], nullptr, kNullable, 0, nullptr, nullptr,
                       &release_field_schema, nullptr};
    node->pointers[i] = &node->fields[i];
  }
  auto schema = std::make_unique<ArrowSchema>();
  *schema = {
      "+s",      "", nullptr, kNullable, kFields, node->pointers.data(), nullptr, &release_schema,
      node.get()};
  static_cast<void>(node.release());
  return wrap(std::move(schema), "arrow_schema");
}

py::capsule export_array(const std::shared_ptr<const Columns>& columns) {
  const Columns& from = *columns;
  auto array = std::make_unique<ArrowArray>();
  ArrayNode* const parent =
      fill(columns, from.null_rows, {from.row_valid.data(), nullptr, nullptr}, 1, array.get());
  for (size_t i = 0; i < kFields; ++i) parent->pointers[i] = &parent->fields[i];
  try {
    fill(columns, from.null_intents,
         {from.intent_valid.data(), from.intent_offsets.data(), from.intents.data()}, 3,
         &parent->fields[0]);
    fill(columns, 0, {nullptr, from.scores.data(), nullptr}, 2, &parent->fields[1]);
    fill(columns, 0, {nullptr, from.decision_offsets.data(), from.decisions.data()}, 3,
         &parent->fields[2]);
  } catch (...) {
    array->n_children = kFields;
    array->children = parent->pointers.data();
    release_array(array.get());
    throw;
  }
  array->n_children = kFields;
  array->children = parent->pointers.data();
  return wrap(std::move(array), "arrow_array");
}

}  // namespace pyxiaoer
