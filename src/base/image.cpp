#include "base/image.hpp"

#include <zlib.h>

#include <algorithm>
#include <utility>

namespace xiaoer {
namespace {

constexpr size_t kAlignment = 64;
constexpr uint32_t kSectionLimit = static_cast<uint32_t>(Section::kSectionEnd);

// Begins with a byte outside ASCII and holds both kinds of line end: a file that was sent as text
// is no image any more.
constexpr char kMagic[8] = {'\x89', 'X', 'O', 'B', '\r', '\n', '\x1a', '\n'};
constexpr uint32_t kByteOrder = 0x01020304;
constexpr std::string_view kMaker = XIAOER_RELEASE;

struct Header {
  char magic[8];
  uint32_t byte_order;  // kByteOrder as its writer holds it
  uint32_t version;     // kImageVersion
  char maker[24];       // the release that wrote it, ended by zeros
  uint64_t size;        // of the whole image
  uint32_t sections;    // rows of the table that follows
  uint32_t reserved[2];
  uint32_t checksum;  // CRC-32 of all other bytes
};
static_assert(sizeof(Header) == kAlignment);
static_assert(kMaker.size() < sizeof(Header::maker));

struct TableRow {
  uint32_t section;
  uint32_t record_size;
  uint64_t offset;
  uint64_t count;
};
static_assert(sizeof(TableRow) == 24);

size_t aligned(size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

// All bytes but the header's last four, which hold the checksum itself.
uint32_t checksum_of(std::span<const std::byte> image) {
  const auto* const bytes = reinterpret_cast<const Bytef*>(image.data());
  const uLong head = crc32_z(0, bytes, offsetof(Header, checksum));
  return static_cast<uint32_t>(
      crc32_z(head, bytes + sizeof(Header), image.size() - sizeof(Header)));
}

bool fail(std::string* error, std::string reason) {
  if (error != nullptr) *error = std::move(reason);
  return false;
}

bool has_zeros(std::span<const uint32_t> words) {
  return std::all_of(words.begin(), words.end(), [](uint32_t word) { return word == 0; });
}

bool check_header(std::span<const std::byte> bytes, Header* header, std::string* error) {
  if (read_stamp(bytes).kind != ImageKind::kFits) return fail(error, "no image of this release");
  std::memcpy(header, bytes.data(), sizeof(Header));
  if (header->size != bytes.size()) return fail(error, "it is cut off or too long");
  if (!has_zeros(header->reserved) || header->sections >= kSectionLimit ||
      bytes.size() - sizeof(Header) < header->sections * sizeof(TableRow)) {
    return fail(error, "section table does not fit");
  }
  if (header->checksum != checksum_of(bytes)) return fail(error, "checksum does not agree");
  return true;
}

bool check_row(const TableRow& row, size_t table_end, size_t size, std::string* error) {
  if (row.section == 0 || row.section >= kSectionLimit) return fail(error, "unknown section");
  if (row.record_size == 0) return fail(error, "section of empty records");
  if (row.offset % kAlignment != 0) return fail(error, "section is not aligned");
  if (row.offset < table_end || row.offset > size ||
      row.count > (size - row.offset) / row.record_size) {
    return fail(error, "section lies outside the image");
  }
  return true;
}

bool check_table(const std::vector<TableRow>& rows, size_t table_end, size_t size,
                 std::string* error) {
  std::vector<std::pair<uint64_t, uint64_t>> extents;
  bool seen[kSectionLimit] = {};
  for (const TableRow& row : rows) {
    if (!check_row(row, table_end, size, error)) return false;
    if (std::exchange(seen[row.section], true)) return fail(error, "section occurs twice");
    const bool strings = row.section == static_cast<uint32_t>(Section::kStrings);
    if (strings && row.record_size != 1) return fail(error, "strings of another size");
    extents.emplace_back(row.offset, row.offset + row.count * row.record_size);
  }
  if (!seen[static_cast<uint32_t>(Section::kStrings)]) return fail(error, "no string section");
  std::sort(extents.begin(), extents.end());
  for (size_t i = 1; i < extents.size(); ++i) {
    if (extents[i].first < extents[i - 1].second) return fail(error, "sections overlap");
  }
  return true;
}

}  // namespace

std::string_view image_maker() { return kMaker; }

ImageStamp read_stamp(std::span<const std::byte> bytes) {
  ImageStamp stamp;
  Header header;
  if (bytes.size() < sizeof(Header)) return stamp;
  std::memcpy(&header, bytes.data(), sizeof(Header));
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) return stamp;
  for (const char c : header.maker) {
    if (c == 0) break;
    stamp.maker += c > 0x20 && c < 0x7F ? c : '?';
  }
  stamp.kind = ImageKind::kForeign;
  if (header.byte_order != kByteOrder) return stamp;
  const bool ours = header.version == kImageVersion && stamp.maker == kMaker;
  stamp.kind = ours ? ImageKind::kFits : ImageKind::kOtherMaker;
  return stamp;
}

StringRef ImageBuilder::string(std::string_view text) {
  if (text.empty()) return {};
  const auto [entry, added] = interned_.try_emplace(std::string(text));
  if (added) {
    entry->second = {static_cast<uint32_t>(pool_.size()), static_cast<uint32_t>(text.size())};
    pool_ += text;
  }
  return entry->second;
}

void ImageBuilder::add_bytes(Section section, const void* data, size_t record_size, size_t count) {
  auto found = std::find_if(sections_.begin(), sections_.end(),
                            [&](const Pending& pending) { return pending.section == section; });
  if (found == sections_.end()) {
    found = sections_.insert(found, {section, static_cast<uint32_t>(record_size), 0, {}});
  }
  const auto* bytes = static_cast<const std::byte*>(data);
  if (count > 0) found->bytes.insert(found->bytes.end(), bytes, bytes + record_size * count);
  found->count += count;
}

std::vector<std::byte> ImageBuilder::finish() {
  const auto* pool = reinterpret_cast<const std::byte*>(pool_.data());
  sections_.insert(sections_.begin(),
                   {Section::kStrings, 1, pool_.size(), {pool, pool + pool_.size()}});

  std::vector<TableRow> rows;
  size_t size = aligned(sizeof(Header) + sections_.size() * sizeof(TableRow));
  for (const Pending& pending : sections_) {
    rows.push_back(
        {static_cast<uint32_t>(pending.section), pending.record_size, size, pending.count});
    size = aligned(size + pending.bytes.size());
  }

  std::vector<std::byte> image(size);
  std::memcpy(image.data() + sizeof(Header), rows.data(), rows.size() * sizeof(TableRow));
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::vector<std::byte>& bytes = sections_[i].bytes;
    if (!bytes.empty()) std::memcpy(image.data() + rows[i].offset, bytes.data(), bytes.size());
  }
  Header header = {};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  std::memcpy(header.maker, kMaker.data(), kMaker.size());
  header.byte_order = kByteOrder;
  header.version = kImageVersion;
  header.size = size;
  header.sections = static_cast<uint32_t>(rows.size());
  std::memcpy(image.data(), &header, sizeof(Header));
  header.checksum = checksum_of(image);
  std::memcpy(image.data(), &header, sizeof(Header));

  sections_.clear();
  pool_.clear();
  interned_.clear();
  return image;
}

bool Image::open(ImageBytes image, Image* out, std::string* error) {
  *out = Image();
  const std::span<const std::byte> bytes = image.get();
  Header header;
  if (!check_header(bytes, &header, error)) return false;
  std::vector<TableRow> rows(header.sections);
  const size_t table_size = rows.size() * sizeof(TableRow);
  if (!rows.empty()) std::memcpy(rows.data(), bytes.data() + sizeof(Header), table_size);
  if (!check_table(rows, sizeof(Header) + table_size, bytes.size(), error)) return false;

  for (const TableRow& row : rows) {
    out->entries_[row.section] = {row.offset, row.count, row.record_size};
  }
  const Entry& strings = out->entries_[static_cast<uint32_t>(Section::kStrings)];
  out->pool_ = {reinterpret_cast<const char*>(bytes.data() + strings.offset), strings.count};
  out->checksum_ = header.checksum;
  out->bytes_ = std::move(image);
  return true;
}

}  // namespace xiaoer
