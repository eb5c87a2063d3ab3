#include "rules/source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "json/reader.hpp"

namespace xiaoer::rules {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxFolderDepth = 16;
constexpr size_t kMaxEntries = 100'000;  // of all folders, *.json or not

bool by_name(const PackFile& a, const PackFile& b) { return a.name < b.name; }

// Lists the *.json files below a folder. Symbolic links are followed, but never back into a folder
// that is being listed.
class FolderLister {
 public:
  std::vector<std::string> names;
  std::string failed;  // the folder that could not be read
  std::string reason;

  bool list(const fs::path& folder, const std::string& prefix) {
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    if (error) return fail(prefix, error.message());
    if (std::find(open_.begin(), open_.end(), real) != open_.end()) return true;
    if (open_.size() >= kMaxFolderDepth) return fail(prefix, "folders are nested too deeply");
    open_.push_back(real);
    for (auto entry = fs::directory_iterator(folder, error);
         !error && entry != fs::directory_iterator(); entry.increment(error)) {
      if (++entries_ > kMaxEntries) return fail(prefix, "too many files");
      if (!visit(*entry, prefix)) return false;
    }
    open_.pop_back();
    return !error || fail(prefix, error.message());
  }

 private:
  bool visit(const fs::directory_entry& entry, const std::string& prefix) {
    const std::string name = entry.path().filename().string();
    if (name.empty() || name[0] == '.') return true;
    std::error_code error;
    if (entry.is_directory(error)) return list(entry.path(), prefix + name + '/');
    // A dead link is a file that its owner expects to count: let reading it fail loudly.
    const bool readable = entry.is_regular_file(error) || entry.is_symlink(error);
    if (readable && name.ends_with(".json")) names.push_back(prefix + name);
    return true;
  }
  bool fail(std::string folder, std::string why) {
    failed = std::move(folder);
    reason = std::move(why);
    return false;
  }

  std::vector<fs::path> open_;
  size_t entries_ = 0;
};

bool spend(const std::string& shown, size_t bytes, SourceBudget* budget, Diagnostics* diagnostics) {
  if (budget->files == 0) {
    diagnostics->error("limit-files", {shown, 0, 0, ""});
    return false;
  }
  if (bytes > budget->bytes) {
    diagnostics->error("limit-bytes", {shown, 0, 0, ""});
    return false;
  }
  --budget->files;
  budget->bytes -= bytes;
  return true;
}

// Reads at most `limit` bytes and one more, which shows that there were too many.
// False: `*reason` says why, in the system's words.
bool read_file(const fs::path& path, size_t limit, std::string* bytes, std::string* reason) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {  // a pipe would never end
    *reason = error ? error.message() : "not a regular file";
    return false;
  }
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    *reason = std::strerror(errno != 0 ? errno : EIO);
    return false;
  }
  char buffer[16384];
  while (bytes->size() <= limit && stream.read(buffer, sizeof(buffer)).gcount() > 0) {
    bytes->append(buffer, static_cast<size_t>(stream.gcount()));
  }
  if (stream.bad()) *reason = std::strerror(EIO);
  return !stream.bad();
}

// "intents/bargain.json": relative, '/' between folders, no way out of the pack.
bool is_file_name(std::string_view name) {
  if (name.empty() || name.size() > 512 || name.find('\\') != std::string_view::npos) return false;
  if (name.find('\0') != std::string_view::npos) return false;
  while (true) {
    const size_t slash = name.find('/');
    const std::string_view part = name.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
}

// Without one the folder is no pack, and nothing else about it is worth saying; but the folder of
// all packs is easily given for one of them.
bool check_manifest_is_there(const std::vector<PackFile>& files, const std::string& shown_prefix,
                             Diagnostics* diagnostics) {
  const std::string deeper = '/' + std::string(kManifestName);
  const auto is_deeper = [&](const PackFile& file) { return file.name.ends_with(deeper); };
  const auto is_manifest = [](const PackFile& file) { return file.name == kManifestName; };
  if (std::any_of(files.begin(), files.end(), is_manifest)) return true;
  const Place place{shown_prefix + std::string(kManifestName), 0, 0, ""};
  const auto found = std::find_if(files.begin(), files.end(), is_deeper);
  if (found == files.end()) {
    diagnostics->error("no-manifest", place);
  } else {
    diagnostics->error("manifest-deeper", place,
                       {found->name.substr(0, found->name.size() - kManifestName.size())});
  }
  return false;
}

}  // namespace

