#include "report/lines.hpp"

namespace xiaoer::report {

bool LineReader::read(std::string* line) {
  using Traits = std::istream::traits_type;
  line->clear();
  too_long_ = false;
  std::streambuf* const bytes = in_->rdbuf();
  bool any = false;
  for (auto c = bytes->sbumpc(); c != Traits::eof(); c = bytes->sbumpc()) {
    any = true;
    if (c == '\n') break;
    too_long_ = too_long_ || line->size() == kMaxBytes;
    if (!too_long_) line->push_back(Traits::to_char_type(c));
  }
  return any;
}

bool LineReader::next(std::string* line) {
  while (read(line)) {
    ++number_;
    if (!line->empty() && line->back() == '\r') line->pop_back();
    if (!line->empty()) return true;
  }
  return false;
}

}  // namespace xiaoer::report
