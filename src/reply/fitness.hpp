#pragma once
// How well a closing technique fits this moment beyond the order that authors gave: the stage, how
// pressing the facts are, buying signals, hesitation, and who the buyer is.

#include <array>
#include <span>

#include "reply/work.hpp"

namespace xiaoer::reply {

struct Fit {
  std::string_view what;  // static: "near-cutoff", or a trait that it suits
  float points = 0;
};

// At most kMax reasons, in a fixed order.
struct Fits {
  static constexpr size_t kMax = 12;
  std::array<Fit, kMax> list = {};
  size_t count = 0;

  void add(std::string_view what, float points) {
    if (count < kMax) list[count++] = {what, points};
  }
  std::span<const Fit> all() const& { return std::span(list).first(count); }
  std::span<const Fit> all() const&& = delete;  // would outlive the list
  float total() const;
};

Fits fits_of(const Work& work, rules::Technique technique, uint32_t position);

// Bits 1 << rules::Trait of what is clear enough to act on.
uint32_t clear_traits(const Situation& situation);

}  // namespace xiaoer::reply
