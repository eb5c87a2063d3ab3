#include "cli/skeleton.hpp"

#include "importer/pack_writer.hpp"

namespace xiaoer::cli {
namespace {

// @ID@ and the like stand for the names; the first three as JSON strings.
constexpr const char* kManifest =
    R"pack(// 话术包的名片。只有这个文件名是固定的,其余 .json 文件怎么分、叫什么都随意。
{
  "format": 1,
  // 包的名字:英文小写、数字、横线。和文件夹同名最省心。
  "id": @ID@,
  // 每次改完上线,最后一位加一。
  "version": "0.1.0",
  // 给人看的名字。
  "title": @TITLE@,
  "license": "LicenseRef-Private",
  "language": "zh-CN",
  // 站在哪个包上面:这里没写的,都用它的;它升级了,您的改动还在。
  "extends": {"id": @EXTENDS@, "version": @RANGE@}
}
)pack";

constexpr const char* kIntents =
    R"pack(// 意图:买家想干什么。这是一个能用的例子,照着改,或者整段删掉换成自己的。
{
  // 事实:您的系统随每句话交过来的内容。回复里用 {{店名由来}},没有它时那条回复自动让位。
  "facts": [
    {"name": "店名由来", "path": "shop.name_story", "type": "text"}
  ],
  // 词库:同一个意思的几种说法,短语里写成 <店名字>。
  "lexicon": {
    "店名字": ["店名", "铺名", "店铺名", "店铺名字", "店的名字"]
  },
  "intents": [
    {
      // 前半截是大类,后面自己起。
      "id": "shop.name.story",
      "title": "店名的由来",
      "stage": "consultation",
      // 短语:拿得准的说法。(甲|乙) 二选一,[丙] 可有可无,… 中间隔几个字。
      "patterns": [
        "<店名字>…{0,4}(怎么来的|什么来历|有什么来历|由来|什么意思|有什么含义)",
        "(为什么|怎么|咋)…{0,3}(叫|取|起)…{0,4}<店名字>"
      ],
      // 例句:说法很散的,写几句像买家会说的话。
      "examples": [
        "你们家店名挺有意思的,有什么来历吗",
        "这个店名字是谁起的呀,怎么来的",
        "店名背后有什么故事没有"
      ],
      // 自测:hit 应该认出来,miss 长得像、其实不是。
      "tests": {
        "hit": ["店名怎么来的", "你家店铺名有什么含义呀", "为什么取这个店名"],
        "miss": ["能不能便宜点", "多久可以到货"]
      },
      // 回复从上往下试,写在 replies.json 里;最后一条要任何时候都能发。
      "replies": ["shop.name.story.fact", "shop.name.story.plain"]
}
  ]
  // 改别人的意图:写同一个 id,只写要改的键。带 + 是接在后面,不带 + 是替换。例如:
  //   {"id": "bargain.discount", "patterns+": ["(给|来)[个]骨折价"]}
  // 关掉一个意图:
  //   {"id": "chat.smalltalk", "disabled": true}
  }
)pack";

constexpr const char* kReplies =
    R"pack(// 回复。先答问题,再问一个往前走的问题;一两句就好,不写感叹号。
{
  "replies": [
    {
      "id": "shop.name.story.fact",
      // 有“店名由来”这个事实时才用得上,写具体的在前面。
      "variants": [
        "{{店名由来}},所以取了这个名字,您是第一次来店里吗",
        "说来有段小故事,{{店名由来}},您今天想看点什么呢"
      ]
    },
    {
      "id": "shop.name.story.plain",
      // 不用任何事实,随时能发。写两三种说法,小二会轮着用。
      "variants": [
        "谢谢您留意到我们的店名,里面有掌柜的一点小心思,您今天想看点什么呢",
        "店名是掌柜自己起的,您觉得好记就好,有想了解的款式可以直接问我哦"
      ]
    }
    // 换掉默认包的一条回复:写同一个 id,再写 variants。
    // 数字一律用变量,例如 {{价格}}元、{{发货时限}}小时;写死的会被 check 拦下来。
  ]
}
)pack";

