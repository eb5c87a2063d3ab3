#include "ruleset.hpp"

#include "pack_lint.hpp"
#include "pack_tests.hpp"

namespace xiaoer {
namespace {

struct RulesHeader {
  StringRef id, version, title;
};

std::vector<std::byte> compile(const rules::Pack& pack, Diagnostics* diagnostics) {
  ImageBuilder image;
  image.add_one(Section::kRulesHeader,
                RulesHeader{image.string(pack.manifest.id), image.string(pack.manifest.version),
                            image.string(pack.manifest.title)});
  match::Matcher::build(pack, &image, diagnostics);
  match::ExampleMatcher::build(pack, &image);
  match::Respeller::build(pack, &image);
  dialogue::EntityFinder::build(pack, &image);

  reply::ConditionTable conditions;
  std::vector<uint32_t> pattern_conditions;
  for (const rules::IntentSource& intent : pack.intents) {
    for (const rules::PatternSource& pattern : intent.patterns) {
      pattern_conditions.push_back(conditions.add(pattern.when, pack, &image));
    }
  }
  dialogue::Understanding::build(pack, pattern_conditions, &image);
  dialogue::Lines::build(pack, &image);
  reply::Replier::build(pack, &conditions, &image, diagnostics);
  conditions.finish(&image);
  return image.finish();
}

}  // namespace

std::shared_ptr<const Ruleset> Ruleset::from_folder(const std::string& path,
                                                    const CompileOptions& options,
                                                    Diagnostics* diagnostics) {
  rules::Pack pack;
  if (!rules::load_folder(path, options.load, &pack, diagnostics)) return nullptr;
  return finish(pack, options, diagnostics);
}

std::shared_ptr<const Ruleset> Ruleset::from_files(const std::vector<rules::PackFile>& files,
                                                   const CompileOptions& options,
                                                   Diagnostics* diagnostics) {
  rules::Pack pack;
  if (!rules::load_files(files, options.load, &pack, diagnostics)) return nullptr;
  return finish(pack, options, diagnostics);
}

std::shared_ptr<const Ruleset> Ruleset::finish(const rules::Pack& pack,
                                               const CompileOptions& options,
                                               Diagnostics* diagnostics) {
  auto ruleset = from_pack(pack, diagnostics);
  if (ruleset != nullptr && options.load.lint) {
    lint_pack(pack, *ruleset, diagnostics);
    diagnostics->sort();
  }
  if (ruleset != nullptr && options.run_tests) {
    run_pack_tests(pack, *ruleset, diagnostics);
    diagnostics->sort();
    if (diagnostics->has_errors()) return nullptr;
  }
  return ruleset;
}

std::shared_ptr<const Ruleset> Ruleset::from_pack(const rules::Pack& pack,
                                                  Diagnostics* diagnostics) {
  std::vector<std::byte> bytes = compile(pack, diagnostics);
  diagnostics->sort();
  if (diagnostics->has_errors()) return nullptr;
  auto ruleset = std::make_shared<Ruleset>();
  std::string error;
  if (!ruleset->open(std::move(bytes), &error)) {
    diagnostics->error("image-damaged", pack.manifest.place, {error});
    return nullptr;
  }
  return ruleset;
}

bool Ruleset::open(std::vector<std::byte> bytes, std::string* error) {
  if (!Image::open(std::move(bytes), &image_, error)) return false;
  *error = "a section does not fit the others";
  return matcher_.open(image_) && examples_.open(image_) && respeller_.open(image_) &&
         entities_.open(image_) && understanding_.open(image_, matcher_) &&
         lines_.open(image_, understanding_.intents().size()) && replier_.open(image_) &&
         image_.section<RulesHeader>(Section::kRulesHeader).size() == 1;
}

std::string_view Ruleset::id() const {
  return image_.string(image_.section<RulesHeader>(Section::kRulesHeader)[0].id);
}

std::string_view Ruleset::version() const {
  return image_.string(image_.section<RulesHeader>(Section::kRulesHeader)[0].version);
}

std::string_view Ruleset::title() const {
  return image_.string(image_.section<RulesHeader>(Section::kRulesHeader)[0].title);
}

}  // namespace xiaoer
