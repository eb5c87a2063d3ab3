// Data of persons: the receiver's, which only the verified buyer of the order may read, masked; and
// numbers of persons in any writing (一三八…, 1三8, 138-0013-…).

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "reply/chars.hpp"
#include "reply/numbers.hpp"
#include "reply/review_work.hpp"
#include "reply/value.hpp"

namespace xiaoer::reply {
namespace {

using Words = std::u32string_view;

constexpr uint32_t kLeastDigits = 7;  // of a number of somebody
constexpr size_t kLeastRepeated = 4;  // characters of a fact's words
constexpr size_t kLeastAddress = 5;   // characters of an address behind its district

// 0-9, or 10: no digit.
uint32_t digit_of(char32_t c) {
  constexpr Words kNumerals = U"零一二三四五六七八九";
  if (ascii::is_digit(c)) return c - U'0';
  if (c == U'〇') return 0;
  if (c == U'幺') return 1;
  const size_t at = kNumerals.find(c);
  return at == Words::npos ? 10 : static_cast<uint32_t>(at);
}

class PersonalReview {
 public:
  explicit PersonalReview(const ReviewWork& work)
      : work_(work), impl_(work.impl), chars_(work.impl.chars) {}

  void run() {
    const KnownFacts& known = known_facts();
    review_fact(known.receiver, Mask::kName);
    review_address();
    review_masked_phone();
    review_tail();
    for (uint32_t at = 0; at < chars_.size();) {
      const Span span = run_at(at);
      if (impl_.digits.size() >= kLeastDigits) review_run(span);
      at = std::max(span.end, at + 1);
    }
  }

 private:
  const FactValue& fact(rules::FactId id) const { return work_.facts().get(id); }
  Words all() const { return view(chars_, {0, chars_.size()}); }
  bool may_mask() const { return work_.facts().verified_buyer() && work_.facts().has_order(); }

  // Fills impl_.digits with the digits that begin at `at`.
  Span run_at(uint32_t at) {
    impl_.digits.clear();
    Span span = {at, at};
    for (uint32_t i = at; i < chars_.size(); ++i) {
      const uint32_t digit = digit_of(chars_.chars[i]);
      if (digit < 10) {
        // Of three ideographs in a row normalising keeps two; their bytes tell.
        const bool wide = chars_.chars[i] > U'9';
        const uint32_t times = wide ? (chars_.ends[i] - chars_.begins[i]) / 3 : 1;
        impl_.digits.append(std::max(times, 1U), static_cast<char32_t>(U'0' + digit));
        span.end = i + 1;
      } else if (impl_.digits.empty() || !is_joint(chars_.chars[i]) || i != span.end) {
        break;
      }
    }
    return span;
  }
  static bool is_joint(char32_t c) { return Words(U" -.·_").find(c) != Words::npos; }

  void review_run(Span span) const {
    if (work_.vouched(span) || is_of_a_fact()) return;
    const Words digits = impl_.digits;
    const Span bytes = chars_.bytes(span);
    if (is_receivers_phone(digits))
      return mask(bytes, fact(known_facts().phone).text, Mask::kPhone);
    const bool mobile = digits.size() == 11 && digits[0] == U'1' && digits[1] >= U'3';
    const bool identity =
        digits.size() == 18 || (digits.size() == 17 && starts(chars_, span.end, U"x"));
    const bool contact = is_contact(span);
    if (!contact && !mobile && !identity && !unit_at(chars_, span.end).empty()) return;
    impl_.vouched.push_back(span);  // so that its parts are not told as amounts too
    if (contact) return work_.refuse("off-platform", bytes, "");
    if (mobile || identity) return work_.refuse("personal-data", bytes, mobile ? "phone" : "id");
    work_.refuse("unsupported-number", bytes, "");
  }

  // A number to be reached by elsewhere: 加我, q, 我手机.
  bool is_contact(Span span) const {
    constexpr Words kContacts[] = {U"q",  U"扣",     U"企鹅",   U"微",     U"v",       U"加我",
                                   U"群", U"我手机", U"我电话", U"联系我", U"这个电话"};
    const Span clause = clause_around(chars_, span);
    return contains_any(view(chars_, {clause.begin, span.begin}), kContacts);
  }

  // A number of an order, a parcel, the shop or its carrier.
  bool is_of_a_fact() const {
    for (const std::u32string& words : impl_.sources.words()) {
      size_t matched = 0;
      for (const char32_t c : words) {
        if (c < U'0' || c > U'9') continue;
        matched = c == impl_.digits[matched] ? matched + 1 : (c == impl_.digits[0] ? 1 : 0);
        if (matched == impl_.digits.size()) return true;
      }
    }
    return false;
  }

  bool is_receivers_phone(Words digits) const {
    const std::string& phone = fact(known_facts().phone).text;
    size_t at = 0;
    for (const char c : phone) {
      if (c < '0' || c > '9') continue;
      if (at >= digits.size() || digits[at] != static_cast<char32_t>(c)) return false;
      ++at;
    }
    return at == digits.size() && at > 0;
  }

