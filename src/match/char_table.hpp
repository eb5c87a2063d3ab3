#pragma once
// A number for every character, in two steps: pages of 256 characters, of which all those without a
// number are one. Built into two sections of the image, read from them.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/image.hpp"

namespace xiaoer::match {

inline constexpr uint32_t kCharPages = 0x1100;

template <class Number>
class CharTable {
 public:
  CharTable() = default;
  CharTable(std::span<const uint16_t> pages, std::span<const Number> numbers)
      : pages_(pages), numbers_(numbers) {}

  Number of(char32_t c) const { return numbers_[pages_[c >> 8] * 256u + (c & 255)]; }

  // Whether every character has a number, and all are below `limit`.
  bool check(size_t limit) const {
    const auto is_page = [&](uint16_t page) { return page < numbers_.size() / 256; };
    return pages_.size() == kCharPages && std::all_of(pages_.begin(), pages_.end(), is_page) &&
           std::all_of(numbers_.begin(), numbers_.end(), [&](Number n) { return n < limit; });
  }

  // Calls visit(c, number) for every character that has one.
  template <class Visit>
  void for_each(Visit visit) const {
    for (uint32_t page = 0; page < pages_.size(); ++page) {
      if (pages_[page] == 0) continue;
      for (char32_t c = page << 8; c < (page + 1) << 8; ++c) {
        if (of(c) != 0) visit(c, of(c));
      }
    }
  }

 private:
  std::span<const uint16_t> pages_;
  std::span<const Number> numbers_;
};

template <class Number>
class CharTableBuilder {
 public:
  // `number`: not 0, which stands for all other characters.
  void put(char32_t c, Number number) {
    uint16_t& page = pages_[c >> 8];
    if (page == 0) {
      page = static_cast<uint16_t>(numbers_.size() / 256);
      numbers_.resize(numbers_.size() + 256, 0);
    }
    numbers_[page * 256u + (c & 255)] = number;
  }

  CharTable<Number> table() const { return {pages_, numbers_}; }

  void add_to(ImageBuilder* image, Section pages, Section numbers) const {
    image->add(pages, pages_);
    image->add(numbers, numbers_);
  }

 private:
  std::vector<uint16_t> pages_ = std::vector<uint16_t>(kCharPages);
  std::vector<Number> numbers_ = std::vector<Number>(256);
};

}  // namespace xiaoer::match
