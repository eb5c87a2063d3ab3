// Amounts, times and counts of a text against the facts: each needs one that it equals, or a sum of
// them.

#include <algorithm>

#include "base/instant.hpp"
#include "base/words.hpp"
#include "reply/bears_out.hpp"
#include "reply/chars.hpp"
#include "reply/numbers.hpp"
#include "reply/review_work.hpp"

namespace xiaoer::reply {
namespace {

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
    Figure& figure = impl_.figures[index];
    if (claim_vouches(chars_, figure.span) || is_vouched_week(figure)) return;
    const Said said = read_role(chars_, impl_.figures, index);
    if (figure.measure == Measure::kBare && counts_things(said.role)) {
      figure.measure = Measure::kCount;  // 库存6
    }
    if (figure.measure == Measure::kTenths) return review_tenths(figure);
    if (figure.measure == Measure::kBare && written_as_is(figure, said.role)) return;
    if (is_amount(figure.measure)) return review_amount(figure, said);
    review_measure(figure, said);
  }

  static bool counts_things(Role role) {
    return role == Role::kStock || role == Role::kSales || role == Role::kContents;
  }

  // 七天无理由 belongs to its claim.
  bool is_vouched_week(const Figure& figure) const {
    return figure.measure == Measure::kDays &&
           claim_vouches(chars_, {figure.span.begin, figure.span.begin + 1});
  }

