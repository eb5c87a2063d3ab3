#pragma once
// The lines of a stream, bounded: a file without line breaks takes no more memory than a line may.

#include <cstdint>
#include <functional>
#include <istream>
#include <string>

namespace xiaoer::report {

// Told now and then: how many lines or messages are done. May be empty.
using Progress = std::function<void(size_t done)>;
inline constexpr size_t kProgressStep = 500;

class LineReader {
 public:
  // The longest request that wire::read_request takes.
  static constexpr size_t kMaxBytes = 2u << 20;

  explicit LineReader(std::istream* in) : in_(in) {}  // borrowed

  // The next line that is not empty, without its end (LF or CRLF). Of a longer one than kMaxBytes
  // the beginning stays and the rest is skipped. False: the stream ended.
  bool next(std::string* line);
  uint32_t number() const { return number_; }  // of the line read last, from 1
  bool too_long() const { return too_long_; }  // whether it was

 private:
  bool read(std::string* line);

  std::istream* in_;
  uint32_t number_ = 0;
  bool too_long_ = false;
};

}  // namespace xiaoer::report
