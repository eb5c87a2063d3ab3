#pragma once
// The flat image of a compiled pack: sections of plain records that refer to one another by offset
// and index, never by pointer, so that the bytes can be saved, mapped and shared as they are.
//
// Layout, every section 64-byte aligned (docs/image-format.md):
//   Header | Section table | section bytes ...

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "base/image_bytes.hpp"
#include "base/stable_hash.hpp"

namespace xiaoer {

// A string in the image's pool: offset and length in bytes.
struct StringRef {
  uint32_t offset = 0;
  uint32_t size = 0;
};

// A range of records in another section: index of the first, and how many.
struct Range {
  uint32_t first = 0;
  uint32_t count = 0;
};

// Every section of an image, owned by the component named in its prefix. Append only; a change of a
// record's meaning raises kImageVersion.
enum class Section : uint32_t {
  kStrings = 1,
  // match
  kMatchHeader,
  kMatchClassPages,
  kMatchClasses,
  kMatchStates,
  kMatchOutputs,
  kMatchAtoms,
  kMatchPostings,
  kMatchPairs,
  kMatchPairLists,
  kMatchPrograms,
  kMatchAlways,
  kMatchCovers,
  kMatchFanout,
  kMatchRegexes,
  kMatchDictionary,
  kMatchPostingPrograms,
  kMatchSpecials,
  kMatchNots,
  kMatchSpecificity,
  kMatchRoles,
  kMatchRolePrograms,
  kMatchExampleHeader,
  kMatchExamplePages,
  kMatchExampleSingles,
  kMatchExampleSlots,
  kMatchExampleRows,
  kMatchExampleGroups,
  kMatchExamplePlaces,
  kMatchExampleTexts,
  kMatchExampleIntents,
  // dialogue
  kDialogueDictionary,
  // rules
  kRulesHeader,
  kRulesIntents,
  kRulesPatterns,
  kRulesTests,
  // reply
  kReplyConditions,
  kReplyOperands,
  kReplyReplies,
  kReplyVariants,
  kReplyPieces,
  kReplyTechniques,
  kReplyIntentReplies,
  kReplyIntentTechniques,
  kReplyFacts,
  kReplyCompliance,
  kReplySettings,
  kReplyIntents,
  kReplyNeeds,
  kReplyFallbacks,
  kReplyRefusals,
  kReplyConditionTexts,
  kReplyWordChars,
  kReplyExcepts,
  kReplyLiterals,
  kReplyLiteralChars,
  kReplyLiteralProperties,
  kReplyLiteralBegins,
  kReplyLiteralEnds,
  // match
  kMatchRespellHeader,
  kMatchRespellKeys,
  kMatchRespellWords,
  kMatchRespellLetters,
  kMatchRespellChars,
  kMatchRespellSingles,
  kMatchRespellKnown,
  // dialogue, added later
  kDialogueClauses,
  kDialogueReplies,
  // dialogue and reply: buyers and cases
  kDialogueCues,
  kDialogueCuePatterns,
  kDialogueIntentCues,
  kDialogueCueIndices,
  kReplyIntentCases,
  kReplyNeedSources,
  kReplyValueSources,
  kReplyActions,
  kReplyArguments,
  kReplyHoldings,
  kReplyCase,
  kReplyCaseFacts,
  kReplyCaseClauses,
  kReplyCasePieces,
  kReplyCaseNames,
  kReplyLargeCustomers,
  kReplyHesitations,
  kReplySignals,
  // match
  kMatchPairTags,
  kMatchPairPrograms,
  kMatchGroups,
  kSectionEnd
};

inline constexpr uint32_t kImageVersion = 10;

// What bytes claim to be, before anything in them is believed.
enum class ImageKind : uint8_t {
  kFits,        // an image for this release on this kind of machine
  kNoImage,     // something else, or cut off within the header
  kForeign,     // written where numbers have another byte order
  kOtherMaker,  // written by another release, or in another version of the format
};
struct ImageStamp {
  ImageKind kind = ImageKind::kNoImage;
  std::string maker;  // the release that wrote it, made fit to print; "" where it cannot be told
};
ImageStamp read_stamp(std::span<const std::byte> bytes);
std::string_view image_maker();  // this release

// Collects sections and strings while a pack is compiled. Not thread-safe.
class ImageBuilder {
 public:
  // Interns `text`; equal texts share bytes.
  StringRef string(std::string_view text);
  // What was interned; borrowed until the next call of string() or finish().
  std::string_view text(StringRef ref) const {
    return std::string_view(pool_).substr(ref.offset, ref.size);
  }

