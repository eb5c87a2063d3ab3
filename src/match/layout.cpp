// The back half of Matcher::build: which atoms call for which program, and where everything lies.

#include <algorithm>
#include <unordered_map>

#include "match/draft.hpp"

namespace xiaoer::match {
namespace {

// Programs called by an atom beyond which they move to lists by pairs of atoms.
constexpr uint32_t kCrowded = 8;
constexpr uint32_t kLine = 16;  // words of a cache line
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
    image_->add(Section::kMatchSpecificity, draft_.specificity);
    header_.atoms = word_atoms_;
    header_.kinds = draft_.kinds;
    header_.programs = static_cast<uint32_t>(draft_.programs.size());
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
      if (program.regex != kNone) {
        call_regex(i);
      } else if (all[i].empty()) {
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

  void call_regex(uint32_t program) {
    const auto& groups = draft_.programs[program].triggers;
    if (groups.empty()) return always_.push_back(program);
    const uint64_t signature = groups.size() > 1 ? signature_of(groups[1]) : kAnyAtom;
    for (const uint32_t atom : groups[0]) called_[atom].push_back({signature, program});
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
        pairs_[pair_key(first, second)].push_back(program);
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
    std::vector<uint64_t> keys;
    for (const auto& [key, programs] : pairs_) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    size_t slots = 16;
    while (slots < 2 * keys.size()) slots *= 2;
    std::vector<Pair> table(slots);
    std::vector<uint32_t> lists;
    header_.pair_mask = static_cast<uint32_t>(slots - 1);
    for (const uint64_t key : keys) {
      uint32_t slot = pair_slot(key) & header_.pair_mask;
      while (table[slot].key != 0) slot = (slot + 1) & header_.pair_mask;
      const std::vector<uint32_t>& programs = pairs_[key];
      table[slot] = {key,
                     {static_cast<uint32_t>(lists.size()), static_cast<uint32_t>(programs.size())}};
      for (const uint32_t program : programs) lists.push_back(place(program));
    }
    image_->add(Section::kMatchPairs, table);
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
      words_[offsets_[i] + 4] = static_cast<uint32_t>(nots.size()) + 1;
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
    const std::vector<uint32_t> record = encode(placed_++, draft_.programs[number]);
    const size_t line_left = kLine - words_.size() % kLine;
    if (record.size() > line_left && record.size() <= kLine) {
      words_.resize(words_.size() + line_left, kNone);
    }
    offsets_[number] = static_cast<uint32_t>(words_.size());
    words_.insert(words_.end(), record.begin(), record.end());
    return offsets_[number];
  }

  std::vector<uint32_t> encode(uint32_t number, const ProgramDraft& program) {
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
    std::vector<uint32_t> words = {number, bits, patterns};
    if (extended) words.insert(words.end(), {program.max_len, 0, program.regex});
    size_t atoms_at = words.size() + 2 * program.segments.size();
    for (const SegmentDraft& segment : program.segments) {
      words.push_back(segment.gap_min << 20 | segment.gap_max << 8 | segment.flags);
      if (segment.kind_is_set()) {
        words.push_back(segment.role << 8 | segment.kind);
      } else {
        words.push_back(static_cast<uint32_t>(atoms_at << 12 | segment.atoms.size()));
        atoms_at += segment.atoms.size();
      }
    }
    for (const SegmentDraft& segment : program.segments) {
      for (const uint32_t atom : segment.atoms) {
        const size_t length = draft_.atoms.strings()[atom].size();
        words.push_back(atom << 8 | static_cast<uint32_t>(length));
      }
    }
    return words;
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
  std::unordered_map<uint64_t, std::vector<uint32_t>> pairs_;
  std::vector<uint32_t> always_;
  std::vector<uint32_t> offsets_;  // by program
  uint32_t placed_ = 0;
  std::vector<uint32_t> words_, fanout_;
};

}  // namespace

size_t AtomTable::Hash::operator()(const std::u32string& string) const {
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char32_t c : string) hash = (hash ^ c) * 0x100000001b3ULL;
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

void number_specials_first(Draft* draft) {
  std::vector<uint32_t> specials = draft->protected_atoms;
  for (const auto& [atom, words] : draft->word_atoms) specials.push_back(atom);
  std::sort(specials.begin(), specials.end());
  specials.erase(std::unique(specials.begin(), specials.end()), specials.end());
  const std::vector<uint32_t> renamed = draft->atoms.renumber(specials);
  for (ProgramDraft& program : draft->programs) {
    for (SegmentDraft& segment : program.segments) {
      for (uint32_t& atom : segment.atoms) atom = renamed[atom];
    }
    for (std::vector<uint32_t>& group : program.triggers) {
      for (uint32_t& atom : group) atom = renamed[atom];
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
