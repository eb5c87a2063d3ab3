// The back half of Matcher::build: which atoms call for which program, and where everything lies.

#include <algorithm>
#include <compare>
#include <unordered_map>

#include "base/ascii.hpp"
#include "base/stable_hash.hpp"
#include "match/draft.hpp"

namespace xiaoer::match {
namespace {

// Programs called by an atom beyond which they move to lists by pairs of atoms.
constexpr uint32_t kCrowded = 8;
constexpr uint32_t kPairsABucket = 3;  // on average
constexpr uint64_t kAnyAtom = ~0ULL;

// How often an atom may be expected in a message, relatively: by its length, and by how many
// programs name it, since authors write what buyers write.
double frequency(size_t length, uint32_t uses) {
  static constexpr double kByLength[] = {1.0, 1.0, 0.05, 0.01, 0.003};
  const double base = kByLength[std::min<size_t>(length, 4)];
  return base * (1.0 + 0.02 * std::min(uses, 500u));
}
constexpr double kSlotFrequency = 0.2;

// A required segment: one of its atoms must occur.
struct Choice {
  double cost = 0;
  std::vector<uint32_t> atoms;
};

struct ListHash {
  size_t operator()(const std::vector<uint32_t>& list) const {
    return stable_hash({reinterpret_cast<const char*>(list.data()), list.size() * sizeof(list[0])});
  }
};

class Layout {
 public:
  Layout(const Draft& draft, ImageBuilder* image)
      : draft_(draft),
        image_(image),
        word_atoms_(static_cast<uint32_t>(draft.atoms.strings().size())),
        uses_(word_atoms_ + draft.kinds, 0),
        atoms_(word_atoms_ + draft.kinds),
        called_(word_atoms_ + draft.kinds),
        offsets_(draft.programs.size(), kNone) {}

  void run(uint32_t classes) {
    choose();
    place_postings();
    place_pairs();
    place_rest();
    add_specials();
    add_roles();
    image_->add(Section::kMatchAtoms, atoms_);
    image_->add(Section::kMatchFanout, fanout_);
    image_->add(Section::kMatchGroups, groups_);
    image_->add(Section::kMatchSpecificity,
                std::vector<uint16_t>(draft_.specificity.begin(), draft_.specificity.end()));
    header_.atoms = word_atoms_;
    header_.kinds = draft_.kinds;
    header_.patterns = static_cast<uint32_t>(draft_.specificity.size());
    header_.cues = draft_.cues;
    header_.words = draft_.words;
    header_.classes = classes;
    image_->add_one(Section::kMatchHeader, header_);
  }

 private:
  struct Call {
    uint64_t signature;
    uint32_t program;
  };
  struct PairCall {
    uint32_t first, second;  // atoms
    uint32_t program;        // its number, then its place
    auto operator<=>(const PairCall&) const = default;
  };

  std::vector<uint32_t> atoms_of(const SegmentDraft& segment) const {
    if (segment.kind_is_set()) return {word_atoms_ + segment.kind};
    return segment.atoms;
  }

  std::vector<Choice> choices(const ProgramDraft& program) const {
    std::vector<Choice> found;
    for (const SegmentDraft& segment : program.segments) {
      if (!segment.required()) continue;
      Choice choice;
      choice.atoms = atoms_of(segment);
      for (const uint32_t atom : choice.atoms) {
        choice.cost += atom >= word_atoms_
                           ? kSlotFrequency
                           : frequency(draft_.atoms.strings()[atom].size(), uses_[atom]);
      }
      found.push_back(std::move(choice));
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Choice& a, const Choice& b) { return a.cost < b.cost; });
    return found;
  }

  void choose() {
    for (const ProgramDraft& program : draft_.programs) {
      if (program.patterns.empty()) continue;
      for (const SegmentDraft& segment : program.segments) {
        for (const uint32_t atom : atoms_of(segment)) ++uses_[atom];
      }
    }
    std::vector<std::vector<Choice>> all(draft_.programs.size());
    std::vector<uint32_t> load(atoms_.size(), 0);
    for (uint32_t i = 0; i < all.size(); ++i) {
      if (draft_.programs[i].patterns.empty()) continue;
      all[i] = choices(draft_.programs[i]);
      if (all[i].empty()) continue;
      for (const uint32_t atom : all[i][0].atoms) ++load[atom];
    }
    for (uint32_t i = 0; i < all.size(); ++i) {
      const ProgramDraft& program = draft_.programs[i];
      if (program.patterns.empty()) continue;
      if (all[i].empty()) {
        always_.push_back(i);
      } else {
        call(i, all[i], load);
      }
    }
  }

