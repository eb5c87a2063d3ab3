#include "bench/generate.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <string_view>
#include <utility>

namespace xiaoer::bench {
namespace {

// Groups of words with one meaning.
constexpr std::string_view kTopics[] = {
    "可以|能|可不可以|能不能|能否|行不行",
    "便宜|优惠|打折|减点|少一点|降价",
    "一些|一点|点|些",
    "发货|寄出|寄|发出来|发",
    "什么时候|几号|啥时候|多久|哪天|几天",
    "到货|收到|送到|到|到手",
    "退货|退钱|退款|退掉|退回",
    "换货|换一件|换|调换|换个",
    "邮费|运费|包邮|免运费|快递费",
    "快递|顺丰|中通|圆通|物流|韵达|邮政",
    "尺码|码数|大小|尺寸|码子",
    "颜色|掉色|褪色|色差|染色",
    "质量|做工|品质|面料|用料",
    "正品|真货|假货|正版|专柜货",
    "质保|保修|维修|保几年|售后",
    "发票|开票|专票|普票|电子发票",
    "优惠券|满减|红包|代金券|津贴|折扣券",
    "赠品|礼物|送的|小礼品|送东西",
    "现货|有货|补货|缺货|库存|断货",
    "怎么用|安装|说明书|教程|用法",
    "坏了|破了|裂了|有瑕疵|损坏|有问题",
    "少发|漏发|发错|没收到|少了一个",
    "地址|电话|收货人|手机号|改地址",
    "取消|不要了|不想要|撤单|退单",
    "付款|支付|分期|货到付款|付不了",
    "价格|多少钱|怎么卖|价钱|啥价",
    "推荐|哪款好|选哪个|建议|哪个合适",
    "身高|体重|公斤|微胖|斤",
    "过敏|孕妇|敏感肌|小孩|刺激",
    "保质期|生产日期|新鲜|过期|日期",
    "投诉|差评|举报|平台|骗人",
    "人工|客服|真人|店主|转接",
    "气味|味道|异味|有味|难闻",
    "水洗|机洗|手洗|干洗|洗",
    "起球|变形|缩水|开线|掉毛",
    "续航|充电|电量|电池|耗电",
    "噪音|声音|静音|吵不吵|响",
    "防水|防晒|防滑|耐磨|防摔",
    "批发|团购|多买|拿货|量大",
    "预售|尾款|定金|活动|秒杀",
    "催一下|尽快|赶紧|着急|急用",
    "怎么没|还没|没有|一直不|还不",
    "适合|合适|兼容|适配|能用",
    "不满意|不合适|不喜欢|失望|太差",
    "谢谢|多谢|辛苦了|感谢",
    "好的|明白|知道了|行吧",
    "再见|拜拜|回头聊",
    "包装|礼盒|盒子|纸箱",
    "会员|积分|等级|老客户",
};

constexpr std::string_view kStyles[] = {
    "纯棉", "真丝", "羊毛", "加绒", "加厚", "薄款",   "夏款",   "冬款",   "男款",   "女款",  "儿童",
    "宝宝", "韩版", "日系", "复古", "宽松", "修身",   "高腰",   "短款",   "长款",   "无线",  "蓝牙",
    "智能", "迷你", "便携", "家用", "车载", "户外",   "陶瓷",   "玻璃",   "实木",   "折叠",  "防水",
    "静音", "无糖", "低脂", "有机", "进口", "手工",   "原味",   "麻辣",   "保湿",   "美白",  "控油",
    "透明", "双层", "磁吸", "磨砂", "轻便", "大容量", "不锈钢", "可拆卸", "全自动", "多功能"};

constexpr std::string_view kProducts[] = {
    "连衣裙", "衬衫",   "卫衣",   "外套",   "羽绒服", "牛仔裤", "短裤",   "毛衣",   "西装",
    "袜子",   "帽子",   "围巾",   "手套",   "皮带",   "运动鞋", "高跟鞋", "拖鞋",   "靴子",
    "凉鞋",   "书包",   "钱包",   "行李箱", "双肩包", "耳机",   "音箱",   "键盘",   "鼠标",
    "充电器", "数据线", "手机壳", "平板",   "手表",   "手环",   "台灯",   "风扇",   "加湿器",
    "电饭煲", "水壶",   "保温杯", "炒锅",   "菜刀",   "砧板",   "筷子",   "盘子",   "床单",
    "被子",   "枕头",   "毛巾",   "浴巾",   "窗帘",   "地毯",   "沙发",   "椅子",   "桌子",
    "书架",   "衣柜",   "收纳盒", "面膜",   "面霜",   "洗面奶", "口红",   "粉底液", "香水",
    "洗发水", "沐浴露", "牙膏",   "牙刷",   "纸巾",   "奶粉",   "尿不湿", "积木",   "婴儿车",
    "坚果",   "饼干",   "薯片",   "巧克力", "茶叶",   "咖啡",   "蜂蜜",   "面条",   "大米",
    "酱油",   "辣椒酱", "猫粮",   "狗粮",   "猫砂",   "鱼缸",   "帐篷",   "睡袋",   "登山杖",
    "自行车", "头盔",   "瑜伽垫", "哑铃",   "跳绳",   "篮球",   "剃须刀", "吹风机", "卷发棒",
    "体重秤", "血压计", "口罩",   "雨伞",   "墨镜",   "项链",   "戒指",   "耳环",   "吉他",
    "画笔",   "笔记本"};

constexpr std::string_view kOpenings[] = {
    "你好", "您好",     "亲",   "在吗", "请问",     "想问一下", "老板",     "客服",
    "那个", "麻烦问下", "哈喽", "嗨",   "不好意思", "有人吗",   "打扰一下", "你们家"};

constexpr std::string_view kFillers[] = {
    "我",   "这个", "那个", "就是", "昨天", "今天", "上周", "买的",  "下单的", "拍的",   "订单",
    "这款", "你家", "想",   "要",   "一下", "给我", "帮我", "看看",  "因为",   "但是",   "如果",
    "然后", "的话", "已经", "现在", "还是", "两件", "一件", "三个",  "朋友",   "妈妈",   "家里",
    "觉得", "图片", "跟",   "和",   "都",   "也",   "就",   "怎么",  "为什么", "是不是", "有没有",
    "明天", "周末", "上海", "北京", "广州", "深圳", "昨晚", "收到的"};

constexpr std::string_view kEndings[] = {"吗", "呢", "吧", "啊", "呀",   "么", "？", "?",
                                         "！", "。", "",   "",   "谢谢", "哦", "～", "…"};

// Simplified and traditional, in pairs.
constexpr std::u32string_view kTraditional =
    U"这這个個发發货貨买買钱錢运運费費单單还還没沒问問题題请請后後时時间間来來东東质質价價尺尺码碼"
    U"颜顏"
    U"换換退退机機电電话話订訂颗顆说說谢謝开開关關会會员員样樣样樣着著点點优優红紅满滿减減补補库庫"
    U"缩縮变變线線声聲吵吵团團预預尾尾礼禮盒盒纸紙级級见見坏壞错錯识識户戶张張帮幫图圖给給么麼吗嗎";

class Generator {
 public:
  explicit Generator(uint64_t seed) : engine_(seed) {}

