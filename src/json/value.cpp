#include "json/value.hpp"

namespace xiaoer::json {

const Value* Value::find(std::string_view name) const {
  for (const Member& member : members) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

std::string_view type_name_en(Type type) {
  switch (type) {
    case Type::kNull:
      return "null";
    case Type::kBool:
      return "true or false";
    case Type::kNumber:
      return "number";
    case Type::kString:
      return "text";
    case Type::kArray:
      return "list";
    case Type::kObject:
      break;
  }
  return "object";
}

std::string_view type_name_zh(Type type) {
  switch (type) {
    case Type::kNull:
      return "空值 null";
    case Type::kBool:
      return "true 或 false";
    case Type::kNumber:
      return "数字";
    case Type::kString:
      return "文字";
    case Type::kArray:
      return "列表 […]";
    case Type::kObject:
      break;
  }
  return "对象 {…}";
}

std::string child_pointer(std::string_view pointer, std::string_view name) {
  std::string result(pointer);
  result += '/';
  for (const char c : name) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

std::string child_pointer(std::string_view pointer, size_t index) {
  std::string result(pointer);
  result += '/';
  result += std::to_string(index);
  return result;
}

}  // namespace xiaoer::json
