#pragma once
// The flat image of a compiled pack: sections of plain records that refer to one another by offset
// and index, never by pointer, so that the bytes can be saved, mapped and shared as they are.
//
// Layout, little endian, every section 64-byte aligned:
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
  kSectionEnd
};

inline constexpr uint32_t kImageMagic = 0x52454F58;  // "XOER"
inline constexpr uint32_t kImageVersion = 1;

// Collects sections and strings while a pack is compiled. Not thread-safe.
class ImageBuilder {
 public:
  // Interns `text`; equal texts share bytes.
  StringRef string(std::string_view text);

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
class Image {
 public:
  Image() = default;
  // Checks magic, version, checksum and that every section lies inside. False: `*error` says why.
  static bool open(std::vector<std::byte> bytes, Image* out, std::string* error);

  template <class T>
  std::span<const T> section(Section id) const {
    static_assert(std::is_trivially_copyable_v<T>);
    const Entry& entry = entries_[static_cast<uint32_t>(id)];
    if (entry.count == 0 || entry.record_size != sizeof(T)) return {};
    return {reinterpret_cast<const T*>(data() + entry.offset), entry.count};
  }
  std::string_view string(StringRef ref) const {
    return std::string_view(strings_ + ref.offset, ref.size);
  }
  size_t size() const { return size_; }
  // Of everything after the header: two images are equal when their checksums are.
  uint64_t checksum() const { return checksum_; }
  const std::byte* data() const { return storage_.get(); }

 private:
  struct Entry {
    uint64_t offset = 0;
    uint64_t count = 0;
    uint32_t record_size = 0;
  };
  struct AlignedDelete {
    void operator()(std::byte* bytes) const { ::operator delete[](bytes, std::align_val_t{64}); }
  };
  std::unique_ptr<std::byte[], AlignedDelete> storage_;
  size_t size_ = 0;
  uint64_t checksum_ = 0;
  const char* strings_ = nullptr;
  Entry entries_[static_cast<uint32_t>(Section::kSectionEnd)];
};

// FNV-1a, 64 bit: names rules and texts in sessions and snapshots, where it must mean the same for
// ever.
constexpr uint64_t stable_hash(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace xiaoer
