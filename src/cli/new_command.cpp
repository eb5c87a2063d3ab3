#include <filesystem>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/folder.hpp"
#include "cli/skeleton.hpp"
#include "importer/pack_writer.hpp"

namespace xiaoer::cli {
namespace {

namespace fs = std::filesystem;

// The pack called `id` on the search path: only its manifest is wanted, but a pack with errors is
// not one to stand on.
bool find_pack(const std::string& id, const CommonOptions& common, rules::Pack* out,
               Diagnostics* diagnostics) {
  const CompileOptions compile = compile_options(common);
  const bool is_name = !id.empty() && id.find_first_of("/\\") == std::string::npos && id[0] != '.';
  for (const std::string& folder : compile.load.search_path) {
    std::error_code error;
    const fs::path pack = fs::path(folder) / id;
    if (is_name && fs::exists(pack / "pack.json", error)) {
      return rules::load_folder(pack.string(), compile.load, out, diagnostics);
    }
  }
  diagnostics->error("extends-not-found", {}, {id});
  return false;
}

}  // namespace

int run_new(const NewOptions& options, const CommonOptions& common) {
  Diagnostics diagnostics;
  rules::Pack base;
  SkeletonNames names;
  if (is_free(options.folder, &diagnostics) &&
      find_pack(options.extends, common, &base, &diagnostics)) {
    const std::string folder = folder_name(options.folder);
    names.id = importer::id_from(folder);
    // A pack cannot stand on itself.
    if (names.id == base.manifest.id) names.id += "-shop";
    names.title = options.title.empty() ? folder : printable(options.title);
    names.extends = base.manifest.id;
    names.range = importer::range_of(base.manifest.version);
    names.folder = shell_word(options.folder);
    names.facts = shell_word((fs::path(options.folder) / "facts-example.jsonc").string());
    write_files(options.folder, skeleton(names), &diagnostics);
  }
  if (diagnostics.has_errors()) {
    show(diagnostics, common);
    return kProblems;
  }
  const bool chinese = common.speech() == Language::kChinese;
  std::cout << options.folder << (chinese ? ": 新的话术包,站在 " : ": a new pack, standing on ")
            << names.extends << (chinese ? " 上面\n接着:\n" : "\nnext:\n");
  const std::string where = search_path_options(common.search_path);
  std::cout << "  xiaoer check " << names.folder << where << "\n  xiaoer test " << names.folder
            << where << "\n  xiaoer try \"店名怎么来的\" --pack " << names.folder << " --facts "
            << names.facts << where << " --why\n";
  return kSuccess;
}

}  // namespace xiaoer::cli
