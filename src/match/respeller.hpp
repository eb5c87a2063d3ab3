#pragma once
// Bounded tolerance: one corrected reading of a message that was not understood well. Slips of
// input methods are words of the right sound in the wrong characters (收获地址 for 收货地址) and
// words left in letters (haopinfanxian). Both are read as words of the pack's own vocabulary, and
// only where the pack never writes what the buyer wrote. docs/tolerance.md has the rules, their
// evidence and their limits.

#include <cstdint>
#include <span>
#include <vector>

#include "base/image.hpp"
#include "base/span.hpp"
#include "match/respelling_records.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"
#include "text/pinyin.hpp"

namespace xiaoer::match {

// One place of the message that is read as something else.
struct Respelling {
  Span heard;       // characters of the message
  Span understood;  // characters of the corrected reading
};

// Syllables of a word written in letters: which, and where each ends.
struct RespellStretch {
  text::Syllable syllables[kMaxRespelledWord] = {};
  uint32_t ends[kMaxRespelledWord] = {};
};

// Scratch memory of one thread.
struct RespellScratch {
  // A character of the corrected reading that is not in the message, and what it stands for.
  struct Piece {
    char32_t character = 0;
    Span heard;
    uint32_t order = 0;
  };
  // A way to read letters up to a place.
  struct Path {
    uint32_t cost = UINT32_MAX;
    uint32_t from = 0;             // place where its last word begins
    uint32_t word = UINT32_MAX;    // its last word; UINT32_MAX: the character `last` alone
    uint32_t words = 0;            // of two syllables or more, along the path
    char32_t first = 0, last = 0;  // the first character of all, and the last
    RespellStretch stretch;        // the syllables of the last word
  };
  std::vector<Respelling> found;  // of the last corrected reading, in order
  std::vector<Piece> pieces;
  std::vector<Path> paths;
  std::vector<char> letters;        // of a run
  std::vector<uint32_t> positions;  // of its letters in the message
  uint32_t steps = 0;               // left for reading letters in this message
};

class Respeller {
 public:
  static constexpr uint32_t kLongest = 64;  // characters of a message that is looked at

  // Adds the vocabulary of `pack`, unless its settings switch tolerance off.
  static void build(const rules::Pack& pack, ImageBuilder* image);
  bool open(const Image& image);  // `image` must outlive the respeller; false: damaged
  bool is_on() const { return !words_.empty(); }

  // Writes the corrected reading of `heard` to `out`; what it changed is in scratch->found. False:
  // nothing to correct. Allocates nothing once `scratch` and `out` have grown.
  bool respell(const text::Text& heard, RespellScratch* scratch, text::Text* out) const;

 private:
  struct Slip;
  struct Run;

  bool tables_fit() const;
  bool words_fit() const;
  void find_places();
  bool known(uint64_t key) const;
  uint32_t frequency(char32_t c) const;
  bool is_stranger(const text::Text& text, uint32_t at) const;
  void find_slips(const text::Text& heard, RespellScratch* scratch) const;
  bool find_slip(const text::Text& heard, uint32_t at, uint32_t from, Slip* best) const;
  uint64_t reading_of(const text::Text& heard, Span window, uint32_t at, text::Syllable own) const;
  void weigh(const text::Text& heard, uint32_t begin, uint32_t word, Slip* best) const;
  bool is_slip_of(const text::Text& heard, uint32_t begin, uint32_t word) const;
  uint32_t support_of(const text::Text& heard, uint32_t begin, uint32_t word) const;
  uint32_t find_listed(const text::Text& heard, uint32_t begin) const;
  void find_typos(const text::Text& heard, RespellScratch* scratch) const;
  void find_letters(const text::Text& heard, RespellScratch* scratch) const;
  void read_run(const text::Text& heard, const Run& run, RespellScratch* scratch) const;
  bool may_be_meant(const text::Text& heard, const Run& run, const RespellScratch& scratch) const;
  void extend(uint32_t from, uint32_t at, uint64_t key, uint32_t depth, RespellStretch* stretch,
              RespellScratch* scratch) const;
  void end_with_single(const RespellScratch::Path& before, RespellScratch::Path path, uint32_t end,
                       RespellScratch* scratch) const;
  void end_with_word(const RespellScratch::Path& before, RespellScratch::Path path, uint64_t key,
                     uint32_t size, uint32_t end, RespellScratch* scratch) const;
  void reach(const RespellScratch::Path& path, uint32_t end, RespellScratch* scratch) const;

  template <class Visit>
  void for_each_word(uint64_t key, Visit visit) const;
  std::span<const char32_t> chars_of(uint32_t word) const {
    return letters_.subspan(words_[word].first, words_[word].size);
  }

  RespellHeader header_;
  std::span<const RespellKey> keys_;
  std::span<const RespellWord> words_;
  std::span<const char32_t> letters_;
  std::span<const RespellChar> chars_;
  std::span<const RespellSingles> singles_;
  std::span<const uint64_t> known_;
  text::Syllable folded_[text::kMaxSyllables] = {};  // text::fold_accent of every syllable
  uint32_t places_[text::kMaxSyllables] = {};        // by folded syllable: bits of place_bit
};

}  // namespace xiaoer::match
