// Amounts, times and counts of a text against the facts: each needs one that it equals, or a sum of
// them.

#include <algorithm>

#include "reply/chars.hpp"
#include "reply/numbers.hpp"
#include "reply/review_work.hpp"

namespace xiaoer::reply {
namespace {

constexpr int64_t kDaysOfMonth = 30;

bool is_amount(const Figure& figure) {
  return figure.measure == Measure::kMoney || figure.measure == Measure::kBare;
}

// Lengths of time in hours; -1: of months or of none.
int64_t hours_of(Measure measure) {
  switch (measure) {
    case Measure::kHours:
      return 1;
    case Measure::kDays:
      return 24;
    case Measure::kWeeks:
      return 24 * 7;
    case Measure::kMonths:
      return 24 * kDaysOfMonth;
    case Measure::kYears:
      return 24 * kDaysOfMonth * 12;
    default:
      return -1;
  }
}

bool same_duration(const Figure& said, const Source& source) {
  constexpr int64_t kMonthsOfYear = 12;
  const auto months = [](Measure measure) -> int64_t {
    if (measure == Measure::kMonths) return 1;
    return measure == Measure::kYears ? kMonthsOfYear : -1;
  };
  constexpr int64_t kDaysOfYear = 365;
  const auto equal = [&](int64_t a, int64_t b) {
    return a > 0 && b > 0 && said.value.milli * a == source.value.milli * b;
  };
  return said.value.milli <= Decimal::of(100'000).milli &&
         source.value.milli <= Decimal::of(100'000).milli &&
         (equal(months(said.measure), months(source.measure)) ||
          equal(hours_of(said.measure), hours_of(source.measure)) ||
          (said.measure == Measure::kYears && equal(24 * kDaysOfYear, hours_of(source.measure))));
}

bool same_date(const Figure& said, const Source& source) {
  const bool month = said.value.milli == 0 || said.value == source.value;
  const bool day = said.other.milli == 0 || said.other == source.other;
  return month && day;
}

// 23:59 is 24点.
bool same_clock(const Figure& said, const Source& source) {
  constexpr Decimal kMidnight = Decimal::of(24 * 60);
  const bool late = source.value + Decimal::of(1) == kMidnight;
  if (said.value == source.value || (late && said.value == kMidnight)) return true;
  return said.other.milli > 0 && said.value + Decimal::of(720) == source.value;
}

// 200多 of 236, 一千多 of 1200.
bool about(const Figure& said, const Source& source) {
  if (!said.approximate || source.value < said.value) return false;
  int64_t unit = 1000;
  while (said.value.milli % (unit * 10) == 0 && said.value.milli / unit >= 10) unit *= 10;
  return source.value.milli < said.value.milli + unit;
}

bool same_topic(Topic said, const Source& source) {
  if (said == Topic::kNone || source.topic == Topic::kNone || said == source.topic) return true;
  if (said == Topic::kCampaign) {
    return source.topic == Topic::kPromotion || source.topic == Topic::kStart;
  }
  if (said == Topic::kShipping) return source.topic == Topic::kCutoff;
  return said == Topic::kCutoff &&
         (source.topic == Topic::kShipping || source.topic == Topic::kPromotion);
}

bool same_value(const Figure& said, const Source& source) {
  if (source.any) return said.value == source.value;
  switch (said.measure) {
    case Measure::kHours:
    case Measure::kDays:
    case Measure::kWeeks:
    case Measure::kMonths:
    case Measure::kYears:
      return same_duration(said, source);
    default:
      break;
  }
  if (said.measure != source.measure) return false;
  switch (said.measure) {
    case Measure::kDate:
      return same_date(said, source);
    case Measure::kClock:
      return same_clock(said, source);
    case Measure::kCount:
      return said.value == source.value || about(said, source);
    case Measure::kNamed:
      return said.value == source.value && said.unit_key == source.unit_key;
    default:
      return said.value == source.value;
  }
}

class FigureReview {
 public:
  explicit FigureReview(const ReviewWork& work)
      : work_(work), impl_(work.impl), chars_(work.impl.chars) {}

  void run() {
    read_figures(chars_, &impl_.figures);
    read_counts(chars_, &impl_.counts);
    for (size_t i = 0; i < impl_.figures.size(); ++i) {
      if (work_.vouched(impl_.figures[i].span)) continue;
      review(i);
    }
    review_pairs();
  }

 private:
  Span bytes(const Figure& figure) const { return chars_.bytes(figure.span); }

  void review(size_t index) {
    const Figure& figure = impl_.figures[index];
    if (claim_vouches(chars_, figure.span) || is_vouched_week(figure)) return;
    if (figure.measure == Measure::kBare && written_as_is(index)) return;
    if (is_amount(figure)) return review_amount(index);
    if (figure.measure == Measure::kTenths) return review_tenths(figure);
    review_measure(figure);
  }

  // 七天无理由 belongs to its claim.
  bool is_vouched_week(const Figure& figure) const {
    return figure.measure == Measure::kDays &&
           claim_vouches(chars_, {figure.span.begin, figure.span.begin + 1});
  }

  // 蓝牙5.3: a number without unit that a fact's words hold in the same role.
  bool written_as_is(size_t index) {
    const Figure& figure = impl_.figures[index];
    const AmountRole role = role_of(chars_, impl_.figures, index);
    for (const Source& source : impl_.sources.list()) {
      const bool same = source.written && source.measure == Measure::kBare &&
                        source.value == figure.value && source.role == role;
      if (same) return accept(figure, "words", impl_.sources.label(source));
    }
    return false;
  }

  bool accept(const Figure& figure, std::string_view role, std::string_view source) const {
    work_.ground(role, bytes(figure), source);
    return true;
  }

  bool accept_value(const Figure& figure, std::string_view role, const Source& source) {
    std::string& note = impl_.note;
    note.assign(impl_.sources.label(source)).push_back('=');
    source.value.append_to(note);
    return accept(figure, role, note);
  }

  // ---- amounts

  void review_amount(size_t index) {
    const Figure& figure = impl_.figures[index];
    const AmountRole role = role_of(chars_, impl_.figures, index);
    if (equals_fact(figure, role) || is_derived(figure, role) || is_quote(figure)) return;
    if (role == AmountRole::kPrice && (continues_fee(index) || was_offered(figure))) return;
    const std::string_view name = name_of(role);
    if (role != AmountRole::kPrice) return work_.refuse("unsupported-number", bytes(figure), name);
    refuse_price(figure, figure.value);
  }

  // A price that the shop has named in this conversation stands, above the floor.
  bool was_offered(const Figure& figure) {
    const dialogue::Session* session = work_.situation.session;
    const FactValue& floor = work_.facts().get(known_facts().floor_price);
    if (session == nullptr || (floor.present && figure.value < floor.number)) return false;
    for (uint32_t i = 0; i < session->offers().size(); ++i) {
      const dialogue::Offer& offer = session->offers()[i];
      const bool ours = offer.speaker != dialogue::Speaker::kBuyer;
      if (ours && offer.amount == figure.value) return accept(figure, "item-price", "offer");
    }
    return false;
  }

  // 运费是6元,新疆是15元: the fee goes on in the next clause.
  bool continues_fee(size_t index) {
    if (index == 0 || !is_amount(impl_.figures[index - 1])) return false;
    return role_of(chars_, impl_.figures, index - 1) == AmountRole::kFee &&
           equals_fact(impl_.figures[index], AmountRole::kFee);
  }

  void refuse_price(const Figure& figure, Decimal price) const {
    const FactValue& floor = work_.facts().get(known_facts().floor_price);
    if (!work_.facts().get(known_facts().price).present) {
      return work_.refuse("unsupported-number", bytes(figure), "item-price");
    }
    if (floor.present && floor.number == price) {
      return work_.refuse("secret-fact", bytes(figure), "product.floor_price");
    }
    const bool below = floor.present && price < floor.number;
    work_.refuse(below ? "price-below-floor" : "unauthorised-price", bytes(figure), "item-price");
  }

  // A related item's price only beside its name, and a variant's not beside another's.
  bool may_stand_here(const Source& source) {
    if (!source.related || source.of == nullptr) return true;
    return names_item(source.of->name, work_.facts().get(known_facts().product_name).text);
  }

  bool equals_fact(const Figure& figure, AmountRole role) {
    for (const Source& source : impl_.sources.list()) {
      const bool amount = source.measure == Measure::kMoney || source.any;
      if (!amount || source.value != figure.value || !may_stand_here(source)) continue;
      const bool fits = source.any ? role != AmountRole::kPrice
                                   : source.role == role || (role == AmountRole::kReduction &&
                                                             source.role == AmountRole::kCoupon);
      if (fits) return accept_value(figure, name_of(role), source);
    }
    return false;
  }

  bool is_derived(const Figure& figure, AmountRole role) {
    const Sources& sources = impl_.sources;
    const std::span<const int64_t> counts = impl_.counts;
    std::string& how = impl_.note;
    bool found = false;
    if (role == AmountRole::kTotal || role == AmountRole::kPrice) {
      found = sources.derives_total(figure.value, role == AmountRole::kTotal, counts, &how);
      if (role == AmountRole::kPrice) found = found && how.find_first_of("*-+") != how.npos;
    } else if (role == AmountRole::kSaving || role == AmountRole::kReduction) {
      found = sources.derives_saving(figure.value, counts, &how);
    } else if (role == AmountRole::kGap) {
      found = sources.derives_gap(figure.value, counts, &how);
    }
    if (!found) return false;
    how.push_back('=');
    figure.value.append_to(how);
    return accept(figure, name_of(role), how);
  }

  // The buyer's number, declined or asked about. A conversation that remembers the buyer's numbers
  // is asked whether it was one.
  bool is_quote(const Figure& figure) {
    if (!declines_or_quotes(chars_, figure.span)) return false;
    const dialogue::Session* session = work_.situation.session;
    bool known = session == nullptr;
    for (uint32_t i = 0; session != nullptr && i < session->offers().size(); ++i) {
      const dialogue::Offer& offer = session->offers()[i];
      known = known || (offer.speaker == dialogue::Speaker::kBuyer && offer.amount == figure.value);
    }
    if (!known) work_.note("unknown-quote", bytes(figure), "");
    return accept(figure, "quote", "");
  }

  // 八折: of the price or the list price, an authorised price.
  void review_tenths(const Figure& figure) {
    if (is_quote(figure)) return;
    const int64_t share = figure.value >= Decimal::of(10) ? figure.value.milli / 100
                                                          : figure.value.milli / 10;  // of 1000
    Decimal reached = {};
    for (const Source& base : impl_.sources.list()) {
      const bool list = base.role == AmountRole::kListPrice;
      if (base.measure != Measure::kMoney || base.related || base.written) continue;
      if (!list && base.role != AmountRole::kPrice) continue;
      if (base.value > Decimal::of(1'000'000)) continue;
      const Decimal price = {base.value.milli * share / 1000};
      if (!list && reached.milli == 0) reached = price;
      if (is_authorised(price)) {
        impl_.note.assign(impl_.sources.label(base)).append("*");
        Decimal{share}.append_to(impl_.note);
        accept(figure, "discount", impl_.note);
        return;
      }
    }
    refuse_price(figure, reached);
  }

  bool is_authorised(Decimal price) const {
    constexpr int64_t kCent = 10;
    return std::any_of(impl_.sources.list().begin(), impl_.sources.list().end(),
                       [&](const Source& source) {
                         const bool own = source.measure == Measure::kMoney &&
                                          source.role == AmountRole::kPrice && !source.related;
                         const int64_t apart = source.value.milli - price.milli;
                         return own && apart > -kCent && apart < kCent;
                       });
  }

  // 满199减20: threshold and reduction of one promotion or coupon.
  void review_pairs() {
    const auto& figures = impl_.figures;
    for (size_t i = 0; i + 1 < figures.size(); ++i) {
      if (!is_amount(figures[i]) || !is_amount(figures[i + 1])) continue;
      if (role_of(chars_, figures, i) != AmountRole::kThreshold) continue;
      const bool reduces = view(chars_, {figures[i].span.end, figures[i + 1].span.begin}) == U"减";
      if (!reduces || is_pair(figures[i].value, figures[i + 1].value)) continue;
      if (is_refused(figures[i + 1])) continue;
      work_.refuse("unsupported-number", bytes(figures[i + 1]), "reduction");
    }
  }

  bool is_refused(const Figure& figure) const {
    const auto& findings = work_.verdict.findings;
    return std::any_of(findings.begin(), findings.end(), [&](const FindingItem& finding) {
      return finding.level == FindingLevel::kRefuse && finding.span == bytes(figure);
    });
  }

  bool is_pair(Decimal threshold, Decimal reduction) const {
    const std::span<const Source> list = impl_.sources.list();
    for (size_t i = 0; i + 1 < list.size(); ++i) {
      if (list[i].role != AmountRole::kThreshold || list[i].value != threshold) continue;
      if (list[i + 1].value == reduction && list[i + 1].role != AmountRole::kThreshold) return true;
    }
    return false;
  }

  // ---- everything else

  void review_measure(const Figure& figure) {
    const Topic topic = topic_of(chars_, figure);
    if (is_harmless(figure, topic)) return;
    for (const Source& source : impl_.sources.list()) {
      if (!same_topic(topic, source) || !same_value(figure, source)) continue;
      if (is_others_stock(figure, source)) continue;
      accept_value(figure, topic == Topic::kNone ? "fact" : name_of(topic), source);
      return;
    }
    if (asks(figure)) return;
    work_.refuse("unsupported-number", bytes(figure), name_of(topic));
  }

  // Counts of things that nobody claims, the buyer's own measures, how a thing is handled.
  bool is_harmless(const Figure& figure, Topic topic) const {
    const bool short_time =
        figure.measure == Measure::kSeconds || figure.measure == Measure::kMinutes;
    if (topic == Topic::kHandling && short_time) return true;
    if (figure.measure == Measure::kNamed) {
      return topic == Topic::kBuyer || starts(chars_, figure.unit.begin, U"码") ||
             starts(chars_, figure.unit.begin, U"vip");
    }
    if (figure.measure == Measure::kDays && figure.value == Decimal::of(1)) {
      return starts(chars_, figure.span.end, U"一") || ends(chars_, figure.span.begin, U"第");
    }
    const bool claimed =
        topic == Topic::kStock || topic == Topic::kSales || topic == Topic::kContents;
    return figure.measure == Measure::kCount && !claimed;
  }

  // What is left of a variant that the clause does not name.
  bool is_others_stock(const Figure& figure, const Source& source) const {
    if (source.topic != Topic::kStock || source.of == nullptr) return false;
    const std::string_view clause = chars_.source(clause_around(chars_, figure.span));
    return clause.find(source.of->name) == clause.npos;
  }

  bool asks(const Figure& figure) const {
    const Span clause = clause_around(chars_, figure.span);
    const std::u32string_view words = view(chars_, clause);
    return words.ends_with(U'吗') ||
           (clause.end < chars_.size() && chars_.chars[clause.end] == U'?');
  }

  // Whether the text holds two characters of `name` that `own` does not hold.
  bool names_item(std::string_view name, std::string_view own) {
    text::Text& part = impl_.part;
    if (text::normalise(own, part) != text::NormaliseStatus::kOk) return false;
    impl_.written_name.assign(part.chars.data(), part.size());
    if (text::normalise(name, part) != text::NormaliseStatus::kOk) return false;
    const std::u32string_view words = view(chars_, {0, chars_.size()});
    for (uint32_t at = 0; at + 2 <= part.size(); ++at) {
      const std::u32string_view pair = view(part, {at, at + 2});
      if (impl_.written_name.find(pair) == std::u32string::npos &&
          words.find(pair) != std::u32string_view::npos) {
        return true;
      }
    }
    return false;
  }

  const ReviewWork& work_;
  ReviewScratch::Impl& impl_;
  const text::Text& chars_;
};

}  // namespace

void review_figures(const ReviewWork& work) { FigureReview(work).run(); }

}  // namespace xiaoer::reply
