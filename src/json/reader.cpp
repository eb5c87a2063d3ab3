#include "json/reader.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>

#include "json/slip.hpp"
#include "json/tracker.hpp"
#include "text/utf8.hpp"

namespace xiaoer::json {
namespace {

class TrackedIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  TrackedIterator(const char* at, Tracker* tracker) : at_(at), tracker_(tracker) {}
  reference operator*() const { return *at_; }
  TrackedIterator& operator++() {
    tracker_->consume();
    ++at_;
    return *this;
  }
  TrackedIterator operator++(int) {
    TrackedIterator old = *this;
    ++*this;
    return old;
  }
  bool operator==(const TrackedIterator& other) const { return at_ == other.at_; }
  bool operator!=(const TrackedIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  Tracker* tracker_;
};

// Builds the Value. Open containers are a stack of pointers; a container's own storage does not
// move while one of its children is open, since it grows only when the child is done.
class Builder {
 public:
  Builder(std::string_view text, std::string_view file, const ReadOptions& options,
          Tracker* tracker, Value* root, Diagnostics* diagnostics)
      : text_(text),
        file_(file),
        options_(options),
        tracker_(tracker),
        root_(root),
        diagnostics_(diagnostics) {}

  bool null() { return add(Type::kNull) != nullptr; }
  bool boolean(bool flag) {
    Value* value = add(Type::kBool);
    if (value != nullptr) value->boolean = flag;
    return value != nullptr;
  }
  bool number_integer(int64_t) { return number(); }
  bool number_unsigned(uint64_t) { return number(); }
  bool number_float(double, const std::string&) { return number(); }
  bool string(std::string& text) {
    Value* value = add(Type::kString);
    if (value != nullptr) value->text = std::move(text);
    return value != nullptr;
  }
  template <class Binary>
  bool binary(const Binary&) {
    return false;  // JSON text has none
  }
  bool start_object(size_t) { return open(Type::kObject); }
  bool start_array(size_t) { return open(Type::kArray); }
  bool end_object() {
    drop_duplicates(open_.back());
    open_.pop_back();
    return true;
  }
  bool end_array() {
    open_.pop_back();
    return true;
  }
  bool key(std::string& name) {
    open_.back()->members.push_back({std::move(name), tracker_->value_start().position, {}});
    return true;
  }
  template <class Exception>
  bool parse_error(size_t, const std::string&, const Exception& exception) {
    constexpr int kOutOfRange = 406;
    // Only the message tells what was met; the tests hold it to these words.
    const std::string_view message = exception.what();
    const auto says = [&](std::string_view words) {
      return message.find(words) != std::string_view::npos;
    };
    if (exception.id == kOutOfRange) {
      report("json-number-out-of-range", tracker_->value_start(),
             {std::string(tracker_->number_text().substr(0, 40))});
    } else if (says("unexpected end of input")) {
      report("json-unfinished", tracker_->here(), {});
    } else {
      // A sign is the last byte read; anything else began where the newest value begins.
      const bool sign = says("unexpected '");
      const Tracker::Mark& mark = sign ? tracker_->last() : tracker_->value_start();
      report(slip_at(mark, sign, says("object separator")), mark, {excerpt(mark.offset)});
    }
    return false;
  }

 private:
  // `sign`: the byte at the mark is the last one read. `separator`: a colon was due.
  const char* slip_at(const Tracker::Mark& mark, bool sign, bool separator) const {
    char before = sign ? tracker_->before_last() : tracker_->before_value();
    if (open_.empty()) before = 0;  // nothing can follow the document
    const std::string_view slip = slip_of(text_.substr(mark.offset), before);
    if (separator && slip == "json-comma-missing") return "json-colon-missing";
    return slip.data();
  }

  void report(const char* code, const Tracker::Mark& mark, std::vector<std::string> args) {
    diagnostics_->error(
        code,
        {std::string(file_), mark.position.line, mark.position.column, pointer_to(open_.size())},
        std::move(args));
  }

  // The first characters of what the parser choked on, for people to recognise the place.
  std::string excerpt(size_t offset) const {
    constexpr size_t kMaxBytes = 36;
    std::string_view rest = text_.substr(std::min(offset, text_.size()));
    rest = rest.substr(0, rest.find_first_of(std::string_view("\r\n\0", 3)));
    if (rest.size() > kMaxBytes) rest = rest.substr(0, kMaxBytes);
    return std::string(rest.substr(0, text::valid_prefix(rest)));
  }

