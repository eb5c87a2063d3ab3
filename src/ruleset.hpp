#pragma once
// A compiled pack: the flat image and what reads it. Immutable once opened, so any number of
// threads may answer from it at the same time.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/image.hpp"
#include "dialogue/buyer.hpp"
#include "dialogue/lines.hpp"
#include "dialogue/understanding.hpp"
#include "entities/finder.hpp"
#include "match/examples.hpp"
#include "match/matcher.hpp"
#include "match/respeller.hpp"
#include "reply/replier.hpp"
#include "rules/loader.hpp"
#include "rules/pack.hpp"

namespace xiaoer {

struct CompileOptions {
  rules::LoadOptions load;
  bool run_tests = false;  // the pack's own tests; those that fail become diagnostics
  // Compile on two threads. The second ends before the call returns; a library starts none unasked.
  bool second_thread = false;
};

class Ruleset : public std::enable_shared_from_this<Ruleset> {
 public:
  // Loads, compiles and opens a pack. nullptr: errors, all of them in `diagnostics` (which may hold
  // warnings otherwise). Nothing half-loaded is ever returned.
  static std::shared_ptr<const Ruleset> from_folder(const std::string& path,
                                                    const CompileOptions& options,
                                                    Diagnostics* diagnostics);
  static std::shared_ptr<const Ruleset> from_files(const std::vector<rules::PackFile>& files,
                                                   const CompileOptions& options,
                                                   Diagnostics* diagnostics);
  // A folder is a pack, a file is an image.
  static std::shared_ptr<const Ruleset> from_path(const std::string& path,
                                                  const CompileOptions& options,
                                                  Diagnostics* diagnostics);
  // An image that another ruleset's image() gave, mapped from a file (replaced by renaming only,
  // see ImageBytes::map) or copied from memory. It holds no tests, so options.run_tests refuses it;
  // the other options do not concern it.
  static std::shared_ptr<const Ruleset> from_image_file(const std::string& path,
                                                        const CompileOptions& options,
                                                        Diagnostics* diagnostics);
  static std::shared_ptr<const Ruleset> from_image(std::span<const std::byte> bytes,
                                                   const CompileOptions& options,
                                                   Diagnostics* diagnostics);
  // Compiles a pack that was built in memory (tests, benchmarks). It must be valid.
  static std::shared_ptr<const Ruleset> from_pack(const rules::Pack& pack, Diagnostics* diagnostics,
                                                  bool second_thread = false);

  const Image& image() const { return image_; }
  const match::Matcher& matcher() const { return matcher_; }
  const match::ExampleMatcher& examples() const { return examples_; }
  const match::Respeller& respeller() const { return respeller_; }
  const entities::EntityFinder& entities() const { return entities_; }
  const dialogue::Understanding& understanding() const { return understanding_; }
  const dialogue::Lines& lines() const { return lines_; }
  const dialogue::BuyerReader& buyers() const { return buyers_; }
  const reply::Replier& replier() const { return replier_; }

  std::string_view id() const;  // of the pack
  std::string_view version() const;
  std::string_view title() const;

 private:
  static std::shared_ptr<const Ruleset> finish(const rules::Pack& pack,
                                               const CompileOptions& options,
                                               Diagnostics* diagnostics);
  static std::shared_ptr<const Ruleset> open_image(ImageBytes bytes, const std::string& name,
                                                   const CompileOptions& options,
                                                   Diagnostics* diagnostics);
  // False: `*error` says what is wrong with the image.
  bool open(ImageBytes bytes, std::string* error);

  Image image_;
  match::Matcher matcher_;
  match::ExampleMatcher examples_;
  match::Respeller respeller_;
  entities::EntityFinder entities_;
  dialogue::Understanding understanding_;
  dialogue::Lines lines_;
  dialogue::BuyerReader buyers_;
  reply::Replier replier_;
};

}  // namespace xiaoer
