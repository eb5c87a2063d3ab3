// `settings` and `tests`.

#include <algorithm>
#include <utility>

#include "base/instant.hpp"
#include "rules/parse.hpp"
#include "text/utf8.hpp"

namespace xiaoer::rules {
namespace {

using json::Type;

constexpr int64_t kMaxListed = 20;     // intents, replies, techniques of one answer
constexpr int64_t kMaxMatters = 3;     // of one joint reply
constexpr int64_t kMaxPushBudget = 2;  // more pushes than this in a conversation drive buyers away

constexpr std::string_view kDecisionNames[] = {"auto", "suggest", "handoff", "silent"};

void read_count(ParseContext& context, const Node& node, int64_t least, int64_t greatest,
                uint32_t* target) {
  if (auto count = read_integer(context, node, least, greatest)) {
    *target = static_cast<uint32_t>(*count);
  }
}

void read_replies(ParseContext& context, const Node& node, std::vector<std::string>* ids,
                  std::vector<Place>* places) {
  ids->clear();
  places->clear();
  for (PlacedText& text : read_texts(context, node, true)) {
    ids->push_back(std::move(text.text));
    places->push_back(std::move(text.place));
  }
}

constexpr std::string_view kToneNames[] = {"lively", "formal"};

// What goes between the braces of {{昵称|…}}: a word, or nothing.
bool is_address(std::string_view text) {
  constexpr size_t kMaxAddress = 12;  // characters
  return text::count(text) <= kMaxAddress &&
         text.find_first_of("{}|\\ \t\r\n,.!?~0123456789") == std::string_view::npos &&
         std::none_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; });
}

constexpr Field<Voice> kVoiceFields[] = {
    {"address",
     [](ParseContext& context, const Node& node, Voice& target) {
       if (!expect(context, node, Type::kString)) return;
       target.place = node.place();
       if (is_address(node.value->text)) {
         target.address = node.value->text;
       } else {
         context.error("bad-address", node.place(), {node.value->text});
       }
     }},
    {"tone",
     [](ParseContext& context, const Node& node, Voice& target) {
       if (auto name = read_name(context, node, kToneNames, 0)) target.formal = *name == 1;
     }},
};

constexpr int64_t kMaxBubbleSeconds = 60;
constexpr int64_t kMaxMinutes = 7 * 24 * 60;
constexpr int64_t kMaxAnswers = 5;
constexpr int64_t kMaxReminders = 3;  // more of them drive buyers away

void read_asks(ParseContext& context, const Node& node, ConversationSettings& target) {
  if (!expect(context, node, Type::kObject)) return;
  target.asks.clear();
  for (const json::Member& member : node.value->members) {
    const Node words = node.child(member);
    if (find_name(context, member.name, words.place(), requested_names(), 0)) {
      target.asks.emplace_back(member.name, read_plain_texts(context, words, true));
    }
  }
}

constexpr int64_t kMaxRounds = 20;

void read_preferences(ParseContext& context, const Node& node, BargainSettings& target) {
  target.prefer_count = 0;
  for (const PlacedText& text : read_texts(context, node, true)) {
    const auto name = find_name(context, text.text, text.place, preference_names(), 0);
    if (!name) continue;
    const Move move = preference_moves()[*name];
    const auto end = target.prefer.begin() + target.prefer_count;
    if (std::find(target.prefer.begin(), end, move) != end) {
      context.error("repeated-value", text.place, {text.text});
    } else {
      target.prefer[target.prefer_count++] = move;
    }
  }
}

constexpr Field<ConversationSettings> kConversationFields[] = {
    {"bubble_seconds",
     [](ParseContext& context, const Node& node, ConversationSettings& target) {
       read_count(context, node, 0, kMaxBubbleSeconds, &target.bubble_seconds);
     }},
    {"takeover_minutes",
     [](ParseContext& context, const Node& node, ConversationSettings& target) {
       read_count(context, node, 0, kMaxMinutes, &target.takeover_minutes);
     }},
    {"unhelpful_answers",
     [](ParseContext& context, const Node& node, ConversationSettings& target) {
       read_count(context, node, 1, kMaxAnswers, &target.unhelpful_answers);
     }},
    {"unpaid_minutes",
     [](ParseContext& context, const Node& node, ConversationSettings& target) {
       read_count(context, node, 0, kMaxMinutes, &target.unpaid_minutes);
     }},
    {"unpaid_reminders",
     [](ParseContext& context, const Node& node, ConversationSettings& target) {
       read_count(context, node, 0, kMaxReminders, &target.unpaid_reminders);
     }},
    {"not_helped",
     [](ParseContext& context, const Node& node, ConversationSettings& target) {
       read_replies(context, node, &target.not_helped, &context.draft().not_helped_places);
     }},
    {"given",
     [](ParseContext& context, const Node& node, ConversationSettings& target) {
       read_replies(context, node, &target.given, &context.draft().given_places);
     }},
    {"asks", read_asks},
};

