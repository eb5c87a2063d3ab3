#include "hear.hpp"

#include <algorithm>

#include "text/emoticon_codes.hpp"
#include "text/utf8.hpp"

namespace xiaoer {
namespace {

// Why a text under the buyer's name is none of his words: the shop's own line come back, or a card
// of the platform; empty: it is his.
std::string_view noise_of(const Call& call, std::string_view line, bool alone) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  // What is shorter a buyer may well say himself.
  constexpr size_t kLeastEcho = 8;  // characters
  if (call.has_session() && call.session->said(stable_hash(line)) &&
      text::count(line) >= kLeastEcho) {
    return "own-echo";
  }
  // A message of one line is looked at when it is understood.
  if (alone || call.ruleset.replier().settings().has_system == 0) return {};
  Reading& aside = call.scratch.aside;
  if (text::normalise(line, aside.text) != text::NormaliseStatus::kOk) return {};
  find_matches(call.ruleset, &aside);
  return is_card(call.ruleset, call.ruleset.matcher().hits(*aside.match)) ? kSystemCard
                                                                          : std::string_view();
}

// The message with white space in place of echoes and cards, so that all offsets stay.
std::string_view without_noise(std::string_view message, Call* call) {
  constexpr std::string_view kBlank = " \t\r";
  std::string& left = call->scratch.heard;
  left.assign(message);
  if (call->has_session()) call->unheard = noise_of(*call, message, true);
  if (!call->unheard.empty()) return {};
  const bool alone = left.find('\n') == left.npos;
  std::string_view noise;
  bool heard = false;
  for (size_t begin = 0; !alone && begin < left.size();) {
    const size_t end = std::min(left.find('\n', begin), left.size());
    const std::string_view line = std::string_view(left).substr(begin, end - begin);
    if (line.find_first_not_of(kBlank) != line.npos) {
      const std::string_view found = noise_of(*call, line, false);
      if (found.empty()) {
        heard = true;
      } else {
        std::fill(left.begin() + static_cast<ptrdiff_t>(begin),
                  left.begin() + static_cast<ptrdiff_t>(end), ' ');
        if (noise.empty()) noise = found;
      }
    }
    begin = end + 1;
  }
  if (!heard) call->unheard = noise;
  return left;
}

}  // namespace

void add_bubble(std::string_view bubble, std::string* message) {
  if (!message->empty()) message->push_back('\n');
  message->append(bubble);
}

bool hear(Call* call) {
  std::string_view message = call->request.message;
  if (message.size() > kMaxMessageBytes) return false;
  const bool echoes = call->has_session() && call->session->has_spoken();
  const bool cards = call->ruleset.replier().settings().has_system != 0;
  if (echoes || (cards && message.find('\n') != message.npos)) {
    message = without_noise(message, call);
  }
  text::Text& text = call->scratch.reading.text;
  if (text::normalise(message, text) != text::NormaliseStatus::kOk) return false;
  if (text::may_have_codes(text)) text::fold_codes(&text);
  return true;
}

}  // namespace xiaoer
