#include "reply/review.hpp"

#include <algorithm>
#include <tuple>

#include "reply/review_work.hpp"
#include "text/utf8.hpp"

namespace xiaoer::reply {
namespace {

constexpr int kMostRounds = 4;  // of rewriting what a rewrite brought about

constexpr void (*kChecks[])(const ReviewWork&) = {
    review_slots,   review_repeated, review_words, review_personal,
    review_figures, review_claims,   review_tone,
};

// The text as written and normalised. False: it is too long.
bool read(ReviewScratch::Impl* impl) {
  if (text::normalise(impl->now_text, impl->chars) != text::NormaliseStatus::kOk) return false;
  impl->written.clear();
  impl->begins.clear();
  const std::string_view text = impl->now_text;
  for (size_t at = 0; at < text.size();) {
    const text::Decoded decoded = text::decode(text.substr(at));
    impl->written.push_back(decoded.code_point);
    impl->begins.push_back(static_cast<uint32_t>(at));
    at += decoded.size;
  }
  impl->begins.push_back(static_cast<uint32_t>(text.size()));
  return true;
}

bool is_refused(const Verdict& verdict) {
  return std::any_of(verdict.findings.begin(), verdict.findings.end(),
                     [](const FindingItem& item) { return item.level == FindingLevel::kRefuse; });
}

// Makes the changes found; of those that overlap the first one stands.
void apply_edits(ReviewScratch::Impl* impl) {
  std::sort(impl->edits.begin(), impl->edits.end(), [](const Edit& a, const Edit& b) {
    return std::tie(a.span.begin, b.span.end, a.begin) <
           std::tie(b.span.begin, a.span.end, b.begin);
  });
  const std::string_view text = impl->now_text;
  impl->next_text.clear();
  uint32_t done = 0;
  for (const Edit& edit : impl->edits) {
    if (edit.span.begin < done) continue;
    impl->next_text.append(text.substr(done, edit.span.begin - done));
    impl->next_text.append(impl->replacements, edit.begin, edit.size);
    done = edit.span.end;
  }
  impl->next_text.append(text.substr(done));
  std::swap(impl->now_text, impl->next_text);
}

// Rewrites until nothing is found any more. False: it would not end, or what came out is refused.
bool settle(ReviewWork* work) {
  ReviewScratch::Impl& impl = work->impl;
  work->records = false;
  for (int round = 0; round < kMostRounds && !impl.edits.empty(); ++round) {
    apply_edits(&impl);
    impl.edits.clear();
    impl.replacements.clear();
    if (!read(&impl)) return false;
    for (const auto check : kChecks) check(*work);
    if (is_refused(work->verdict)) return false;
  }
  return impl.edits.empty();
}

// What is told of the same words stays as the checks came upon it: by where its text was written.
void sort_by_place(Verdict* verdict) {
  const auto sort = [](auto& items, auto written) {
    std::sort(items.begin(), items.end(), [&](const auto& a, const auto& b) {
      const uint32_t first = written(a), second = written(b);
      return std::tie(a.span.begin, a.span.end, first) < std::tie(b.span.begin, b.span.end, second);
    });
  };
  sort(verdict->findings, [](const FindingItem& item) { return item.words.offset; });
  sort(verdict->grounds, [](const GroundItem& item) { return item.source.offset; });
}

}  // namespace

bool ReviewWork::vouched(Span characters) const {
  return std::any_of(impl.vouched.begin(), impl.vouched.end(),
                     [&](Span span) { return span.contains(characters); });
}

void ReviewWork::refuse(std::string_view rule, Span span, std::string_view detail,
                        std::string_view advice) const {
  FindingItem item;
  item.rule = Result::share(rule);
  item.words = verdict.add(source(span));
  item.detail = verdict.add(detail);
  item.advice = Result::share(advice);
  item.span = records ? span : Span{0, static_cast<uint32_t>(verdict.original.size())};
  verdict.findings.push_back(item);
}

void ReviewWork::note(std::string_view rule, Span span, std::string_view detail) const {
  if (!records) return;
  refuse(rule, span, detail);
  verdict.findings.back().level = FindingLevel::kNote;
}

void ReviewWork::rewrite(std::string_view rule, Span span, std::string_view detail,
                         std::string_view instead, std::string_view advice) const {
  impl.edits.push_back({span, static_cast<uint32_t>(impl.replacements.size()),
                        static_cast<uint32_t>(instead.size())});
  impl.replacements.append(instead);
  if (!records) return;
  refuse(rule, span, detail, advice);
  verdict.findings.back().level = FindingLevel::kRewrite;
  verdict.findings.back().replacement = verdict.add(instead);
}

void ReviewWork::ground(std::string_view role, Span span, std::string_view source) const {
  if (!records) return;
  verdict.grounds.push_back({Result::share(role), verdict.add(source), span});
}

bool review(const Views& views, const Situation& situation, std::string_view text,
            ReviewScratch* scratch, Verdict* verdict) {
  verdict->clear();
  if (text.size() > kMaxReviewBytes) return false;
  if (!scratch->impl) scratch->impl = std::make_shared<ReviewScratch::Impl>();
  ReviewScratch::Impl& impl = *scratch->impl;
  impl.edits.clear();
  impl.replacements.clear();
  impl.now_text.assign(text);
  if (!read(&impl)) return false;
  verdict->original.assign(text);
  impl.sources.build(views, situation);
  ReviewWork work{views, situation, impl, *verdict};
  for (const auto check : kChecks) check(work);
  const bool rewritten = !impl.edits.empty();
  if (is_refused(*verdict) || !settle(&work)) {
    if (!is_refused(*verdict)) {
      impl.now_text.assign(text);
      work.refuse("no-rewrite", {0, static_cast<uint32_t>(text.size())}, "");
    }
  } else {
    verdict->outcome = rewritten ? Outcome::kRewritten : Outcome::kPass;
    verdict->text.assign(impl.now_text);
  }
  sort_by_place(verdict);
  return true;
}

}  // namespace xiaoer::reply
