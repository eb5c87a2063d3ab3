#include "match/examples.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/exponential.hpp"
#include "base/prefetch.hpp"
#include "match/example_grams.hpp"

namespace xiaoer::match {
namespace {

constexpr float kLeastGroup = 0.02f;  // less likely groups are not looked into
constexpr float kLeast = 0.02f;       // weaker likeness is not worth telling
// Of a group's likeness all of its intents share in kOfGroup; the rest goes by how likely the
// intent is within the group: half of it to one that is kHalfShare likely, nearly all to likelier
// ones.
constexpr float kOfGroup = 0.75f;
constexpr float kHalfShare = 0.05f;
// Logits this far below the best of their group are not told apart from silence.
constexpr float kFarBehind = 1.5f;
// With so many intents those that the message speaks of are listed; fewer are gone through.
constexpr uint32_t kMany = 512;

// Bits set in both words together. Written out because std::popcount is a call into the compiler's
// library on a processor that is not known to count bits.
uint32_t count_bits(uint64_t a, uint64_t b) {
  constexpr uint64_t kOdd = 0x5555555555555555, kPairs = 0x3333333333333333,
                     kNibbles = 0x0F0F0F0F0F0F0F0F, kBytes = 0x0101010101010101;
  a -= a >> 1 & kOdd;
  b -= b >> 1 & kOdd;
  a = (a & kPairs) + (a >> 2 & kPairs);
  b = (b & kPairs) + (b >> 2 & kPairs);
  const uint64_t nibbles = (a & kNibbles) + (a >> 4 & kNibbles) + (b & kNibbles) +
                           (b >> 4 & kNibbles);  // at most 16 a byte
  return static_cast<uint32_t>(nibbles * kBytes >> 56);
}

// Calls visit(i) for each of a block of sums that reaches the threshold, which is positive:
// compared lane by lane, which compilers turn into vectors, and then only the signs are looked at.
constexpr uint32_t kSumBlock = 16;
template <class Visit>
inline void visit_block(const int16_t* sums, int16_t threshold, Visit visit) {
  constexpr uint32_t kLanes = 4;  // of a word
  constexpr uint64_t kSigns = 0x8000800080008000;
  std::array<int16_t, kSumBlock> left;
  for (uint32_t i = 0; i < kSumBlock; ++i) {
    const int16_t sum = sums[i] > 0 ? sums[i] : int16_t{0};
    left[i] = static_cast<int16_t>(threshold - 1 - sum);
  }
  const auto words = std::bit_cast<std::array<uint64_t, kSumBlock / kLanes>>(left);
  if (((words[0] | words[1] | words[2] | words[3]) & kSigns) == 0) return;
  for (uint32_t word = 0; word < words.size(); ++word) {
    for (uint64_t signs = words[word] & kSigns; signs != 0; signs &= signs - 1) {
      visit(word * kLanes + static_cast<uint32_t>(std::countr_zero(signs)) / 16);
    }
  }
}

// Calls visit(place) for each of the places whose sum reaches the threshold.
template <class Visit>
inline void for_each_reaching(Range places, const int16_t* sums, int16_t threshold, Visit visit) {
  uint32_t first = places.first;
  const uint32_t end = places.first + places.count;
  for (; first + kSumBlock <= end; first += kSumBlock) {
    visit_block(sums + first, threshold, [&](uint32_t i) { visit(first + i); });
  }
  for (; first < end; ++first) {
    if (sums[first] >= threshold) visit(first);
  }
}

// Orders as ranking wants it: the larger score first, then the lower number. Floats that are not
// negative are ordered like their bits.
uint64_t ranking_key(float score, uint32_t number) {
  return uint64_t{std::bit_cast<uint32_t>(score)} << 32 | (UINT32_MAX - number);
}
float score_of(uint64_t key) { return std::bit_cast<float>(static_cast<uint32_t>(key >> 32)); }
uint32_t number_of(uint64_t key) { return UINT32_MAX - static_cast<uint32_t>(key); }

// Enters a key into the largest ones, which are in order: every rank keeps the larger of the two,
// the smaller falls on.
template <size_t Count>
inline void fall(uint64_t key, uint64_t (&largest)[Count]) {
  for (uint64_t& rank : largest) {
    const uint64_t larger = std::max(rank, key);
    key = std::min(rank, key);
    rank = larger;
  }
}

// What the table of pairs holds of this one; 0: nothing.
uint64_t find_pair(std::span<const uint64_t> slots, uint64_t pair) {
  const size_t mask = slots.size() - 1;
  size_t at = gram_hash(pair) & mask;
  while (key_of(slots[at]) != pair && slots[at] != 0) at = (at + 1) & mask;
  return slots[at];
}

}  // namespace

const GramVoices& ExampleMatcher::voices(uint32_t row) const {
  return *reinterpret_cast<const GramVoices*>(weights(row) + stride_);
}

bool ExampleMatcher::is_listed() const { return intents_ >= kMany; }

void ExampleMatcher::prepare(size_t asked, ExampleScratch* scratch) const {
  // One place more than intents: for the voices that a gram does not need.
  if (scratch->sums.size() != intents_ + 1) {
    scratch->epochs.assign(is_listed() ? intents_ + 1 : 0, 0);
    scratch->touched.resize(is_listed() ? 2 * kMaxExampleChars * kMaxVoices + 1 : 0);
    scratch->epoch = 0;
    scratch->sums.assign(intents_ + 1, 0);  // last: its size says that all of them fit
  }
  scratch->strong.reserve(2 * kMaxTopGroups);
  scratch->top.reserve(kMaxTopGroups);
  // One place beyond what can be needed: a key is written before it is known to be wanted.
  scratch->pairs.resize(kMaxExampleChars + 1);
  scratch->rows.resize(2 * kMaxExampleChars + 1);
  scratch->near.resize(intents_);
  scratch->shares.resize(intents_);
  scratch->group_sums.resize(stride_);
  scratch->groups.resize(stride_);
  scratch->ranked.reserve(kMaxRanked + asked);
  scratch->ranked.clear();
  scratch->top.clear();
  scratch->is_signed = false;
}

// The rows of the grams that the pack knows: those of characters, then those of pairs, which it can
// know only where it knows both characters, as far as they stand alone. No branch on what is found:
// it is a coin toss. Places and rows lie anywhere in large tables; asked for while others are
// looked at, they are near when their turn comes.
void ExampleMatcher::look_up(const text::Text& text, ExampleScratch* scratch) const {
  // Copies, so that the compiler knows that nothing written changes them.
  const CharTable<uint32_t> numbers = singles_;
  const std::span<const uint64_t> slots = slots_;
  const int8_t* const weights = rows_.data();
  const size_t mask = slots.size() - 1, row_size = row_size_;
  uint64_t* const pairs = scratch->pairs.data();
  uint32_t* const rows = scratch->rows.data();
  uint32_t singles = 0, count = 0, possible = 0, pair_count = 0;
  bool knows_this = false, knew_last = false;
  const auto take = [&](uint32_t row, bool known) {
    rows[count] = row;
    prefetch(weights + row * row_size);
    count += known;
  };
  for_each_gram(
      text,
      [&](char32_t c, uint32_t, uint32_t) {
        const uint32_t number = numbers.of(c);
        const bool known = number != 0, alone = stands_alone(c);
        take(number - known, known);
        singles += alone;
        knew_last = knows_this;
        knows_this = known | !alone;
      },
      [&](uint64_t pair, uint32_t, uint32_t) {
        pairs[possible] = pair;
        prefetch(&slots[gram_hash(pair) & mask]);
        possible += knows_this & knew_last;
      });
  scratch->familiar = static_cast<float>(count) / std::max(singles, 1u);
  for (uint32_t i = 0; i < possible; ++i) {
    const uint64_t pair = pairs[i], slot = find_pair(slots, pair);
    pairs[pair_count] = pair;
    pair_count += slot != 0;
    take(row_of(slot), slot != 0);
  }
  scratch->count = count;
  scratch->pair_count = pair_count;
}

// What the grams say of the groups, in blocks that stay in registers.
void ExampleMatcher::add_groups(ExampleScratch* scratch) const {
  for (uint32_t first = 0; first < stride_; first += kRowBlock) {
    int16_t sums[kRowBlock] = {};
    for (uint32_t i = 0; i < scratch->count; ++i) {
      const int8_t* row = weights(scratch->rows[i]) + first;
      for (uint32_t c = 0; c < kRowBlock; ++c) sums[c] = static_cast<int16_t>(sums[c] + row[c]);
    }
    std::copy_n(sums, kRowBlock, scratch->group_sums.data() + first);
  }
}

// The likeliest groups and their probabilities.
void ExampleMatcher::rank_groups(ExampleScratch* scratch) const {
  if (stride_ == 0) {
    scratch->top.push_back({0, 1, 0});
    return;
  }
  add_groups(scratch);
  const int16_t* const sums = scratch->group_sums.data();
  float* const shares = scratch->groups.data();
  const float unit = group_unit_ / scratch->length;
  const auto far = static_cast<int32_t>(std::min(kLargestExponent / unit, 32767.0f));
  int16_t best = sums[0];
  float all = 0;
  for (uint32_t group = 1; group < groups_; ++group) best = std::max(best, sums[group]);
  for (uint32_t group = 0; group < stride_; ++group) {
    const int32_t behind = std::min(best - sums[group], far);
    shares[group] = exponential(unit * static_cast<float>(-behind));
  }
  for (uint32_t group = 0; group < groups_; ++group) all += shares[group];
  const float least = kLeastGroup * all;
  uint64_t top[kMaxTopGroups] = {};
  for (uint32_t group = 0; group < groups_; ++group) {
    if (shares[group] >= least) fall(ranking_key(shares[group], group), top);
  }
  for (const uint64_t key : top) {
    if (key != 0) scratch->top.push_back({number_of(key), score_of(key) / all, 0});
  }
}

// What the grams say of the intents within their groups, and how much they say at all. Listed: in
// scratch->touched as well, each place once. It is written down every time and kept where it is
// new: no branch on that.
template <bool kListed>
void ExampleMatcher::add_intents(ExampleScratch* scratch) const {
  int16_t* const sums = scratch->sums.data();
  uint16_t* const touched = scratch->touched.data();
  uint32_t* const epochs = scratch->epochs.data();
  if (kListed && ++scratch->epoch == 0) {  // wrapped around: every old epoch could be taken for new
    std::fill(scratch->epochs.begin(), scratch->epochs.end(), 0);
    scratch->epoch = 1;
  }
  const uint32_t epoch = scratch->epoch;
  uint32_t mass = 0, count = 0;
  for (uint32_t i = 0; i < scratch->count; ++i) {
    const GramVoices& row = voices(scratch->rows[i]);
    mass += row.mass;
    for (uint32_t v = 0; v < kMaxVoices; ++v) {
      const uint16_t place = row.places[v];
      sums[place] = static_cast<int16_t>(sums[place] + row.weights[v]);
      if constexpr (kListed) {
        touched[count] = place;
        count += epochs[place] != epoch;
        epochs[place] = epoch;
      }
    }
  }
  scratch->touched_count = count;
  scratch->length = std::sqrt(std::max(mass, 1u) / kMassUnit);
}

// A softmax over the intents of a group, of which the two likeliest are kept: more would crowd out
// what else the message may be about. Those that nothing speaks for, or far less than for the
// strongest, count as if no gram spoke of them.
void ExampleMatcher::share_out(ExampleScratch::Group* group, ExampleScratch* scratch) const {
  const float unit = intent_unit_ / scratch->length;
  const Range places = places_[group->group];
  const int16_t* const sums = scratch->sums.data();
  const auto touched = std::span<const uint16_t>(scratch->touched).first(scratch->touched_count);
  const auto is_own = [&](uint32_t place) { return place - places.first < places.count; };
  int16_t best = 1;
  if (is_listed()) {
    for (const uint16_t place : touched) {
      if (is_own(place)) best = std::max(best, sums[place]);
    }
  } else {
    const int16_t* const own = sums + places.first;
    for (uint32_t i = 0; i < places.count; ++i) best = std::max(best, own[i]);
  }
  const auto threshold = static_cast<int16_t>(
      std::max(1, best - static_cast<int>(std::min(kFarBehind / unit, 32767.0f))));
  uint16_t* const near = scratch->near.data();
  float* const shares = scratch->shares.data();
  uint32_t count = 0;
  const auto take = [&](uint32_t place) {
    near[count] = static_cast<uint16_t>(place);
    shares[count++] = unit * static_cast<float>(sums[place]);
  };
  if (is_listed()) {
    for (const uint16_t place : touched) {
      if (sums[place] >= threshold && is_own(place)) take(place);
    }
  } else {
    for_each_reaching(places, sums, threshold, take);
  }
  for (uint32_t i = 0; i < count; ++i) shares[i] = bounded_exponential(shares[i]);
  uint64_t two[2] = {};
  group->all = static_cast<float>(places.count);
  for (uint32_t i = 0; i < count; ++i) {
    group->all += shares[i] - 1;
    fall(ranking_key(shares[i], intent_at_[near[i]]), two);
  }
  if (two[0] == 0) two[0] = ranking_key(1, intent_at_[places.first]);
  for (const uint64_t key : two) {
    if (key == 0) continue;
    const float score = score_of_share(*group, score_of(key), *scratch);
    if (score >= kLeast) scratch->strong.push_back(ranking_key(score, number_of(key)));
  }
}

// `share`: the exponential of the intent's logit.
float ExampleMatcher::score_of_share(const ExampleScratch::Group& group, float share,
                                     const ExampleScratch& scratch) const {
  share /= group.all;
  return scratch.familiar * group.probability *
         (kOfGroup + (1 - kOfGroup) * share / (share + kHalfShare));
}

// An intent that the caller asked for, if its group is likely.
void ExampleMatcher::tell(uint32_t intent, ExampleScratch* scratch) const {
  const uint32_t place = place_of_[intent];
  for (const ExampleScratch::Group& group : scratch->top) {
    if (place - places_[group.group].first >= places_[group.group].count) continue;
    const float share = bounded_exponential(intent_unit_ / scratch->length * scratch->sums[place]);
    scratch->ranked.push_back({intent, score_of_share(group, share, *scratch)});
  }
}

// The intents of all likely groups together. Zeroes the sums for the next message.
void ExampleMatcher::rank_intents(std::span<const uint32_t> asked, ExampleScratch* scratch) const {
  scratch->strong.clear();
  for (ExampleScratch::Group& group : scratch->top) share_out(&group, scratch);
  for (const uint32_t intent : asked) tell(intent, scratch);
  if (is_listed()) {
    for (uint32_t i = 0; i < scratch->touched_count; ++i) scratch->sums[scratch->touched[i]] = 0;
  } else {
    std::fill(scratch->sums.begin(), scratch->sums.end(), int16_t{0});
  }
  uint64_t ranked[kMaxRanked] = {};
  for (const uint64_t key : scratch->strong) fall(key, ranked);
  for (const uint64_t key : ranked) {
    if (key == 0 || std::find(asked.begin(), asked.end(), number_of(key)) != asked.end()) continue;
    scratch->ranked.push_back({number_of(key), score_of(key)});
  }
}

std::span<const Likeness> ExampleMatcher::rank(const text::Text& text,
                                               std::span<const uint32_t> asked,
                                               ExampleScratch* scratch) const {
  prepare(asked.size(), scratch);
  look_up(text, scratch);
  if (scratch->count == 0) return {};
  if (is_listed()) {
    add_intents<true>(scratch);
  } else {
    add_intents<false>(scratch);
  }
  rank_groups(scratch);
  rank_intents(asked, scratch);
  return scratch->ranked;
}

// By the share of common bits of the signatures; ties go to the earlier example.
uint32_t ExampleMatcher::nearest(uint32_t intent, ExampleScratch* scratch) const {
  uint64_t* const signature = scratch->signature;
  if (!scratch->is_signed) {
    signature[0] = signature[1] = 0;
    for (uint32_t i = 0; i < scratch->pair_count; ++i) sign(scratch->pairs[i], signature);
    scratch->is_signed = true;
  }
  uint32_t best = UINT32_MAX, best_common = 0, best_either = 1;
  const Range list = by_intent_[intent];
  const uint32_t count = std::min(list.count, kMaxCompared);
  for (uint32_t i = list.first; i < list.first + count; ++i) {
    const uint64_t* other = examples_[i].signature;
    const uint32_t common = count_bits(signature[0] & other[0], signature[1] & other[1]);
    const uint32_t either = count_bits(signature[0] | other[0], signature[1] | other[1]);
    if (common * best_either <= best_common * either) continue;
    best = i;
    best_common = common;
    best_either = either;
  }
  return best;
}

std::vector<SpeakingGram> ExampleMatcher::explain(uint32_t intent, const text::Text& text) const {
  constexpr size_t kMost = 3;
  const uint32_t place = place_of_[intent];
  uint32_t group = 0;
  while (place - places_[group].first >= places_[group].count) ++group;
  std::vector<SpeakingGram> grams;
  float mass = 0;
  const auto add = [&](uint32_t row, uint32_t begin, uint32_t end) {
    const GramVoices& loud = voices(row);
    mass += loud.mass / kMassUnit;
    SpeakingGram gram{{begin, end}, 0};
    if (stride_ > 0) gram.weight += group_unit_ * weights(row)[group];
    for (uint32_t v = 0; v < kMaxVoices; ++v) {
      if (loud.places[v] == place) gram.weight += intent_unit_ * loud.weights[v];
    }
    if (gram.weight > 0) grams.push_back(gram);
  };
  for_each_gram(
      text,
      [&](char32_t c, uint32_t begin, uint32_t end) {
        if (const uint32_t number = singles_.of(c)) add(number - 1, begin, end);
      },
      [&](uint64_t pair, uint32_t begin, uint32_t end) {
        if (const uint64_t slot = find_pair(slots_, pair)) add(row_of(slot), begin, end);
      });
  std::stable_sort(grams.begin(), grams.end(), [](const SpeakingGram& a, const SpeakingGram& b) {
    return a.weight > b.weight;
  });
  if (grams.size() > kMost) grams.resize(kMost);
  for (SpeakingGram& gram : grams) gram.weight /= std::sqrt(mass);
  return grams;
}

std::string_view ExampleMatcher::example_text(uint32_t example) const {
  return image_->string(examples_[example].text);
}

}  // namespace xiaoer::match
