#pragma once
// Forged images for the tests and the fuzz target: a small pack that fills every section, edits
// with the checksum made to agree, and a conversation that reads everything an image holds.

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine.hpp"
#include "json/reader.hpp"
#include "text/utf8.hpp"
#include "wire.hpp"

namespace xiaoer::test {

inline constexpr char kVariedPack[] = R"json({
  "settings": {"auto_threshold": 0.8, "suggest_threshold": 0.1, "max_intents": 4,
               "fallback": ["ask"], "holding": ["wait", "wait.closed"]},
  "facts": [{"name": "茶样", "path": "product.sample", "type": "text"},
            {"name": "试饮价", "path": "product.sample_price", "type": "amount"}],
  "lexicon": {"便宜": ["便宜", "优惠", "少点"]},
  "protect": ["评价", "送货上门"],
  "compliance": [{"rule": "absolute", "words": ["最好", "第一"], "except": ["最好在"],
                  "advice": "换一个说法"}],
  "entities": [{"kind": "茶", "values": {"龙井": ["龙井", "西湖龙井"], "白茶": ["白茶"]}},
               {"kind": "颜色", "values": {"红色": ["红色", "大红"]}}],
  "techniques": [
    {"id": "few", "technique": "scarcity", "why": "只剩几件", "when": {"has": "库存"},
     "variants": ["这款还有{{库存}}件,喜欢可以先拍下哦"]},
    {"id": "soon", "technique": "fast_delivery", "why": "当天能发", "variants":
     ["今天{{截单时间}}前付款当天就能发出哦"]}],
  "manners": [{"id": "calm", "manner": "sympathy", "objections": "doubt", "why": "先理解",
               "variants": ["您的顾虑我明白哦"]}],
  "buyer": [
    {"id": "cross", "emotion": "angry", "intents": ["complaint"], "phrases": ["太差", "气死"]},
    {"id": "saves", "psychology": "calculation", "phrases": [{"phrase": "便宜", "not": ["不便宜"]}]},
    {"id": "law", "major": "law", "phrases": ["投诉"]}],
  "case": {"next_step": "接着办", "summary": ["{{情绪}}的买家说{{事由}}", ",要{{诉求}}", ",价格{{价格}}"],
    "names": {"angry": "生气", "paid": "已付款"}, "facts": ["订单状态", "价格"],
    "known_by": [{"words": "订单号", "from": ["订单号", "{订单号}", "@price.query"]}],
    "large_customer": [{"buyer_tier": "vip"}], "large_amount": 1000},
  "replies": [
    {"id": "ask", "variants": ["您好,麻烦再说一下可以吗", "您说的是哪一款呢"]},
    {"id": "wait", "variants": ["马上请专人来,请稍等"]},
    {"id": "wait.closed", "when": {"shop_open": false}, "variants": ["客服上班后马上回复您"]}],
  "intents": [
    {"id": "bargain.discount", "title": "想要便宜", "stage": "objection", "objection": "doubt",
     "techniques": ["scarcity", "fast_delivery"], "manners": ["sympathy"], "priority": 2,
     "patterns": ["能[不能]…<便宜>", "{金额:出价}(卖|行)(吗|不)", "<便宜>+{金额}",
       {"phrase": "打[个]折", "not": ["不打折"], "max_len": 30},
       {"phrase": "还有别的优惠", "after": "price.query", "within": 3},
       {"phrase": "再少点", "when": {"has": "价格"}}, {"re": "(?:[0-9]+)折行吗"},
       {"phrase": "便宜吗", "kind": "end"}],
     "examples": ["能不能给个实在价", "这个价格再低一点"],
     "replies": [
       {"id": "b.price", "when": {"has": "价格", "lacks": "底价"},
        "variants": ["{{昵称|亲}},这款现在是{{价格}}元哦", "现价{{价格}}元,{{出价|您说的价}}暂时不行呢"]},
       {"id": "b.vip", "when": {"buyer_tier": ["vip"], "times": {"min": 1, "max": 3},
        "facts": {"库存": {"gt": 0, "lte": {"fact": "紧缺线"}}}}, "variants": ["给您再看看哦"]},
       {"id": "b.plain", "variants": ["价格已经很实在了哦,您放心"]}]},
    {"id": "price.query", "title": "问价", "stage": "consultation",
     "patterns": ["多少钱", "什么价", "价格+多少"], "examples": ["这个怎么卖"],
     "replies": [{"id": "p.one", "when": {"has": "价格"}, "variants": ["{{价格}}元哦"]},
                 {"id": "p.sample", "when": {"has": "试饮价", "hours": "08:00-22:00",
                  "weekday": [1, 2, 3, 4, 5, 6, 7]}, "variants": ["{{茶样}}试饮价{{试饮价}}元"]},
                 {"id": "p.none", "variants": ["稍等,这就帮您看一下价格"]}]},
    {"id": "product.tea", "title": "茶", "patterns": ["{茶:哪种}怎么样", "有…{颜色}…吗", "多少钱", {"re": "[一-龥]{40}"}],
     "replies": [{"id": "t.one", "variants": ["{{哪种|这款}}喝的人不少哦"]}]},
    {"id": "ship.when", "title": "发货", "stage": "shipping",
     "patterns": ["什么时候…(发货|寄)", "(几|哪)天[能](到|发)", "送货",
       {"phrase": "寄…天", "max_len": 20},
       {"phrase": "寄…天", "max_len": 21},
       {"phrase": "寄…天", "max_len": 22},
       {"phrase": "寄…天", "max_len": 23},
       {"phrase": "寄…天", "max_len": 24},
       {"phrase": "寄…天", "max_len": 25},
       {"phrase": "寄…天", "max_len": 26},
       {"phrase": "寄…天", "max_len": 27},
       {"phrase": "寄…天", "max_len": 28},
       {"phrase": "寄…天", "max_len": 29},
       {"phrase": "寄…天", "max_len": 30},
       {"phrase": "寄…天", "max_len": 31}],
     "replies": [{"id": "s.one", "when": {"order_state": ["paid"], "late": false, "stage": "shipping"},
       "variants": ["会尽快给您寄出的"]}, {"id": "s.two", "variants": ["付款后按顺序寄出哦"]}]},
    {"id": "complaint.bad", "title": "投诉", "objection": "complaint", "policy": "handoff",
     "route": "complaints", "intercept": true, "patterns": ["(我要|要)投诉", "太差了"],
     "needs": ["订单号", "照片"], "replies": [], "next_step": "先听完", "wish": "赔偿",
     "holding": ["wait.closed"],
     "actions": [{"action": "refund", "when": {"order_state": "paid"},
                  "arguments": {"amount": ["{金额}", "价格"], "reason": "原话"}}]},
    {"id": "ready.buy", "title": "要了", "patterns": ["我要了"],
     "replies": [{"id": "r.one", "variants": ["好的哦"]}]},
    {"id": "hesitate.refuse", "title": "不要了", "patterns": ["不要了"],
     "replies": [{"id": "h.one", "variants": ["没关系的哦"]}]},
    {"id": "human.ask", "title": "人工", "policy": "handoff", "patterns": [
      {"phrase": "人工", "kind": "whole"}, {"phrase": "转人工", "inside_ok": true, "kind": "start"}]}
  ]})json";

