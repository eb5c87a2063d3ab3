#pragma once
// Values by key, a bounded number of them: the one not asked for longest is forgotten first.

#include <cstddef>
#include <list>
#include <string>
#include <unordered_map>

namespace xiaoer {

template <class Value>
class Recent {
 public:
  explicit Recent(size_t most) : most_(most) {}

  // The value of `key`; a new one where there is none, or none any more.
  Value& operator[](const std::string& key) {
    if (const auto known = by_key_.find(key); known != by_key_.end()) {
      entries_.splice(entries_.begin(), entries_, known->second);
      return entries_.front().value;
    }
    if (entries_.size() >= most_) {
      by_key_.erase(entries_.back().key);
      entries_.pop_back();
      ++forgotten_;
    }
    entries_.emplace_front();
    entries_.front().key = key;
    by_key_.emplace(key, entries_.begin());
    return entries_.front().value;
  }
  // The value of `key`; null: there is none.
  Value* find(const std::string& key) {
    const auto known = by_key_.find(key);
    return known == by_key_.end() ? nullptr : &known->second->value;
  }
  size_t forgotten() const { return forgotten_; }

 private:
  struct Entry {
    std::string key;
    Value value;
  };
  size_t most_;
  std::list<Entry> entries_;  // asked for last first
  std::unordered_map<std::string, typename std::list<Entry>::iterator> by_key_;
  size_t forgotten_ = 0;
};

}  // namespace xiaoer
