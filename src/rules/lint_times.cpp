// What was promised for a time that is over.

#include "rules/lint.hpp"

namespace xiaoer::rules {
namespace {

class TimeChecker {
 public:
  TimeChecker(ParseContext& context, int64_t now)
      : context_(context), draft_(context.draft()), now_(now) {}

  void run() {
    const Validity& campaign = draft_.pack.manifest.valid;
    if (campaign.to && *campaign.to < now_) context_.warning("campaign-over", campaign.place);
    for (size_t i = 0; i < draft_.pack.replies.size(); ++i) {
      if (!draft_.is_newest(draft_.reply_notes[i].level)) continue;  // the vendor's words
      const ReplySource& reply = draft_.pack.replies[i];
      check(reply.id, reply.when, campaign);
    }
    for (const IntentSource& intent : draft_.pack.intents) {
      for (const PatternSource& pattern : intent.patterns) {
        check(intent.id, pattern.when, campaign);
      }
    }
    context_.rule_id.clear();
  }

 private:
  // What ends with its campaign is told once, there.
  void check(const std::string& id, const Condition& when, const Validity& campaign) {
    if (!when.valid_to || *when.valid_to >= now_ || when.valid_to == campaign.to) return;
    context_.rule_id = id;
    context_.warning("condition-over", when.place, {id});
  }

  ParseContext& context_;
  const Draft& draft_;
  int64_t now_;
};

}  // namespace

void lint_times(ParseContext& context) {
  if (context.options().now) TimeChecker(context, *context.options().now).run();
}

}  // namespace xiaoer::rules
