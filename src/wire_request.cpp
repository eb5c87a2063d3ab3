// A request from its JSON form.

#include <charconv>
#include <optional>

#include "json/reader.hpp"
#include "json/writer.hpp"
#include "wire.hpp"

namespace xiaoer::wire {
namespace {

// A request line: a message of 64 KiB, escaped, and facts of 1 MiB fit.
constexpr size_t kMaxRequestBytes = 2u << 20;
constexpr size_t kMaxRequestValues = 200'000;

// Reads the members of one request object; null counts as absent.
class RequestReader {
 public:
  RequestReader(const json::Value& root, RequestDocument* out, Diagnostics* diagnostics)
      : root_(root), out_(*out), diagnostics_(*diagnostics) {}

  void read() {
    if (const json::Value* id = find(root_, "id")) {
      out_.id_json.clear();
      json::Writer writer(&out_.id_json);
      writer.value(*id);
    }
    read_input();
    read_session_key();
    read_previous();
    read_now();
    read_seed();
    out_.trace = read_bool("trace");
    out_.assume_sent = read_bool("assume_sent");
    if (const json::Value* facts = find(root_, "facts")) {
      out_.has_facts = out_.facts.read(*facts, "facts", &diagnostics_);
    }
  }

 private:
  static const json::Value* find(const json::Value& object, std::string_view key) {
    const json::Value* value = object.find(key);
    return value == nullptr || value->is(json::Type::kNull) ? nullptr : value;
  }

  static Place place(const json::Value& value, std::string pointer) {
    return {"request", value.position.line, value.position.column, std::move(pointer)};
  }

  void problem(const char* code, const json::Value& value, const std::string& pointer,
               std::vector<std::string> args) {
    diagnostics_.error(code, place(value, pointer), std::move(args));
  }

  // Whether `value` has the type; if not, says so. The catalogue's sentence takes the key and both
  // names of the wanted type and of the given one.
  bool expect(const json::Value& value, json::Type type, const std::string& pointer) {
    if (value.is(type)) return true;
    problem("request-wrong-type", value, pointer,
            {pointer, std::string(json::type_name_zh(type)),
             std::string(json::type_name_zh(value.type)), std::string(json::type_name_en(type)),
             std::string(json::type_name_en(value.type))});
    return false;
  }

  bool read_text(const char* key, std::string* out) {
    const json::Value* value = find(root_, key);
    if (value == nullptr) return false;
    if (expect(*value, json::Type::kString, json::child_pointer("", key))) *out = value->text;
    return true;
  }

  // A line of the chat, which may be no longer than a message.
  bool read_line(const char* key, std::optional<std::string>* out) {
    if (!read_text(key, &out->emplace())) {
      out->reset();
      return false;
    }
    check_length(**out, *find(root_, key), json::child_pointer("", key));
    return true;
  }

  void check_length(const std::string& text, const json::Value& value, const std::string& pointer) {
    if (text.size() <= kMaxMessageBytes) return;
    problem("message-too-long", value, pointer, {std::to_string(kMaxMessageBytes)});
  }

  bool read_bool(const char* key) {
    const json::Value* value = find(root_, key);
    return value != nullptr && expect(*value, json::Type::kBool, json::child_pointer("", key)) &&
           value->boolean;
  }

  // A line asks for a reply or tells something; both at once would leave half done when the reply
  // fails.
  void read_input() {
    out_.has_message = read_text("message", &out_.message);
    const bool messages = read_messages();
    const bool event = read_text("event", &out_.event);
    const bool observe = read_line("observe", &out_.observe);
    const bool sent = read_line("sent", &out_.sent);
    const bool confirm = read_confirm();
    out_.has_guard = read_text("guard", &out_.guard);
    const bool asks = out_.has_message || messages || event || out_.has_guard;
    out_.tells = observe || sent || confirm;
    if (!asks && !out_.tells) problem("request-no-message", root_, "", {});
    if (asks && out_.tells)
      problem("request-mixed", root_, "", {observe ? "observe" : sent ? "sent" : "confirm"});
    if (out_.has_guard && (out_.has_message || messages || event))
      problem("request-mixed", root_, "", {"guard"});
    if (event && (out_.has_message || messages)) problem("request-mixed", root_, "", {"event"});
  }

