// Writes a generated pack as a folder of files, with messages and facts beside it, for measurements
// that are not made in C++. usage: xiaoer_export FOLDER PHRASES MESSAGES

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "bench/generate.hpp"

namespace {

bool write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  return static_cast<bool>(out.flush());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: xiaoer_export FOLDER PHRASES MESSAGES\n");
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  const auto number = [&](int i) {
    return static_cast<uint32_t>(std::strtoul(argv[i], nullptr, 10));
  };
  std::filesystem::create_directories(folder / "pack");
  bool good = true;
  for (const auto& file : xiaoer::bench::generate_files(number(2), 7)) {
    good = write(folder / "pack" / file.name, file.bytes) && good;
  }
  std::string lines;
  for (const std::string& message : xiaoer::bench::generate_messages(number(3), 11)) {
    lines += message + '\n';
  }
  good = write(folder / "messages.txt", lines) && good;
  good = write(folder / "facts.json", xiaoer::bench::generate_facts_json()) && good;
  if (!good) std::fprintf(stderr, "%s: cannot be written\n", argv[1]);
  return good ? 0 : 1;
}
