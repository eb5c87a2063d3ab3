#include "bench/material.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <utility>

namespace xiaoer::bench {
namespace {

std::shared_ptr<const Ruleset> compiled(const rules::Pack& pack, Diagnostics* diagnostics) {
  auto ruleset = Ruleset::from_pack(pack, diagnostics);
  if (ruleset == nullptr) {
    std::fprintf(stderr, "%s\n", to_text(diagnostics->list()[0], Language::kEnglish).c_str());
    std::exit(1);
  }
  return ruleset;
}

std::vector<std::string> strung_together(const rules::Pack& pack) {
  std::vector<std::string> hits, messages;
  for (const auto& intent : pack.intents) {
    for (const auto& hit : intent.hits) hits.push_back(hit.text);
  }
  for (size_t i = 0; i < hits.size() * 4; ++i) {
    const std::string& second = hits[(i * 37 + 11) % hits.size()];
    messages.push_back(i % 2 == 0 ? hits[i % hits.size()] + "呀"
                                  : hits[i % hits.size()] + "," + second);
  }
  return messages;
}

DefaultPack load_default_pack() {
  rules::Pack pack;
  Diagnostics diagnostics;
  rules::load_folder(default_pack_folder(), {}, &pack, &diagnostics);
  return {compiled(pack, &diagnostics), strung_together(pack)};
}

}  // namespace

const Ruleset& generated(uint32_t phrases, Mix mix) {
  static std::map<std::pair<uint32_t, Mix>, std::shared_ptr<const Ruleset>> cache;
  auto& ruleset = cache[{phrases, mix}];
  if (ruleset == nullptr) {
    Diagnostics diagnostics;
    ruleset = compiled(generate_pack(phrases, 7, mix), &diagnostics);
  }
  return *ruleset;
}

const DefaultPack& default_pack() {
  static const DefaultPack kPack = load_default_pack();
  return kPack;
}

std::vector<std::string> messages_of(const std::string& folder,
                                     const std::vector<std::string>& search_path) {
  rules::Pack pack;
  Diagnostics diagnostics;
  rules::LoadOptions options;
  options.search_path = search_path;
  if (!rules::load_folder(folder, options, &pack, &diagnostics)) return {};
  return strung_together(pack);
}

std::string default_pack_folder() { return XIAOER_RULES "/zh-CN"; }

const std::vector<std::string>& unseen_messages() {
  static const std::vector<std::string> kAll = generate_messages(4000, 11);
  return kAll;
}

void Stages::floor(const std::string& message) {
  text::normalise(message, text_);
  rules_.matcher().scan(text_, scratch_.get());
}

bool Stages::match(const std::string& message) {
  floor(message);
  rules_.entities().find(text_, rules_.matcher().dictionary_hits(*scratch_), &entities_);
  rules_.matcher().verify(text_, entities_, scratch_.get());
  return !rules_.matcher().hits(*scratch_).empty();
}

}  // namespace xiaoer::bench
