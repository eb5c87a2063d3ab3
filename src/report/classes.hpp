#pragma once
// The classes that intents are counted for: "bargain.round_off" counts for "bargain".

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.hpp"

namespace xiaoer::report {

class Classes {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  // The number of the class; a new one unless it is known.
  uint32_t add(const std::string& name);
  uint32_t find(std::string_view name) const;  // kNone: there is none
  // The longest class that is the intent's id or the beginning of it up to a dot.
  uint32_t of_intent(std::string_view intent) const;

  size_t size() const { return names_.size(); }
  const std::string& name(uint32_t number) const { return names_[number]; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, uint32_t> numbers_;
};

// Reads {"classes": [{"id": ...}, ...]}. False: json-*, classes-shape.
bool read_classes(std::string_view bytes, const std::string& file, Classes* out,
                  Diagnostics* diagnostics);

}  // namespace xiaoer::report