  // {"confirm": {"action": "change_address", "ok": true}}; ok is true where it is not given.
  bool read_confirm() {
    const json::Value* value = find(root_, "confirm");
    if (value == nullptr) return false;
    if (!expect(*value, json::Type::kObject, "/confirm")) return true;
    const json::Value* action = find(*value, "action");
    const json::Value* ok = find(*value, "ok");
    if (action == nullptr) {
      problem("request-no-action", *value, "/confirm", {});
    } else if (expect(*action, json::Type::kString, "/confirm/action")) {
      out_.confirm = rules::find_action(action->text);
      if (!out_.confirm)
        problem("request-unknown-action", *action, "/confirm/action", {action->text});
    }
    if (ok != nullptr && expect(*ok, json::Type::kBool, "/confirm/ok")) {
      out_.confirmed_ok = ok->boolean;
    }
    return true;
  }

  bool read_messages() {
    const json::Value* list = find(root_, "messages");
    if (list == nullptr) return false;
    if (!expect(*list, json::Type::kArray, "/messages")) return true;
    for (size_t i = 0; i < list->items.size(); ++i) {
      if (expect(list->items[i], json::Type::kString, json::child_pointer("/messages", i))) {
        add_bubble(list->items[i].text, &out_.message);
      }
    }
    return !list->items.empty();
  }

  // A key is any text or number: clients number their conversations.
  void read_session_key() {
    const json::Value* value = find(root_, "session");
    if (value == nullptr) return;
    if (value->is(json::Type::kNumber) || expect(*value, json::Type::kString, "/session")) {
      out_.session_key = value->text;
    }
  }

  void read_previous() {
    const json::Value* value = find(root_, "previous");
    if (value == nullptr || !expect(*value, json::Type::kObject, "/previous")) return;
    read_previous_key(*value, "role", &out_.previous_role);
    read_previous_key(*value, "text", &out_.previous_text);
  }

  void read_previous_key(const json::Value& previous, const char* key, std::string* out) {
    const json::Value* value = find(previous, key);
    if (value == nullptr) {
      problem("request-previous-key", previous, "/previous", {key});
    } else if (expect(*value, json::Type::kString, json::child_pointer("/previous", key))) {
      *out = value->text;
      check_length(*out, *value, json::child_pointer("/previous", key));
    }
  }

  void read_now() {
    const json::Value* value = find(root_, "now");
    if (value == nullptr || !expect(*value, json::Type::kString, "/now")) return;
    out_.now = parse_instant(value->text);
    if (!out_.now) problem("request-bad-time", *value, "/now", {value->text});
  }

  void read_seed() {
    const json::Value* value = find(root_, "seed");
    if (value == nullptr || !expect(*value, json::Type::kNumber, "/seed")) return;
    const char* const end = value->text.data() + value->text.size();
    const auto [stop, error] = std::from_chars(value->text.data(), end, out_.seed);
    if (error != std::errc() || stop != end) {
      out_.seed = 0;
      problem("request-bad-seed", *value, "/seed", {value->text});
    }
  }

  const json::Value& root_;
  RequestDocument& out_;
  Diagnostics& diagnostics_;
};

}  // namespace

bool read_request(std::string_view json, RequestDocument* out, Diagnostics* diagnostics) {
  *out = RequestDocument();
  json::ReadOptions options;
  options.max_bytes = kMaxRequestBytes;
  options.max_values = kMaxRequestValues;
  const size_t errors = diagnostics->error_count();
  json::Value root;
  const bool is_json = json::read(json, "request", options, &root, diagnostics);
  if (is_json && !root.is(json::Type::kObject)) {
    diagnostics->error(
        "request-not-object", {"request", root.position.line, root.position.column, ""},
        {std::string(json::type_name_zh(root.type)), std::string(json::type_name_en(root.type))});
  } else if (root.is(json::Type::kObject)) {
    RequestReader(root, out, diagnostics).read();
  }
  return diagnostics->error_count() == errors;
}

}  // namespace xiaoer::wire
