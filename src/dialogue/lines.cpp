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

constexpr uint32_t kLeastChars = 6;   // shorter clauses are anyone's
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
  const std::u32string_view chars(text.chars.data(), text.size());
  return stable_hash(chars.substr(clause.begin, clause.size()));
}

void append_chars(const text::Text& text, Span span, std::string* out) {
  for (uint32_t at = span.begin; at < span.end; ++at) text::append(*out, text.chars[at]);
}

template <class Records>
auto first_of(const Records& records, uint64_t key) {
  return std::lower_bound(records.begin(), records.end(), key,
                          [](const auto& record, uint64_t k) { return record.key < k; });
}

// 可以吗 asks about the clause before it.
void ask(std::string_view words, std::string_view before, std::string* question) {
  constexpr size_t kTag = 15;  // bytes, five characters
  question->clear();
  if (words.size() <= kTag) question->append(before);
  question->append(words);
}

}  // namespace

void ShopLine::clear() {
  present = false;
  topics.clear();
  asked = 0;
  question.clear();
  before.clear();
}

void ShopLine::add(uint32_t intent, bool own) {
  const auto known = std::find_if(topics.begin(), topics.end(),
                                  [&](const Topic& topic) { return topic.intent == intent; });
  if (known != topics.end()) return;
  if (topics.size() < kMaxTopics) topics.push_back({intent, own});
}

LineDigest digest_of(const text::Text& text) {
  LineDigest digest = {};
  const Clauses clauses = find_clauses(text);
  size_t count = 0;
  std::string words;
  for (uint32_t back = 1; back <= clauses.count; ++back) {
    const Span clause = clauses.spans[clauses.count - back];
    words.clear();
    append_chars(text, clause, &words);
    digest[2] |= asked_by(words, is_marked(text, clause));
    const Span core = core_of(text, clause);
    if (core.size() >= kLeastChars && count < 2) digest[count++] = key_of(text, core);
  }
  return digest;
}

class Lines::Builder {
 public:
  explicit Builder(ImageBuilder* image) : image_(image) {}

  void add(const rules::ReplySource& reply, std::span<const uint32_t> intents) {
    for (uint32_t variant = 0; variant < reply.variants.size(); ++variant) {
      if (!read(reply.variants[variant].text)) continue;
      std::string question, before;
      uint32_t asked = 0;
      const Clauses clauses = find_clauses(text_);
      for (const Span clause : clauses.list()) {
        std::string words;
        append_chars(text_, clause, &words);
        Record record;
        record.asked = asked_by(words, is_marked(text_, clause));
        asked |= record.asked;
        if (is_question(words, is_marked(text_, clause))) {
          ask(words, before, &question);
          record.question = image_->string(question);
        }
        before = words;
        add_clause(core_of(text_, clause), intents, record);
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

  void add_clause(Span clause, std::span<const uint32_t> intents, Record record) {
    if (clause.size() < kLeastChars) return;
    const auto begin = text_.chars.begin();
    if (std::count(begin + clause.begin, begin + clause.end, kVariable) > 0) return;
    record.key = key_of(text_, clause);
    for (const uint32_t intent : intents) {
      record.intent = intent;
      clauses_.push_back(record);
    }
  }

  static void sort(std::vector<Record>* records) {
    std::stable_sort(records->begin(), records->end(), [](const Record& a, const Record& b) {
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
    // What tells of an event is no matter that the buyer brought.
    if (pack.intents[intent].event != rules::Event::kNone) continue;
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
  const auto sound = [&](std::span<const Record> records) {
    return std::is_sorted(records.begin(), records.end(),
                          [](const Record& a, const Record& b) { return a.key < b.key; }) &&
           std::all_of(records.begin(), records.end(), [&](const Record& record) {
             return record.intent < intents && image.holds(record.question);
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
    if (is_question(line->words, marked)) ask(line->words, line->before, &line->question);
    std::swap(line->words, line->before);
    const Span core = core_of(text, clause);
    if (core.size() < kLeastChars) continue;
    const uint64_t key = key_of(text, core);
    for (auto found = first_of(clauses_, key); found != clauses_.end() && found->key == key;
         ++found) {
      line->add(found->intent, true);
    }
  }
}

void Lines::recall(std::span<const Record> records, uint64_t key, uint32_t variant,
                   ShopLine* line) const {
  for (auto found = first_of(records, key); found != records.end() && found->key == key; ++found) {
    if (found->variant != variant) continue;
    line->present = true;
    line->add(found->intent, true);
    line->asked |= static_cast<uint8_t>(found->asked);
    if (found->question.size > 0) line->question.assign(image_->string(found->question));
  }
}

void Lines::recall(uint64_t reply, uint32_t variant, ShopLine* line) const {
  recall(replies_, reply, variant, line);
}

void Lines::recall(const LineDigest& digest, ShopLine* line) const {
  line->present = true;
  recall(clauses_, digest[0], 0, line);
  recall(clauses_, digest[1], 0, line);
  line->asked |= static_cast<uint8_t>(digest[2]);
}

}  // namespace xiaoer::dialogue
