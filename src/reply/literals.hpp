#pragma once
// The authors' own words of every template, normalised once when the image is
// opened, so that a draft is normalised by normalising its values alone. The
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
  void open(const Image& image, std::span<const PieceRecord> pieces);

  // Normalises draft->text into draft->chars. `pieces` are those it was
  // rendered from, the first of them number `first` of the image.
  text::NormaliseStatus normalise(std::span<const PieceRecord> pieces, uint32_t first,
                                  Draft* draft) const;

 private:
  // A literal, or nothing for other pieces.
  struct Words {
    uint32_t begin = 0, count = 0;  // characters in `words_`
    uint32_t bytes = 0;
    // Whether the first and the last character are such that nothing beside
    // them can change them, nor be changed by them, unless it is the same
    // character.
    bool firm_begin = false, firm_end = false;
  };
  class Composer;

  std::vector<Words> pieces_;
  text::Text words_;  // of all literals, one after the other; bytes count from
                      // the literal's begin
};

}  // namespace xiaoer::reply
