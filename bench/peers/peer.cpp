// Xiaoer from C among its peers: the same as peer.py, through the C interface.
// usage: xiaoer_peer FOLDER BUDGET

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "xiaoer/xiaoer.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kWarmUp = 200;             // as in workload.py
constexpr std::string_view kMark = "编号";  // before the intent's id in every reply

struct Message {
  std::string rightly;  // ",id,id,": the ids it is right to answer with
  std::string text;
};

std::vector<Message> read_messages(const std::string& path) {
  std::vector<Message> messages;
  std::ifstream in(path, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    const size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    messages.push_back({"," + line.substr(0, tab) + ",", line.substr(tab + 1)});
  }
  return messages;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Peer {
 public:
  explicit Peer(const std::string& folder) : rules_(xr::Ruleset::open(folder + "/pack")) {
    request_.struct_size = sizeof(request_);
  }
  // The id in the reply that would go out by itself; empty: none would.
  std::string_view answer(std::string_view message) {
    request_.message = xr::text(message);
    xiaoer_item reply = {};
    if (xiaoer_reply(rules_.get(), context_.get(), nullptr, &request_, result_.get(), nullptr) !=
            XIAOER_OK ||
        xiaoer_result_decision(result_.get()) != XIAOER_AUTO ||
        xiaoer_result_item(result_.get(), XIAOER_REPLY, 0, &reply) != XIAOER_OK) {
      return {};
    }
    const std::string_view text = xr::view(reply.text);
    return text.substr(std::min(kMark.size(), text.size()));
  }

 private:
  xr::Ruleset rules_;
  xr::Context context_;
  xr::Result result_;
  xiaoer_request request_ = {};
};

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

bool is_right(const Message& message, std::string_view answer) {
  if (answer.empty()) return message.rightly == ",,";
  return message.rightly.find("," + std::string(answer) + ",") != std::string::npos;
}

void measure(Peer* peer, const std::vector<Message>& messages, double budget) {
  std::vector<double> times;
  size_t right = 0, answered = 0;
  for (size_t i = 0; i < kWarmUp; ++i) peer->answer(messages[i].text);
  const Clock::time_point start = Clock::now();
  for (size_t i = kWarmUp; i < messages.size() && seconds_since(start) < budget; ++i) {
    const Clock::time_point begin = Clock::now();
    const std::string_view answer = peer->answer(messages[i].text);
    times.push_back(seconds_since(begin) * 1e6);
    answered += !answer.empty();
    right += is_right(messages[i], answer);
  }
  std::sort(times.begin(), times.end());
  const auto count = static_cast<double>(times.size());
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "{\"p50_us\": %.3f, \"p99_us\": %.3f, \"right\": %.4f, \"answered\": %.4f, "
      "\"messages\": %zu, \"rss_mb\": %.1f}\n",
      times[times.size() / 2], times[times.size() * 99 / 100], static_cast<double>(right) / count,
      static_cast<double>(answered) / count, times.size(),
      static_cast<double>(usage.ru_maxrss) / 1024);
  std::fflush(stdout);
}

void run(const std::string& folder, double budget) {
  const std::vector<Message> messages = read_messages(folder + "/messages.tsv");
  if (messages.size() <= kWarmUp) throw std::runtime_error(folder + ": too few messages");
  const std::clock_t begin = std::clock();
  Peer peer(folder);
  std::printf("{\"load_s\": %.6f}\n", static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  measure(&peer, messages, budget);
  for (std::string path; std::getline(std::cin, path);) {
    const std::string text = read_file(path);
    const Clock::time_point asked = Clock::now();
    peer.answer(text);
    std::printf("{\"seconds\": %.6f}\n", seconds_since(asked));
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: xiaoer_peer FOLDER BUDGET\n", stderr);
    return 2;
  }
  try {
    run(argv[1], std::strtod(argv[2], nullptr));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
  } catch (...) {
    std::fputs("unknown error\n", stderr);
  }
  return 1;
}
