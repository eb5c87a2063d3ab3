// Replies that no situation reaches, beyond conditions that contradict themselves (validate).

#include <algorithm>
#include <unordered_set>

#include "rules/lint.hpp"
#include "rules/template.hpp"

namespace xiaoer::rules {
namespace {

// Whether every variant can be rendered without any fact, so that the reply passes whenever it is
// tried.
bool always_passes(const ReplySource& reply) {
  if (!reply.when.always() || reply.variants.empty()) return false;
  return std::all_of(reply.variants.begin(), reply.variants.end(), [](const ExampleSource& text) {
    std::vector<TemplatePiece> pieces;
    PhraseError error;
    return parse_template(text.text, &pieces, &error) &&
           std::none_of(pieces.begin(), pieces.end(),
                        [](const TemplatePiece& piece) { return piece.is_variable; });
  });
}

class ReachChecker {
 public:
  explicit ReachChecker(ParseContext& context) : context_(context), draft_(context.draft()) {}

  void run() {
    const Settings& settings = draft_.pack.settings;
    for (size_t i = 0; i < draft_.pack.intents.size(); ++i) {
      const IntentSource& intent = draft_.pack.intents[i];
      if (!draft_.is_newest(draft_.intent_notes[i].level)) continue;
      context_.rule_id = intent.id;
      check_list(intent.replies, intent.reply_places, settings.max_replies);
    }
    context_.rule_id.clear();
    check_list(settings.fallback, draft_.fallback_places, settings.max_replies);
    // Of the holding replies one goes out.
    check_list(settings.holding, draft_.holding_places, 1);
    check_wordings();
  }

 private:
  // Replies with conditions come first; those without come in the order of the list, and `room`
  // that pass fill it, unless their priority says otherwise.
  void check_list(const std::vector<std::string>& ids, const std::vector<Place>& places,
                  size_t room) {
    std::unordered_set<std::string> seen;
    size_t passed = 0;
    std::string filler;
    for (size_t i = 0; i < ids.size(); ++i) {
      const auto found = draft_.reply_index.find(ids[i]);
      if (found == draft_.reply_index.end()) continue;
      const ReplySource& reply = draft_.pack.replies[found->second];
      if (!seen.insert(ids[i]).second) {
        report(ids[i], places[i], {"它在这个列表里已经有了", "the list has it already"});
      } else if (reply.when.always() && reply.priority <= 0 && passed >= room) {
        report(ids[i], places[i],
               {"前面没有条件的“" + filler + "”总会先用上",
                "\"" + filler + "\" before it has no condition and always comes first"});
      } else if (reply.priority >= 0 && always_passes(reply)) {
        ++passed;
        filler = ids[i];
      }
    }
  }

  void report(const std::string& id, const Place& place,
              const std::pair<std::string, std::string>& why) {
    context_.warning("unreached-reply", place, {id, why.first, why.second});
  }

  // Wordings of techniques that no intent lists. Manners fit by their objections as well.
  void check_wordings() {
    uint32_t listed = 0;
    for (const IntentSource& intent : draft_.pack.intents) {
      for (const Technique technique : intent.techniques) {
        listed |= 1u << static_cast<uint32_t>(technique);
      }
    }
    for (size_t i = 0; i < draft_.pack.replies.size(); ++i) {
      const ReplySource& reply = draft_.pack.replies[i];
      if (reply.technique == Technique::kNone || is_manner(reply.technique)) continue;
      if (!draft_.is_newest(draft_.reply_notes[i].level)) continue;
      if ((listed >> static_cast<uint32_t>(reply.technique) & 1) != 0) continue;
      context_.rule_id = reply.id;
      const std::string name(name_of(reply.technique));
      report(reply.id, reply.place,
             {"没有意图在 techniques 里写“" + name + "”", "no intent lists \"" + name + "\""});
    }
    context_.rule_id.clear();
  }

  ParseContext& context_;
  const Draft& draft_;
};

}  // namespace

void lint_replies(ParseContext& context) { ReachChecker(context).run(); }

}  // namespace xiaoer::rules
