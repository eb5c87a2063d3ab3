#include "reply/literals.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
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
    if (ascii::is_digit(value[i])) continue;
    if (value[i] != '.' || point || i == 0 || i + 1 == value.size()) return false;
    point = true;
  }
  return !value.empty();
}

// Characters and where they come from, normalised just now or when the pack was compiled.
template <class Bytes>
struct Source {
  const char32_t* chars;
  const uint16_t* properties;
  const Bytes *begins, *ends;
  uint32_t count;
};

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

  bool add_literal(const Literals& all, const Words& words) {
    if (words.bytes == 0) return true;
    const Range range = words.chars;
    if (range.count == 0 || !joins(all.chars_[range.first], words.firm_begin != 0)) return false;
    const Source<uint16_t> source = {
        all.chars_.data() + range.first, all.properties_.data() + range.first,
        all.begins_.data() + range.first, all.ends_.data() + range.first, range.count};
    return copy(source, words.bytes, words.firm_end != 0);
  }

  bool add_slot(const Slot& slot) {
    const std::string_view value =
        std::string_view(draft_.text).substr(slot.begin, slot.end - slot.begin);
    if (value.empty()) return true;
    if (is_decimal(value)) return add_decimal(value);
    Text& part = draft_.part;
    if (text::normalise(value, part) != NormaliseStatus::kOk || part.size() == 0) return false;
    if (!part.well_formed || !joins(part.chars[0], has_firm_begin(value))) return false;
    const Source<uint32_t> source = {part.chars.data(), part.properties.data(), part.begins.data(),
                                     part.ends.data(), part.size()};
    return copy(source, static_cast<uint32_t>(value.size()), has_firm_end(value));
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

  template <class Bytes>
  bool copy(const Source<Bytes>& from, uint32_t bytes, bool firm_end) {
    if (from.count > chars_.size() - count_) return false;
    std::copy_n(from.chars, from.count, chars_.chars.begin() + count_);
    std::copy_n(from.properties, from.count, chars_.properties.begin() + count_);
    uint32_t* const begins = chars_.begins.data() + count_;
    uint32_t* const ends = chars_.ends.data() + count_;
    const uint32_t offset = bytes_;
    for (uint32_t i = 0; i < from.count; ++i) begins[i] = from.begins[i] + offset;
    for (uint32_t i = 0; i < from.count; ++i) ends[i] = from.ends[i] + offset;
    count_ += from.count;
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

// One use: collects the records of all pieces.
class Literals::Writer {
 public:
  // A literal too long for the records, or ill-formed, is normalised with every draft instead.
  Words add(std::string_view source) {
    Words words;
    words.bytes = static_cast<uint32_t>(source.size());
    if (source.size() > UINT16_MAX) return words;
    if (text::normalise(source, part_) != NormaliseStatus::kOk || !part_.well_formed) return words;
    words.chars = {static_cast<uint32_t>(chars_.size()), part_.size()};
    words.firm_begin = has_firm_begin(source);
    words.firm_end = has_firm_end(source);
    chars_.insert(chars_.end(), part_.chars.begin(), part_.chars.end());
    properties_.insert(properties_.end(), part_.properties.begin(), part_.properties.end());
    for (const uint32_t begin : part_.begins) begins_.push_back(static_cast<uint16_t>(begin));
    for (const uint32_t end : part_.ends) ends_.push_back(static_cast<uint16_t>(end));
    return words;
  }

  void finish(ImageBuilder* image) {
    image->add(Section::kReplyLiteralChars, chars_);
    image->add(Section::kReplyLiteralProperties, properties_);
    image->add(Section::kReplyLiteralBegins, begins_);
    image->add(Section::kReplyLiteralEnds, ends_);
  }

 private:
  Text part_;
  std::vector<char32_t> chars_;
  std::vector<uint16_t> properties_, begins_, ends_;
};

void Literals::build(std::span<const PieceRecord> pieces, ImageBuilder* image) {
  Writer writer;
  std::vector<Words> words(pieces.size());
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].kind == PieceKind::kLiteral) words[i] = writer.add(image->text(pieces[i].text));
  }
  image->add(Section::kReplyLiterals, words);
  writer.finish(image);
}

bool Literals::open(const Image& image, std::span<const PieceRecord> pieces) {
  pieces_ = image.section<Words>(Section::kReplyLiterals);
  chars_ = image.section<char32_t>(Section::kReplyLiteralChars);
  properties_ = image.section<uint16_t>(Section::kReplyLiteralProperties);
  begins_ = image.section<uint16_t>(Section::kReplyLiteralBegins);
  ends_ = image.section<uint16_t>(Section::kReplyLiteralEnds);
  if (pieces_.size() != pieces.size() || properties_.size() != chars_.size() ||
      begins_.size() != chars_.size() || ends_.size() != chars_.size()) {
    return false;
  }
  if (std::any_of(chars_.begin(), chars_.end(), [](char32_t c) { return c > 0x10FFFF; })) {
    return false;
  }
  RangeCheck ranges(chars_.size());
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Words& words = pieces_[i];
    const bool literal = pieces[i].kind == PieceKind::kLiteral;
    if (words.bytes != (literal ? pieces[i].text.size : 0)) return false;
    if (!ranges.take(words.chars) || !check(words)) return false;
  }
  return true;
}

// Every character comes from bytes of the literal, and they keep their order.
bool Literals::check(const Words& words) const {
  uint32_t begin = 0, end = 0;
  for (uint32_t i = words.chars.first; i < words.chars.first + words.chars.count; ++i) {
    if (begins_[i] < begin || ends_[i] < end || begins_[i] > ends_[i]) return false;
    begin = begins_[i];
    end = ends_[i];
  }
  return end <= words.bytes;
}

bool Literals::read(uint32_t piece, text::Text* text) const {
  const Range range = pieces_[piece].chars;
  if (range.count == 0) return false;
  const auto copy = [&](const auto& from, auto* to) {
    to->assign(from.begin() + range.first, from.begin() + range.first + range.count);
  };
  copy(chars_, &text->chars);
  copy(properties_, &text->properties);
  return true;
}

NormaliseStatus Literals::normalise(std::span<const PieceRecord> pieces, uint32_t first,
                                    Draft* draft) const {
  size_t most = 0;  // a value has at most one character a byte, but for some that grow
  for (size_t i = 0; i < pieces.size(); ++i) most += pieces_[first + i].chars.count;
  for (const Slot& slot : draft->slots) most += slot.end - slot.begin;
  Composer composer(draft, most);
  const Slot* slot = draft->slots.data();
  for (size_t i = 0; i < pieces.size(); ++i) {
    const bool literal = pieces[i].kind == PieceKind::kLiteral;
    const bool added =
        literal ? composer.add_literal(*this, pieces_[first + i]) : composer.add_slot(*slot++);
    if (!added) return text::normalise(draft->text, draft->chars);
  }
  composer.finish();
  return NormaliseStatus::kOk;
}

}  // namespace xiaoer::reply
