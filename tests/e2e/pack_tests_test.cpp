// A pack's own tests and those it inherits.

#include "pack_tests.hpp"

#include <filesystem>

#include "e2e/fixture.hpp"

namespace xiaoer::test {
namespace {

namespace fs = std::filesystem;

// The near miss of `size` rests on `child` being there.
constexpr const char* kVendor = R"({"intents": [
    {"id": "size", "patterns": ["尺码"], "replies": [{"variants": ["您平时穿多大呢"]}],
     "tests": {"hit": ["这个尺码怎么选"], "miss": ["孩子的尺码"]}},
    {"id": "child", "pinned": true, "patterns": ["孩子…尺码"], "replies": [{"variants": ["孩子多高呢"]}],
     "tests": {"hit": ["孩子选什么尺码"], "miss": ["大人的尺码"]}}],
  "tests": [{"message": "孩子穿什么尺码", "intent": "child"}]})";

class InheritedTests : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) / "xiaoer_inherited_tests";
    fs::remove_all(root_);
    fs::create_directories(root_ / "vendor");
    std::ofstream(root_ / "vendor/pack.json")
        << R"({"format": 1, "id": "vendor", "version": "1.0.0"})";
    std::ofstream(root_ / "vendor/all.json") << kVendor;
  }
  void TearDown() override { fs::remove_all(root_); }

  PackTestReport run(const std::string& shop) {
    rules::LoadOptions options;
    options.search_path = {root_.string()};
    rules::Pack pack;
    Diagnostics diagnostics;
    const std::vector<rules::PackFile> files = {
        {"pack.json",
         R"({"format": 1, "id": "shop", "version": "1.0.0", "extends": {"id": "vendor", "version": ">=1"}})"},
        {"shop.json", shop}};
    EXPECT_TRUE(rules::load_files(files, options, &pack, &diagnostics)) << shown(diagnostics);
    const auto ruleset = Ruleset::from_pack(pack, &diagnostics);
    if (ruleset == nullptr) {
      ADD_FAILURE() << shown(diagnostics);
      return {};
    }
    return run_pack_tests(pack, *ruleset, &diagnostics);
  }

  fs::path root_;
};

TEST_F(InheritedTests, AreSetAsideWhereTheyRestOnADisabledIntent) {
  const PackTestReport whole = run("{}");
  EXPECT_EQ(whole.passed, 5u);
  EXPECT_EQ(whole.failed + whole.set_aside, 0u);
  const PackTestReport less = run(R"({"intents": [{"id": "child", "disabled": true}]})");
  EXPECT_EQ(less.passed, 1u);
  EXPECT_EQ(less.failed, 0u);
  EXPECT_EQ(less.set_aside, 1u);
}

TEST_F(InheritedTests, FailForAnyOtherReason) {
  const PackTestReport changed = run(
      R"({"intents": [{"id": "child", "disabled": true}, {"id": "size", "patterns": ["大小"]}]})");
  EXPECT_EQ(changed.failed + changed.set_aside, 1u);  // its hit, which no phrase matches now
  EXPECT_EQ(changed.set_aside, 0u);
}

TEST_F(InheritedTests, OnesOwnAreNeverSetAside) {
  const PackTestReport own = run(R"({"intents": [{"id": "child", "disabled": true},
      {"id": "size", "tests": {"hit": ["这个尺码怎么选"], "miss": ["孩子的尺码"]}}]})");
  EXPECT_EQ(own.failed, 1u);
  EXPECT_EQ(own.set_aside, 0u);
}

}  // namespace
}  // namespace xiaoer::test