  static uint64_t signature_of(const std::vector<uint32_t>& atoms) {
    uint64_t signature = 0;
    for (const uint32_t atom : atoms) signature |= signature_bit(atom);
    return signature;
  }

  // Of the group that is least likely to occur, of those that must.
  uint64_t rarest_signature(const ProgramDraft& program) const {
    const std::vector<Choice> by_cost = choices(program);
    return by_cost.empty() ? kAnyAtom : signature_of(by_cost[0].atoms);
  }

  void call(uint32_t program, const std::vector<Choice>& by_cost,
            const std::vector<uint32_t>& load) {
    const std::vector<uint32_t>& firsts = by_cost[0].atoms;
    const bool crowded = std::any_of(firsts.begin(), firsts.end(),
                                     [&](uint32_t atom) { return load[atom] > kCrowded; });
    const uint64_t signature = by_cost.size() > 1 ? signature_of(by_cost[1].atoms) : kAnyAtom;
    for (const uint32_t first : firsts) {
      if (!crowded || by_cost.size() == 1) {
        called_[first].push_back({signature, program});
        continue;
      }
      atoms_[first].pair_signature |= signature;
      for (const uint32_t second : by_cost[1].atoms) {
        pairs_.push_back({first, second, program});
        atoms_[second].is_second = 1;
      }
    }
  }

  void place_postings() {
    std::vector<uint64_t> signatures;
    std::vector<uint32_t> programs;
    for (size_t atom = 0; atom < called_.size(); ++atom) {
      atoms_[atom].first = static_cast<uint32_t>(programs.size());
      atoms_[atom].count = static_cast<uint32_t>(called_[atom].size());
      for (const Call& one : called_[atom]) {
        signatures.push_back(one.signature);
        programs.push_back(place(one.program));
      }
    }
    image_->add(Section::kMatchPostings, signatures);
    image_->add(Section::kMatchPostingPrograms, programs);
  }