  uint32_t below(uint32_t limit) { return static_cast<uint32_t>(engine_() % limit); }
  bool percent(uint32_t share) { return below(100) < share; }
  template <class Range>
  std::string pick(const Range& range) {
    return std::string(range[below(static_cast<uint32_t>(std::size(range)))]);
  }
  uint32_t topic() { return below(std::size(kTopics)); }
  // A topic that goes with `topic`, as "when" goes with "ship": each has a few of them, so that
  // messages ask what phrases were written for.
  uint32_t partner(uint32_t topic) {
    return (topic * 5 + 1 + below(kPartners)) % static_cast<uint32_t>(std::size(kTopics));
  }
  std::string word_of(uint32_t topic) { return pick(words_of(topic)); }
  std::string product() {
    return percent(25) ? pick(kProducts) + pick(kStyles) : pick(kStyles) + pick(kProducts);
  }

  // "(a|b|c)" of `least` to `most` words with one meaning.
  std::string some_words(uint32_t topic, uint32_t least, uint32_t most) {
    std::vector<std::string_view> words = words_of(topic);
    for (size_t i = words.size(); i > 1; --i) {
      std::swap(words[i - 1], words[below(static_cast<uint32_t>(i))]);
    }
    words.resize(std::min<size_t>(words.size(), least + below(most - least + 1)));
    return choice(words);
  }
  std::string some_products() {
    std::set<std::string> names;
    for (uint32_t count = 1 + below(3); count > 0; --count) names.insert(product());
    return choice(names);
  }
  static std::string gap(uint32_t max) { return "…{0," + std::to_string(max) + "}"; }

