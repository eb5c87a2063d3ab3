// The first step of the pipeline: bubbles joined, what is none of the buyer's words left out, and
// the rest normalised.

#include <algorithm>

#include "engine.hpp"
#include "text/emoticon_codes.hpp"
#include "text/utf8.hpp"

namespace xiaoer {

using dialogue::Session;

bool Context::hear(const Ruleset& ruleset, const Session* session, const Request& request) {
  if (request.message.size() > kMaxMessageBytes) return false;
  std::string_view message = request.message;
  if (!request.messages.empty()) {
    joined_.assign(message);
    for (const std::string_view bubble : request.messages) {
      if (joined_.size() + bubble.size() + 1 > kMaxMessageBytes) return false;
      if (!joined_.empty()) joined_.push_back('\n');
      joined_.append(bubble);
    }
    message = joined_;
  }
  unheard_ = {};
  const bool echoes = session != nullptr && session->has_spoken();
  const bool cards = ruleset.replier().settings().has_system != 0;
  if (echoes || (cards && message.find('\n') != message.npos)) {
    message = without_noise(ruleset, session, message);
  }
  if (text::normalise(message, reading_.text) != text::NormaliseStatus::kOk) return false;
  if (text::may_have_codes(reading_.text)) text::fold_codes(&reading_.text);
  return true;
}

// Why a text under the buyer's name is none of his words: the shop's own line come back, or a card
// of the platform; empty: it is his.
std::string_view Context::noise_of(const Ruleset& ruleset, const Session* session,
                                   std::string_view line, bool alone) {
  // What is shorter a buyer may well say himself.
  constexpr size_t kLeastEcho = 8;  // characters
  if (session != nullptr && session->said(stable_hash(line)) && text::count(line) >= kLeastEcho) {
    return "own-echo";
  }
  // A message of one line is looked at when it is understood.
  if (alone || ruleset.replier().settings().has_system == 0) return {};
  if (text::normalise(line, aside_.text) != text::NormaliseStatus::kOk) return {};
  find_matches(ruleset, &aside_);
  return is_card(ruleset, ruleset.matcher().hits(*aside_.match)) ? kSystemCard : std::string_view();
}

// The message with white space in place of echoes and cards, so that all offsets stay; unheard_
// says why when nothing else is left.
std::string_view Context::without_noise(const Ruleset& ruleset, const Session* session,
                                        std::string_view message) {
  constexpr std::string_view kBlank = " \t\r";
  if (joined_.data() != message.data()) joined_.assign(message);
  if (session != nullptr) unheard_ = noise_of(ruleset, session, message, true);
  if (!unheard_.empty()) return {};
  const bool alone = joined_.find('\n') == joined_.npos;
  std::string_view noise;
  bool heard = false;
  for (size_t begin = 0; !alone && begin < joined_.size();) {
    const size_t end = std::min(joined_.find('\n', begin), joined_.size());
    const std::string_view line = std::string_view(joined_).substr(begin, end - begin);
    if (line.find_first_not_of(kBlank) != line.npos) {
      const std::string_view found = noise_of(ruleset, session, line, false);
      if (found.empty()) {
        heard = true;
      } else {
        std::fill(joined_.begin() + static_cast<ptrdiff_t>(begin),
                  joined_.begin() + static_cast<ptrdiff_t>(end), ' ');
        if (noise.empty()) noise = found;
      }
    }
    begin = end + 1;
  }
  if (!heard) unheard_ = noise;
  return joined_;
}

}  // namespace xiaoer
