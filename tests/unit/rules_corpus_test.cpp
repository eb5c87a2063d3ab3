// Every folder of tests/packs/broken is a pack with its expected problems, one a line in
// expected.txt: "file:line:column code". All of them must be reported in one go, and nothing else.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "rules_fixture.hpp"

namespace xiaoer::rules {
namespace {

namespace fs = std::filesystem;

const fs::path kPacks = fs::path(XIAOER_TEST_DATA) / "packs";

std::string read_text_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<fs::path> broken_packs() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(kPacks / "broken")) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::string problems_of(const fs::path& folder, Diagnostics* diagnostics, Pack* pack) {
  LoadOptions options;
  options.search_path = {(kPacks / "good").string()};
  load_folder(folder.string(), options, pack, diagnostics);
  std::string lines;
  for (const Diagnostic& each : diagnostics->list()) {
    lines += each.place.file + ':' + std::to_string(each.place.line) + ':' +
             std::to_string(each.place.column) + ' ' + each.code + '\n';
  }
  return lines;
}

TEST(BrokenPacks, ReportExactlyWhatIsExpected) {
  const std::vector<fs::path> folders = broken_packs();
  ASSERT_GE(folders.size(), 15u);
  for (const fs::path& folder : folders) {
    Diagnostics diagnostics;
    Pack pack;
    EXPECT_EQ(problems_of(folder, &diagnostics, &pack), read_text_file(folder / "expected.txt"))
        << folder;
    EXPECT_EQ(pack.intents.empty(), diagnostics.has_errors()) << folder;
  }
}

TEST(BrokenPacks, EveryDiagnosticHasASentenceAndARemedyInBothLanguages) {
  for (const fs::path& folder : broken_packs()) {
    Diagnostics diagnostics;
    Pack pack;
    problems_of(folder, &diagnostics, &pack);
    for (const Diagnostic& each : diagnostics.list()) {
      ASSERT_NE(find_catalogue_entry(each.code), nullptr) << each.code;
      for (const Language language : {Language::kChinese, Language::kEnglish}) {
        const std::string text = to_text(each, language);
        EXPECT_EQ(text.find("“”"), std::string::npos) << text;
      }
    }
  }
}

TEST(BrokenPacks, PointersNameTheValue) {
  Diagnostics diagnostics;
  Pack pack;
  problems_of(kPacks / "broken" / "structure", &diagnostics, &pack);
  std::set<std::string> pointers;
  for (const Diagnostic& each : diagnostics.list()) pointers.insert(each.place.pointer);
  EXPECT_TRUE(pointers.contains("/intents/2/patterns/4/kind"));
  EXPECT_TRUE(pointers.contains("/intents/2/tests/hits"));
  EXPECT_TRUE(pointers.contains("/entities/3/values/外地"));
}

TEST(GoodPacks, VendorLoadsWithoutAWord) {
  Diagnostics diagnostics;
  Pack pack;
  EXPECT_EQ(problems_of(kPacks / "good" / "vendor", &diagnostics, &pack), "");
  EXPECT_EQ(pack.intents.size(), 4u);
}

}  // namespace
}  // namespace xiaoer::rules
