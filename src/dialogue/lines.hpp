#pragma once
// The pack's own replies, recognised again in what the shop said: clause by clause by their words,
// so that filled-in facts, a dropped address or an edited ending do not hide them, or by the id of
// a reply that was sent. Tells which intents such a line answers and what it asks.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/image.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::dialogue {

// What the shop's line before the message was about, and what it asked. Scratch of one thread.
struct ShopLine {
  static constexpr uint32_t kMaxTopics = 4;
  struct Topic {
    uint32_t intent = 0;
    bool own = false;  // recognised by a reply of the pack, which answers this intent
  };
  bool present = false;
  std::vector<Topic> topics;  // best first
  uint8_t asked = 0;          // bits of Asked
  std::string question;       // its last asking clause, normalised
  std::string words, before;  // the clause at hand, and the one before it

  void clear();
  // Adds the topic unless it is known or there are enough.
  void add(uint32_t intent, bool own);
};

// A line for a session, which keeps no text: the keys of its last two clauses that may be
// recognised again (0: none), and the bits of what it asks.
using LineDigest = std::array<uint64_t, 3>;
LineDigest digest_of(const text::Text& text);

class Lines {
 public:
  static void build(const rules::Pack& pack, ImageBuilder* image);
  // `image` must outlive this, which has so many intents; false: damaged.
  bool open(const Image& image, size_t intents);

  // Adds what is known of the clauses of `text`, and what they ask.
  void recognise(const text::Text& text, ShopLine* line) const;
  // The same of a reply that was sent, by the stable hash of its id.
  void recall(uint64_t reply, uint32_t variant, ShopLine* line) const;
  // The same of a line that a person wrote, by its digest.
  void recall(const LineDigest& digest, ShopLine* line) const;

 private:
  struct Record {
    uint64_t key = 0;  // of a clause, or of a reply
    uint32_t intent = 0;
    uint32_t variant = 0;  // of a reply
    StringRef question;    // that the clause is, or the last of the reply
    uint32_t asked = 0;
    uint32_t padding = 0;
  };
  void recall(std::span<const Record> records, uint64_t key, uint32_t variant,
              ShopLine* line) const;
  class Builder;

  const Image* image_ = nullptr;
  std::span<const Record> clauses_, replies_;  // by key
};

}  // namespace xiaoer::dialogue
