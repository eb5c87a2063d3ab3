#include "bench/generate.hpp"
#include "json/writer.hpp"

namespace xiaoer::bench {
namespace {

void write_intent(const rules::IntentSource& intent, json::Writer* writer) {
  writer->begin_object().key("id").value(intent.id).key("title").value(intent.title);
  writer->key("patterns").begin_array();
  for (const auto& pattern : intent.patterns) {
    if (pattern.is_regex) {
      writer->begin_object().key("re").value(pattern.text).end_object();
    } else {
      writer->value(pattern.text);
    }
  }
  writer->end_array().key("examples").begin_array();
  for (const auto& example : intent.examples) writer->value(example.text);
  writer->end_array().key("replies").begin_array();
  for (const std::string& reply : intent.replies) writer->value(reply);
  writer->end_array().end_object();
}

void write_reply(const rules::ReplySource& reply, json::Writer* writer) {
  writer->begin_object().key("id").value(reply.id).key("variants").begin_array();
  for (const auto& variant : reply.variants) writer->value(variant.text);
  writer->end_array().end_object();
}

std::string manifest_of(const rules::Pack& pack) {
  std::string text;
  json::Writer writer(&text);
  writer.begin_object().key("format").value(1).key("id").value(pack.manifest.id);
  writer.key("version").value(pack.manifest.version).key("title").value(pack.manifest.title);
  writer.key("language").value(pack.manifest.language).end_object();
  return text;
}

}  // namespace

std::vector<rules::PackFile> generate_files(uint32_t phrases, uint64_t seed, Mix mix) {
  const rules::Pack pack = generate_pack(phrases, seed, mix);
  std::string rules;
  json::Writer writer(&rules);
  writer.begin_object().key("settings").begin_object();
  writer.key("max_replies").value(pack.settings.max_replies).end_object();
  writer.key("intents").begin_array();
  for (const auto& intent : pack.intents) write_intent(intent, &writer);
  writer.end_array().key("replies").begin_array();
  for (const auto& reply : pack.replies) write_reply(reply, &writer);
  writer.end_array().end_object();
  return {{"pack.json", manifest_of(pack)}, {"rules.json", std::move(rules)}};
}

}  // namespace xiaoer::bench