  template <class T>
  void add(Section section, const std::vector<T>& records) {
    static_assert(std::is_trivially_copyable_v<T>);
    add_bytes(section, records.data(), sizeof(T), records.size());
  }
  template <class T>
  void add_one(Section section, const T& record) {
    static_assert(std::is_trivially_copyable_v<T>);
    add_bytes(section, &record, sizeof(T), 1);
  }

  // Lays the sections out. The builder is empty afterwards.
  std::vector<std::byte> finish();

 private:
  struct Pending {
    Section section;
    uint32_t record_size;
    uint64_t count;
    std::vector<std::byte> bytes;
  };
  void add_bytes(Section section, const void* data, size_t record_size, size_t count);

  std::vector<Pending> sections_;
  std::string pool_;
  std::unordered_map<std::string, StringRef> interned_;
};

// Read access to an image. Owns the bytes; views handed out live as long as it does. Immutable, so
// any number of threads may read.
//
// Opening checks the frame: stamp, checksum, and that every section lies inside. The checksum
// guards against damage; against malice whoever reads a section checks what its records hold before
// it uses them (docs/image-format.md lists what is checked where).
class Image {
 public:
  Image() = default;
  // False: `*error` says why.
  static bool open(ImageBytes bytes, Image* out, std::string* error);
  static bool open(const std::vector<std::byte>& bytes, Image* out, std::string* error) {
    return open(ImageBytes(bytes), out, error);
  }

  template <class T>
  std::span<const T> section(Section id) const {
    static_assert(std::is_trivially_copyable_v<T>);
    const Entry& entry = entries_[static_cast<uint32_t>(id)];
    if (entry.count == 0 || entry.record_size != sizeof(T)) return {};
    return {reinterpret_cast<const T*>(data() + entry.offset), entry.count};
  }
  size_t count(Section id) const { return entries_[static_cast<uint32_t>(id)].count; }
  // `ref` must be one that holds() is true for.
  std::string_view string(StringRef ref) const { return pool_.substr(ref.offset, ref.size); }
  // Whether `ref` lies inside the strings and cuts no character, so that it is valid UTF-8 where
  // all of strings() is.
  bool holds(StringRef ref) const {
    return ref.offset <= pool_.size() && ref.size <= pool_.size() - ref.offset &&
           begins_character(ref.offset) && begins_character(size_t{ref.offset} + ref.size);
  }
  bool holds(std::span<const StringRef> refs) const {
    for (const StringRef ref : refs) {
      if (!holds(ref)) return false;
    }
    return true;
  }
  std::string_view strings() const { return pool_; }
  size_t size() const { return bytes_.get().size(); }
  std::span<const std::byte> bytes() const { return bytes_.get(); }
  // CRC-32 of everything else in it.
  uint32_t checksum() const { return checksum_; }
  const std::byte* data() const { return bytes_.get().data(); }

 private:
  struct Entry {
    uint64_t offset = 0;
    uint64_t count = 0;
    uint32_t record_size = 0;
  };
  bool begins_character(size_t at) const {
    return at >= pool_.size() || (static_cast<unsigned char>(pool_[at]) & 0xC0) != 0x80;
  }

  ImageBytes bytes_;
  uint32_t checksum_ = 0;
  std::string_view pool_;
  Entry entries_[static_cast<uint32_t>(Section::kSectionEnd)];
};

// Whether the range lies inside `size` records.
constexpr bool inside(Range range, size_t size) {
  return range.first <= size && range.count <= size - range.first;
}

// Checks that ranges lie inside a section and are together no longer than it. Without the second,
// a forged image could name the same records from everywhere, and following all its ranges would
// take time and memory out of all proportion to its size.
class RangeCheck {
 public:
  explicit RangeCheck(size_t size) : size_(size), left_(size) {}
  bool take(Range range) {
    if (!inside(range, size_) || range.count > left_) return false;
    left_ -= range.count;
    return true;
  }

 private:
  size_t size_, left_;
};

}  // namespace xiaoer
