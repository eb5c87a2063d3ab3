#include "dialogue/lines.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "dialogue/asking.hpp"
#include "dialogue/clauses.hpp"
#include "rules/template.hpp"
#include "text/utf8.hpp"

namespace xiaoer::dialogue {
namespace {

constexpr uint32_t kLeastChars = 4;   // shorter clauses are anyone's
constexpr uint32_t kMostIntents = 3;  // a clause of more tells nothing
constexpr char32_t kVariable = U'\uFFFC';

bool is_marked(const text::Text& text, Span clause) {
  return clause.end < text.size() && text.chars[clause.end] == U'?';
}

// Without the particles at its end, which a voice or an agent changes.
Span core_of(const text::Text& text, Span clause) {
  while (!clause.empty() && (text.properties[clause.end - 1] & text::kParticle) != 0) --clause.end;
  return clause;
}

uint64_t key_of(const text::Text& text, Span clause) {
  uint64_t key = 0xcbf29ce484222325ULL;
  for (uint32_t at = clause.begin; at < clause.end; ++at) {
    key = (key ^ text.chars[at]) * 0x100000001b3ULL;
  }
  return key;
}

void append_chars(const text::Text& text, Span span, std::string* out) {
  for (uint32_t at = span.begin; at < span.end; ++at) text::append(*out, text.chars[at]);
}

}  // namespace

void ShopLine::clear() {
  present = false;
  topics.clear();
  asked = 0;
  question.clear();
}

void ShopLine::add(uint32_t intent, bool own) {
  const auto known = std::find_if(topics.begin(), topics.end(),
                                  [&](const Topic& topic) { return topic.intent == intent; });
  if (known != topics.end()) return;
  if (topics.size() < kMaxTopics) topics.push_back({intent, own});
}

class Lines::Builder {
 public:
  explicit Builder(ImageBuilder* image) : image_(image) {}

  void add(const rules::ReplySource& reply, std::span<const uint32_t> intents) {
    for (uint32_t variant = 0; variant < reply.variants.size(); ++variant) {
      if (!read(reply.variants[variant].text)) continue;
      std::string question;
      uint32_t asked = 0;
      for (const Span clause : find_clauses(text_).list()) {
        std::string words;
        append_chars(text_, clause, &words);
        asked |= asked_by(words, is_marked(text_, clause));
        if (is_question(words, is_marked(text_, clause))) question = words;
        add_clause(core_of(text_, clause), intents);
      }
      for (const uint32_t intent : intents) {
        replies_.push_back(
            {stable_hash(reply.id), intent, variant, image_->string(question), asked, 0});
      }
    }
  }

  void finish() {
    sort(&replies_);
    sort(&clauses_);
    const auto same = [](const Record& a, const Record& b) {
      return a.key == b.key && a.intent == b.intent;
    };
    clauses_.erase(std::unique(clauses_.begin(), clauses_.end(), same), clauses_.end());
    std::unordered_map<uint64_t, uint32_t> owners;
    for (const Record& record : clauses_) ++owners[record.key];
    std::erase_if(clauses_,
                  [&](const Record& record) { return owners[record.key] > kMostIntents; });
    image_->add(Section::kDialogueClauses, clauses_);
    image_->add(Section::kDialogueReplies, replies_);
  }

 private:
  // False: the template cannot be read, which its own check reports.
  bool read(const std::string& source) {
    std::vector<rules::TemplatePiece> pieces;
    rules::PhraseError error;
    if (!rules::parse_template(source, &pieces, &error)) return false;
    sample_.clear();
    for (const rules::TemplatePiece& piece : pieces) {
      if (piece.is_variable) {
        text::append(sample_, kVariable);
      } else {
        sample_ += piece.text;
      }
    }
    return text::normalise(sample_, text_) == text::NormaliseStatus::kOk;
  }

  void add_clause(Span clause, std::span<const uint32_t> intents) {
    if (clause.size() < kLeastChars) return;
    const auto begin = text_.chars.begin();
    if (std::count(begin + clause.begin, begin + clause.end, kVariable) > 0) return;
    for (const uint32_t intent : intents) {
      Record record;
      record.key = key_of(text_, clause);
      record.intent = intent;
      clauses_.push_back(record);
    }
  }

  static void sort(std::vector<Record>* records) {
    std::sort(records->begin(), records->end(), [](const Record& a, const Record& b) {
      return std::tie(a.key, a.variant, a.intent) < std::tie(b.key, b.variant, b.intent);
    });
  }

  ImageBuilder* image_;
  std::string sample_;
  text::Text text_;
  std::vector<Record> clauses_, replies_;
};

void Lines::build(const rules::Pack& pack, ImageBuilder* image) {
  std::unordered_map<std::string_view, std::vector<uint32_t>> owners;
  for (uint32_t intent = 0; intent < pack.intents.size(); ++intent) {
    for (const std::string& reply : pack.intents[intent].replies) owners[reply].push_back(intent);
  }
  Builder builder(image);
  for (const rules::ReplySource& reply : pack.replies) {
    const auto found = owners.find(reply.id);
    if (found != owners.end()) builder.add(reply, found->second);
  }
  builder.finish();
}

bool Lines::open(const Image& image, size_t intents) {
  image_ = &image;
  clauses_ = image.section<Record>(Section::kDialogueClauses);
  replies_ = image.section<Record>(Section::kDialogueReplies);
  const uint64_t pool = image.section<char>(Section::kStrings).size();
  const auto sound = [&](std::span<const Record> records) {
    return std::is_sorted(records.begin(), records.end(),
                          [](const Record& a, const Record& b) { return a.key < b.key; }) &&
           std::all_of(records.begin(), records.end(), [&](const Record& record) {
             return record.intent < intents &&
                    uint64_t{record.question.offset} + record.question.size <= pool;
           });
  };
  return sound(clauses_) && sound(replies_);
}

void Lines::recognise(const text::Text& text, ShopLine* line) const {
  line->present = true;
  const Clauses clauses = find_clauses(text);
  for (const Span clause : clauses.list()) {
    line->words.clear();
    append_chars(text, clause, &line->words);
    const bool marked = is_marked(text, clause);
    line->asked |= asked_by(line->words, marked);
    if (is_question(line->words, marked)) line->question = line->words;
    const Span core = core_of(text, clause);
    if (core.size() < kLeastChars) continue;
    const uint64_t key = key_of(text, core);
    auto found = std::lower_bound(clauses_.begin(), clauses_.end(), key,
                                  [](const Record& record, uint64_t k) { return record.key < k; });
    for (; found != clauses_.end() && found->key == key; ++found) line->add(found->intent, true);
  }
}

void Lines::recall(uint64_t reply, uint32_t variant, ShopLine* line) const {
  auto found = std::lower_bound(replies_.begin(), replies_.end(), reply,
                                [](const Record& record, uint64_t k) { return record.key < k; });
  for (; found != replies_.end() && found->key == reply; ++found) {
    if (found->variant != variant) continue;
    line->present = true;
    line->add(found->intent, true);
    line->asked |= static_cast<uint8_t>(found->asked);
    if (found->question.size > 0) line->question.assign(image_->string(found->question));
  }
}

}  // namespace xiaoer::dialogue
