// Compiles a pack's replies, techniques, compliance words and settings into the kReply sections.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reply/case_build.hpp"
#include "reply/compliance.hpp"
#include "reply/replier.hpp"
#include "reply/template.hpp"

namespace xiaoer::reply {
namespace {

bool in_class(std::string_view id, std::string_view name) {
  return id.starts_with(name) && (id.size() == name.size() || id[name.size()] == '.');
}

// Whether one of the parts of a dotted id is `name`.
bool has_part(std::string_view id, std::string_view name) {
  while (!id.empty()) {
    const size_t dot = id.find('.');
    if (id.substr(0, dot) == name) return true;
    if (dot == id.npos) return false;
    id.remove_prefix(dot + 1);
  }
  return false;
}

// What the class of an intent means for replies; classes are fixed, so ids say it.
uint16_t traits_of(std::string_view id) {
  uint16_t traits = 0;
  if (in_class(id, "bargain") || in_class(id, "price")) traits |= kPriceTrait;
  if (in_class(id, "stock")) traits |= kStockTrait;
  if (in_class(id, "human")) traits |= kHumanTrait;
  if (in_class(id, "bargain")) traits |= kBargainTrait;
  if (in_class(id, "hesitate")) traits |= kHesitateTrait;
  if (in_class(id, "ready") || in_class(id, "order.place")) traits |= kReadyTrait;
  if (has_part(id, "refuse") || has_part(id, "no_money")) traits |= kRefusalTrait;
  constexpr std::string_view kNoPush[] = {"complaint",      "after",        "review",
                                          "logistics.urge", "order.cancel", "thanks_bye"};
  for (const std::string_view name : kNoPush) {
    if (in_class(id, name)) traits |= kNoPushTrait;
  }
  for (const std::string_view name : {"greet", "thanks_bye", "chat", "ack", "info"}) {
    if (in_class(id, name)) traits |= kTalkTrait;
  }
  if (in_class(id, "greet")) traits |= kGreetTrait;
  if (in_class(id, "ack") && has_part(id, "ok")) traits |= kAcknowledgeTrait;
  if (has_part(id, "solved")) traits |= kSettledTrait;
  if (has_part(id, "not_helped")) traits |= kNotHelpedTrait;
  return traits;
}

// What a message of class info gives.
uint16_t gives_of(std::string_view id) {
  using rules::Requested;
  if (!in_class(id, "info")) return 0;
  uint32_t gives = 0;
  if (has_part(id, "picture")) gives |= bit_of(Requested::kPicture);
  if (has_part(id, "order_number")) gives |= bit_of(Requested::kOrderNumber);
  if (has_part(id, "address")) gives |= bit_of(Requested::kAddress) | bit_of(Requested::kRegion);
  if (has_part(id, "item")) gives |= bit_of(Requested::kItem);
  return static_cast<uint16_t>(gives);
}

// One use: collects the records of a pack.
class Builder {
 public:
  Builder(const rules::Pack& pack, ConditionTable* conditions, ImageBuilder* image,
          Diagnostics* diagnostics)
      : pack_(pack),
        conditions_(conditions),
        image_(image),
        diagnostics_(diagnostics),
        templates_(pack, image, diagnostics) {}

  void build() {
    add_replies();
    add_techniques();
    for (const rules::IntentSource& intent : pack_.intents) add_intent(intent);
    add_spares(pack_.settings.fallback, Spare::kFallback);
    add_spares(pack_.settings.holding, Spare::kHolding);
    add_spares(pack_.settings.conversation.not_helped, Spare::kNotHelped);
    add_spares(pack_.settings.conversation.given, Spare::kGiven);
    add_facts();
    add_settings();
    templates_.finish();
    build_compliance(pack_, image_);
    image_->add(Section::kReplyReplies, replies_);
    image_->add(Section::kReplyTechniques, techniques_);
    image_->add(Section::kReplyIntents, intents_);
    image_->add(Section::kReplyIntentReplies, intent_replies_);
    image_->add(Section::kReplyIntentTechniques, intent_techniques_);
    image_->add(Section::kReplyNeeds, needs_);
    image_->add(Section::kReplyFallbacks, fallbacks_);
    image_->add(Section::kReplyRefusals, refusals_);
    image_->add(Section::kReplyHesitations, hesitations_);
    image_->add(Section::kReplySignals, signals_);
    build_cases(pack_, index_, conditions_, image_);
  }

 private:
  void add_replies() {
    for (const rules::ReplySource& source : pack_.replies) {
      ReplyRecord record;
      record.id = image_->string(source.id);
      record.why = image_->string(source.why);
      record.hash = stable_hash(source.id);
      record.condition = conditions_->add(source.when, pack_, image_);
      record.technique = static_cast<uint32_t>(source.technique);
      record.attended = source.policy == rules::Policy::kAuto ? 0 : 1;
      record.priority = source.priority;
      record.variants = {templates_.variant_count(), static_cast<uint32_t>(source.variants.size())};
      for (const rules::ExampleSource& variant : source.variants) templates_.add(source, variant);
      index_.emplace(source.id, static_cast<uint32_t>(replies_.size()));
      replies_.push_back(record);
    }
  }

