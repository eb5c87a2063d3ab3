#include "importer/pack_writer.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "importer/guess.hpp"
#include "json/writer.hpp"

namespace xiaoer::importer {
namespace {

// Text for a `//` comment: one line, no control characters, not endless.
std::string for_comment(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (out.size() > 60 && (c & 0xC0) != 0x80) return out + "…";
    out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c);
  }
  return out;
}

// A file under construction; counts its lines.
class FileText {
 public:
  void line(const std::string& text) {
    text_ += text + "\n";
    ++count_;
  }
  uint32_t lines() const { return count_; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  uint32_t count_ = 0;
};

std::string manifest_of(const rules::Pack& base, const std::string& id, const std::string& source) {
  FileText file;
  file.line("// 由 xiaoer import 从 " + for_comment(source) + " 生成。");
  file.line(
      "// 每一行去了哪里,写在 import-report.tsv 里;怎么接着改,见 docs/pack-authoring.zh.md。");
  file.line("{");
  file.line("  \"format\": 1,");
  file.line("  // 包的名字,要和文件夹的名字一样");
  file.line("  \"id\": " + quoted(id) + ",");
  file.line("  \"version\": \"0.1.0\",");
  file.line("  \"title\": " + quoted(id + " 的快捷短语") + ",");
  file.line("  \"language\": \"zh-CN\",");
  file.line("  // 站在这个包上面:这里没写的,都用它的");
  file.line("  \"extends\": {\"id\": " + quoted(base.manifest.id) +
            ", \"version\": " + quoted(range_of(base.manifest.version)) + "}");
  file.line("}");
  return file.take();
}

// Intents whose ids have the first part in common go into one file.
std::string file_of(const std::string& intent) { return intent.substr(0, intent.find('.')); }

using ByIntent = std::map<std::string, std::vector<size_t>>;

class ClassFile {
 public:
  ClassFile(const std::vector<Phrase>& phrases, const rules::Pack& base, std::string pack_id,
            std::string name, PackFiles* out)
      : phrases_(phrases),
        base_(base),
        pack_id_(std::move(pack_id)),
        name_(std::move(name)),
        out_(*out) {
    text_.line("// 导入的快捷短语。每个意图里,导入的这一条先试,默认包的排在后面。");
    text_.line("// 归错了的,把那一行剪到对的意图下面;不想要的,删掉那一行。");
    text_.line("{");
    text_.line("  \"intents\": [");
  }

  void add(const std::string& id, const std::vector<size_t>& members, bool last) {
    const rules::IntentSource* intent = base_.find_intent(id);
    const bool doubtful = std::any_of(members.begin(), members.end(), [&](size_t member) {
      return phrases_[member].sure < kTrust;
    });
    text_.line("    {");
    text_.line("      // " + for_comment(intent->title));
    text_.line("      \"id\": " + quoted(id) + ",");
    if (doubtful && intent->policy == rules::Policy::kAuto) {
      text_.line("      // 里面有把握不大的短语:先只作建议,人看过再发。都核对过了就删掉这一行。");
      text_.line("      \"policy\": \"suggest\",");
    }
    text_.line("      \"replies\": [");
    text_.line("        {");
    text_.line("          \"id\": " + quoted(reply_id(id)) + ",");
    text_.line("          \"variants\": [");
    for (const size_t member : members) add_variant(member, member == members.back());
    text_.line("          ]");
    text_.line(intent->replies.empty() ? "        }" : "        },");
    if (!intent->replies.empty()) {
      text_.line("        // 默认包的回复");
      std::string own = "        ";
      for (const std::string& reply : intent->replies) {
        own += (own.size() > 8 ? ", " : "") + quoted(reply);
      }
      text_.line(own);
    }
    text_.line("      ]");
    text_.line(last ? "    }" : "    },");
  }

  void finish() {
    text_.line("  ]");
    text_.line("}");
    out_.files.push_back({name_, text_.take()});
  }

 private:
  // A reply of the base keeps its id: the same one would replace it.
  std::string reply_id(const std::string& intent) const {
    std::string id = pack_id_ + "." + intent;
    while (base_.find_reply(id) != nullptr) id += "-more";
    return id;
  }

  void add_variant(size_t member, bool last) {
    const Phrase& phrase = phrases_[member];
    std::string comment = "            // 第 " + std::to_string(phrase.line) + " 行";
    if (!phrase.code.empty()) comment += " · 编码 " + for_comment(phrase.code);
    if (!phrase.group.empty()) comment += " · 分组 " + for_comment(phrase.group);
    text_.line(comment + " · 把握 " + two_decimals(phrase.sure));
    text_.line("            " + quoted(phrase.reply) + (last ? "" : ","));
    out_.variants[name_][text_.lines()] = member;
  }

  const std::vector<Phrase>& phrases_;
  const rules::Pack& base_;
  const std::string pack_id_, name_;
  PackFiles& out_;
  FileText text_;
};

}  // namespace

PackFiles write_pack(const std::vector<Phrase>& phrases, const rules::Pack& base,
                     const std::string& id, const std::string& source) {
  std::map<std::string, ByIntent> classes;
  for (size_t i = 0; i < phrases.size(); ++i) {
    if (phrases[i].outcome != Outcome::kPlaced) continue;
    classes[file_of(phrases[i].intent)][phrases[i].intent].push_back(i);
  }
  PackFiles out;
  out.files.push_back({"pack.json", manifest_of(base, id, source)});
  for (const auto& [name, intents] : classes) {
    ClassFile file(phrases, base, id, "intents/" + name + ".json", &out);
    for (const auto& [intent, members] : intents) {
      file.add(intent, members, intent == intents.rbegin()->first);
    }
    file.finish();
  }
  return out;
}

PackFiles write_trial(const std::vector<Phrase>& phrases, const rules::Pack& base) {
  PackFiles out;
  out.files.push_back({"pack.json", manifest_of(base, "import-trial", "trial")});
  FileText file;
  // In one intent, with a reply that always is ready: of the variants alone problems are to come.
  file.line("{\"intents\": [{\"id\": \"import.trial\", \"replies\": [");
  file.line("{\"id\": \"import.ready\", \"variants\": [\"好的\"]}");
  for (size_t i = 0; i < phrases.size(); ++i) {
    if (!phrases[i].sound() || phrases[i].outcome == Outcome::kMerged) continue;
    file.line(",{\"id\": \"import." + std::to_string(i) + "\", \"variants\": [");
    file.line(quoted(phrases[i].reply) + "]}");
    out.variants["trial.json"][file.lines()] = i;
  }
  file.line("]}]}");
  out.files.push_back({"trial.json", file.take()});
  return out;
}

std::string range_of(const std::string& version) {
  const size_t first = version.find('.');
  const size_t second = version.find('.', first + 1);
  const std::string major = version.substr(0, first);
  return ">=" + version.substr(0, second) + " <" + std::to_string(std::stoul(major) + 1);
}

std::string id_from(const std::string& name) {
  std::string id;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool sound = byte < 0x80 && std::isalnum(byte) != 0;
    if (sound) {
      id.push_back(c);
    } else if (!id.empty() && (c == '.' || c == '_' || c == '-' || c == ' ')) {
      id.push_back(c == ' ' ? '-' : c);
    }
  }
  while (!id.empty() && std::isalnum(static_cast<unsigned char>(id.back())) == 0) id.pop_back();
  return id.empty() ? "my-shop" : id;
}

std::string quoted(std::string_view text) {
  std::string out;
  json::Writer(&out).value(text);
  return out;
}

}  // namespace xiaoer::importer
