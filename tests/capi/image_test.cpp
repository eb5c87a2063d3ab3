// Images through the C interface: bytes out, bytes or a file in, and refusals.

#include <cstdio>

#include "support.hpp"

namespace {

using capi_test::demo;
using capi_test::ErrorSlot;
using capi_test::ExactBytes;

std::string answer_of(const xr::Ruleset& rules) {
  xr::Context context;
  xr::Result result;
  constexpr char kRequest[] = R"({"message": "能便宜点吗"})";
  return std::string(xr::reply_json(rules, context, nullptr, nullptr, kRequest, result));
}

std::string save(std::string_view bytes) {
  const std::string path = testing::TempDir() + "xiaoer_capi_image.xob";
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<ptrdiff_t>(bytes.size()));
  return path;
}

TEST(Image, OpensFromMemoryAndFromAFile) {
  const std::string bytes(demo().image());
  const xr::Ruleset copied = xr::Ruleset::open_image(bytes);
  EXPECT_EQ(copied.id(), "demo");
  EXPECT_EQ(copied.version(), "1.2.0");
  EXPECT_EQ(copied.image(), bytes);
  EXPECT_TRUE(copied.warnings().empty());
  const std::string path = save(bytes);
  const xr::Ruleset mapped = xr::Ruleset::open(path);
  std::remove(path.c_str());
  EXPECT_EQ(answer_of(copied), answer_of(demo()));
  EXPECT_EQ(answer_of(mapped), answer_of(demo()));
}

TEST(Image, IsRefusedWithACode) {
  const std::string bytes(demo().image());
  const auto code_of = [](std::string_view image, int32_t run_tests = 0) {
    const ExactBytes exact(image);
    xiaoer_ruleset_options options = {};
    options.struct_size = sizeof(options);
    options.run_tests = run_tests;
    xiaoer_ruleset* rules = nullptr;
    ErrorSlot error;
    EXPECT_EQ(xiaoer_ruleset_open_image(exact.text(), &options, &rules, error.out()),
              XIAOER_BAD_PACK);
    EXPECT_EQ(rules, nullptr);
    return error.code();
  };
  EXPECT_EQ(code_of(""), "not-an-image");
  EXPECT_EQ(code_of("{\"format\": 1}"), "not-an-image");
  EXPECT_EQ(code_of(std::string_view(bytes).substr(0, bytes.size() / 2)), "image-damaged");
  std::string changed = bytes;
  changed[changed.size() / 2] ^= 1;
  EXPECT_EQ(code_of(changed), "image-damaged");
  changed = bytes;
  changed[12] = 0;
  EXPECT_EQ(code_of(changed), "image-outdated");
  EXPECT_EQ(code_of(bytes, 1), "image-without-tests");
}

TEST(Image, AFileThatIsNoImageIsNoPack) {
  const std::string path = save("{}");
  try {
    xr::Ruleset::open(path);
    FAIL();
  } catch (const xr::Error& error) {
    EXPECT_EQ(error.status(), XIAOER_BAD_PACK);
    EXPECT_EQ(error.diagnostics()[0].code, "not-an-image");
  }
  std::remove(path.c_str());
}

TEST(Image, Misuse) {
  ErrorSlot error;
  xiaoer_ruleset* rules = nullptr;
  EXPECT_EQ(xiaoer_ruleset_open_image({"", 0}, nullptr, nullptr, nullptr), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_ruleset_open_image({nullptr, 5}, nullptr, &rules, error.out()),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(error.code(), "argument-null");
  EXPECT_EQ(xiaoer_ruleset_image(nullptr).size, 0u);
}

}  // namespace