  void add_techniques() {
    const size_t names = rules::technique_names().size() + rules::manner_names().size();
    for (uint32_t number = 1; number < names; ++number) {
      for (uint32_t reply = 0; reply < replies_.size(); ++reply) {
        if (replies_[reply].technique != number) continue;
        const rules::ReplySource& source = pack_.replies[reply];
        techniques_.push_back({number, reply, source.occasions, source.suits});
      }
    }
  }

  void add_intent(const rules::IntentSource& source) {
    IntentRecord record;
    record.id = image_->string(source.id);
    record.hash = stable_hash(source.id);
    record.stage = static_cast<uint8_t>(source.stage);
    record.policy = static_cast<uint8_t>(source.policy);
    record.objection = static_cast<uint8_t>(source.objection);
    record.route = static_cast<uint8_t>(source.route);
    record.intercept = source.intercept;
    record.system = source.system;
    record.event = static_cast<uint8_t>(source.event);
    record.traits = traits_of(source.id);
    record.gives = gives_of(source.id);
    record.condition = conditions_->add(source.when, pack_, image_);
    has_system_ = has_system_ || source.system;
    record.ask = static_cast<uint8_t>(source.ask);
    if (record.traits & kRefusalTrait) refusals_.push_back(record.hash);
    if (record.traits & kHesitateTrait) hesitations_.push_back(record.hash);
    if (record.traits & kReadyTrait) signals_.push_back(record.hash);
    record.replies.first = static_cast<uint32_t>(intent_replies_.size());
    for (size_t i = 0; i < source.replies.size(); ++i) {
      const Place place = i < source.reply_places.size() ? source.reply_places[i] : source.place;
      add_reference(source.replies[i], place, source.id, &intent_replies_);
    }
    record.replies.count = static_cast<uint32_t>(intent_replies_.size()) - record.replies.first;
    record.techniques.first = static_cast<uint32_t>(intent_techniques_.size());
    for (const auto& list : {source.techniques, source.manners}) {
      for (const rules::Technique technique : list) {
        intent_techniques_.push_back(static_cast<uint32_t>(technique));
      }
    }
    record.techniques.count =
        static_cast<uint32_t>(intent_techniques_.size()) - record.techniques.first;
    record.needs = {static_cast<uint32_t>(needs_.size()),
                    static_cast<uint32_t>(source.needs.size())};
    for (const std::string& need : source.needs) needs_.push_back(image_->string(need));
    intents_.push_back(record);
  }

  void add_reference(const std::string& id, const Place& place, const std::string& rule,
                     std::vector<uint32_t>* out) {
    const auto found = index_.find(id);
    if (found != index_.end()) {
      out->push_back(found->second);
    } else {
      diagnostics_->error("unknown-reply", place, {id, "", ""}, rule);
    }
  }

  void add_spares(const std::vector<std::string>& ids, Spare spare) {
    std::vector<uint32_t> replies;
    for (const std::string& id : ids) add_reference(id, pack_.settings.place, "", &replies);
    for (const uint32_t reply : replies) fallbacks_.push_back({spare, reply});
  }

  void add_facts() {
    std::vector<FactRecord> facts;
    for (const rules::FactSource& source : pack_.facts) {
      facts.push_back({image_->string(source.path), static_cast<uint32_t>(source.type)});
    }
    image_->add(Section::kReplyFacts, facts);
  }

  void add_settings() {
    const rules::Settings& source = pack_.settings;
    SettingsRecord record;
    record.auto_threshold = static_cast<float>(source.auto_threshold);
    record.suggest_threshold = static_cast<float>(source.suggest_threshold);
    record.max_intents = source.max_intents;
    record.max_matters = source.max_matters;
    record.max_replies = source.max_replies;
    record.max_techniques = source.max_techniques;
    record.push_budget = source.push_budget;
    record.utc_offset_minutes = source.utc_offset_minutes;
    const rules::ConversationSettings& conversation = source.conversation;
    record.bubble_seconds = conversation.bubble_seconds;
    record.takeover_minutes = conversation.takeover_minutes;
    record.unhelpful_answers = conversation.unhelpful_answers;
    record.unpaid_minutes = conversation.unpaid_minutes;
    record.unpaid_reminders = conversation.unpaid_reminders;
    if (!source.goods.empty()) record.goods = pack_.find_kind(source.goods);
    record.has_system = has_system_;
    record.bargain = source.bargain;
    image_->add_one(Section::kReplySettings, record);
  }

  const rules::Pack& pack_;
  ConditionTable* conditions_;
  ImageBuilder* image_;
  Diagnostics* diagnostics_;
  TemplateCompiler templates_;
  std::unordered_map<std::string_view, uint32_t> index_;
  std::vector<ReplyRecord> replies_;
  std::vector<TechniqueRecord> techniques_;
  std::vector<IntentRecord> intents_;
  std::vector<uint32_t> intent_replies_, intent_techniques_;
  std::vector<StringRef> needs_;
  std::vector<FallbackRecord> fallbacks_;
  std::vector<uint64_t> refusals_, hesitations_, signals_;
  bool has_system_ = false;
};

}  // namespace

void Replier::build(const rules::Pack& pack, ConditionTable* conditions, ImageBuilder* image,
                    Diagnostics* diagnostics) {
  Builder(pack, conditions, image, diagnostics).build();
}

}  // namespace xiaoer::reply