inline std::shared_ptr<const Ruleset> varied_ruleset(std::string* problems = nullptr) {
  Diagnostics diagnostics;
  auto ruleset = Ruleset::from_files(
      {{"pack.json", R"({"format": 1, "id": "varied", "version": "1.0.0", "title": "杂"})"},
       {"all.json", kVariedPack}},
      {}, &diagnostics);
  if (problems != nullptr) {
    for (const Diagnostic& diagnostic : diagnostics.list()) {
      *problems += to_text(diagnostic, Language::kEnglish) + "\n";
    }
  }
  return ruleset;
}

// Makes the checksum of an image agree with what is in it.
inline void seal(std::vector<std::byte>* image) {
  constexpr size_t kHeader = 64, kChecksum = 60;
  if (image->size() < kHeader) return;
  const auto* const bytes = reinterpret_cast<const Bytef*>(image->data());
  const auto checksum = static_cast<uint32_t>(
      crc32_z(crc32_z(0, bytes, kChecksum), bytes + kHeader, image->size() - kHeader));
  std::memcpy(image->data() + kChecksum, &checksum, sizeof(checksum));
}

// The section table of a good image.
struct SectionRow {
  uint32_t section, record_size;
  uint64_t offset, count;
};
inline std::vector<SectionRow> section_table(std::span<const std::byte> image) {
  uint32_t count = 0;
  std::memcpy(&count, image.data() + 48, sizeof(count));
  std::vector<SectionRow> rows(count);
  std::memcpy(rows.data(), image.data() + 64, count * sizeof(SectionRow));
  return rows;
}

// What a buyer may write against the varied pack: every kind of pattern, entity and reply.
inline std::vector<std::string> varied_messages() {
  std::vector<std::string> messages = {"能不能便宜点",
                                       "80卖不卖,西湖龙井怎么样",
                                       "打个折吧,不打折就算了",
                                       "还有别的优惠吗",
                                       "再少点,8折行吗",
                                       "这个多少钱啊,便宜吗",
                                       "有大红的吗,123456",
                                       "评价说送货上门慢,什么时候寄,要几天",
                                       "太差了我要投诉",
                                       "人工",
                                       "转人工吧",
                                       "给个实在价再低一点好不好",
                                       "?!",
                                       ""};
  std::string all;
  for (const std::string& message : messages) all += message + "。";
  messages.push_back(all + all);
  return messages;
}

inline reply::Facts varied_facts() {
  constexpr char kFacts[] =
      R"json({"buyer": {"nick": "小林", "tier": "vip"}, "order": {"state": "paid"},
          "shop": {"hours": "09:00-23:00", "cutoff": "16:00"},
          "product": {"price": 39.9, "stock": 3, "sample": "茶样", "sample_price": 9.9}})json";
  Diagnostics diagnostics;
  json::Value value;
  reply::Facts facts;
  if (json::read(kFacts, "facts", {}, &value, &diagnostics)) {
    facts.read(value, "facts", &diagnostics);
  }
  return facts;
}

// Talks to the ruleset in every way and gives all answers as JSON. What comes out must be UTF-8:
// `*valid` is set to false otherwise.
inline std::string converse(const Ruleset& ruleset, std::span<const std::string> messages,
                            const reply::Facts& facts, Context* context, bool* valid) {
  std::string all(ruleset.id());
  all.append(ruleset.version()).append(ruleset.title());
  Result result;
  dialogue::Session session;
  for (int round = 0; round < 2; ++round) {
    for (const std::string& message : messages) {
      Request request;
      request.message = message;
      request.previous_agent = round == 0 ? "" : "多少钱";
      if (round == 0) request.facts = &facts;
      request.now = Instant{1'795'226'400, 480};
      request.trace = round == 0;
      request.assume_sent = true;
      if (answer(ruleset, *context, &session, request, &result) != Status::kOk) continue;
      wire::write_result("null", message, result, &all);
    }
  }
  *valid = text::is_valid(all);
  return all;
}

}  // namespace xiaoer::test
