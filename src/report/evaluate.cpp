#include "report/evaluate.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "json/writer.hpp"
#include "wire.hpp"

namespace xiaoer::report {
namespace {

constexpr size_t kMaxMissed = 3;
constexpr size_t kMaxNamed = 5;

// The figure that programs read in a result.
double as_written(float score) {
  std::string text;
  json::Writer(&text).value(static_cast<double>(score));
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Hands messages to the engine one by one.
class Asker {
 public:
  Asker(const Ruleset& ruleset, const EvaluateOptions& options)
      : ruleset_(ruleset), options_(options) {
    context_.look_at(options.evidence);
  }

  bool ask(const GoldMessage& message, bool trace) {
    document_.message = message.message;
    if (options_.previous) {
      document_.previous_role = message.previous_role;
      document_.previous_text = message.previous_text;
    }
    document_.trace = trace;
    const Request request = wire::to_request(document_, options_.facts);
    return answer(ruleset_, context_, nullptr, request, &result_) == Status::kOk;
  }

  const Result& result() const { return result_; }

 private:
  const Ruleset& ruleset_;
  const EvaluateOptions& options_;
  Context context_;
  wire::RequestDocument document_;
  Result result_;
};

Answered summarise(const Result& result, const Classes& classes,
                   std::set<std::string, std::less<>>* foreign) {
  Answered answered;
  answered.automatic = result.decision == Decision::kAuto;
  if (!result.intents.empty()) answered.score = as_written(result.intents[0].score);
  for (const IntentItem& intent : result.intents) {
    const uint32_t number = classes.of_intent(result.text(intent.id));
    if (number == Classes::kNone) foreign->emplace(result.text(intent.id));
    const auto end = answered.classes.begin() + answered.class_count;
    if (answered.class_count == answered.classes.size() ||
        std::find(answered.classes.begin(), end, number) != end) {
      continue;
    }
    answered.classes[answered.class_count++] = number;
  }
  return answered;
}

void report_foreign(const std::set<std::string, std::less<>>& foreign, const Gold& gold,
                    Diagnostics* diagnostics) {
  std::string names;
  size_t count = 0;
  for (const std::string& name : foreign) {
    if (count++ == kMaxNamed) break;
    names += (names.empty() ? "" : ", ") + name;
  }
  if (foreign.size() > kMaxNamed) names += ", …";
  const Place place = {gold.file, 0, 0, ""};
  const std::vector<std::string> args = {std::to_string(foreign.size()), names};
  if (gold.all_classes) {
    diagnostics->error("intent-without-class", place, args);
  } else {
    diagnostics->warning("intent-without-label", place, args);
  }
}

template <class Item>
TracedIntent traced(const Item& item, const Result& result, std::string_view message) {
  TracedIntent out;
  out.id = result.text(item.id);
  out.score = static_cast<double>(item.score);
  out.why = reasons_of(result, item.why, message);
  return out;
}

bool is_label(const GoldMessage& message, uint32_t number) {
  return std::find(message.labels.begin(), message.labels.end(), number) != message.labels.end();
}

WrongAnswer traced_answer(const Result& result, const GoldMessage& message,
                          const Classes& classes) {
  WrongAnswer wrong;
  wrong.message = &message;
  for (const IntentItem& intent : result.intents) {
    TracedIntent told = traced(intent, result, message.message);
    told.title = result.text(intent.title);
    wrong.intents.push_back(std::move(told));
  }
  for (const NearMissItem& miss : result.near_misses) {
    if (wrong.missed.size() == kMaxMissed) break;
    if (!is_label(message, classes.of_intent(result.text(miss.id)))) continue;
    wrong.missed.push_back(traced(miss, result, message.message));
  }
  return wrong;
}

}  // namespace

bool evaluate(const Ruleset& ruleset, const Gold& gold, const EvaluateOptions& options,
              std::vector<Answered>* out, Diagnostics* diagnostics) {
  const size_t errors = diagnostics->error_count();
  std::set<std::string, std::less<>> foreign;
  Asker asker(ruleset, options);
  out->clear();
  for (const GoldMessage& message : gold.messages) {
    if (asker.ask(message, false)) {
      out->push_back(summarise(asker.result(), gold.classes, &foreign));
    } else {
      diagnostics->error("message-too-long", {gold.file, message.line, 0, ""},
                         {std::to_string(kMaxMessageBytes)});
    }
    if (options.progress && out->size() % kProgressStep == 0) options.progress(out->size());
  }
  if (!foreign.empty()) report_foreign(foreign, gold, diagnostics);
  return diagnostics->error_count() == errors;
}

std::vector<WrongAnswer> trace_wrong(const Ruleset& ruleset, const Gold& gold,
                                     const std::vector<Answered>& answers,
                                     const EvaluateOptions& options, size_t limit) {
  std::vector<WrongAnswer> wrong;
  Asker asker(ruleset, options);
  for (size_t i = 0; i < answers.size() && wrong.size() < limit; ++i) {
    const GoldMessage& message = gold.messages[i];
    if (message.labels.empty() || is_hit(message, answers[i])) continue;
    asker.ask(message, true);
    wrong.push_back(traced_answer(asker.result(), message, gold.classes));
    wrong.back().got = answers[i].first();
  }
  return wrong;
}

}  // namespace xiaoer::report
