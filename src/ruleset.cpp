#include "ruleset.hpp"

#include <filesystem>
#include <functional>
#include <future>

#include "pack_lint.hpp"
#include "pack_tests.hpp"
#include "text/utf8.hpp"

namespace xiaoer {
namespace {

struct RulesHeader {
  StringRef id, version, title;
  uint64_t vocabulary = 0;
};

// Records name facts, kinds, stages and the like by number. A hash of what the numbers mean: it
// differs between two states of the source that call themselves by the same release.
uint64_t vocabulary() {
  std::string all;
  for (const rules::FactDef& fact : rules::facts()) {
    all.append(fact.path).append(fact.unit);
    all += {static_cast<char>(fact.type), static_cast<char>(fact.role), '\n'};
  }
  for (const rules::EntityKindDef& kind : rules::entity_kinds()) all.append(kind.name) += '\n';
  for (const auto names :
       {rules::order_state_names(), rules::stage_names(), rules::technique_names(),
        rules::manner_names(), rules::policy_names(), rules::objection_names(),
        rules::route_names(), rules::emotion_names(), rules::trait_names(), rules::major_names(),
        rules::action_names(), rules::event_names(), rules::requested_names()}) {
    for (const std::string_view name : names) all.append(name) += '\n';
  }
  return stable_hash(all);
}

// Says what the bytes are instead of an image for this release. False: they claim to be one.
bool refuse_stamp(const ImageStamp& stamp, const std::string& name, Diagnostics* diagnostics) {
  const Place place{name, 0, 0, ""};
  switch (stamp.kind) {
    case ImageKind::kFits:
      return false;
    case ImageKind::kNoImage:
      diagnostics->error("not-an-image", place, {name});
      return true;
    case ImageKind::kForeign:
      diagnostics->error("image-foreign", place);
      return true;
    case ImageKind::kOtherMaker:
      diagnostics->error("image-outdated", place, {stamp.maker, std::string(image_maker())});
      return true;
  }
  return true;
}

std::vector<std::byte> compile(const rules::Pack& pack, bool second_thread,
                               Diagnostics* diagnostics) {
  // The longest step: beside the others, or after them where no thread is wanted or can be had.
  auto policy = std::launch::deferred;
  if (second_thread) policy |= std::launch::async;
  auto examples = std::async(policy, match::ExampleMatcher::train, std::cref(pack));
  ImageBuilder image;
  image.add_one(Section::kRulesHeader,
                RulesHeader{image.string(pack.manifest.id), image.string(pack.manifest.version),
                            image.string(pack.manifest.title), vocabulary()});
  match::Matcher::build(pack, &image, diagnostics);
  match::Respeller::build(pack, &image);
  entities::EntityFinder::build(pack, &image);

  reply::ConditionTable conditions;
  std::vector<uint32_t> pattern_conditions;
  for (const rules::IntentSource& intent : pack.intents) {
    for (const rules::PatternSource& pattern : intent.patterns) {
      pattern_conditions.push_back(conditions.add(pattern.when, pack, &image));
    }
  }
  dialogue::Understanding::build(pack, pattern_conditions, &image);
  dialogue::Lines::build(pack, &image);
  dialogue::BuyerReader::build(pack, &image);
  reply::Replier::build(pack, &conditions, &image, diagnostics);
  conditions.finish(&image);
  match::ExampleMatcher::build(pack, examples.get(), &image);
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
  auto ruleset = from_pack(pack, diagnostics, options.second_thread);
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

std::shared_ptr<const Ruleset> Ruleset::from_pack(const rules::Pack& pack, Diagnostics* diagnostics,
                                                  bool second_thread) {
  const std::vector<std::byte> bytes = compile(pack, second_thread, diagnostics);
  diagnostics->sort();
  if (diagnostics->has_errors()) return nullptr;
  auto ruleset = std::make_shared<Ruleset>();
  std::string error;
  if (!ruleset->open(ImageBytes(bytes), &error)) {
    diagnostics->error("image-damaged", pack.manifest.place, {error});
    return nullptr;
  }
  return ruleset;
}

std::shared_ptr<const Ruleset> Ruleset::from_path(const std::string& path,
                                                  const CompileOptions& options,
                                                  Diagnostics* diagnostics) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored)
             ? from_image_file(path, options, diagnostics)
             : from_folder(path, options, diagnostics);
}

std::shared_ptr<const Ruleset> Ruleset::from_image_file(const std::string& path,
                                                        const CompileOptions& options,
                                                        Diagnostics* diagnostics) {
  std::string error;
  std::optional<ImageBytes> bytes = ImageBytes::map(path, &error);
  if (bytes) return open_image(std::move(*bytes), path, options, diagnostics);
  diagnostics->error("cannot-read", {path, 0, 0, ""}, {error});
  return nullptr;
}

std::shared_ptr<const Ruleset> Ruleset::from_image(std::span<const std::byte> bytes,
                                                   const CompileOptions& options,
                                                   Diagnostics* diagnostics) {
  return open_image(ImageBytes(bytes), "image", options, diagnostics);
}

std::shared_ptr<const Ruleset> Ruleset::open_image(ImageBytes bytes, const std::string& name,
                                                   const CompileOptions& options,
                                                   Diagnostics* diagnostics) {
  if (refuse_stamp(read_stamp(bytes.get()), name, diagnostics)) return nullptr;
  if (options.run_tests) {
    diagnostics->error("image-without-tests", {name, 0, 0, ""});
    return nullptr;
  }
  auto ruleset = std::make_shared<Ruleset>();
  std::string error;
  if (ruleset->open(std::move(bytes), &error)) return ruleset;
  diagnostics->error("image-damaged", {name, 0, 0, ""}, {error});
  return nullptr;
}

// Each reader checks the sections of its own; here, what the image as a whole must be.
bool Ruleset::open(ImageBytes bytes, std::string* error) {
  if (!Image::open(std::move(bytes), &image_, error)) return false;
  const auto check = [error](bool holds, const char* what) {
    if (!holds) *error = what;
    return holds;
  };
  const auto header = image_.section<RulesHeader>(Section::kRulesHeader);
  return check(text::is_valid(image_.strings()), "its texts are not UTF-8") &&
         check(header.size() == 1 && image_.holds(header[0].id) &&
                   image_.holds(header[0].version) && image_.holds(header[0].title),
               "its header does not hold") &&
         check(header[0].vocabulary == vocabulary(),
               "it was made by another state of the source") &&
         check(matcher_.open(image_), "its phrases do not hold") &&
         check(examples_.open(image_), "its examples do not hold") &&
         check(respeller_.open(image_), "its vocabulary does not hold") &&
         check(entities_.open(image_), "its dictionary does not hold") &&
         check(understanding_.open(image_, matcher_), "its intents do not hold") &&
         check(lines_.open(image_, understanding_.intents().size()), "its lines do not hold") &&
         check(buyers_.open(image_, understanding_.intents().size(), matcher_),
               "its cues do not hold") &&
         check(replier_.open(image_), "its replies do not hold") &&
         check(understanding_.intents().size() == replier_.intent_count() &&
                   understanding_.intents().size() == image_.count(Section::kMatchExampleIntents),
               "its sections are about different intents");
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
