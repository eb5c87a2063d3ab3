#include "dialogue/shape.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/insertion_sort.hpp"
#include "base/words.hpp"

namespace xiaoer::dialogue {
namespace {

enum WordFlag : uint8_t { kPlain = 0, kAsks = 1, kWhen = 2, kPoints = 4, kCounts = 8 };

struct Word {
  std::u32string_view text;
  uint8_t flags;
};

// Words without a matter of their own, longer ones before those they begin with.
constexpr auto kListed = std::to_array<Word>({
    {U"什么时候", kAsks | kWhen},
    {U"什么时间", kAsks | kWhen},
    {U"啥时候", kAsks | kWhen},
    {U"多长时间", kAsks | kWhen},
    {U"多少时间", kAsks | kWhen},
    {U"多少天", kAsks | kWhen},
    {U"多久", kAsks | kWhen},
    {U"几天", kAsks | kWhen},
    {U"几点", kAsks | kWhen},
    {U"几号", kAsks | kWhen},
    {U"哪天", kAsks | kWhen},
    {U"何时", kAsks | kWhen},
    {U"为什么", kAsks},
    {U"为啥", kAsks},
    {U"怎么样", kAsks},
    {U"怎么弄", kAsks},
    {U"怎么办", kAsks},
    {U"怎么搞", kAsks},
    {U"怎么操作", kAsks},
    {U"怎么说", kAsks},
    {U"怎么", kAsks},
    {U"怎样", kAsks},
    {U"如何", kAsks},
    {U"咋弄", kAsks},
    {U"咋办", kAsks},
    {U"咋", kAsks},
    {U"多少", kAsks},
    {U"哪里", kAsks},
    {U"哪儿", kAsks},
    {U"哪个", kAsks},
    {U"哪种", kAsks},
    {U"哪款", kAsks},
    {U"哪", kAsks},
    {U"什么", kAsks},
    {U"啥", kAsks},
    {U"有没有", kAsks},
    {U"能不能", kAsks},
    {U"可不可以", kAsks},
    {U"行不行", kAsks},
    {U"会不会", kAsks},
    {U"是不是", kAsks},
    {U"好不好", kAsks},
    {U"要不要", kAsks},
    {U"几个", kAsks | kCounts},
    {U"几件", kAsks | kCounts},
    {U"这个", kPoints},
    {U"那个", kPoints},
    {U"这款", kPoints},
    {U"那款", kPoints},
    {U"这种", kPoints},
    {U"那种", kPoints},
    {U"这件", kPoints},
    {U"那件", kPoints},
    {U"这边", kPlain},
    {U"那边", kPlain},
    {U"这样", kPlain},
    {U"那样", kPlain},
    {U"那么", kPlain},
    {U"另外", kPoints},
    {U"另一", kPoints},
    {U"别的", kPoints},
    {U"其他", kPoints},
    {U"其它", kPoints},
    {U"大的", kPoints},
    {U"小的", kPoints},
    {U"大号", kPoints},
    {U"小号", kPoints},
    {U"中号", kPoints},
    {U"厚的", kPoints},
    {U"薄的", kPoints},
    {U"长的", kPoints},
    {U"短的", kPoints},
    {U"还有", kPlain},
    {U"可以", kPlain},
    {U"需要", kPlain},
    {U"如果", kPlain},
    {U"大概", kPlain},
    {U"一般", kPlain},
    {U"的话", kPlain},
    {U"一下", kPlain},
    {U"然后", kPlain},
    {U"我们", kPlain},
    {U"你们", kPlain},
    {U"咱们", kPlain},
    {U"件", kCounts},
    {U"份", kCounts},
    {U"袋", kCounts},
    {U"包", kCounts},
    {U"盒", kCounts},
    {U"个", kCounts},
    {U"条", kCounts},
    {U"双", kCounts},
    {U"瓶", kCounts},
    {U"箱", kCounts},
    {U"套", kCounts},
    {U"斤", kCounts},
});

// The same by their first characters, otherwise in their order.
constexpr auto kWords = [] {
  auto words = kListed;
  insertion_sort(words, [](const auto& a, const auto& b) { return a.text[0] < b.text[0]; });
  return words;
}();
constexpr std::u32string_view kSingle =
    U"嗯哦好能行会要得等有没不是那这款种色码号味我你您亲也再就都换在去弄办第了的么可还";

// Characters that some word begins with: most characters of a message begin none.
class FirstCharacters {
 public:
  constexpr FirstCharacters() {
    for (const Word& word : kWords) add(word.text[0]);
    for (const char32_t c : kSingle) add(c);
  }
  constexpr bool may_begin(char32_t c) const { return (bits_[c >> 6 & 15] >> (c & 63) & 1) != 0; }

