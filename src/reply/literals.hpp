#pragma once
// The authors' own words of every template, normalised once when the pack is
// compiled, so that a draft is normalised by normalising its values alone. The
// result is what text::normalise makes of the whole text, to the byte: where
// characters could change each other across a join, the whole text is
// normalised after all.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/image.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::reply {

struct Draft;
struct PieceRecord;

class Literals {
 public:
  // Writes the kReplyLiteral sections: one record a piece.
  static void build(std::span<const PieceRecord> pieces, ImageBuilder* image);
  // `image` must outlive this. False: damaged.
  bool open(const Image& image, std::span<const PieceRecord> pieces);

  // Normalises draft->text into draft->chars. `pieces` are those it was
  // rendered from, the first of them number `first` of the image.
  text::NormaliseStatus normalise(std::span<const PieceRecord> pieces, uint32_t first,
                                  Draft* draft) const;

  // The characters and properties of a literal; false for other pieces, and for literals that are
  // normalised with every draft.
  bool read(uint32_t piece, text::Text* text) const;

 private:
  // A literal, or nothing for other pieces.
  struct Words {
    Range chars;
    uint32_t bytes = 0;
    // Whether the first and the last character are such that nothing beside
    // them can change them, nor be changed by them, unless it is the same
    // character.
    uint8_t firm_begin = 0, firm_end = 0;
    uint8_t padding[2] = {};
  };
  class Writer;
  class Composer;
  bool check(const Words& words) const;

  std::span<const Words> pieces_;
  // The characters of all literals, one after the other, as in text::Text;
  // bytes count from the literal's begin.
  std::span<const char32_t> chars_;
  std::span<const uint16_t> properties_, begins_, ends_;
};

}  // namespace xiaoer::reply
