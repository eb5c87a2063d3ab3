#include "capi/handles.hpp"
#include "json/reader.hpp"

namespace xiaoer::capi {
namespace {

constexpr size_t kMaxFactsBytes = 1u << 20;
constexpr size_t kMaxFactsValues = 100'000;

xiaoer_status read_facts(xiaoer_text json, Language language, xiaoer_facts** out,
                         xiaoer_error** error) {
  json::ReadOptions options;
  options.max_bytes = kMaxFactsBytes;
  options.max_values = kMaxFactsValues;
  Diagnostics diagnostics;
  json::Value value;
  auto facts = std::make_unique<xiaoer_facts>();
  // A value that breaks a limit or repeats a key is no basis for a claim, hence both must succeed.
  if (!json::read(to_view(json), "facts", options, &value, &diagnostics) ||
      !facts->core.read(value, "facts", &diagnostics) || diagnostics.has_errors()) {
    return fail(error, XIAOER_BAD_FACTS, diagnostics, language);
  }
  *out = facts.release();
  return XIAOER_OK;
}

}  // namespace
}  // namespace xiaoer::capi

using namespace xiaoer::capi;

extern "C" {

xiaoer_status xiaoer_facts_read(xiaoer_text json, xiaoer_language language, xiaoer_facts** out,
                                xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (out == nullptr) return null_argument(error, "out");
    *out = nullptr;
    if (!is_valid(json)) return null_argument(error, "json");
    if (language != XIAOER_CHINESE && language != XIAOER_ENGLISH) {
      return fail(error, XIAOER_INVALID_ARGUMENT, "argument-out-of-range", {"language"});
    }
    const bool english = language == XIAOER_ENGLISH;
    return read_facts(json, english ? xiaoer::Language::kEnglish : xiaoer::Language::kChinese, out,
                      error);
  });
}

xiaoer_status xiaoer_facts_check(const xiaoer_ruleset* ruleset, const xiaoer_facts* facts,
                                 xiaoer_error** notes, xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (notes == nullptr) return null_argument(error, "notes");
    *notes = nullptr;
    if (ruleset == nullptr) return null_argument(error, "ruleset");
    if (facts == nullptr) return null_argument(error, "facts");
    xiaoer::Diagnostics found;
    ruleset->rules->replier().note_facts(facts->core, &found);
    if (!found.list().empty()) *notes = make_notes(found, ruleset->language);
    return XIAOER_OK;
  });
}

void xiaoer_facts_free(xiaoer_facts* facts) { delete facts; }

}  // extern "C"