constexpr const char* kTests =
    R"pack(// 整包的测试:改了任何东西都跑一遍 xiaoer test。把认错过的话加进来,它就不会再错第二次。
{
  "tests": [
    {"message": "掌柜的,这店名是怎么来的呀", "intent": "shop.name.story"},
    {"message": "想问下你们的店铺名字有什么含义", "intent": "shop.name.story"}
  ]
}
)pack";

constexpr const char* kFacts = R"pack(// 试聊用的事实,不属于话术包(扩展名是 .jsonc,检查时不读它)。
// 全部的名字见 rules/facts.schema.json;上线后由您的系统随每句话交过来。
{
  "shop": {
    "name": @TITLE@,
    // 这个是本包自己加的事实,声明在 intents/shop.json 里。
    "name_story": "掌柜小时候住的巷子口有一棵老槐树",
    "ship_within_hours": 48,
    "default_carrier": "中通快递"
  },
  "product": {"name": "试聊商品", "price": 39.9, "unit": "件"}
}
)pack";

constexpr const char* kReadme = R"pack(# @PLAIN_TITLE@

站在 `@PLAIN_EXTENDS@` 上面的店铺话术包,由 `xiaoer new` 生成。没写的都用它的,这里只写自己不一样的。

<!-- 这份说明给接手的同事看,随便改。 -->

| 文件 | 写什么 |
|---|---|
| `pack.json` | 包的名字、版本、站在哪个包上面 |
| `intents/shop.json` | 意图、短语、例句、自测,还有自己的词和事实 |
| `replies.json` | 回复 |
| `tests.json` | 整包的测试 |
| `facts-example.jsonc` | 试聊用的事实 |

## 接下来

1. 先跑一遍,现在就应该全过:

       xiaoer check @FOLDER@
       xiaoer test @FOLDER@

2. 试聊一句,看它怎么答、为什么这样答:

       xiaoer try "店名怎么来的" --pack @FOLDER@ --facts @FACTS@ --why

3. 把例子换成您店里最常被问的那件事:改 `intents/shop.json` 的短语和例句,改 `replies.json` 的回复。
4. 想换掉 `@PLAIN_EXTENDS@` 里的一条回复,在 `replies.json` 里写同一个 `id`。
5. 有现成的快捷短语,不用一条条抄:`xiaoer import 文件.csv -o 新文件夹`。
6. 每改一处就跑一遍第 1 步;认错了的话,加到 `tests.json`。

写法的说明书是 `docs/pack-authoring.zh.md`,每个键的含义在 `docs/pack-format.md`,报错在 `docs/errors.md`。
)pack";

// `text` with every mark replaced; names that hold a mark themselves are not read again.
std::string filled(std::string_view text, const SkeletonNames& names) {
  const std::pair<std::string_view, std::string> marks[] = {
      {"@ID@", importer::quoted(names.id)},
      {"@TITLE@", importer::quoted(names.title)},
      {"@EXTENDS@", importer::quoted(names.extends)},
      {"@RANGE@", importer::quoted(names.range)},
      {"@PLAIN_TITLE@", names.title},
      {"@PLAIN_EXTENDS@", names.extends},
      {"@FOLDER@", names.folder},
      {"@FACTS@", names.facts}};
  std::string out;
  while (!text.empty()) {
    bool found = false;
    for (const auto& [mark, value] : marks) {
      if (found || !text.starts_with(mark)) continue;
      out += value;
      text.remove_prefix(mark.size());
      found = true;
    }
    if (found) continue;
    out.push_back(text.front());
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace

std::vector<rules::PackFile> skeleton(const SkeletonNames& names) {
  return {{"pack.json", filled(kManifest, names)},
          {"intents/shop.json", filled(kIntents, names)},
          {"replies.json", filled(kReplies, names)},
          {"tests.json", filled(kTests, names)},
          {"facts-example.jsonc", filled(kFacts, names)},
          {"README.md", filled(kReadme, names)}};
}

}  // namespace xiaoer::cli
