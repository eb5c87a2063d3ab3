#pragma once
// Reads and checks a facts object. Private to Facts::read; one use an object.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "json/value.hpp"
#include "reply/facts.hpp"

namespace xiaoer::reply {

class FactsReader {
 public:
  FactsReader(Facts* facts, std::string_view file, Diagnostics* diagnostics)
      : facts_(facts), file_(file), diagnostics_(diagnostics) {}
  // All problems are reported, not only the first.
  bool read(const json::Value& root);

 private:
  // Where a value stands: its dotted path for people and packs, its JSON pointer for tools.
  struct Where {
    std::string path;
    std::string pointer;
  };
  static Where child(const Where& parent, const json::Member& member);
  static Where child(const Where& parent, size_t index);

  void fail(const char* code, const json::Value& value, const Where& where,
            std::vector<std::string> args = {});
  void wrong_type(const json::Value& value, const Where& where, json::Type expected);
  bool expect(const json::Value& value, const Where& where, json::Type type);

  void read_section(const json::Value& section, const Where& where);
  void read_fact(rules::FactId id, const json::Value& value, const Where& where);
  // Reports a text that is none of `names`.
  void check_name(const FactValue& read, const json::Value& value, const Where& where,
                  std::span<const std::string_view> names);
  void read_number(const json::Value& value, const Where& where, bool whole, FactValue* out);
  void read_text(const json::Value& value, const Where& where, FactValue* out);
  void read_time(const json::Value& value, const Where& where, FactValue* out);
  void read_hours(const json::Value& value, const Where& where, bool clock, FactValue* out);
  void read_list(const json::Value& value, const Where& where, FactValue* out);
  // The nested lists (variants, sizes, …); false: `where` is none of them.
  bool read_nested(const json::Value& value, const Where& where);
  void read_entries(const json::Value& value, const Where& where, std::vector<FactEntry>* out);
  void read_entry(const json::Value& value, const Where& where, FactEntry* out);
  // [155, 160], in which one end may be null.
  void read_band(const json::Value& value, const Where& where, std::optional<Band>* out);
  void read_ladder(const json::Value& value, const Where& where);
  // A key that the vocabulary lacks: kept in every shape that it has.
  void read_extra(const json::Value& value, const Where& where);
  Place place_of(const json::Value& value, const Where& where) const;

  Facts* facts_;
  std::string file_;
  Diagnostics* diagnostics_;
  bool ok_ = true;
};

}  // namespace xiaoer::reply