  // The verified buyer of the order reads it masked, anybody else not at all.
  void mask(Span bytes, std::string_view value, Mask how) const {
    constexpr std::string_view kNames[] = {"receiver", "phone", "address"};
    const std::string_view name = kNames[static_cast<size_t>(how)];
    vouch_bytes(bytes);
    impl_.note.clear();
    if (!may_mask() || !append_masked(value, how, &impl_.note)) {
      return work_.refuse("personal-data", bytes, name);
    }
    work_.rewrite("personal-data", bytes, name, impl_.note);
  }

  void review_fact(rules::FactId id, Mask how) const {
    const FactValue& value = fact(id);
    if (!value.present || text::normalise(value.text, impl_.part) != text::NormaliseStatus::kOk) {
      return;
    }
    const Words words = view(impl_.part, {0, impl_.part.size()});
    if (words.size() < 2) return;
    for (size_t at = all().find(words); at != Words::npos; at = all().find(words, at + 1)) {
      mask(chars_.bytes(span_of(at, words.size())), value.text, how);
    }
  }

  static Span span_of(size_t begin, size_t size) {
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + size)};
  }

  // The whole address, or the longest part of it behind the district.
  void review_address() const {
    const FactValue& value = fact(known_facts().address);
    impl_.note.clear();
    if (!value.present || !append_masked(value.text, Mask::kAddress, &impl_.note)) return;
    const std::string_view text = value.text;
    const size_t head = std::min(impl_.note.size() - 3, text.size());  // without ***
    if (text::normalise(text, impl_.part) != text::NormaliseStatus::kOk) return;
    const Words whole = view(impl_.part, {0, impl_.part.size()});
    if (const size_t at = all().find(whole); at != Words::npos) {
      return mask(chars_.bytes(span_of(at, whole.size())), text, Mask::kAddress);
    }
    uint32_t first = 0;
    while (first < impl_.part.size() && impl_.part.begins[first] < head) ++first;
    const Span found = longest_part(whole.substr(first));
    if (found.size() >= kLeastAddress) mask(chars_.bytes(found), "", Mask::kAddress);
  }

  // The longest run of the text that `detail` holds too.
  Span longest_part(Words detail) const {
    Span best;
    for (uint32_t at = 0; at < chars_.size(); ++at) {
      for (size_t from = detail.find(chars_.chars[at]); from != Words::npos;
           from = detail.find(chars_.chars[at], from + 1)) {
        uint32_t size = 0;
        while (at + size < chars_.size() && from + size < detail.size() &&
               chars_.chars[at + size] == detail[from + size]) {
          ++size;
        }
        if (size > best.size()) best = {at, at + size};
      }
    }
    return best;
  }

  // 138****5678 as the masked fact reads.
  void review_masked_phone() const {
    impl_.note.clear();
    if (!may_mask() || !fact(known_facts().phone).present) return;
    append_masked(fact(known_facts().phone).text, Mask::kPhone, &impl_.note);
    const size_t at = work_.text().find(impl_.note);
    if (at == std::string_view::npos) return;
    vouch_bytes({static_cast<uint32_t>(at), static_cast<uint32_t>(at + impl_.note.size())});
  }

  void vouch_bytes(Span bytes) const {
    Span span = {chars_.size(), 0};
    for (uint32_t i = 0; i < chars_.size(); ++i) {
      if (chars_.begins[i] < bytes.begin || chars_.ends[i] > bytes.end) continue;
      span = {std::min(span.begin, i), std::max(span.end, i + 1)};
    }
    if (span.begin < span.end) impl_.vouched.push_back(span);
  }

  // 尾号5678: the last digits of the receiver's phone.
  void review_tail() {
    constexpr Words kTails[] = {U"尾号", U"后四位", U"末四位", U"后4位"};
    const std::string& phone = fact(known_facts().phone).text;
    for (uint32_t at = 0; at < chars_.size(); ++at) {
      for (const Words cue : kTails) {
        if (!starts(chars_, at, cue)) continue;
        uint32_t from = at + static_cast<uint32_t>(cue.size());
        while (from < chars_.size() &&
               (starts(chars_, from, U"是") || starts(chars_, from, U"为"))) {
          ++from;
        }
        const Span span = run_at(from);
        tail_.assign(impl_.digits.begin(), impl_.digits.end());
        if (tail_.size() != 4 || !phone.ends_with(tail_)) continue;
        if (may_mask()) {
          impl_.vouched.push_back(span);
        } else {
          work_.refuse("personal-data", chars_.bytes(span), "phone");
        }
      }
    }
  }

  const ReviewWork& work_;
  ReviewScratch::Impl& impl_;
  const text::Text& chars_;
  std::string tail_;
};

}  // namespace

void review_repeated(const ReviewWork& work) {
  ReviewScratch::Impl& impl = work.impl;
  impl.vouched.clear();
  const Words text = view(impl.chars, {0, impl.chars.size()});
  for (const std::u32string& words : impl.sources.words()) {
    if (words.size() < kLeastRepeated) continue;
    for (size_t at = text.find(words); at != Words::npos;
         at = text.find(words, at + words.size())) {
      impl.vouched.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())});
    }
  }
}

void review_personal(const ReviewWork& work) { PersonalReview(work).run(); }

}  // namespace xiaoer::reply
