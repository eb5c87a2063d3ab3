#pragma once
// What the facts of a call can bear out, for texts that do not say where their figures come from:
// one entry a figure, with what it is said of and the path it came from, and sums computed from
// them with their derivation.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "reply/facts.hpp"
#include "reply/figures.hpp"
#include "reply/records.hpp"
#include "reply/replier.hpp"
#include "reply/role.hpp"

namespace xiaoer::reply {

struct Source {
  Measure measure = Measure::kBare;
  Role role = Role::kNone;
  Decimal value, other;
  uint64_t unit_key = 0;
  int64_t least = 1;              // pieces from which a quantity price holds
  const FactEntry* of = nullptr;  // the variant or related item whose it is
  bool related = false;           // another item's: its floor is not known
  bool later = false;             // of the promotion to come
  bool written = false;           // read in a fact's words
  bool any = false;               // a number of the pack's own fact: may be said of anything
  uint32_t label_begin = 0, label_size = 0;
};

class Sources {
 public:
  // Borrows the situation's facts until the next call. Allocates nothing once it has grown.
  // What a promotion that is over promised bears nothing out.
  void build(const Views& views, const Situation& situation);

  std::span<const Source> list() const { return list_; }
  std::string_view label(const Source& source) const {
    return std::string_view(labels_).substr(source.label_begin, source.label_size);
  }
  // Words of facts that a text may repeat as they are, normalised: numbers of orders and parcels,
  // names, addresses of the shop.
  std::span<const std::u32string> words() const { return std::span(words_).first(word_count_); }

  // An amount that is computed: pieces times a price, less reduction and coupon, with the freight,
  // with a related item. `how` gets the derivation.
  // `fees`: the freight may be part of it.
  bool derives_total(Decimal amount, bool fees, std::span<const int64_t> counts,
                     std::string* how) const;
  // 省: the difference of two prices, a reduction or a coupon. `promised`: what comes off the price
  // (再减10元), which only steps of the item's own price bear out.
  bool derives_saving(Decimal amount, bool promised, std::span<const int64_t> counts,
                      std::string* how) const;
  // 还差: what is missing to a threshold.
  bool derives_gap(Decimal amount, std::span<const int64_t> counts, std::string* how) const;

 private:
  struct Sum {
    Decimal amount;
    int64_t count = 1;
    const Source* parts[4] = {};
    bool minus[4] = {};
    size_t size = 0;
  };
  Source& add(std::string_view path, std::string_view key, Decimal value);
  void add_money(std::string_view path, std::string_view key, Decimal value, Role role);
  void add_known(const Facts& facts);
  void add_times(const Facts& facts, const std::optional<Instant>& now);
  void add_entries(const Facts& facts);
  void add_extras(const Views& views, const Facts& facts);
  void add_written(const Facts& facts);
  void read_words(std::string_view path, std::string_view text);
  void read_piece(std::string_view path, std::string_view text);
  template <class Visit>
  bool each_sum(std::span<const int64_t> counts, Visit visit) const;
  template <class Visit>
  bool each_discount(const Sum& base, bool fees, Visit visit) const;
  void explain(const Sum& sum, std::string* how) const;

  std::vector<Source> list_;
  std::string labels_;
  std::vector<std::u32string> words_;
  size_t word_count_ = 0;
  text::Text chars_;
  std::vector<Figure> figures_;
  bool promotion_is_over_ = false;
};

}  // namespace xiaoer::reply
