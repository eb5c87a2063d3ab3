#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "cli/commands.hpp"
#include "engine.hpp"
#include "report/reasons.hpp"

namespace xiaoer::cli {
namespace {

std::string number(double value) {
  char buffer[16];
  std::snprintf(buffer, sizeof(buffer), "%.2f", value);
  return buffer;
}

// A conversation on screen.
class Screen {
 public:
  Screen(const Ruleset& ruleset, const reply::Facts& facts, const TryOptions& options,
         const CommonOptions& common)
      : ruleset_(ruleset),
        facts_(facts),
        options_(options),
        chinese_(common.speech() == Language::kChinese),
        palette_(common.colour, isatty(STDOUT_FILENO) != 0) {}

  // A message, or what happened when `event` is not empty.
  bool answer_message(const std::string& message, const std::string& event, const Instant& now) {
    Request request;
    request.message = message;
    request.event = event;
    request.facts = &facts_;
    request.now = now;
    request.seed = options_.seed;
    request.trace = options_.why;
    if (answer(ruleset_, context_, &session_, request, &result_) != Status::kOk) {
      std::cerr << say("消息太长, 最多 ", "the message is too long; at most ") << kMaxMessageBytes
                << say(" 字节\n", " bytes\n");
      return false;
    }
    message_ = message;
    show_result();
    return true;
  }

  // "/done remark", "/failed remark": what became of an action.
  void confirm(std::string_view action, bool ok, int64_t at) {
    const auto known = rules::find_action(action);
    const bool taken = known && session_.care().confirm(*known, ok, at);
    std::cout << (taken ? palette_.dim(say("已记入会话", "noted"))
                        : std::string(say("没有提出过这个动作\n", "no such action was proposed\n")))
              << (taken ? "\n" : "");
  }

  // "/1": the first reply was sent.
  void send(size_t index, int64_t at) {
    if (index == 0 || index > result_.replies.size()) {
      std::cout << say("没有这条回复\n", "there is no such reply\n");
      return;
    }
    if (sent(&session_, result_.text(result_.replies[index - 1].text), at)) {
      std::cout << palette_.dim(say("已按发送计入会话", "counted as sent")) << '\n';
    } else {
      std::cout << say("这条已经计过了\n", "it was counted before\n");
    }
  }

  // "/say 我来": a person wrote that himself.
  void hear_person(const std::string& line, int64_t at) {
    observe(&session_, line, at);
    std::cout << palette_.dim(say("同事的话, 已记入会话", "a person's line, kept")) << '\n';
  }

 private:
  std::string_view say(std::string_view zh, std::string_view en) const {
    return chinese_ ? zh : en;
  }
  std::string text(TextRef ref) const { return printable(result_.text(ref)); }

  void heading(std::string_view zh, std::string_view en) const {
    std::cout << palette_.bold(say(zh, en)) << '\n';
  }

  void reasons(ItemRange why) const {
    const Language language = chinese_ ? Language::kChinese : Language::kEnglish;
    for (const report::ReasonText& reason : report::reasons_of(result_, why, message_)) {
      std::string line = "     " + printable(report::kind_in_words(reason.kind, language));
      if (!reason.rule.empty()) line += ": " + printable(reason.rule);
      if (!reason.words.empty()) line += " ← 「" + printable(reason.words) + "」";
      if (reason.points > 0) line += " +" + number(reason.points);
      std::cout << palette_.dim(line) << '\n';
    }
  }

  void show_intents() const {
    heading("意图", "Intents");
    if (result_.intents.empty()) std::cout << say("  没有听懂\n", "  none understood\n");
    for (const IntentItem& intent : result_.intents) {
      std::cout << "  " << palette_.blue(text(intent.id)) << "  " << text(intent.title) << "  "
                << number(intent.score) << '\n';
      reasons(intent.why);
    }
  }

  void show_entities() const {
    if (result_.entities.empty()) return;
    heading("要素", "Entities");
    for (const EntityItem& entity : result_.entities) {
      std::cout << "  " << text(entity.kind) << " = " << text(entity.value) << "  「"
                << text(entity.text) << "」\n";
    }
  }

