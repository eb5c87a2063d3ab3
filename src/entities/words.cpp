#include "entities/words.hpp"

namespace xiaoer::entities {
namespace {

constexpr UnitWord kUnits[] = {
    {U"个", U"人头儿样劲"},
    {U"只"},
    {U"件", U"套"},
    {U"条", U"件龙"},
    {U"双", U"11十"},
    {U"袋"},
    {U"包", U"邮退换税运赔含括你安政"},
    {U"盒"},
    {U"箱"},
    {U"瓶"},
    {U"罐"},
    {U"支", U"持付"},
    {U"枝"},
    {U"把"},
    {U"套"},
    {U"台", U"阶"},
    {U"张"},
    {U"本", U"来身正"},
    {U"份"},
    {U"组"},
    {U"对", U"一"},
    {U"斤"},
    {U"公斤"},
    {U"千克"},
    {U"克"},
    {U"吨"},
    {U"升", U"级"},
    {U"毫升"},
    {U"桶"},
    {U"板"},
    {U"片"},
    {U"粒"},
    {U"颗"},
    {U"根"},
    {U"卷"},
    {U"提", U"前供到示醒问高货"},
    {U"抽"},
    {U"束"},
    {U"朵"},
    {U"顶"},
    {U"部", U"分", true},
    {U"辆"},
    {U"架", U"", true},
    {U"副"},
    {U"串", U"", true},
    {U"筐"},
    {U"捆"},
    {U"排", U"", true},
    {U"扎"},
    {U"盆"},
    {U"株"},
    {U"棵"},
    {U"杯"},
    {U"碗"},
    {U"壶"},
    {U"听", U"", true},
    {U"匹"},
    {U"尾", U"款", true},
    {U"头", U"", true},
    {U"丸"},
    {U"帖", U"", true},
    {U"贴", U"", true},
    {U"幅"},
    {U"扇"},
    {U"座", U"", true},
    {U"间", U"", true},
    {U"单", U"独件号价品"},
    {U"种", U"", true},
    {U"款", U"", true},
    {U"枚"},
    {U"盏"},
    {U"册"},
    {U"沓"},
    {U"节", U"日", true},
    {U"格", U"", true},
    {U"批", U"", true},
    {U"床"},
    {U"米", U"色白黄饭粉线其老奇糕"},
    {U"平米"},
    {U"平方"},
    {U"平方米"},
    {U"立方"},
    {U"打", U"折开电包算扰扮听扫印车底到死架针破骨完样"},
    {U"样", U"", true},
    {U"瓣"},
    {U"毫克"},
    {U"磅"},
    {U"kg"},
    {U"g"},
    {U"mg"},
    {U"ml"},
    {U"pcs"},
};

constexpr MistypedUnit kMistyped[] = {
    {U"带", U"袋", U"来去回走着孩上给你我他"},
    {U"代", U"袋", U"替表理购付发金价购码"},
    {U"合", U"盒", U"一适作计并起同成约理身拍"},
    {U"分", U"份", U"钟之开期类享别手次批店小好多秒摊裤"},
};

constexpr CurrencyWord kCurrencies[] = {
    {U"元", U"旦宵素件"},
    {U"元钱"},
    {U"块"},
    {U"块钱"},
    {U"rmb"},
    {U"人民币"},
    {U"¥"},
    {U"毛", U"巾衣绒线笔球孔发料利重病呢毯", 100},
    {U"毛钱", U"", 100},
    {U"角", U"度落色钢铁码", 100},
    {U"角钱", U"", 100},
};

constexpr DateWordKind kMorning = DateWordKind::kMorning;
constexpr DateWordKind kNoon = DateWordKind::kNoon;
constexpr DateWordKind kAfternoon = DateWordKind::kAfternoon;
constexpr DateWordKind kEvening = DateWordKind::kEvening;
constexpr DateWordKind kNight = DateWordKind::kNight;
constexpr DateWordKind kMonth = DateWordKind::kMonth;
constexpr DateWordKind kDay = DateWordKind::kDay;

constexpr DateWord kDates[] = {
    {U"今天", U"今天"},
    {U"今日", U"今天"},
    {U"今儿", U"今天"},
    {U"当天", U"当天", kDay, U"然", U"应"},
    {U"明天", U"明天"},
    {U"明日", U"明天"},
    {U"明儿", U"明天"},
    {U"后天", U"后天", kDay, U"天", U"以之然今最前气"},
    {U"后日", U"后天", kDay, U"", U"以之今"},
    {U"大后天", U"大后天"},
    {U"后儿", U"后天", kDay, U"子", U"以之然"},
    {U"明儿个", U"明天"},
    {U"今儿个", U"今天"},
    {U"昨天", U"昨天"},
    {U"昨日", U"昨天"},
    {U"昨儿", U"昨天"},
    {U"前天", U"前天", kDay, U"天", U"之以提大"},
    {U"大前天", U"大前天"},
    {U"前几天", U"前几天"},
    {U"过几天", U"过几天"},
    {U"这几天", U"这几天"},
    {U"过两天", U"过几天"},
    {U"前两天", U"前几天"},
    {U"这两天", U"这几天"},
    {U"早上", U"早上", kMorning, U"午市", U"最"},
    {U"早晨", U"早上", kMorning},
    {U"清晨", U"早上", kMorning},
    {U"上午", U"上午", kMorning, U"餐饭"},
    {U"中午", U"中午", kNoon},
    {U"下午", U"下午", kAfternoon, U"茶"},
    {U"傍晚", U"傍晚", kEvening},
    {U"晚上", U"晚上", kEvening, U"午市", U"最"},
    {U"夜里", U"晚上", kEvening},
    {U"午后", U"下午", kAfternoon},
    {U"凌晨", U"凌晨", kNight},
    {U"半夜", U"半夜", kNight},
    {U"大半夜", U"半夜", kNight},
    {U"深夜", U"半夜", kNight},
    {U"今晚", U"今晚", kEvening, U"", U"", U"今天"},
    {U"今早", U"今早", kMorning, U"", U"", U"今天"},
    {U"明早", U"明早", kMorning, U"", U"", U"明天"},
    {U"明晚", U"明晚", kEvening, U"", U"", U"明天"},
    {U"昨晚", U"昨晚", kEvening, U"", U"", U"昨天"},
    {U"今天晚上", U"今晚", kEvening, U"", U"", U"今天"},
    {U"今天早上", U"今早", kMorning, U"", U"", U"今天"},
    {U"明天晚上", U"明晚", kEvening, U"", U"", U"明天"},
    {U"明天早上", U"明早", kMorning, U"", U"", U"明天"},
    {U"昨天晚上", U"昨晚", kEvening, U"", U"", U"昨天"},
    {U"昨天早上", U"昨早", kMorning, U"", U"", U"昨天"},
    {U"周末", U"周末"},
    {U"双休日", U"周末"},
    {U"工作日", U"工作日"},
    {U"这个月", U"本月", kMonth},
    {U"本月", U"本月", kMonth},
    {U"这月", U"本月", kMonth},
    {U"下个月", U"下月", kMonth},
    {U"下月", U"下月", kMonth},
    {U"上个月", U"上月", kMonth},
    {U"上月", U"上月", kMonth},
    {U"月初", U"月初"},
    {U"月中", U"月中", kDay, U"旬"},
    {U"月底", U"月底"},
    {U"月末", U"月底"},
    {U"年初", U"年初"},
    {U"年底", U"年底"},
    {U"年末", U"年底"},
    {U"年前", U"年前", kDay, U"", U"几多"},
    {U"年后", U"年后", kDay, U"", U"几多"},
    {U"今年", U"今年", kDay, U"轻", U"到如"},
    {U"明年", U"明年"},
    {U"去年", U"去年"},
    {U"前年", U"前年"},
    {U"元旦", U"元旦"},
    {U"除夕", U"除夕"},
    {U"大年三十", U"除夕"},
    {U"年三十", U"除夕"},
    {U"年货节", U"年货节"},
    {U"春节", U"春节"},
    {U"过年", U"春节"},
    {U"新年", U"新年", kDay, U"糕"},
    {U"元宵", U"元宵"},
    {U"情人节", U"情人节"},
    {U"妇女节", U"三八节"},
    {U"女神节", U"三八节"},
    {U"女王节", U"三八节"},
    {U"三八节", U"三八节"},
    {U"38节", U"三八节"},
    {U"清明", U"清明", kDay, U"上"},
    {U"劳动节", U"五一"},
    {U"五一", U"五一", kDay, U"个件条只双袋包盒箱瓶斤套块元", U"块点元十百千一二三四五六七八九"},
    {U"母亲节", U"母亲节"},
    {U"父亲节", U"父亲节"},
    {U"儿童节", U"六一"},
    {U"六一儿童节", U"六一"},
    {U"五一劳动节", U"五一"},
    {U"三八妇女节", U"三八节"},
    {U"38妇女节", U"三八节"},
    {U"六一", U"六一", kDay, U"个件条只双袋包盒箱瓶斤套块元八", U"块点元十百千一二三四五六七八九"},
    {U"端午", U"端午"},
    {U"六一八", U"618"},
    {U"七夕", U"七夕"},
    {U"教师节", U"教师节"},
    {U"中秋", U"中秋"},
    {U"国庆", U"国庆"},
    {U"十一前", U"国庆"},
    {U"十一期间", U"国庆"},
    {U"十一放假", U"国庆"},
    {U"十一假", U"国庆"},
    {U"十一黄金周", U"国庆"},
    {U"十一长假", U"国庆"},
    {U"重阳", U"重阳"},
    {U"双11", U"双11", kDay, U"0123456789."},
    {U"双十一", U"双11"},
    {U"黑五", U"黑五"},
    {U"双12", U"双12", kDay, U"0123456789."},
    {U"双十二", U"双12"},
    {U"平安夜", U"平安夜"},
    {U"圣诞", U"圣诞"},
    {U"寒假", U"寒假"},
    {U"暑假", U"暑假"},
};

constexpr std::u32string_view kPieceNouns[] = {
    U"皂",   U"香皂",   U"肥皂",   U"布",     U"纱布",   U"方巾", U"毛巾", U"抹布", U"桌布",
    U"砖",   U"瓷砖",   U"饼",     U"月饼",   U"糖",     U"蛋糕", U"豆腐", U"手表", U"表",
    U"电池", U"地毯",   U"地垫",   U"毯",     U"垫",     U"肉",   U"玻璃", U"木板", U"板",
    U"屏",   U"硬盘",   U"巧克力", U"石",     U"儿",     U"装",   U"茶",   U"面膜", U"尿布",
    U"隔尿", U"洗衣皂", U"拖布",   U"洗碗布", U"牛排",   U"排骨", U"主板", U"地板", U"砧板",
    U"菜板", U"海绵",   U"口水巾", U"浴巾",   U"洗脸巾", U"尿垫", U"茶巾", U"坐垫", U"木头",
};

constexpr auto kUnitIndex = make_word_index(kUnits);
constexpr auto kCurrencyIndex = make_word_index(kCurrencies);
constexpr auto kDateIndex = make_word_index(kDates);

constexpr DateFilter make_date_filter() {
  DateFilter bits = {};
  const auto set = [&bits](char32_t first, char32_t second) {
    const uint32_t bit = date_filter_bit(first, second);
    bits[bit / 64] |= uint64_t{1} << (bit % 64);
  };
  for (const DateWord& word : kDates) {
    set(word.word[0], word.word[1] == U'个' ? word.word[2] : word.word[1]);
  }
  // Weekdays: 周五, 星期五, 下周, 下下周, 这个礼拜.
  for (const char32_t week : {U'周', U'星', U'礼'}) {
    for (const char32_t prefix : {U'下', U'上', U'这', U'本'}) set(prefix, week);
  }
  set(U'下', U'下');
  // Lunar days: 初八, 大年初七, 正月十五.
  set(U'大', U'年');
  set(U'正', U'月');
  set(U'腊', U'月');
  set(U'年', U'初');
  for (const char32_t day : std::u32string_view(U"四五六七八九十")) set(U'初', day);
  set(U'星', U'期');
  set(U'礼', U'拜');
  for (const char32_t day : std::u32string_view(U"一二三四五六日天末1234567")) set(U'周', day);
  return bits;
}

constexpr StartFilter make_start_filter() {
  StartFilter starts = {};
  for (const DateWord& word : kDates) starts[word_bucket(word.word[0])] = true;
  for (const char32_t c : std::u32string_view(U"下上这本周星礼初大正腊年¥+")) {
    starts[word_bucket(c)] = true;
  }
  return starts;
}

constexpr FollowTable make_follow_table() {
  FollowTable follows = {};
  const auto set = [&follows](std::u32string_view chars, unsigned readings) {
    for (const char32_t c : chars) follows[word_bucket(c)] |= static_cast<uint8_t>(readings);
  };
  for (const UnitWord& unit : kUnits) set(unit.word.substr(0, 1), kUnitFollows);
  for (const MistypedUnit& unit : kMistyped) set(unit.word, kUnitFollows);
  for (const CurrencyWord& word : kCurrencies) {
    set(word.word.substr(0, 1), kCurrencyFollows | kThresholdFollows);
  }
  set(U"点:时号日月年-/.天个工小分秒星礼周多来", kDateFollows);
  set(U"米码号厘公英寸尺半cmabdefx/*×乘-", kSizeFollows);
  set(U"-减立返送", kThresholdFollows);
  set(U"-~到至", kRangeFollows);
  set(U"大小整两 ", kUnitFollows);
  set(U" ", kCurrencyFollows);
  return follows;
}

template <class Word, size_t kCount>
const Word* longest_at(const Word (&words)[kCount], const WordIndex<kCount>& index,
                       const Chars& chars, uint32_t at) {
  const Word* best = nullptr;
  for (const uint16_t i : index.candidates(chars[at])) {
    const Word& word = words[i];
    if (!chars.has(at, word.word)) continue;
    if (best == nullptr || word.word.size() > best->word.size()) best = &word;
  }
  return best;
}

uint32_t end_of(uint32_t at, std::u32string_view word) {
  return at + static_cast<uint32_t>(word.size());
}

}  // namespace

bool Chars::ends_with(uint32_t end, std::u32string_view word) const {
  return word.size() <= end && has(end - static_cast<uint32_t>(word.size()), word);
}

const UnitWord* find_unit(const Chars& chars, uint32_t at) {
  const UnitWord* unit = longest_at(kUnits, kUnitIndex, chars, at);
  if (unit == nullptr) return nullptr;
  const uint32_t end = end_of(at, unit->word);
  if (chars.any(end, unit->not_before)) return nullptr;
  if (chars.is(at, text::kLatin) && chars.is(end, text::kLatin)) return nullptr;
  return unit;
}

const CurrencyWord* find_currency(const Chars& chars, uint32_t at) {
  const CurrencyWord* word = longest_at(kCurrencies, kCurrencyIndex, chars, at);
  if (word == nullptr || chars.any(end_of(at, word->word), word->not_before)) return nullptr;
  if (chars.is(at, text::kLatin) && chars.is(end_of(at, word->word), text::kLatin)) return nullptr;
  return word;
}

const MistypedUnit* find_mistyped_unit(const Chars& chars, uint32_t at) {
  for (const MistypedUnit& unit : kMistyped) {
    if (chars[at] == unit.word[0] && !chars.any(at + 1, unit.not_before)) return &unit;
  }
  return nullptr;
}

const DateWord* find_date_word(const Chars& chars, uint32_t at) {
  const DateWord* word = longest_at(kDates, kDateIndex, chars, at);
  if (word == nullptr || chars.any(end_of(at, word->word), word->not_before) ||
      chars.any_before(at, word->not_after)) {
    return nullptr;
  }
  return word;
}

constinit const DateFilter kDateFilter = make_date_filter();
constinit const StartFilter kStartFilter = make_start_filter();
constinit const FollowTable kFollowTable = make_follow_table();

bool is_piece_noun(const Chars& chars, uint32_t at) {
  for (const std::u32string_view word : kPieceNouns) {
    if (chars.has(at, word)) return true;
  }
  return false;
}

std::span<const UnitWord> unit_words() { return kUnits; }
std::span<const CurrencyWord> currency_words() { return kCurrencies; }
std::span<const MistypedUnit> mistyped_units() { return kMistyped; }
std::span<const DateWord> date_words() { return kDates; }

}  // namespace xiaoer::entities