 private:
  static constexpr uint32_t kPartners = 3;

  static std::vector<std::string_view> words_of(uint32_t topic) {
    std::vector<std::string_view> words;
    std::string_view left = kTopics[topic];
    for (;;) {
      const size_t end = left.find('|');
      words.push_back(left.substr(0, end));
      if (end == std::string_view::npos) return words;
      left.remove_prefix(end + 1);
    }
    return words;
  }

  template <class Range>
  static std::string choice(const Range& words) {
    std::string text;
    for (const auto& word : words) {
      text += text.empty() ? "(" : "|";
      text += word;
    }
    return text + ")";
  }

  std::mt19937_64 engine_;
};

std::string topics_phrase(Generator* random) {
  uint32_t topic = random->topic();
  std::string text = random->some_words(topic, 3, 6);
  for (uint32_t more = 1 + (random->percent(30) ? 1 : 0); more > 0; --more) {
    topic = random->partner(topic);
    text += Generator::gap(1 + random->below(6)) + random->some_words(topic, 3, 6);
  }
  return text;
}

std::string product_phrase(Generator* random) {
  const std::string product = random->some_products();
  const uint32_t topic = random->topic();
  const std::string words = random->some_words(topic, 2, 6);
  const std::string gap = Generator::gap(2 + random->below(5));
  std::string text = random->percent(67) ? product + gap + words : words + gap + product;
  if (random->percent(75)) return text;
  return text + Generator::gap(1 + random->below(4)) +
         random->some_words(random->partner(topic), 2, 4);
}

std::string optional_phrase(Generator* random, bool general) {
  const uint32_t topic = random->topic();
  std::string text = "[请问|想问|问下]";
  text +=
      general && random->percent(50) ? random->some_words(topic, 3, 6) : random->some_products();
  text += "[有没有|是不是|还有]";
  if (random->percent(67)) text += Generator::gap(1 + random->below(2));
  return text + random->some_words(random->partner(topic), 2, 6) + "[吗|呢|么]";
}

std::string slot_phrase(Generator* random, bool general) {
  const uint32_t topic = random->topic();
  const std::string first = general ? random->some_words(topic, 2, 5) : random->some_products();
  const std::string second = random->some_words(random->partner(topic), 2, 5);
  switch (random->below(3)) {
    case 0:
      return first + Generator::gap(60) + second;
    case 1:
      return first + Generator::gap(6) + (random->percent(50) ? "{数量}" : "{金额:出价}");
    default:
      return first + "…" + second + "(吗|呢|么)";
  }
}

std::string regex_phrase(Generator* random) {
  const std::string product = random->product();
  return random->percent(50) ? product + "[0-9]{1,3}(?:码|号|个)" : "[a-z]+[0-9]{2,4}" + product;
}

rules::PatternSource make_pattern(Generator* random, bool general) {
  rules::PatternSource pattern;
  const uint32_t choice = random->below(1000);
  if (choice < 5) {
    pattern.text = regex_phrase(random);
    pattern.is_regex = true;
  } else if (choice < 100) {
    pattern.text = slot_phrase(random, general);
  } else if (choice < 220) {
    pattern.text = optional_phrase(random, general);
  } else if (general || choice < 370) {
    pattern.text = topics_phrase(random);
  } else {
    pattern.text = product_phrase(random);
  }
  return pattern;
}

std::string make_example(Generator* random) {
  std::string text = random->percent(50) ? random->pick(kFillers) : "";
  text += random->percent(60) ? random->pick(kProducts) : random->product();
  const uint32_t topic = random->topic();
  return text + random->word_of(topic) + random->word_of(random->partner(topic)) +
         random->pick(kEndings);
}

size_t characters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string encode(char32_t c) {
  std::string out;
  if (c < 0x80) return std::string(1, static_cast<char>(c));
  out += static_cast<char>(0xE0 | (c >> 12));
  out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  out += static_cast<char>(0x80 | (c & 0x3F));
  return out;
}

// Replaces every occurrence of `from`.
void replace_all(const std::string& from, const std::string& to, std::string* text) {
  for (size_t at = text->find(from); at != std::string::npos;
       at = text->find(from, at + to.size())) {
    text->replace(at, from.size(), to);
  }
}

void to_traditional(std::string* text) {
  for (size_t i = 0; i + 1 < kTraditional.size(); i += 2) {
    replace_all(encode(kTraditional[i]), encode(kTraditional[i + 1]), text);
  }
}

void to_full_width(std::string* text) {
  std::string out;
  for (const char c : *text) {
    out +=
        c > ' ' && c < 0x7F ? encode(static_cast<char32_t>(c) - 0x20 + 0xFF00) : std::string(1, c);
  }
  *text = out;
}

std::string make_message(Generator* random) {
  std::string text;
  // More short messages than long ones.
  const double share = random->below(1000) / 1000.0;
  const size_t wanted = 8 + static_cast<size_t>(52 * std::pow(share, 1.8));
  if (random->percent(60)) text += random->pick(kOpenings) + (random->percent(50) ? "，" : "");
  while (characters(text) < wanted) {
    const uint32_t choice = random->below(100);
    if (choice < 18) {
      text += random->product();
    } else if (choice < 26) {
      text += random->pick(kProducts);
    } else if (choice < 60) {
      const uint32_t topic = random->topic();
      text += random->word_of(topic);
      if (random->percent(30)) text += random->pick(kFillers);
      if (random->percent(45)) text += random->word_of(random->partner(topic));
    } else if (choice < 91) {
      text += random->pick(kFillers);
    } else if (choice < 95) {
      text += std::to_string(random->below(300)) + (random->percent(50) ? "元" : "");
    } else if (choice < 97) {
      text += "iphone" + std::to_string(8 + random->below(8));
    } else {
      text += "，";
    }
  }
  text += random->pick(kEndings);
  if (random->percent(10)) to_traditional(&text);
  if (random->percent(10)) to_full_width(&text);
  return text;
}

// An intent of `wanted` patterns that no other intent has, with its reply.
void add_intent(Generator* random, uint32_t wanted, bool general, std::set<std::string>* known,
                rules::Pack* pack) {
  rules::IntentSource intent;
  const std::string number = std::to_string(pack->intents.size());
  intent.id = "bench.intent" + number;
  intent.title = intent.id;
  while (intent.patterns.size() < wanted) {
    rules::PatternSource pattern = make_pattern(random, general);
    if (known->insert(pattern.text).second) intent.patterns.push_back(std::move(pattern));
  }
  for (int i = 0; i < 3; ++i) intent.examples.push_back({make_example(random), {}});
  rules::ReplySource reply;
  reply.id = "bench.reply" + number;
  reply.variants.push_back({"您好，这款{{价格|若干}}元，有需要随时找我们。", {}});
  intent.replies.push_back(reply.id);
  intent.reply_places.emplace_back();
  pack->replies.push_back(std::move(reply));
  pack->intents.push_back(std::move(intent));
}

}  // namespace

rules::Pack generate_pack(uint32_t phrases, uint64_t seed, Mix mix) {
  constexpr uint32_t kGeneral = 300;  // phrases about what all shops are asked
  Generator random(seed);
  rules::Pack pack;
  pack.manifest.id = "bench";
  pack.manifest.version = "1.0.0";
  pack.manifest.title = "bench";
  pack.manifest.language = "zh-CN";
  // What is measured: one reply rendered. The default pack's own figures are with joint replies.
  pack.settings.max_replies = 1;
  pack.settings.max_matters = 1;
  std::set<std::string> known;
  for (uint32_t made = 0; made < phrases;) {
    const uint32_t wanted = std::min(phrases - made, 5 + random.below(6));
    add_intent(&random, wanted, mix == Mix::kDense || made < kGeneral, &known, &pack);
    made += wanted;
  }
  return pack;
}

std::vector<std::string> generate_messages(uint32_t count, uint64_t seed) {
  Generator random(seed);
  std::vector<std::string> messages;
  while (messages.size() < count) {
    std::string message = make_message(&random);
    const size_t size = characters(message);
    if (size >= 8 && size <= 60) messages.push_back(std::move(message));
  }
  return messages;
}

std::string generate_long_message(size_t bytes, uint64_t seed) {
  Generator random(seed);
  std::string text;
  for (;;) {
    const std::string more = make_message(&random) + '\n';
    if (text.size() + more.size() > bytes) return text;
    text += more;
  }
}

}  // namespace xiaoer::bench
