// Usage: generate_pinyin_tables FOLDER   (src/text/generated; takes ten seconds)

#include <cstdio>
#include <fstream>
#include <string>

#include "tools/generate_pinyin_tables.hpp"

namespace {

bool write(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  return static_cast<bool>(file.flush());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: generate_pinyin_tables FOLDER\n", stderr);
    return 2;
  }
  std::string error;
  const std::string folder = argv[1];
  const std::string pinyin = xiaoer::tools::generate_pinyin(error);
  const std::string words = xiaoer::tools::generate_common_words(1, error);
  if (pinyin.empty() || words.empty()) {
    std::fprintf(stderr, "generate_pinyin_tables: %s\n", error.c_str());
    return 1;
  }
  if (!write(folder + "/pinyin.cpp", pinyin) || !write(folder + "/common_words.cpp", words)) {
    std::perror("generate_pinyin_tables");
    return 1;
  }
  return 0;
}
