// Opening an image: its sections and regexes, and the scratch that they need.

#include "match/scratch.hpp"
#include "match/views.hpp"

namespace xiaoer::match {
namespace {

using Views = Matcher::Views;

// Compiling is what costs, so the texts may be no longer, together, than what the image's strings
// make possible: equal regexes of one kind are one record.
bool open_regexes(Views* views) {
  const Image& image = *views->image;
  const auto records = image.section<RegexRecord>(Section::kMatchRegexes);
  size_t left = image.strings().size() * (kKindMask + 1);
  for (const RegexRecord& record : records) {
    if (!image.holds(record.text) || record.text.size == 0 || record.text.size > left) return false;
    if (record.kind > kKindMask) return false;
    left -= record.text.size;
    const std::string text(image.string(record.text));
    std::string message, part;
    const Regex::Problem problem =
        views->regexes.emplace_back().compile(text, record.kind, &message, &part);
    if (problem != Regex::Problem::kFine) return false;
    views->regexes.back().prepare();
  }
  return true;
}

void read_sections(const Image& image, Views* views) {
  views->classes = {image.section<uint16_t>(Section::kMatchClassPages),
                    image.section<uint16_t>(Section::kMatchClasses)};
  views->states = image.section<State>(Section::kMatchStates);
  views->outputs = image.section<Output>(Section::kMatchOutputs);
  views->atoms = image.section<Atom>(Section::kMatchAtoms);
  views->specials = image.section<SpecialAtom>(Section::kMatchSpecials);
  views->covers = image.section<Cover>(Section::kMatchCovers);
  views->words = image.section<uint32_t>(Section::kMatchDictionary);
  views->postings = image.section<uint64_t>(Section::kMatchPostings);
  views->posting_programs = image.section<uint32_t>(Section::kMatchPostingPrograms);
  views->pair_begins = image.section<uint32_t>(Section::kMatchPairs);
  views->pair_tags = image.section<uint16_t>(Section::kMatchPairTags);
  views->pair_programs = image.section<uint32_t>(Section::kMatchPairPrograms);
  views->pair_lists = image.section<uint32_t>(Section::kMatchPairLists);
  views->always = image.section<uint32_t>(Section::kMatchAlways);
  views->programs = image.section<uint32_t>(Section::kMatchPrograms);
  views->groups = image.section<uint32_t>(Section::kMatchGroups);
  views->fanout = image.section<uint32_t>(Section::kMatchFanout);
  views->nots = image.section<Not>(Section::kMatchNots);
  views->specificity = image.section<uint16_t>(Section::kMatchSpecificity);
  views->roles = image.section<StringRef>(Section::kMatchRoles);
  views->role_programs = image.section<RoleProgram>(Section::kMatchRolePrograms);
}

}  // namespace

void Matcher::ViewsDelete::operator()(Views* views) const { delete views; }
void MatchScratchDelete::operator()(MatchScratch* scratch) const { delete scratch; }

bool Matcher::open(const Image& image) {
  views_.reset();
  std::unique_ptr<Views, ViewsDelete> views(new Views);
  views->image = &image;
  const std::span<const MatchHeader> header = image.section<MatchHeader>(Section::kMatchHeader);
  if (header.size() != 1) return false;
  views->header = header[0];
  read_sections(image, views.get());
  if (!open_regexes(views.get()) || !check_views(*views)) return false;
  views_ = std::move(views);
  return true;
}

MatchScratchPtr Matcher::make_scratch() const {
  MatchScratchPtr scratch(new MatchScratch);
  const MatchHeader& header = views_->header;
  scratch->places.resize(header.atoms, 0);
  scratch->program_epochs.resize(views_->program_numbers(), 0);
  scratch->pattern_epochs.resize(header.patterns, 0);
  // What ordinary messages need; longer ones grow it.
  scratch->touched.reserve(1024);
  scratch->masks.reserve(1024);
  scratch->raw_masks.reserve(1024);
  scratch->candidates.reserve(header.always + 4096);
  scratch->seconds.reserve(1024);
  scratch->hits.reserve(1024);
  scratch->words.reserve(128);
  scratch->covers.reserve(128);
  scratch->cover_atoms.reserve(128);
  scratch->numbers.reserve(64);
  scratch->number_hits.reserve(128);
  return scratch;
}

bool Matcher::fits(const MatchScratch& scratch) const {
  const MatchHeader& header = views_->header;
  return scratch.places.size() == header.atoms &&
         scratch.program_epochs.size() == views_->program_numbers() &&
         scratch.pattern_epochs.size() == header.patterns;
}

uint32_t Matcher::find_role(std::string_view name) const {
  for (uint32_t i = 0; i < views_->roles.size(); ++i) {
    if (views_->image->string(views_->roles[i]) == name) return i;
  }
  return kNone;
}

size_t Matcher::pattern_count() const { return views_->header.patterns - views_->header.cues; }

size_t Matcher::cue_pattern_count() const { return views_->header.cues; }

uint32_t Matcher::specificity(uint32_t pattern) const { return views_->specificity[pattern]; }

}  // namespace xiaoer::match