  void show_replies() const {
    heading("回复", "Replies");
    for (size_t i = 0; i < result_.replies.size(); ++i) {
      const ReplyItem& reply = result_.replies[i];
      std::cout << "  " << i + 1 << ". " << palette_.green(text(reply.text)) << '\n';
      std::cout << palette_.dim("     " + text(reply.id) + "  " + number(reply.score)) << '\n';
      reasons(reply.why);
    }
  }

  void show_techniques() const {
    if (result_.techniques.empty()) return;
    heading("促成技巧", "Closing techniques");
    for (const TechniqueItem& technique : result_.techniques) {
      std::cout << "  · " << palette_.yellow(text(technique.technique)) << "  "
                << text(technique.text) << '\n';
      reasons(technique.why);
    }
  }

  void show_handoff() const {
    if (!result_.handoff.present) return;
    heading("转人工", "Handover");
    std::cout << "  " << palette_.red(text(result_.handoff.reason)) << " → "
              << text(result_.handoff.route) << '\n';
    if (result_.handoff.holding.size > 0) {
      std::cout << "  " << palette_.green(text(result_.handoff.holding)) << '\n';
    }
    show_case();
  }

  // What the person who takes over gets.
  void show_case() const {
    const CaseItem& record = result_.handoff.record;
    std::cout << "  " << text(record.summary) << '\n';
    std::cout << "  " << say("紧急 ", "urgency ") << number(record.urgency);
    if (record.major) std::cout << "  " << palette_.red(say("重大投诉", "major complaint"));
    std::cout << '\n';
    reasons(record.major_why);
    reasons(record.urgency_why);
    for (uint32_t i = 0; i < record.facts.count; ++i) {
      const CaseFactItem& fact = result_.case_facts[record.facts.first + i];
      std::cout << palette_.dim("     " + text(fact.name) + ": " + text(fact.value)) << '\n';
    }
    for (uint32_t i = 0; i < record.promises.count; ++i) {
      const PromiseItem& promise = result_.promises[record.promises.first + i];
      std::cout << "  ⏰ " << text(promise.name) << "  " << text(promise.due) << "  "
                << text(promise.state) << '\n';
    }
  }

  void show_guidance() const {
    const GuidanceItem& guidance = result_.guidance;
    if (guidance.next_step.size == 0 && guidance.needs.count == 0) return;
    heading("下一步", "Next");
    if (guidance.next_step.size > 0) std::cout << "  → " << text(guidance.next_step) << '\n';
    for (uint32_t i = 0; i < guidance.needs.count; ++i) {
      std::cout << "  ? " << text(result_.texts[guidance.needs.first + i]) << '\n';
    }
  }

  void show_actions() const {
    if (!result_.actions.empty()) heading("可办的事", "Actions");
    for (const ActionItem& action : result_.actions) {
      std::cout << "  " << palette_.blue(text(action.action));
      if (action.requires_person) std::cout << say("  要人来办", "  needs a person");
      std::cout << '\n';
      for (uint32_t i = 0; i < action.arguments.count; ++i) {
        const ArgumentItem& argument = result_.arguments[action.arguments.first + i];
        std::cout << palette_.dim("     " + text(argument.name) + " = " + text(argument.value) +
                                  "  (" + text(argument.source) + ")")
                  << '\n';
      }
    }
    for (const LinkItem& link : result_.links) {
      std::cout << "  " << text(link.name) << "  " << text(link.url) << '\n';
    }
  }

  void show_buyer() const {
    if (result_.buyer.why.count == 0 && result_.traits.empty()) return;
    heading("买家", "Buyer");
    std::cout << "  " << text(result_.buyer.emotion) << "  " << number(result_.buyer.score);
    for (const TraitItem& trait : result_.traits) {
      std::cout << "  " << text(trait.id) << ' ' << number(trait.score);
    }
    std::cout << '\n';
    reasons(result_.buyer.why);
  }

