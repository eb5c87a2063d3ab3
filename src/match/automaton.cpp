#include "match/automaton.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "match/char_table.hpp"
#include "match/records.hpp"

namespace xiaoer::match {
namespace {

constexpr uint32_t kMaxClasses = 65535;

// From characters to classes. Class 0 stands for all characters that no atom holds.
class ClassTable {
 public:
  // False: too many different characters.
  bool build(const std::vector<std::u32string>& atoms) {
    std::unordered_map<char32_t, uint32_t> uses;
    for (const std::u32string& atom : atoms) {
      for (const char32_t c : atom) ++uses[c];
    }
    if (uses.size() >= kMaxClasses) return false;
    std::vector<std::pair<char32_t, uint32_t>> chars(uses.begin(), uses.end());
    // Frequent characters first, so that the children of most states lie close together.
    std::sort(chars.begin(), chars.end(), [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    for (const auto& [c, number] : chars) classes_.put(c, static_cast<uint16_t>(++count_));
    return true;
  }

  uint16_t of(char32_t c) const { return classes_.table().of(c); }
  uint32_t count() const { return count_ + 1; }
  void add_to(ImageBuilder* image) const {
    classes_.add_to(image, Section::kMatchClassPages, Section::kMatchClasses);
  }

 private:
  CharTableBuilder<uint16_t> classes_;
  uint32_t count_ = 0;
};

// Free slots of the double array as a linked list; slot 0 is the root and the list's head.
class FreeSlots {
 public:
  explicit FreeSlots(std::vector<State>* states) : states_(states) { grow(1024); }

  // A base under which all `classes` (ascending, not empty) find a free slot.
  uint32_t place(const std::vector<uint16_t>& classes) {
    constexpr int kTries = 8192;  // then the array's end is taken
    uint32_t slot = next_[0];
    for (int tries = 0; tries < kTries && slot != 0; ++tries, slot = next_[slot]) {
      if (slot >= classes[0] && fits(slot - classes[0], classes)) return slot - classes[0];
    }
    return std::max(used_end_, static_cast<uint32_t>(classes[0]) + 1) - classes[0];
  }

  void take(uint32_t slot) {
    grow(slot + 1);
    used_[slot] = 1;
    next_[prev_[slot]] = next_[slot];
    prev_[next_[slot]] = prev_[slot];
    used_end_ = std::max(used_end_, slot + 1);
  }
  bool is_free(uint32_t slot) const { return slot >= used_.size() || used_[slot] == 0; }
  uint32_t used_end() const { return used_end_; }

 private:
  bool fits(uint32_t base, const std::vector<uint16_t>& classes) const {
    for (const uint16_t c : classes) {
      if (!is_free(base + c)) return false;
    }
    return true;
  }
  void grow(uint32_t size) {
    uint32_t slot = static_cast<uint32_t>(used_.size());
    if (size <= slot) return;
    size = std::max(size, slot * 2);
    used_.resize(size, 0);
    next_.resize(size, 0);
    prev_.resize(size, 0);
    states_->resize(size);
    if (slot == 0) used_[slot++] = 1;
    for (; slot < size; ++slot) {
      prev_[slot] = prev_[0];
      next_[prev_[0]] = slot;
      prev_[0] = slot;
    }
  }

  std::vector<State>* states_;
  std::vector<uint8_t> used_;
  std::vector<uint32_t> next_, prev_;
  uint32_t used_end_ = 1;
};

class AutomatonBuilder {
 public:
  AutomatonBuilder(const std::vector<std::u32string>& atoms, const ClassTable& classes)
      : atoms_(atoms), classes_(classes), slots_(&states_) {}

  void build() {
    order_.resize(atoms_.size());
    std::iota(order_.begin(), order_.end(), 0u);
    std::sort(order_.begin(), order_.end(), [&](uint32_t a, uint32_t b) {
      return std::lexicographical_compare(
          atoms_[a].begin(), atoms_[a].end(), atoms_[b].begin(), atoms_[b].end(),
          [&](char32_t x, char32_t y) { return classes_.of(x) < classes_.of(y); });
    });
    nodes_.push_back({0, static_cast<uint32_t>(order_.size()), 0, 0});
    for (size_t i = 0; i < nodes_.size(); ++i) add_children(nodes_[i]);
    states_.resize(slots_.used_end() + classes_.count());
  }

  void add_to(ImageBuilder* image) const {
    image->add(Section::kMatchStates, states_);
    image->add(Section::kMatchOutputs, outputs_);
  }

 private:
  // A node of the trie: the atoms order_[begin, end) share its path of `depth` characters.
  struct Node {
    uint32_t begin, end;
    uint32_t depth;
    uint32_t slot;
  };

  uint16_t class_at(uint32_t i, uint32_t depth) const {
    return classes_.of(atoms_[order_[i]][depth]);
  }

  // Nodes are visited breadth first, so the shorter paths that `fail` leads to are complete.
  void add_children(Node node) {
    if (node.begin < node.end && atoms_[order_[node.begin]].size() == node.depth) ++node.begin;
    std::vector<uint16_t> classes;
    std::vector<Node> children;
    for (uint32_t i = node.begin; i < node.end; ++i) {
      const uint16_t c = class_at(i, node.depth);
      if (classes.empty() || classes.back() != c) {
        classes.push_back(c);
        children.push_back({i, i, node.depth + 1, 0});
      }
      children.back().end = i + 1;
    }
    if (classes.empty()) return;
    const uint32_t base = node.slot == 0 ? 0 : slots_.place(classes);
    for (size_t i = 0; i < children.size(); ++i) {
      children[i].slot = base + classes[i];
      slots_.take(children[i].slot);
    }
    states_[node.slot].base = static_cast<int32_t>(base);
    for (size_t i = 0; i < children.size(); ++i) link(node, children[i], classes[i]);
    nodes_.insert(nodes_.end(), children.begin(), children.end());
  }

  void link(const Node& parent, const Node& child, uint16_t c) {
    State& state = states_[child.slot];
    state.check = static_cast<int32_t>(parent.slot);
    if (parent.slot != 0) state.fail = follow(states_[parent.slot].fail, c);
    state.output = states_[state.fail].output;
    const uint32_t atom = order_[child.begin];
    if (atoms_[atom].size() == child.depth) {
      outputs_.push_back({atom << 8 | child.depth, state.output});
      state.output = static_cast<uint32_t>(outputs_.size());
    }
  }

  uint32_t follow(uint32_t state, uint16_t c) const {
    for (;;) {
      const uint32_t next = static_cast<uint32_t>(states_[state].base) + c;
      if (next < states_.size() && states_[next].check == static_cast<int32_t>(state)) return next;
      if (state == 0) return 0;
      state = states_[state].fail;
    }
  }

  const std::vector<std::u32string>& atoms_;
  const ClassTable& classes_;
  std::vector<State> states_;
  std::vector<Output> outputs_;
  FreeSlots slots_;
  std::vector<uint32_t> order_;  // atoms sorted by their classes
  std::vector<Node> nodes_;
};

}  // namespace

uint32_t build_automaton(const std::vector<std::u32string>& atoms, ImageBuilder* image) {
  ClassTable classes;
  if (!classes.build(atoms)) return 0;
  AutomatonBuilder builder(atoms, classes);
  builder.build();
  classes.add_to(image);
  builder.add_to(image);
  return classes.count();
}

}  // namespace xiaoer::match