  void place_pairs() {
    // By atoms, so that the programs of a pair lie side by side.
    std::sort(pairs_.begin(), pairs_.end());
    for (PairCall& pair : pairs_) pair.program = place(pair.program);
    header_.pair_buckets = static_cast<uint32_t>(pairs_.size() / kPairsABucket) + 1;
    struct Entry {
      PairPlace place;
      uint32_t program;
    };
    std::vector<Entry> entries;
    entries.reserve(pairs_.size());
    for (const PairCall& pair : pairs_) {
      entries.push_back({PairPlace(pair.first, pair.second, header_.pair_buckets), pair.program});
    }
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      return a.place.bucket != b.place.bucket ? a.place.bucket < b.place.bucket
                                              : a.place.tag < b.place.tag;
    });
    std::vector<uint32_t> begins, programs, lists;
    std::vector<uint16_t> tags;
    for (auto entry = entries.begin(); entry != entries.end();) {
      const PairPlace place = entry->place;
      const auto end = std::find_if(entry, entries.end(), [&](const Entry& other) {
        return other.place.bucket != place.bucket || other.place.tag != place.tag;
      });
      begins.resize(place.bucket + size_t{1}, static_cast<uint32_t>(tags.size()));
      tags.push_back(place.tag);
      const bool alone = end - entry == 1;
      programs.push_back(alone ? entry->program : kPairList | static_cast<uint32_t>(lists.size()));
      if (!alone) {
        for (auto each = entry; each != end; ++each) lists.push_back(each->program);
        lists.back() |= kListEnd;
      }
      entry = end;
    }
    begins.resize(header_.pair_buckets + size_t{1}, static_cast<uint32_t>(tags.size()));
    image_->add(Section::kMatchPairs, begins);
    image_->add(Section::kMatchPairTags, tags);
    image_->add(Section::kMatchPairPrograms, programs);
    image_->add(Section::kMatchPairLists, lists);
  }

  void place_rest() {
    std::vector<uint32_t> always;
    for (const uint32_t program : always_) always.push_back(place(program));
    for (uint32_t program = 0; program < offsets_.size(); ++program) place(program);
    header_.always = static_cast<uint32_t>(always.size());
    image_->add(Section::kMatchAlways, always);

    // Programs that others name in `not` have a place by now.
    std::vector<Not> nots;
    std::vector<uint64_t> signatures(offsets_.size(), 0);  // of programs that stand in a `not`
    for (uint32_t i = 0; i < offsets_.size(); ++i) {
      const ProgramDraft& program = draft_.programs[i];
      if (program.nots.empty()) continue;
      words_[offsets_[i] + kNotsAt] = static_cast<uint32_t>(nots.size()) + 1;
      for (const uint32_t other : program.nots) {
        uint64_t& signature = signatures[other];
        if (signature == 0) signature = rarest_signature(draft_.programs[other]);
        nots.push_back({signature, offsets_[other], 1});
      }
      nots.back().more = 0;
    }
    image_->add(Section::kMatchNots, nots);
    image_->add(Section::kMatchPrograms, words_);

    std::vector<RegexRecord> regexes;
    for (const RegexDraft& regex : draft_.regexes) {
      regexes.push_back({image_->string(regex.text), regex.kind});
    }
    image_->add(Section::kMatchRegexes, regexes);
  }

  // Word offset of the program, which is written on first use: programs called by the same atom lie
  // side by side.
  uint32_t place(uint32_t number) {
    if (offsets_[number] != kNone) return offsets_[number];
    const std::vector<uint32_t> record = encode(draft_.programs[number]);
    offsets_[number] = static_cast<uint32_t>(words_.size());
    words_.insert(words_.end(), record.begin(), record.end());
    return offsets_[number];
  }

  std::vector<uint32_t> encode(const ProgramDraft& program) {
    uint32_t bits = program.flags | static_cast<uint32_t>(program.segments.size()) << kSegmentShift;
    const bool extended = program.max_len > 0 || !program.nots.empty() || program.regex != kNone;
    if (extended) bits |= kExtended;
    uint32_t patterns = program.patterns.empty() ? kNone : program.patterns[0];
    if (program.patterns.size() > 1) {
      bits |= kShared;
      patterns = static_cast<uint32_t>(fanout_.size());
      fanout_.push_back(static_cast<uint32_t>(program.patterns.size()));
      fanout_.insert(fanout_.end(), program.patterns.begin(), program.patterns.end());
    }
    std::vector<uint32_t> words = {bits, patterns};
    if (extended) words.insert(words.end(), {program.max_len, 0, program.regex});
    for (const SegmentDraft& segment : program.segments) {
      words.push_back(segment.gap_min << 20 | segment.gap_max << 8 | segment.flags);
      words.push_back(segment.kind_is_set() ? segment.role << 8 | segment.kind
                                            : place_group(segment.atoms));
    }
    return words;
  }

  uint32_t place_group(const std::vector<uint32_t>& atoms) {
    const auto [entry, added] =
        known_groups_.try_emplace(atoms, static_cast<uint32_t>(groups_.size()));
    if (!added) return entry->second;
    groups_.push_back(static_cast<uint32_t>(atoms.size()));
    for (const uint32_t atom : atoms) {
      const size_t length = draft_.atoms.strings()[atom].size();
      groups_.push_back(atom << 8 | static_cast<uint32_t>(length));
    }
    return entry->second;
  }

  void add_specials() {
    std::vector<SpecialAtom> specials;
    std::vector<uint32_t> words;
    std::vector<Cover> covers;
    std::vector<uint32_t> protecting = draft_.protected_atoms;
    std::sort(protecting.begin(), protecting.end());
    for (const uint32_t atom : protecting) {
      if (atom >= specials.size()) specials.resize(atom + 1);
      if (specials[atom].is_protected != 0) continue;
      specials[atom].is_protected = 1;
      const size_t first = covers.size();
      add_covers(draft_.atoms.strings()[atom], &covers);
      specials[atom].covers = {static_cast<uint32_t>(first),
                               static_cast<uint32_t>(covers.size() - first)};
    }
    for (const auto& [atom, numbers] : draft_.word_atoms) {
      if (atom >= specials.size()) specials.resize(atom + 1);
      specials[atom].words = {static_cast<uint32_t>(words.size()),
                              static_cast<uint32_t>(numbers.size())};
      words.insert(words.end(), numbers.begin(), numbers.end());
    }
    for (const uint32_t atom : draft_.number_atoms()) {
      if (atom >= specials.size()) specials.resize(atom + 1);
      specials[atom].is_number = 1;
    }
    header_.specials = static_cast<uint32_t>(specials.size());
    image_->add(Section::kMatchSpecials, specials);
    image_->add(Section::kMatchDictionary, words);
    image_->add(Section::kMatchCovers, covers);
  }

  void add_covers(const std::u32string& word, std::vector<Cover>* covers) const {
    for (uint32_t begin = 0; begin < word.size(); ++begin) {
      for (uint32_t size = 1; size <= word.size() - begin && size < word.size(); ++size) {
        const uint32_t atom = draft_.atoms.find(word.substr(begin, size));
        if (atom != kNone) covers->push_back({atom, begin});
      }
    }
  }

  void add_roles() {
    std::vector<StringRef> names;
    for (const std::string& role : draft_.roles) names.push_back(image_->string(role));
    std::vector<RoleProgram> programs;
    for (uint32_t i = 0; i < offsets_.size(); ++i) {
      const ProgramDraft& program = draft_.programs[i];
      const bool has_role =
          std::any_of(program.segments.begin(), program.segments.end(),
                      [](const SegmentDraft& segment) { return segment.role != 0; });
      if (!has_role) continue;
      for (const uint32_t pattern : program.patterns) programs.push_back({pattern, offsets_[i]});
    }
    std::sort(programs.begin(), programs.end(), [](const RoleProgram& a, const RoleProgram& b) {
      return a.pattern != b.pattern ? a.pattern < b.pattern : a.program < b.program;
    });
    image_->add(Section::kMatchRoles, names);
    image_->add(Section::kMatchRolePrograms, programs);
  }

  const Draft& draft_;
  ImageBuilder* image_;
  MatchHeader header_;
  uint32_t word_atoms_;         // atoms of the automaton; those of entity kinds follow
  std::vector<uint32_t> uses_;  // programs that name the atom
  std::vector<Atom> atoms_;
  std::vector<std::vector<Call>> called_;  // by atom
  std::vector<PairCall> pairs_;
  std::vector<uint32_t> always_;
  std::vector<uint32_t> offsets_;  // by program
  std::vector<uint32_t> words_, groups_, fanout_;
  std::unordered_map<std::vector<uint32_t>, uint32_t, ListHash> known_groups_;  // to their places
};

}  // namespace

