#include "reply/fact_notes.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace xiaoer::reply {
namespace {

using std::string_view;

// What is read into lists rather than facts (facts_reader.cpp).
constexpr string_view kLists[] = {"product.variants",        "product.sizes",     "product.related",
                                  "product.quantity_prices", "promotion.coupons", "product.ladder"};
constexpr string_view kEntryKeys[] = {"name",   "where",  "reason", "link",      "fits",
                                      "stock",  "min",    "price",  "threshold", "value",
                                      "height", "weight", "foot"};

// thickness is another word than spiciness.
constexpr size_t kSlips = 2;

// "product.variants[0].prise" is a prise of product.variants[0].
string_view key_of(string_view path) { return path.substr(path.rfind('.') + 1); }
string_view parent_of(string_view path) {
  const size_t dot = path.rfind('.');
  return dot == path.npos ? string_view() : path.substr(0, dot);
}

// What a caller may supply, by path.
std::vector<string_view> paths_of(const Views& views) {
  std::vector<string_view> paths(std::begin(kLists), std::end(kLists));
  for (const rules::FactDef& fact : rules::facts()) {
    if (!rules::is_computed(fact.path)) {
      paths.push_back(fact.path);
    }
  }
  for (const FactRecord& fact : views.facts) paths.push_back(views.text(fact.path));
  return paths;
}

class Notes {
 public:
  explicit Notes(const Views& views) : paths_(paths_of(views)) {}

  bool knows(string_view path) const {
    return std::find(paths_.begin(), paths_.end(), path) != paths_.end();
  }

  // The path that may be meant; empty: none is near.
  std::string meant_by(string_view path) const {
    const string_view key = key_of(path), parent = parent_of(path);
    if (parent.ends_with(']')) return joined(parent, nearest_of(key, kEntryKeys));
    const rules::FactId by_name = rules::find_fact(key);  // product.价格
    if (by_name != rules::kNoFact && knows(rules::facts()[by_name].path)) {
      return std::string(rules::facts()[by_name].path);
    }
    if (parent.empty()) return only_one_called(key);
    const std::string section = section_meant_by(parent);
    return joined(section,
                  section == parent ? nearest_of(key, keys_of(parent)) : exact(section, key));
  }

 private:
  static std::string joined(string_view parent, string_view key) {
    return key.empty() ? std::string() : std::string(parent) + '.' + std::string(key);
  }

  template <class List>
  static string_view nearest_of(string_view word, const List& list) {
    return nearest(word, {std::begin(list), std::end(list)}, kSlips);
  }

  std::vector<string_view> keys_of(string_view section) const {
    std::vector<string_view> keys;
    for (const string_view path : paths_) {
      if (parent_of(path) == section) keys.push_back(key_of(path));
    }
    return keys;
  }

  std::string section_meant_by(string_view parent) const {
    if (!keys_of(parent).empty()) return std::string(parent);
    std::vector<string_view> sections;
    for (const string_view path : paths_) sections.push_back(parent_of(path));
    return std::string(nearest_of(parent, sections));
  }

  string_view exact(string_view section, string_view key) const {
    const std::vector<string_view> keys = keys_of(section);
    return std::find(keys.begin(), keys.end(), key) != keys.end() ? key : string_view();
  }

  // {"price": 299}: only product has a price.
  std::string only_one_called(string_view key) const {
    const auto called = [&](string_view path) { return key_of(path) == key; };
    const auto found = std::find_if(paths_.begin(), paths_.end(), called);
    const bool one = std::count_if(paths_.begin(), paths_.end(), called) == 1;
    return one ? std::string(*found) : std::string();
  }

  std::vector<string_view> paths_;
};

// product.price as it is written in JSON.
std::string nested(string_view path) {
  std::string out = "{\"";
  out.append(parent_of(path)).append("\": {\"").append(key_of(path)).append("\": …}}");
  return out;
}

}  // namespace

void note_facts(const Views& views, const Facts& facts, Diagnostics* diagnostics) {
  const Notes notes(views);
  for (const Facts::Unknown& unknown : facts.unknown()) {
    // {"product.price": 9}: had it stood in its section, it would have been read.
    const bool flat =
        rules::find_fact(unknown.path) != rules::kNoFact && !parent_of(unknown.path).empty();
    if (!flat && notes.knows(unknown.path)) continue;
    std::string meant = flat ? nested(unknown.path) : notes.meant_by(unknown.path);
    if (meant.empty()) continue;
    diagnostics->warning("fact-unknown", unknown.place, {unknown.path, std::move(meant)});
  }
}

}  // namespace xiaoer::reply