constexpr Field<BargainSettings> kBargainFields[] = {
    {"prefer", read_preferences},
    {"hold_rounds",
     [](ParseContext& context, const Node& node, BargainSettings& target) {
       read_count(context, node, 0, kMaxRounds, &target.hold_rounds);
     }},
    {"max_steps",
     [](ParseContext& context, const Node& node, BargainSettings& target) {
       read_count(context, node, 0, kMaxRounds, &target.max_steps);
     }},
    {"handoff_after",
     [](ParseContext& context, const Node& node, BargainSettings& target) {
       read_count(context, node, 1, kMaxRounds, &target.handoff_after);
     }},
    {"accept_named",
     [](ParseContext& context, const Node& node, BargainSettings& target) {
       if (auto on = read_bool(context, node)) target.accept_named = *on;
     }},
    {"auto_price",
     [](ParseContext& context, const Node& node, BargainSettings& target) {
       if (auto on = read_bool(context, node)) target.auto_price = *on;
     }},
    {"edit",
     [](ParseContext& context, const Node& node, BargainSettings& target) {
       if (auto name = read_name(context, node, price_edit_names(), 0)) {
         target.edit = static_cast<PriceEdit>(*name);
       }
     }},
};

constexpr Field<Settings> kSettingsFields[] = {
    {"auto_threshold",
     [](ParseContext& context, const Node& node, Settings& target) {
       if (auto number = read_number(context, node, 0, 1)) target.auto_threshold = *number;
     }},
    {"suggest_threshold",
     [](ParseContext& context, const Node& node, Settings& target) {
       if (auto number = read_number(context, node, 0, 1)) target.suggest_threshold = *number;
     }},
    {"max_intents",
     [](ParseContext& context, const Node& node, Settings& target) {
       read_count(context, node, 1, kMaxListed, &target.max_intents);
     }},
    {"max_matters",
     [](ParseContext& context, const Node& node, Settings& target) {
       read_count(context, node, 1, kMaxMatters, &target.max_matters);
     }},
    {"max_replies",
     [](ParseContext& context, const Node& node, Settings& target) {
       read_count(context, node, 1, kMaxListed, &target.max_replies);
     }},
    {"max_techniques",
     [](ParseContext& context, const Node& node, Settings& target) {
       read_count(context, node, 0, kMaxListed, &target.max_techniques);
     }},
    {"push_budget",
     [](ParseContext& context, const Node& node, Settings& target) {
       read_count(context, node, 0, kMaxPushBudget, &target.push_budget);
     }},
    {"utc_offset",
     [](ParseContext& context, const Node& node, Settings& target) {
       if (!expect(context, node, Type::kString)) return;
       const auto minutes = parse_utc_offset(node.value->text);
       if (minutes) {
         target.utc_offset_minutes = *minutes;
       } else {
         context.error("bad-utc-offset", node.place(), {node.value->text});
       }
     }},
    {"goods",
     [](ParseContext& context, const Node& node, Settings& target) {
       if (!expect(context, node, Type::kString)) return;
       target.goods = node.value->text;
       context.draft().kinds_named.emplace_back(target.goods, node.place());
     }},
    {"tolerance",
     [](ParseContext& context, const Node& node, Settings& target) {
       if (auto on = read_bool(context, node)) target.tolerance = *on;
     }},
    {"fallback",
     [](ParseContext& context, const Node& node, Settings& target) {
       read_replies(context, node, &target.fallback, &context.draft().fallback_places);
     }},
    {"holding",
     [](ParseContext& context, const Node& node, Settings& target) {
       read_replies(context, node, &target.holding, &context.draft().holding_places);
     }},
    {"conversation",
     [](ParseContext& context, const Node& node, Settings& target) {
       if (!expect(context, node, Type::kObject)) return;
       read_fields<ConversationSettings>(context, node, kConversationFields, target.conversation);
     }},
    {"voice",
     [](ParseContext& context, const Node& node, Settings& target) {
       if (!expect(context, node, Type::kObject)) return;
       read_fields<Voice>(context, node, kVoiceFields, target.voice);
     }},
    {"bargain",
     [](ParseContext& context, const Node& node, Settings& target) {
       if (!expect(context, node, Type::kObject)) return;
       read_fields<BargainSettings>(context, node, kBargainFields, target.bargain);
     }},
};

constexpr Field<PackTestSource> kTestFields[] = {
    {"message",
     [](ParseContext& context, const Node& node, PackTestSource& target) {
       if (auto text = read_text(context, node)) target.message = std::move(*text);
     }},
    {"intent",
     [](ParseContext& context, const Node& node, PackTestSource& target) {
       // "" stands for: none may be found
       if (expect(context, node, Type::kString)) target.intent = node.value->text;
     }},
    {"decision",
     [](ParseContext& context, const Node& node, PackTestSource& target) {
       if (auto name = read_name(context, node, kDecisionNames, 0)) {
         target.decision = kDecisionNames[*name];
       }
     }},
};

}  // namespace

void read_settings_section(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kObject)) return;
  refuse_in_campaign(context, node, "settings");
  Settings& settings = context.pack().settings;
  settings.place = node.place();
  read_fields<Settings>(context, node, kSettingsFields, settings);
}

void read_tests_section(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kArray)) return;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (!expect(context, item, Type::kObject)) continue;
    PackTestSource test;
    test.place = item.place();
    read_fields<PackTestSource>(context, item, kTestFields, test);
    if (item.value->find("message") == nullptr) report_missing_key(context, item, "message");
    context.pack().tests.push_back(std::move(test));
  }
}

}  // namespace xiaoer::rules
