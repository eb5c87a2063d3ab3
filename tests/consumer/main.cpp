// The same in C++.
#include <iostream>
#include <xiaoer/xiaoer.hpp>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  try {
    const xr::Ruleset rules = xr::Ruleset::open(argv[1]);
    xr::Context context;
    xr::Session session;
    xr::Result result;
    std::cout << xr::reply_json(rules, context, &session, nullptr, argv[2], result) << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