 private:
  constexpr void add(char32_t c) { bits_[c >> 6 & 15] |= uint64_t{1} << (c & 63); }
  std::array<uint64_t, 16> bits_ = {};
};
constexpr FirstCharacters kFirst;

uint32_t word_at(const text::Text& text, uint32_t at, uint8_t* flags) {
  *flags = kPlain;
  if (!kFirst.may_begin(text.chars[at])) return 0;
  const std::u32string_view rest = std::u32string_view(text.chars.data(), text.size()).substr(at);
  const Word* word =
      std::lower_bound(kWords.begin(), kWords.end(), rest[0],
                       [](const Word& each, char32_t c) { return each.text[0] < c; });
  for (; word != kWords.end() && word->text[0] == rest[0]; ++word) {
    if (!rest.starts_with(word->text)) continue;
    *flags = word->flags;
    return static_cast<uint32_t>(word->text.size());
  }
  return kSingle.find(rest[0]) != kSingle.npos ? 1 : 0;
}

const entities::Entity* entity_at(const entities::Entities& entities, uint32_t at) {
  for (const entities::Entity& entity : entities.list) {
    if (entity.span.begin == at) return &entity;
  }
  return nullptr;
}

bool says_nothing(uint16_t properties) {
  return (properties & (text::kPunctuation | text::kSpace | text::kSymbol | text::kParticle)) != 0;
}

bool is_asking(char32_t c) { return c == U'吗' || c == U'呢' || c == U'?'; }

class Reader {
 public:
  Reader(const text::Text& text, const entities::Entities& entities)
      : text_(text), entities_(entities) {}

  Shape read() {
    uint32_t telling = 0, at = 0;
    while (at < text_.size()) {
      const uint32_t size = step(at);
      if (size == 0) return rest(at);
      if (!says_nothing(text_.properties[at])) telling += size;
      at += size;
    }
    shape_.bare = telling > 0 && telling <= kMaxBare;
    return shape_;
  }

 private:
  // A matter is named at `at`: of what follows only whether it asks is of use.
  Shape rest(uint32_t at) {
    const auto from = text_.chars.begin() + at;
    shape_.asks |= std::any_of(from, text_.chars.end(), is_asking);
    return shape_;
  }

  // Characters that the word at `at` takes; 0: it names a matter.
  uint32_t step(uint32_t at) {
    const char32_t c = text_.chars[at];
    if (first_ && !says_nothing(text_.properties[at])) {
      shape_.denies = c == U'不' || c == U'没' || c == U'别';
      first_ = false;
    }
    if (is_asking(c)) shape_.asks = true;
    uint8_t flags = 0;
    if (says_nothing(text_.properties[at])) return 1;
    if (const entities::Entity* entity = entity_at(entities_, at)) {
      const bool number = entity->kind == rules::kQuantity || entity->kind == rules::kMoney;
      (number ? shape_.counts : shape_.names) = true;
      return entity->span.size();
    }
    if (const uint32_t size = word_at(text_, at, &flags); size > 0) {
      shape_.asks |= (flags & kAsks) != 0;
      if (flags & kAsks) shape_.word = {at, at + size};
      shape_.when |= (flags & kWhen) != 0;
      shape_.points |= (flags & kPoints) != 0;
      shape_.counts |= (flags & kCounts) != 0;
      return size;
    }
    if ((text_.properties[at] & (text::kDigit | text::kNumeral)) == 0) return 0;
    shape_.counts = true;
    return 1;
  }

  const text::Text& text_;
  const entities::Entities& entities_;
  Shape shape_;
  bool first_ = true;
};

}  // namespace

bool asks_when(std::string_view words) {
  constexpr std::string_view kTimes[] = {"什么时候", "什么时间", "啥时候", "多久", "多长时间",
                                         "几天",     "几号",     "几点",   "哪天", "多少天"};
  return contains_any(words, kTimes);
}

Shape shape_of(const text::Text& text, const entities::Entities& entities) {
  if (text.size() > 2 * kMaxBare) return {};
  return Reader(text, entities).read();
}

}  // namespace xiaoer::dialogue
