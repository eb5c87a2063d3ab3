// Run by the build: pack_image FOLDER FILE compiles a pack to an image, so that no process of a bot
// has to compile the default pack when it starts.

#include <exception>
#include <fstream>
#include <iostream>

#include "xiaoer/xiaoer.hpp"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: pack_image FOLDER FILE\n";
    return 2;
  }
  try {
    const xr::Ruleset rules = xr::Ruleset::open(argv[1]);
    std::ofstream file(argv[2], std::ios::binary | std::ios::trunc);
    if (file << rules.image() << std::flush) return 0;
    std::cerr << argv[2] << ": cannot be written\n";
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
  return 1;
}
