// Edits of a good image, its checksum made to agree: refused with a diagnostic, or used without
// harm. Six bytes an edit: where (counted from the section table's begin, modulo), what.

#include <cstdio>

#include "image_forge.hpp"

namespace {

using namespace xiaoer;

std::shared_ptr<const Ruleset> load() {
  std::string problems;
  auto ruleset = test::varied_ruleset(&problems);
  if (ruleset == nullptr) {
    std::fprintf(stderr, "%s", problems.c_str());
    __builtin_trap();
  }
  return ruleset;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto good = load();
  static const auto messages = test::varied_messages();
  static const reply::Facts facts = test::varied_facts();
  static Context context;
  constexpr size_t kHeader = 64, kEdit = 6;
  std::vector<std::byte> image(good->image().bytes().begin(), good->image().bytes().end());
  for (; size >= kEdit; data += kEdit, size -= kEdit) {
    const size_t place = static_cast<size_t>(data[0]) << 8 | data[1];
    const size_t at = kHeader + place * 4 % (image.size() - kHeader);
    std::memcpy(&image[at], data + 2, 4);
  }
  test::seal(&image);
  Diagnostics diagnostics;
  const auto ruleset = Ruleset::from_image(image, {}, &diagnostics);
  if ((ruleset == nullptr) != diagnostics.has_errors()) __builtin_trap();
  if (ruleset == nullptr) return 0;
  bool valid = false;
  test::converse(*ruleset, messages, facts, &context, &valid);
  if (!valid) __builtin_trap();
  return 0;
}
