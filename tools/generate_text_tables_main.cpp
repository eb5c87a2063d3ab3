// Usage: generate_text_tables > src/text/generated/tables.cpp

#include <cstdio>

#include "tools/generate_text_tables.hpp"

int main() {
  std::string error;
  const std::string tables = xiaoer::tools::generate_text_tables(error);
  if (tables.empty()) {
    std::fprintf(stderr, "generate_text_tables: %s\n", error.c_str());
    return 1;
  }
  if (std::fwrite(tables.data(), 1, tables.size(), stdout) != tables.size() ||
      std::fflush(stdout) != 0) {
    std::perror("generate_text_tables");
    return 1;
  }
  return 0;
}
