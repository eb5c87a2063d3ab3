#include "reply/literals.hpp"

#include <algorithm>
#include <string>

#include "reply/draft.hpp"
#include "text/tables.hpp"
#include "text/utf8.hpp"

namespace xiaoer::reply {
namespace {

namespace tables = text::tables;
using text::NormaliseStatus;
using text::Text;

// Whether the one character `source` is firm: no mark, no white space, nothing
// that normalising drops or expands, no dot, and none whose simplified form
// depends on its neighbours.
bool is_firm(std::string_view source) {
  const text::Decoded decoded = text::decode(source);
  if (!decoded.ok || decoded.size != source.size() || decoded.code_point == U'.') return false;
  const uint32_t entry = tables::entry_of(decoded.code_point);
  return tables::kind_of(entry) == tables::kSimple && (entry & tables::kNeighbourBit) == 0;
}

bool has_firm_begin(std::string_view source) {
  return !source.empty() && is_firm(source.substr(0, text::decode(source).size));
}

bool has_firm_end(std::string_view source) {
  size_t at = source.size();
  while (at > 0 && (static_cast<unsigned char>(source[at - 1]) & 0xC0) == 0x80) --at;
  return at > 0 && is_firm(source.substr(at - 1));
}

// "39.9": digits, with at most one point between them; each is its own normal
// form.
bool is_decimal(std::string_view value) {
  bool point = false;
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] >= '0' && value[i] <= '9') continue;
    if (value[i] != '.' || point || i == 0 || i + 1 == value.size()) return false;
    point = true;
  }
  return !value.empty();
}

void resize(Text* text, size_t size) {
  text->chars.resize(size);
  text->properties.resize(size);
  text->begins.resize(size);
  text->ends.resize(size);
}

}  // namespace

// Puts a draft's characters together from those of its parts, as long as no
// join forbids it.
class Literals::Composer {
 public:
  // `most`: room for that many characters; more are refused.
  Composer(Draft* draft, size_t most) : draft_(*draft), chars_(draft->chars) {
    resize(&chars_, most);
  }

  bool add_literal(const Words& words, const Text& all) {
    if (words.bytes == 0) return true;
    if (words.count == 0 || !joins(all.chars[words.begin], words.firm_begin)) return false;
    return copy(all, words.begin, words.count, words.bytes, words.firm_end);
  }

  bool add_slot(const Slot& slot) {
    const std::string_view value =
        std::string_view(draft_.text).substr(slot.begin, slot.end - slot.begin);
    if (value.empty()) return true;
    if (is_decimal(value)) return add_decimal(value);
    Text& part = draft_.part;
    if (text::normalise(value, part) != NormaliseStatus::kOk || part.size() == 0) return false;
    if (!joins(part.chars[0], has_firm_begin(value))) return false;
    return copy(part, 0, part.size(), static_cast<uint32_t>(value.size()), has_firm_end(value));
  }

  void finish() {
    resize(&chars_, count_);
    chars_.original = draft_.text;
    chars_.well_formed = true;
  }

 private:
  bool joins(char32_t first, bool firm) const {
    return count_ == 0 ? bytes_ == 0 : firm_ && firm && chars_.chars[count_ - 1] != first;
  }

  bool copy(const Text& from, uint32_t begin, uint32_t count, uint32_t bytes, bool firm_end) {
    if (!from.well_formed || count > chars_.size() - count_) return false;
    std::copy_n(from.chars.begin() + begin, count, chars_.chars.begin() + count_);
    std::copy_n(from.properties.begin() + begin, count, chars_.properties.begin() + count_);
    const uint32_t* const begins = from.begins.data() + begin;
    const uint32_t* const ends = from.ends.data() + begin;
    uint32_t* const begins_out = chars_.begins.data() + count_;
    uint32_t* const ends_out = chars_.ends.data() + count_;
    const uint32_t offset = bytes_;
    for (uint32_t i = 0; i < count; ++i) begins_out[i] = begins[i] + offset;
    for (uint32_t i = 0; i < count; ++i) ends_out[i] = ends[i] + offset;
    count_ += count;
    bytes_ += bytes;
    firm_ = firm_end;
    return true;
  }

  bool add_decimal(std::string_view value) {
    if (!joins(static_cast<char32_t>(value[0]), true)) return false;
    if (value.size() > chars_.size() - count_) return false;
    for (const char c : value) {
      chars_.chars[count_] = static_cast<char32_t>(c);
      chars_.properties[count_] = c == '.' ? text::kPunctuation : text::kDigit;
      chars_.begins[count_] = bytes_;
      chars_.ends[count_] = ++bytes_;
      ++count_;
    }
    firm_ = true;
    return true;
  }

  Draft& draft_;
  Text& chars_;
  uint32_t count_ = 0;
  uint32_t bytes_ = 0;
  bool firm_ = true;  // the end of what was added
};

void Literals::open(const Image& image, std::span<const PieceRecord> pieces) {
  pieces_.assign(pieces.size(), {});
  words_ = {};
  Text part;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].kind != PieceKind::kLiteral) continue;
    const std::string_view source = image.string(pieces[i].text);
    Words& words = pieces_[i];
    words.bytes = static_cast<uint32_t>(source.size());
    if (text::normalise(source, part) != NormaliseStatus::kOk || !part.well_formed) continue;
    words.begin = words_.size();
    words.count = part.size();
    words.firm_begin = has_firm_begin(source);
    words.firm_end = has_firm_end(source);
    words_.chars.insert(words_.chars.end(), part.chars.begin(), part.chars.end());
    words_.properties.insert(words_.properties.end(), part.properties.begin(),
                             part.properties.end());
    words_.begins.insert(words_.begins.end(), part.begins.begin(), part.begins.end());
    words_.ends.insert(words_.ends.end(), part.ends.begin(), part.ends.end());
  }
}

NormaliseStatus Literals::normalise(std::span<const PieceRecord> pieces, uint32_t first,
                                    Draft* draft) const {
  size_t most = 0;  // a value has at most one character a byte, but for some that grow
  for (size_t i = 0; i < pieces.size(); ++i) most += pieces_[first + i].count;
  for (const Slot& slot : draft->slots) most += slot.end - slot.begin;
  Composer composer(draft, most);
  const Slot* slot = draft->slots.data();
  for (size_t i = 0; i < pieces.size(); ++i) {
    const bool literal = pieces[i].kind == PieceKind::kLiteral;
    const bool added =
        literal ? composer.add_literal(pieces_[first + i], words_) : composer.add_slot(*slot++);
    if (!added) return text::normalise(draft->text, draft->chars);
  }
  composer.finish();
  return NormaliseStatus::kOk;
}

}  // namespace xiaoer::reply