  void show_trace() const {
    if (!result_.guard.empty()) heading("守卫拒绝", "Refused by a guard");
    for (const GuardItem& guard : result_.guard) {
      std::cout << "  " << text(guard.id) << "  " << palette_.red(text(guard.rule)) << "  "
                << text(guard.detail) << '\n';
    }
    if (!result_.near_misses.empty()) heading("差一点的意图", "Nearly");
    for (const NearMissItem& miss : result_.near_misses) {
      std::cout << "  " << text(miss.id);
      if (miss.score > 0) std::cout << "  " << number(miss.score);
      std::cout << '\n';
      reasons(miss.why);
    }
  }

  void show_conversation() const {
    const ConversationItem& item = result_.conversation;
    std::cout << palette_.dim(std::string(say("阶段 ", "stage ")) + text(result_.stage) +
                              std::string(say("  订单 ", "  order ")) + text(result_.order_state));
    if (item.continues) std::cout << palette_.dim(say("  接上一条", "  continues"));
    std::cout << '\n';
  }

  void show_result() const {
    std::cout << palette_.bold(say("决定", "Decision")) << "  " << name_of(result_.decision);
    if (result_.conversation.silence.size > 0) {
      std::cout << "  " << palette_.red(text(result_.conversation.silence));
    }
    std::cout << '\n';
    show_conversation();
    show_intents();
    show_entities();
    show_replies();
    show_techniques();
    show_actions();
    show_handoff();
    show_guidance();
    show_buyer();
    if (options_.why) show_trace();
  }

  const Ruleset& ruleset_;
  const reply::Facts& facts_;
  const TryOptions& options_;
  bool chinese_;
  Palette palette_;
  Context context_;
  dialogue::Session session_;
  Result result_;
  std::string message_;
};

constexpr std::string_view kEvent = "/event ";
constexpr std::string_view kSay = "/say ";

int converse(Screen* screen, const TryOptions& options, bool chinese) {
  const bool prompt = isatty(STDIN_FILENO) != 0;
  if (prompt) {
    std::cout << (chinese ? "输入买家的话; /1 发送第 1 条回复; /event order_paid 发生了什么; "
                            "/say 我来处理 同事自己说的; /done remark 动作办好了; Ctrl-D 结束\n"
                          : "Type what the buyer says; /1 sends reply 1; /event order_paid: what "
                            "happened; /say ...: a person's own line; /done remark confirms an "
                            "action; Ctrl-D ends\n");
  }
  std::string line;
  while (true) {
    if (prompt) std::cout << "> " << std::flush;
    if (!std::getline(std::cin, line)) return kSuccess;
    const auto now = now_or(options.now);
    if (line.size() > 1 && line[0] == '/' && line.find_first_not_of("0123456789", 1) == line.npos) {
      screen->send(line.size() > 4 ? 0 : std::stoul(line.substr(1)), now->seconds);
    } else if (line.starts_with("/done ") || line.starts_with("/failed ")) {
      const size_t space = line.find(' ');
      screen->confirm(std::string_view(line).substr(space + 1), line[1] == 'd', now->seconds);
    } else if (line.starts_with(kEvent)) {
      screen->answer_message("", line.substr(kEvent.size()), *now);
    } else if (line.starts_with(kSay)) {
      screen->hear_person(line.substr(kSay.size()), now->seconds);
    } else if (!line.empty()) {
      screen->answer_message(line, "", *now);
    }
  }
}

}  // namespace

int run_try(const TryOptions& options, const CommonOptions& common) {
  const auto now = now_or(options.now);
  if (!now) return bad_time(options.now);
  const auto ruleset = open_ruleset(options.pack, common);
  reply::Facts facts;
  if (ruleset == nullptr || !open_facts(options.facts, common, &facts)) return kProblems;
  note_facts(*ruleset, facts, common);
  Screen screen(*ruleset, facts, options, common);
  if (!options.has_message && options.event.empty()) {
    return converse(&screen, options, common.speech() == Language::kChinese);
  }
  return screen.answer_message(options.message, options.event, *now) ? kSuccess : kProblems;
}

}  // namespace xiaoer::cli
