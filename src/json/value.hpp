#pragma once
// A JSON document with positions: what packs, facts and requests are read into.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace xiaoer::json {

enum class Type : uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };

// Where a value begins in its file; line and column from 1, column in characters.
struct Position {
  uint32_t line = 0;
  uint32_t column = 0;
};

struct Member;

// A value. Numbers keep their text, so that 39.9 stays 39.9 (see Decimal::parse). Strings are
// well-formed UTF-8. Nesting is bounded by the reader, so recursion over a Value is safe.
struct Value {
  Type type = Type::kNull;
  bool boolean = false;
  Position position;
  std::string text;             // string contents or number text
  std::vector<Value> items;     // array
  std::vector<Member> members;  // object, in file order, names unique

  bool is(Type wanted) const { return type == wanted; }
  // The member's value, or nullptr. Linear.
  const Value* find(std::string_view name) const;
};

struct Member {
  std::string name;
  Position position;  // of the name
  Value value;
};

// "null", "true or false", "number", "text", "list", "object" in the language of people.
std::string_view type_name_en(Type type);
std::string_view type_name_zh(Type type);

// Appends "/name" to a JSON pointer, escaping ~ and /.
std::string child_pointer(std::string_view pointer, std::string_view name);
std::string child_pointer(std::string_view pointer, size_t index);

}  // namespace xiaoer::json
