#include "rules/loader.hpp"

#include <filesystem>
#include <utility>

#include "rules/lint.hpp"
#include "rules/parse.hpp"
#include "rules/source.hpp"
#include "rules/validate.hpp"
#include "rules/voice.hpp"

namespace xiaoer::rules {
namespace {

struct Section {
  std::string_view name;
  void (*read)(ParseContext& context, const Node& node);
};

void skip_section(ParseContext&, const Node&) {}

// Facts come first, over all levels, since conditions anywhere may name them.
constexpr Section kFactSections[] = {{"facts", read_facts_section}};
constexpr Section kSections[] = {
    {"$schema", skip_section},
    {"facts", skip_section},
    {"lexicon", read_lexicon_section},
    {"protect", read_protect_section},
    {"typos", read_typos_section},
    {"entities", read_entities_section},
    {"intents", read_intents_section},
    {"replies", read_replies_section},
    {"techniques", read_techniques_section},
    {"manners", read_manners_section},
    {"compliance", read_compliance_section},
    {"settings", read_settings_section},
    {"tests", read_tests_section},
    {"buyer", read_buyer_section},
    {"case", read_case_section},
    {"scenarios", read_scenarios_section},
};

const Section* find_section(std::span<const Section> sections, std::string_view name) {
  for (const Section& section : sections) {
    if (section.name == name) return &section;
  }
  return nullptr;
}

void read_sections(ParseContext& context, const Level& level, std::span<const Section> sections,
                   bool report_unknown) {
  for (const SourceFile& file : level.files) {
    const Node root = {&file.root, file.shown, ""};
    if (!root.value->is(json::Type::kObject)) {
      if (report_unknown) expect(context, root, json::Type::kObject);
      continue;
    }
    for (const json::Member& member : root.value->members) {
      const Section* section = find_section(sections, member.name);
      if (section != nullptr) {
        section->read(context, root.child(member));
      } else if (report_unknown) {
        std::vector<std::string_view> known;
        for (const Section& each : sections) known.push_back(each.name);
        report_unknown_key(context, root, member, known);
      }
    }
  }
}

bool load_levels(const std::vector<Level>& levels, bool complete, const LoadOptions& options,
                 Pack* out, Diagnostics* diagnostics) {
  Draft draft;
  draft.complete = complete;
  ParseContext context(options, &draft, diagnostics);
  for (draft.level = 0; draft.level < levels.size(); ++draft.level) {
    read_sections(context, levels[draft.level], kFactSections, false);
  }
  for (draft.level = 0; draft.level < levels.size(); ++draft.level) {
    const Manifest& manifest = levels[draft.level].manifest;
    draft.valid = manifest.valid;
    mark_tests_inherited(&draft.pack);
    if (draft.level == 0 && manifest.valid.limited()) {
      context.error("campaign-alone", manifest.valid.place);
    }
    read_sections(context, levels[draft.level], kSections, true);
    settle_policies(context);
  }
  draft.pack.manifest = levels.back().manifest;
  std::erase_if(draft.pack.scenarios, [&draft](const ScenarioSource& scenario) {
    return !draft.is_newest(scenario.level);
  });
  drop_disabled(&draft);
  validate(context);
  if (options.lint && !diagnostics->has_errors()) lint(context);
  diagnostics->sort();
  if (diagnostics->has_errors()) return false;
  apply_voice(&draft.pack);  // last, so that problems point at what the authors wrote
  *out = std::move(draft.pack);
  return true;
}

bool load(const std::vector<PackFile>& files, const std::vector<std::string>& search_path,
          const LoadOptions& options, SourceBudget budget, Pack* out, Diagnostics* diagnostics) {
  std::vector<Level> levels(1);
  bool complete = parse_level(files, "", options, &levels.front(), diagnostics);
  complete = read_ancestors(search_path, options, &budget, &levels, diagnostics) && complete;
  return load_levels(levels, complete, options, out, diagnostics);
}

}  // namespace

bool load_folder(const std::string& path, const LoadOptions& options, Pack* out,
                 Diagnostics* diagnostics) {
  *out = Pack();
  SourceBudget budget = {options.max_bytes, options.max_files};
  std::vector<PackFile> files;
  if (!read_folder(path, "", &budget, &files, diagnostics)) return false;
  std::vector<std::string> search_path = options.search_path;
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(path, error);
  if (!error) search_path.push_back(real.parent_path().string());
  return load(files, search_path, options, budget, out, diagnostics);
}

bool load_files(const std::vector<PackFile>& files, const LoadOptions& options, Pack* out,
                Diagnostics* diagnostics) {
  *out = Pack();
  SourceBudget budget = {options.max_bytes, options.max_files};
  std::vector<PackFile> kept;
  if (!check_files(files, &budget, &kept, diagnostics)) return false;
  return load(kept, options.search_path, options, budget, out, diagnostics);
}

}  // namespace xiaoer::rules