  // Pointer to the newest child of the first `depth` open containers.
  std::string pointer_to(size_t depth) const {
    std::string pointer;
    for (size_t i = 0; i < depth; ++i) {
      const Value& value = *open_[i];
      if (value.type == Type::kObject) {
        if (!value.members.empty()) pointer = child_pointer(pointer, value.members.back().name);
      } else if (!value.items.empty()) {
        pointer = child_pointer(pointer, value.items.size() - 1);
      }
    }
    return pointer;
  }

  Value* add(Type type) {
    if (++values_ > options_.max_values) {
      report("json-too-large", tracker_->value_start(), {std::to_string(options_.max_values)});
      return nullptr;
    }
    Value* value = root_;
    if (!open_.empty()) {
      Value* parent = open_.back();
      value = parent->type == Type::kObject ? &parent->members.back().value
                                            : &parent->items.emplace_back();
    }
    value->type = type;
    value->position = tracker_->value_start().position;
    return value;
  }

  bool open(Type type) {
    if (open_.size() >= options_.max_depth) {
      report("json-too-deep", tracker_->value_start(), {std::to_string(options_.max_depth)});
      return false;
    }
    Value* value = add(type);
    if (value != nullptr) open_.push_back(value);
    return value != nullptr;
  }

  bool number() {
    Value* value = add(Type::kNumber);
    if (value != nullptr) value->text = tracker_->number_text();
    return value != nullptr;
  }

  // By sorting, so that an object of a million keys costs no square.
  void drop_duplicates(Value* object) {
    std::vector<Member>& members = object->members;
    if (members.size() < 2) return;
    std::vector<uint32_t> order(members.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](uint32_t a, uint32_t b) { return members[a].name < members[b].name; });
    std::vector<bool> repeated(members.size());
    bool any = false;
    for (size_t i = 1; i < order.size(); ++i) {
      if (members[order[i]].name != members[order[i - 1]].name) continue;
      repeated[order[i]] = any = true;
    }
    if (!any) return;
    std::vector<Member> kept;
    const std::string parent = pointer_to(open_.size() - 1);
    for (size_t i = 0; i < members.size(); ++i) {
      if (!repeated[i]) {
        kept.push_back(std::move(members[i]));
        continue;
      }
      diagnostics_->error("json-duplicate-key",
                          {std::string(file_), members[i].position.line, members[i].position.column,
                           child_pointer(parent, members[i].name)},
                          {members[i].name});
    }
    members = std::move(kept);
  }

  std::string_view text_, file_;
  const ReadOptions& options_;
  Tracker* tracker_;
  Value* root_;
  Diagnostics* diagnostics_;
  std::vector<Value*> open_;
  size_t values_ = 0;
};

Position position_at(std::string_view text, size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const size_t line_start = before.rfind('\n');
  const std::string_view line =
      line_start == std::string_view::npos ? before : before.substr(line_start + 1);
  return {static_cast<uint32_t>(lines + 1), static_cast<uint32_t>(text::count(line) + 1)};
}

}  // namespace

bool read(std::string_view text, std::string_view file, const ReadOptions& options, Value* out,
          Diagnostics* diagnostics) {
  *out = Value();
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto report_at = [&](const char* code, size_t offset, std::vector<std::string> args) {
    const Position position = position_at(text, offset);
    diagnostics->error(code, {std::string(file), position.line, position.column, ""},
                       std::move(args));
    return false;
  };
  if (text.size() > options.max_bytes) {
    diagnostics->error("json-too-large", {std::string(file), 0, 0, ""},
                       {std::to_string(options.max_bytes)});
    return false;
  }
  const size_t valid = text::valid_prefix(text);
  if (valid < text.size()) return report_at("json-invalid-utf8", valid, {});

  // nlohmann's lexer takes a NUL for the end of the text; nothing may hide behind one.
  const size_t nul = text.find('\0');
  const std::string_view body = text.substr(0, nul);
  Tracker tracker(body);
  Builder builder(body, file, options, &tracker, out, diagnostics);
  const bool parsed = nlohmann::json::sax_parse(
      TrackedIterator(body.data(), &tracker), TrackedIterator(body.data() + body.size(), &tracker),
      &builder, nlohmann::json::input_format_t::json, true, options.allow_comments);
  if (!parsed) {
    *out = Value();
    return false;
  }
  if (nul != std::string_view::npos) return report_at("json-syntax", nul, {"NUL"});
  return true;
}

}  // namespace xiaoer::json
