#pragma once
// Internal: positions for a parser that gives none.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "json/value.hpp"

namespace xiaoer::json {

// Where the parser stands. nlohmann's callbacks carry no positions, so the iterator that feeds its
// lexer watches the bytes go by and notes where the newest value or key began. The lexer looks one
// byte ahead only behind numbers, and only into bytes that begin no value.
class Tracker {
 public:
  explicit Tracker(std::string_view text) : text_(text) {}

  // The byte at offset() was handed to the lexer.
  void consume() {
    const auto byte = static_cast<unsigned char>(text_[offset_]);
    last_ = {offset_, position_};
    step_state(byte);
    ++offset_;
    if (byte == '\n') {
      ++position_.line;
      position_.column = 1;
    } else if ((byte & 0xC0) != 0x80) {
      ++position_.column;
    }
  }

  struct Mark {
    size_t offset = 0;
    Position position = {1, 1};
  };
  const Mark& value_start() const { return value_start_; }
  const Mark& last() const { return last_; }
  // The last byte before each that is neither white space nor part of a comment; 0: none.
  char before_value() const { return before_value_; }
  char before_last() const { return before_sign_; }
  Mark here() const { return {offset_, position_}; }

  // The source text of the number that begins at value_start().
  std::string_view number_text() const {
    const std::string_view rest = text_.substr(value_start_.offset);
    const size_t size = rest.find_first_not_of("+-.0123456789Ee");
    return rest.substr(0, size);
  }

 private:
  enum class State : uint8_t { kBetween, kScalar, kString, kEscape, kSlash, kLine, kBlock, kStar };

  void step_state(unsigned char byte) {
    switch (state_) {
      case State::kString:
        if (byte == '\\') state_ = State::kEscape;
        if (byte == '"') state_ = State::kBetween;
        return;
      case State::kEscape:
        state_ = State::kString;
        return;
      case State::kLine:
        if (byte == '\n' || byte == '\r') state_ = State::kBetween;
        return;
      case State::kBlock:
        if (byte == '*') state_ = State::kStar;
        return;
      case State::kStar:
        if (byte == '/') state_ = State::kBetween;
        if (byte != '/' && byte != '*') state_ = State::kBlock;
        return;
      case State::kSlash:
        state_ = byte == '*' ? State::kBlock : State::kLine;
        return;
      default:
        step_outside(byte);
    }
  }

  void step_outside(unsigned char byte) {
    switch (byte) {
      case '/':
        state_ = State::kSlash;
        return;
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        state_ = State::kBetween;
        return;
      default:
        before_sign_ = std::exchange(sign_, static_cast<char>(byte));
    }
    switch (byte) {
      case ',':
      case ':':
      case ']':
      case '}':
        state_ = State::kBetween;
        return;
      case '"':
        state_ = State::kString;
        break;
      case '{':
      case '[':
        state_ = State::kBetween;
        break;
      default:
        if (state_ == State::kScalar) return;
        state_ = State::kScalar;
    }
    value_start_ = {offset_, position_};
    before_value_ = before_sign_;
  }

  std::string_view text_;
  size_t offset_ = 0;
  Position position_ = {1, 1};
  Mark value_start_;
  Mark last_;
  char sign_ = 0, before_sign_ = 0, before_value_ = 0;
  State state_ = State::kBetween;
};

}  // namespace xiaoer::json
