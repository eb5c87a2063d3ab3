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
  bool answer_message(const std::string& message, const std::string& event,
                      const reply::Instant& now) {
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

  // "/1": the first reply was sent.
  void send(size_t index, int64_t at) {
    if (index == 0 || index > result_.replies.size()) {
      std::cout << say("没有这条回复\n", "there is no such reply\n");
      return;
    }
    session_.sent(stable_hash(result_.text(result_.replies[index - 1].text)), at);
    std::cout << palette_.dim(say("已按发送计入会话", "counted as sent")) << '\n';
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
    for (uint32_t i = 0; i < result_.handoff.needs.count; ++i) {
      std::cout << "  ? " << text(result_.texts[result_.handoff.needs.first + i]) << '\n';
    }
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
    if (item.continues) std::cout << palette_.dim(std::string(say("  接上一条", "  continues")));
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
    show_handoff();
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
                            "/say 我来处理 同事自己说的; Ctrl-D 结束\n"
                          : "Type what the buyer says; /1 sends reply 1; /event order_paid: what "
                            "happened; /say ...: a person's own line; Ctrl-D ends\n");
  }
  std::string line;
  while (true) {
    if (prompt) std::cout << "> " << std::flush;
    if (!std::getline(std::cin, line)) return kSuccess;
    const auto now = now_or(options.now);
    if (line.size() > 1 && line[0] == '/' && line.find_first_not_of("0123456789", 1) == line.npos) {
      screen->send(line.size() > 4 ? 0 : std::stoul(line.substr(1)), now->seconds);
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
  if (!now) {
    std::cerr << "xiaoer: --now: \"" << printable(options.now)
              << "\" is not an ISO 8601 time with offset, e.g. 2026-11-21T10:00:00+08:00\n";
    return kUsage;
  }
  const auto ruleset = open_ruleset(options.pack, common);
  reply::Facts facts;
  if (ruleset == nullptr || !open_facts(options.facts, common, &facts)) return kProblems;
  Screen screen(*ruleset, facts, options, common);
  if (!options.has_message && options.event.empty()) {
    return converse(&screen, options, common.speech() == Language::kChinese);
  }
  return screen.answer_message(options.message, options.event, *now) ? kSuccess : kProblems;
}

}  // namespace xiaoer::cli