size_t AtomTable::Hash::operator()(const std::u32string& string) const {
  const uint64_t hash = stable_hash(std::u32string_view(string));
  return static_cast<size_t>(hash ^ hash >> 29);
}

uint32_t AtomTable::add(const std::u32string& string) {
  const auto [entry, added] = numbers_.try_emplace(string, static_cast<uint32_t>(strings_.size()));
  if (added) strings_.push_back(string);
  return entry->second;
}

uint32_t AtomTable::find(const std::u32string& string) const {
  const auto found = numbers_.find(string);
  return found == numbers_.end() ? kNone : found->second;
}

std::vector<uint32_t> AtomTable::renumber(const std::vector<uint32_t>& first) {
  std::vector<uint32_t> renamed(strings_.size(), kNone);
  uint32_t next = 0;
  for (const uint32_t atom : first) renamed[atom] = next++;
  for (uint32_t& number : renamed) {
    if (number == kNone) number = next++;
  }
  std::vector<std::u32string> strings(strings_.size());
  for (size_t i = 0; i < strings.size(); ++i) strings[renamed[i]] = std::move(strings_[i]);
  strings_ = std::move(strings);
  for (auto& [string, number] : numbers_) number = renamed[number];
  return renamed;
}

std::vector<uint32_t> Draft::number_atoms() const {
  std::vector<uint32_t> numbers;
  for (uint32_t atom = 0; atom < atoms.strings().size(); ++atom) {
    const std::u32string& string = atoms.strings()[atom];
    if (std::all_of(string.begin(), string.end(), ascii::is_digit<char32_t>)) {
      numbers.push_back(atom);
    }
  }
  return numbers;
}

void number_specials_first(Draft* draft) {
  std::vector<uint32_t> specials = draft->number_atoms();
  specials.insert(specials.end(), draft->protected_atoms.begin(), draft->protected_atoms.end());
  for (const auto& [atom, words] : draft->word_atoms) specials.push_back(atom);
  std::sort(specials.begin(), specials.end());
  specials.erase(std::unique(specials.begin(), specials.end()), specials.end());
  const std::vector<uint32_t> renamed = draft->atoms.renumber(specials);
  for (ProgramDraft& program : draft->programs) {
    for (SegmentDraft& segment : program.segments) {
      for (uint32_t& atom : segment.atoms) atom = renamed[atom];
    }
  }
  for (uint32_t& atom : draft->protected_atoms) atom = renamed[atom];
  std::map<uint32_t, std::vector<uint32_t>> words;
  for (auto& [atom, numbers] : draft->word_atoms) words[renamed[atom]] = std::move(numbers);
  draft->word_atoms = std::move(words);
}

void lay_out(const Draft& draft, uint32_t classes, ImageBuilder* image) {
  Layout(draft, image).run(classes);
}

}  // namespace xiaoer::match