bool read_folder(const std::string& path, const std::string& shown_prefix, SourceBudget* budget,
                 std::vector<PackFile>* files, Diagnostics* diagnostics) {
  std::error_code error;
  const Place folder_place = {path, 0, 0, ""};
  if (!fs::exists(path, error)) {
    diagnostics->error("no-such-folder", folder_place, {path});
    return false;
  }
  if (!fs::is_directory(path, error)) {
    diagnostics->error("not-a-folder", folder_place, {path});
    return false;
  }
  FolderLister lister;
  if (!lister.list(path, "")) {
    diagnostics->error("cannot-read", {path + '/' + lister.failed, 0, 0, ""}, {lister.reason});
    return false;
  }
  std::sort(lister.names.begin(), lister.names.end());
  for (const std::string& name : lister.names) {
    const std::string shown = shown_prefix + name;
    PackFile file = {name, {}};
    std::string reason;
    if (!read_file(fs::path(path) / name, budget->bytes, &file.bytes, &reason)) {
      diagnostics->error("cannot-read", {shown, 0, 0, ""}, {reason});
      return false;
    }
    if (!spend(shown, file.bytes.size(), budget, diagnostics)) return false;
    files->push_back(std::move(file));
  }
  return true;
}

bool check_files(const std::vector<PackFile>& given, SourceBudget* budget,
                 std::vector<PackFile>* files, Diagnostics* diagnostics) {
  for (const PackFile& file : given) {
    if (!is_file_name(file.name)) {
      diagnostics->error("bad-file-name", {file.name, 0, 0, ""}, {file.name});
      return false;
    }
    if (!file.name.ends_with(".json")) continue;
    if (!spend(file.name, file.bytes.size(), budget, diagnostics)) return false;
    files->push_back(file);
  }
  std::stable_sort(files->begin(), files->end(), by_name);
  for (size_t i = 1; i < files->size(); ++i) {
    if ((*files)[i].name != (*files)[i - 1].name) continue;
    diagnostics->error("bad-file-name", {(*files)[i].name, 0, 0, ""}, {(*files)[i].name});
    return false;
  }
  return true;
}

bool parse_level(const std::vector<PackFile>& files, const std::string& shown_prefix,
                 const LoadOptions& options, Level* level, Diagnostics* diagnostics) {
  json::ReadOptions read_options;
  read_options.allow_comments = true;
  read_options.max_bytes = options.max_bytes;
  if (!check_manifest_is_there(files, shown_prefix, diagnostics)) return false;
  bool complete = true;
  for (const PackFile& file : files) {
    SourceFile source = {shown_prefix + file.name, {}};
    const bool parsed =
        json::read(file.bytes, source.shown, read_options, &source.root, diagnostics);
    complete = complete && parsed;
    if (file.name != kManifestName) {
      if (parsed) level->files.push_back(std::move(source));
      continue;
    }
    if (parsed &&
        !read_manifest(source.root, source.shown, options, &level->manifest, diagnostics)) {
      complete = false;
    }
  }
  return complete;
}

bool read_ancestors(const std::vector<std::string>& search_path, const LoadOptions& options,
                    SourceBudget* budget, std::vector<Level>* levels, Diagnostics* diagnostics) {
  while (!levels->front().manifest.extends_id.empty()) {
    const Manifest child = levels->front().manifest;
    const std::string& id = child.extends_id;
    if (child.extends_range.empty()) return false;  // reported with the manifest
    const auto refuse = [&](const char* code, std::vector<std::string> args) {
      diagnostics->error(code, child.place, std::move(args));
      return false;
    };
    for (const Level& level : *levels) {
      if (level.manifest.id == id) return refuse("extends-cycle", {id});
    }
    if (levels->size() > options.max_extends) {
      return refuse("extends-too-long", {std::to_string(options.max_extends)});
    }
    std::string folder;
    for (const std::string& place : search_path) {
      std::error_code error;
      const fs::path candidate = fs::path(place) / id;
      if (folder.empty() && fs::exists(candidate / kManifestName, error))
        folder = candidate.string();
    }
    if (folder.empty()) return refuse("extends-not-found", {id});

    std::vector<PackFile> files;
    Level ancestor;
    const std::string prefix = id + '/';
    if (!read_folder(folder, prefix, budget, &files, diagnostics)) return false;
    if (!parse_level(files, prefix, options, &ancestor, diagnostics)) return false;
    if (ancestor.manifest.id != id) return refuse("extends-wrong-id", {id, ancestor.manifest.id});
    if (!version_fits(ancestor.manifest.version, child.extends_range)) {
      return refuse("extends-version", {id, ancestor.manifest.version, child.extends_range});
    }
    levels->insert(levels->begin(), std::move(ancestor));
  }
  return true;
}

}  // namespace xiaoer::rules
