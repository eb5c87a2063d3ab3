// pack.json, and the versions it speaks of.

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/ascii.hpp"
#include "rules/parse.hpp"
#include "rules/source.hpp"

namespace xiaoer::rules {
namespace {

using json::Type;
using Version = std::array<uint32_t, 3>;

constexpr std::string_view kSections[] = {
    "lexicon", "protect",    "entities", "facts", "intents",   "replies", "techniques", "manners",
    "typos",   "compliance", "settings", "tests", "scenarios", "buyer",   "case"};

// "1", "1.2" or "1.2.3"; missing parts are 0. `parts` tells how many there were.
bool read_version(std::string_view text, Version* version, size_t* parts) {
  *version = {};
  for (*parts = 0; *parts < version->size();) {
    uint32_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (status != std::errc()) return false;
    (*version)[(*parts)++] = number;
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    if (text.empty()) return true;
    if (text.front() != '.') return false;
    text.remove_prefix(1);
  }
  return false;
}

struct Bound {
  std::string_view sign;
  Version version;
};

bool read_range(std::string_view text, std::vector<Bound>* bounds) {
  constexpr std::string_view kSigns[] = {">=", "<=", ">", "<", "="};
  while (true) {
    const size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return !bounds->empty();
    text.remove_prefix(begin);
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    const auto sign = std::find_if(std::begin(kSigns), std::end(kSigns),
                                   [&](std::string_view each) { return word.starts_with(each); });
    Bound bound;
    size_t parts = 0;
    if (sign == std::end(kSigns)) return false;
    if (!read_version(word.substr(sign->size()), &bound.version, &parts)) return false;
    bound.sign = *sign;
    bounds->push_back(bound);
  }
}

constexpr Field<Manifest> kExtendsFields[] = {
    {"id",
     [](ParseContext& context, const Node& node, Manifest& target) {
       auto id = read_text(context, node);
       if (id && !is_pack_id(*id)) {
         context.error("bad-pack-id", node.place(), {*id});
       } else if (id) {
         target.extends_id = std::move(*id);
       }
     }},
    {"version",
     [](ParseContext& context, const Node& node, Manifest& target) {
       auto range = read_text(context, node);
       if (range && !is_version_range(*range)) {
         context.error("bad-version-range", node.place(), {*range});
       } else if (range) {
         target.extends_range = std::move(*range);
       }
     }},
};

void read_extends(ParseContext& context, const Node& node, Manifest& target) {
  target.place = node.place();
  if (!expect(context, node, Type::kObject)) return;
  read_fields<Manifest>(context, node, kExtendsFields, target);
  for (const std::string_view key : {"id", "version"}) {
    if (node.value->find(key) == nullptr) report_missing_key(context, node, key);
  }
}

void read_title(ParseContext& context, const Node& node, std::string* target) {
  if (auto text = read_text(context, node)) *target = std::move(*text);
}

constexpr Field<Validity> kValidFields[] = {
    {"from", [](ParseContext& context, const Node& node,
                Validity& target) { target.from = read_moment(context, node); }},
    {"to", [](ParseContext& context, const Node& node,
              Validity& target) { target.to = read_moment(context, node); }},
};

void read_valid(ParseContext& context, const Node& node, Manifest& target) {
  target.valid.place = node.place();
  if (!expect(context, node, Type::kObject)) return;
  read_fields<Validity>(context, node, kValidFields, target.valid);
  const Validity& valid = target.valid;
  if (node.value->members.empty()) report_missing_key(context, node, "to");
  if (valid.from && valid.to && *valid.from > *valid.to) {
    context.error("campaign-ends-before", node.place());
  }
}

constexpr Field<Manifest> kManifestFields[] = {
    {"$schema", skip_field<Manifest>},
    {"format",
     [](ParseContext& context, const Node& node, Manifest&) {
       if (!expect(context, node, Type::kNumber)) return;
       if (node.value->text != "1") context.error("bad-format", node.place(), {node.value->text});
     }},
    {"id",
     [](ParseContext& context, const Node& node, Manifest& target) {
       auto id = read_text(context, node);
       if (id && !is_pack_id(*id)) {
         context.error("bad-pack-id", node.place(), {*id});
       } else if (id) {
         target.id = std::move(*id);
       }
     }},
    {"version",
     [](ParseContext& context, const Node& node, Manifest& target) {
       auto version = read_text(context, node);
       if (version && !is_version(*version)) {
         context.error("bad-version", node.place(), {*version});
       } else if (version) {
         target.version = std::move(*version);
       }
     }},
    {"title", [](ParseContext& context, const Node& node,
                 Manifest& target) { read_title(context, node, &target.title); }},
    {"license", [](ParseContext& context, const Node& node,
                   Manifest& target) { read_title(context, node, &target.license); }},
    {"language", [](ParseContext& context, const Node& node,
                    Manifest& target) { read_title(context, node, &target.language); }},
    {"extends", read_extends},
    {"valid", read_valid},
};

// Sections have their own files; saying so helps more than "unknown key".
json::Value without_sections(const json::Value& root, const std::string& file,
                             ParseContext* context) {
  json::Value rest = root;
  std::erase_if(rest.members, [&](const json::Member& member) {
    if (std::find(std::begin(kSections), std::end(kSections), member.name) == std::end(kSections)) {
      return false;
    }
    context->error(
        "section-in-manifest",
        {file, member.position.line, member.position.column, json::child_pointer("", member.name)},
        {member.name});
    return true;
  });
  return rest;
}

}  // namespace

bool is_pack_id(std::string_view id) {
  if (id.empty() || id.size() > 64 || !ascii::is_alphanumeric(id.front())) return false;
  if (id.find("..") != std::string_view::npos) return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return ascii::is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
  });
}

bool is_version(std::string_view text) {
  Version version;
  size_t parts = 0;
  return read_version(text, &version, &parts) && parts == version.size();
}

bool is_version_range(std::string_view text) {
  std::vector<Bound> bounds;
  return read_range(text, &bounds);
}

bool version_fits(std::string_view text, std::string_view range) {
  Version version;
  size_t parts = 0;
  std::vector<Bound> bounds;
  if (!read_version(text, &version, &parts) || !read_range(range, &bounds)) return false;
  return std::all_of(bounds.begin(), bounds.end(), [&](const Bound& bound) {
    if (bound.sign == ">=") return version >= bound.version;
    if (bound.sign == "<=") return version <= bound.version;
    if (bound.sign == ">") return version > bound.version;
    if (bound.sign == "<") return version < bound.version;
    return version == bound.version;
  });
}

bool read_manifest(const json::Value& root, const std::string& file, const LoadOptions& options,
                   Manifest* manifest, Diagnostics* diagnostics) {
  Draft unused;
  ParseContext context(options, &unused, diagnostics);
  const size_t errors = diagnostics->error_count();
  const Node node = {&root, file, ""};
  manifest->place = node.place();
  if (!expect(context, node, Type::kObject)) return false;
  const json::Value rest = without_sections(root, file, &context);
  const Node own = {&rest, file, ""};
  read_fields<Manifest>(context, own, kManifestFields, *manifest);
  for (const std::string_view key : {"format", "id", "version"}) {
    if (rest.find(key) == nullptr) report_missing_key(context, own, key);
  }
  return diagnostics->error_count() == errors;
}

}  // namespace xiaoer::rules