  // 蓝牙5.3: a number without unit that a fact's words hold in the same role.
  bool written_as_is(const Figure& figure, Role role) {
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

  // Where a price is plausible, a price must hold: other roles are tried only for what a word
  // claims, or for what goes on with a fee.
  void review_amount(const Figure& figure, const Said& said) {
    if (said.role == Role::kBuyer || is_borne_out(figure, said.role) || is_quote(figure)) return;
    if (said.continues_fee && equals_fact(figure, Role::kFee)) return;
    for (size_t i = 0; said.role != Role::kPrice && i < static_cast<size_t>(Role::kNone); ++i) {
      if (said.may_be(static_cast<Role>(i)) && is_borne_out(figure, static_cast<Role>(i))) return;
    }
    if (said.role == Role::kPrice && was_offered(figure)) return;
    if (said.role == Role::kPrice) return refuse_price(figure, figure.value);
    work_.refuse("unsupported-number", bytes(figure), name_of(said.role));
  }

  bool is_borne_out(const Figure& figure, Role role) {
    return equals_fact(figure, role) || is_derived(figure, role);
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

  // A related item's price only beside its name, one for several only where so many are spoken of,
  // and not the usual freight for a region that it is not for.
  bool may_stand_here(const Figure& figure, const Source& source) {
    if (source.related && source.of != nullptr) {
      constexpr uint32_t kBeside = 3;
      const uint32_t from = figure.span.begin > kBeside ? figure.span.begin - kBeside : 0;
      return names_item(source.of->name, work_.facts().get(known_facts().product_name).text,
                        view(chars_, {from, figure.span.begin}));
    }
    if (source.least > 1) {
      return std::any_of(impl_.counts.begin(), impl_.counts.end(),
                         [&](int64_t count) { return count >= source.least; });
    }
    if (source.later) return speaks_of_later(figure);
    if (source.role == Role::kPrice) return !names_another(figure, source);
    return source.role != Role::kFee || impl_.sources.label(source) != "shop.ship_fee" ||
           !names_remote_region(figure);
  }

  Span before_in_clause(const Figure& figure) const {
    return {clause_around(chars_, figure.span).begin, figure.span.begin};
  }

  // 浅灰4580元, where that is the price of another variant.
  bool names_another(const Figure& figure, const Source& source) const {
    const std::string_view before = chars_.source(before_in_clause(figure));
    const bool listed = source.of != nullptr || impl_.sources.label(source) == "product.price";
    bool another = false;
    for (const FactEntry& variant : work_.facts().variants()) {
      if (!listed || !variant.price || !names_just(before, variant)) continue;
      if (*variant.price == source.value) return false;
      another = true;
    }
    return another;
  }

  // Whether the words name the variant, and not one whose longer name holds its own.
  bool names_just(std::string_view words, const FactEntry& variant) const {
    if (variant.name.empty() || words.find(variant.name) == words.npos) return false;
    const auto& all = work_.facts().variants();
    return std::none_of(all.begin(), all.end(), [&](const FactEntry& other) {
      return other.name.size() > variant.name.size() &&
             other.name.find(variant.name) != std::string::npos &&
             words.find(other.name) != words.npos;
    });
  }

  // The price of the promotion to come: beside its name, and not as today's.
  bool speaks_of_later(const Figure& figure) const {
    constexpr std::u32string_view kLater[] = {U"下一场", U"下次", U"下场", U"到时", U"届时"};
    constexpr std::u32string_view kNow[] = {U"现在", U"今天", U"目前", U"今晚", U"马上"};
    const std::u32string_view words = view(chars_, clause_around(chars_, figure.span));
    const FactValue& name = work_.facts().get(known_facts().next_name);
    const bool named = name.present && chars_.original.find(name.text) != std::string_view::npos;
    return (named || contains_any(words, kLater)) && !contains_any(words, kNow);
  }

  bool names_remote_region(const Figure& figure) const {
    const std::string_view before = chars_.source(before_in_clause(figure));
    const auto named = [&](std::string_view word) { return before.find(word) != before.npos; };
    const bool remote =
        named("偏远") ||
        xiaoer::contains_any(before, work_.facts().get(known_facts().remote_regions).items);
    return remote && !named("除") && !named("不") &&
           work_.facts().get(known_facts().remote_ship_fee).present;
  }

  bool equals_fact(const Figure& figure, Role role) {
    for (const Source& source : impl_.sources.list()) {
      const bool amount = source.measure == Measure::kMoney || source.any;
      if (!amount || source.value != figure.value) continue;
      const bool fits = source.any ? role != Role::kPrice
                                   : source.role == role ||
                                         (role == Role::kReduction && source.role == Role::kCoupon);
      if (fits && may_stand_here(figure, source))
        return accept_value(figure, name_of(role), source);
    }
    return false;
  }

  bool is_derived(const Figure& figure, Role role) {
    const Sources& sources = impl_.sources;
    const std::span<const int64_t> counts = impl_.counts;
    std::string& how = impl_.note;
    bool found = false;
    if (role == Role::kTotal || role == Role::kPrice) {
      found = sources.derives_total(figure.value, role == Role::kTotal, counts, &how);
      if (role == Role::kPrice) found = found && how.find_first_of("*-+") != how.npos;
    } else if (role == Role::kSaving || role == Role::kReduction) {
      const bool promised = role == Role::kReduction || !compares(figure);
      found = !is_of_coupon(figure) && sources.derives_saving(figure.value, promised, counts, &how);
    } else if (role == Role::kGap) {
      found = sources.derives_gap(figure.value, counts, &how);
    }
    if (!found) return false;
    how.push_back('=');
    figure.value.append_to(how);
    return accept(figure, name_of(role), how);
  }

  // 券能抵10块: what a coupon takes off is the coupon's.
  bool is_of_coupon(const Figure& figure) const {
    return view(chars_, before_in_clause(figure)).find(U'券') != std::u32string_view::npos;
  }

  // 比原价便宜70元 compares; 给您便宜10元 promises.
  bool compares(const Figure& figure) const {
    constexpr std::u32string_view kPromises[] = {U"给您", U"给你", U"再", U"帮您"};
    return !contains_any(view(chars_, clause_around(chars_, figure.span)), kPromises);
  }

  // Here, or where what the buyer says is said again: 您说别家卖380,我们380做不了.
  bool is_declined(const Figure& figure) const {
    if (declines_or_quotes(chars_, figure.span)) return true;
    constexpr std::u32string_view kTold[] = {U"您说", U"您提", U"您报", U"您看到", U"您问"};
    constexpr std::u32string_view kElsewhere[] = {U"别家", U"别人家", U"其他家", U"别的店"};
    const std::u32string_view before = view(chars_, before_in_clause(figure));
    if (!contains_any(before, kTold)) return false;
    if (contains_any(before, kElsewhere) && cannot_follow(figure)) return true;
    return std::any_of(impl_.figures.begin(), impl_.figures.end(), [&](const Figure& other) {
      return other.value == figure.value && is_amount(other.measure) == is_amount(figure.measure) &&
             declines_or_quotes(chars_, other.span);
    });
  }

  // 您说别家只要229,每家配置不一样,我们跟不了.
  bool cannot_follow(const Figure& figure) const {
    constexpr std::u32string_view kNot[] = {U"跟不了", U"跟不到", U"比不了", U"做不了",
                                            U"做不到", U"给不了", U"没法跟", U"没办法"};
    return contains_any(view(chars_, {figure.span.end, chars_.size()}), kNot);
  }

  // The buyer's number, declined or asked about. A conversation that remembers the buyer's numbers
  // is asked whether it was one.
  bool is_quote(const Figure& figure) {
    if (!is_declined(figure)) return false;
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
    if (share > 1000) return refuse_price(figure, reached);  // more than the whole is no discount
    for (const Source& base : impl_.sources.list()) {
      const bool list = base.role == Role::kListPrice;
      if (base.measure != Measure::kMoney || base.related || base.written || base.later) continue;
      if (!list && base.role != Role::kPrice) continue;
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
    return std::any_of(
        impl_.sources.list().begin(), impl_.sources.list().end(), [&](const Source& source) {
          const bool own = source.measure == Measure::kMoney && source.role == Role::kPrice &&
                           !source.related && !source.later;
          const int64_t apart = source.value.milli - price.milli;
          return own && apart > -kCent && apart < kCent;
        });
  }

  // 满199减20: threshold and reduction of one promotion or coupon.
  void review_pairs() {
    const auto& figures = impl_.figures;
    for (size_t i = 0; i + 1 < figures.size(); ++i) {
      if (!is_amount(figures[i].measure) || !is_amount(figures[i + 1].measure)) continue;
      if (read_role(chars_, figures, i).role != Role::kThreshold) continue;
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

  // Of one promotion or coupon: its threshold and what comes off.
  bool is_pair(Decimal threshold, Decimal reduction) const {
    const std::span<const Source> list = impl_.sources.list();
    for (size_t i = 0; i + 1 < list.size(); ++i) {
      if (list[i].role != Role::kThreshold || list[i].value != threshold) continue;
      const Source& next = list[i + 1];
      const bool promotion =
          next.role == Role::kReduction && impl_.sources.label(list[i]) == "promotion.threshold";
      const bool coupon = next.role == Role::kCoupon && next.of == list[i].of;
      if (next.value == reduction && (promotion || coupon)) return true;
    }
    return false;
  }

  // ---- everything else

  void review_measure(const Figure& figure, const Said& said) {
    if (is_harmless(figure, said.role) || is_rate(figure, said.role)) return;
    if (is_today(figure)) return;
    if (figure.measure == Measure::kPercent && is_quote(figure)) return;  // 不能保证100%
    for (const Source& source : impl_.sources.list()) {
      const bool same = same_value(figure, source) || is_multiple(figure, source);
      if (!same || is_others_stock(figure, source) || is_another_day(figure, source)) continue;
      if (!may_be_said_of(said, source)) continue;
      accept_value(figure, said.role == Role::kNone ? "fact" : name_of(said.role), source);
      return;
    }
    if (asks(figure) || is_lawful_week(figure, said)) return;
    // 95度水泡30秒 sells nothing: a person may want to look at it, unless the facts tell of a use
    // in this measure, and another.
    if (said.role == Role::kUse && !is_use_known(figure)) {
      return work_.note("unproven-use", bytes(figure), "");
    }
    work_.refuse("unsupported-number", bytes(figure), name_of(said.role));
  }

  // 今天22号, when it is.
  bool is_today(const Figure& figure) const {
    const auto& now = work_.situation.now;
    if (figure.measure != Measure::kDate || !now || days_ahead(figure) != 0) return false;
    const LocalTime today = local_time(now->seconds, now->offset_minutes);
    const bool month = figure.value.milli == 0 || figure.value == Decimal::of(today.month);
    return month && figure.other == Decimal::of(today.day_of_month);
  }

  // Which day the word before the figure names, in days from now; -1: none.
  int days_ahead(const Figure& figure) const {
    struct Day {
      std::u32string_view word;
      int ahead;
    };
    constexpr Day kDays[] = {{U"今天", 0}, {U"今晚", 0}, {U"今日", 0}, {U"今天是", 0},
                             {U"明天", 1}, {U"明晚", 1}, {U"明日", 1}, {U"明早", 1},
                             {U"后天", 2}, {U"后晚", 2}, {U"后日", 2}};
    constexpr std::u32string_view kParts[] = {U"晚上", U"夜里", U"下午", U"上午", U"中午", U"早上"};
    uint32_t at = figure.span.begin;
    for (const std::u32string_view part : kParts) {
      if (ends(chars_, at, part)) at -= static_cast<uint32_t>(part.size());
    }
    for (const Day& day : kDays) {
      if (ends(chars_, at, day.word)) return day.ahead;
    }
    return -1;
  }

  // 今晚十二点, where the fact says so of another day.
  bool is_another_day(const Figure& figure, const Source& source) const {
    const auto& now = work_.situation.now;
    const int ahead = days_ahead(figure);
    if (figure.measure != Measure::kClock || !now || ahead < 0) return false;
    constexpr int64_t kSecondsOfDay = 86'400;
    const LocalTime day = local_time(now->seconds + ahead * kSecondsOfDay, now->offset_minutes);
    const std::string_view label = impl_.sources.label(source);
    const auto list = impl_.sources.list();
    return std::any_of(list.begin(), list.end(), [&](const Source& other) {
      return other.measure == Measure::kDate && impl_.sources.label(other) == label &&
             !(other.value == Decimal::of(day.month) &&
               other.other == Decimal::of(day.day_of_month));
    });
  }

  bool is_use_known(const Figure& figure) const {
    return std::any_of(
        impl_.sources.list().begin(), impl_.sources.list().end(), [&](const Source& source) {
          return source.written && source.role == Role::kUse && source.measure == figure.measure &&
                 source.unit_key == figure.unit_key;
        });
  }

  // Who takes goods back for longer takes them back for seven days, the period of the law.
  bool is_lawful_week(const Figure& figure, const Said& said) const {
    const FactValue& days = work_.facts().get(known_facts().return_days);
    const FactValue& no_reason = work_.facts().get(known_facts().no_reason);
    const bool week = figure.measure == Measure::kDays && figure.value == Decimal::of(7);
    return week && said.may_be(Role::kReturn) && days.present && days.number >= figure.value &&
           (!no_reason.present || no_reason.flag);
  }

  // What words of the goods say of nothing (走一天路) bears out no time that the shop promises.
  bool may_be_said_of(const Said& said, const Source& source) const {
    const bool aside = source.written && source.role == Role::kNone &&
                       impl_.sources.label(source).starts_with("product.");
    for (size_t i = 0; i < kRoles; ++i) {
      const auto role = static_cast<Role>(i);
      const bool plausible = role == said.role || said.may_be(role);
      if (plausible && speaks_of(role, source.role) &&
          (!aside || is_open(role) || role == Role::kContents))
        return true;
    }
    return false;
  }

  // Counts of things that nobody claims, the buyer's own measures.
  bool is_harmless(const Figure& figure, Role role) const {
    if (role == Role::kBuyer || role == Role::kFitting) return true;
    if (figure.measure == Measure::kNamed) {
      return starts(chars_, figure.unit.begin, U"码") || starts(chars_, figure.unit.begin, U"vip");
    }
    if (figure.measure == Measure::kDays && figure.value == Decimal::of(1)) {
      return starts(chars_, figure.span.end, U"一") || ends(chars_, figure.span.begin, U"第");
    }
    return figure.measure == Measure::kCount && !counts_things(role);
  }

  // 一袋2.5千克,两袋5千克.
  bool is_multiple(const Figure& figure, const Source& source) const {
    if (figure.measure != Measure::kNamed || !source.written) return false;
    return std::any_of(impl_.counts.begin(), impl_.counts.end(), [&](int64_t count) {
      Source several = source;
      several.value.milli *= count;
      return source.value <= Decimal::of(100'000) && same_value(figure, several);
    });
  }

  // 一天两次, 一个月卖了236件: how often, how many.
  bool is_rate(const Figure& figure, Role role) const {
    if (!is_time(figure.measure) || figure.value != Decimal::of(1) || !is_open(role)) return false;
    const Span clause = clause_around(chars_, figure.span);
    const bool counts =
        std::any_of(impl_.figures.begin(), impl_.figures.end(), [&](const Figure& other) {
          return other.span.begin >= figure.span.end && other.span.end <= clause.end &&
                 (other.measure == Measure::kCount || other.measure == Measure::kNamed);
        });
    const std::u32string_view behind = view(chars_, {figure.span.end, clause.end});
    return counts || behind.find(U'次') != std::u32string_view::npos;
  }

  // What is left of a variant that the clause does not name.
  bool is_others_stock(const Figure& figure, const Source& source) const {
    if (source.role != Role::kStock || source.of == nullptr) return false;
    const std::string_view clause = chars_.source(clause_around(chars_, figure.span));
    return clause.find(source.of->name) == clause.npos;
  }

  bool asks(const Figure& figure) const {
    const Span clause = clause_around(chars_, figure.span);
    const std::u32string_view words = view(chars_, clause);
    return words.ends_with(U'吗') ||
           (clause.end < chars_.size() && chars_.chars[clause.end] == U'?');
  }

  // Whether the text holds two characters of `name` that `own` does not hold, or the words beside
  // the figure one that is no counter: 袜子39 of 速干袜三双装.
  bool names_item(std::string_view name, std::string_view own, std::u32string_view beside) {
    constexpr std::u32string_view kCounters = U"装款的套件双只个支条盒袋包瓶色新小大版号";
    text::Text& part = impl_.part;
    if (text::normalise(own, part) != text::NormaliseStatus::kOk) return false;
    impl_.written_name.assign(part.chars.data(), part.size());
    if (text::normalise(name, part) != text::NormaliseStatus::kOk) return false;
    const std::u32string_view words = view(chars_, {0, chars_.size()});
    const auto foreign = [&](std::u32string_view of_name, std::u32string_view in) {
      return impl_.written_name.find(of_name) == std::u32string::npos &&
             in.find(of_name) != std::u32string_view::npos;
    };
    for (uint32_t at = 0; at < part.size(); ++at) {
      const bool tells = !has(part, at, text::kNumeral | text::kDigit | text::kLatin) &&
                         kCounters.find(part.chars[at]) == std::u32string_view::npos;
      if (tells && foreign(view(part, {at, at + 1}), beside)) return true;
      if (at + 2 <= part.size() && foreign(view(part, {at, at + 2}), words)) return true;
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
