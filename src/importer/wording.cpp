#include "importer/wording.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "rules/facts.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::importer {
namespace {

constexpr size_t kMaxReply = 4000;      // bytes, as rules/validate_templates.cpp has it
constexpr size_t kMaxPlaceholder = 40;  // bytes between its brackets
constexpr size_t kMaxEmoticon = 6;      // characters after "/:"

struct Alias {
  std::string_view name;      // normalised, without '_', '.' and spaces
  std::string_view variable;  // as a template writes it
};
constexpr Alias kAliases[] = {
    {"买家昵称", "昵称"},
    {"买家", "昵称"},
    {"买家旺旺", "昵称"},
    {"旺旺", "昵称"},
    {"旺旺号", "昵称"},
    {"买家名称", "昵称"},
    {"买家姓名", "昵称"},
    {"客户昵称", "昵称"},
    {"客户", "昵称"},
    {"客户名", "昵称"},
    {"客户名称", "昵称"},
    {"顾客昵称", "昵称"},
    {"用户昵称", "昵称"},
    {"用户名", "昵称"},
    {"昵称", "昵称"},
    {"nick", "昵称"},
    {"nickname", "昵称"},
    {"buyer", "昵称"},
    {"buyernick", "昵称"},
    {"buyername", "昵称"},
    {"buyernickname", "昵称"},
    {"username", "昵称"},
    {"customername", "昵称"},
    {"contactname", "昵称"},
    {"contactfirstname", "昵称"},
    {"店铺", "店名|本店"},
    {"店铺名", "店名|本店"},
    {"店铺名称", "店名|本店"},
    {"店铺昵称", "店名|本店"},
    {"店名", "店名|本店"},
    {"shop", "店名|本店"},
    {"shopname", "店名|本店"},
    {"inboxname", "店名|本店"},
    {"订单编号", "订单号"},
    {"orderid", "订单号"},
    {"运单号", "快递单号"},
    {"物流单号", "快递单号"},
    {"tracking", "快递单号"},
    {"trackingnumber", "快递单号"},
    {"快递公司", "承运快递"},
    {"物流公司", "承运快递"},
    {"宝贝名称", "商品名"},
    {"宝贝标题", "商品名"},
    {"商品名称", "商品名"},
    {"商品标题", "商品名"},
    {"宝贝", "商品名"},
    {"商品", "商品名"},
    {"itemtitle", "商品名"},
    {"productname", "商品名"},
    {"商品价格", "价格"},
    {"宝贝价格", "价格"},
    {"售价", "价格"},
    {"单价", "价格"},
    {"price", "价格"},
    {"实付金额", "订单金额"},
    {"付款金额", "订单金额"},
    {"收件地址", "收货地址"},
    {"收货人", "收件人"},
    {"address", "收货地址"},
    {"库存数量", "库存"},
    {"stock", "库存"},
};

// The variable that a placeholder's name stands for; empty: none.
std::string variable_of(std::string_view name) {
  std::string key = text::normalise_to_utf8(name);
  std::erase_if(key, [](char c) { return c == '_' || c == '.' || c == ' ' || c == '-'; });
  for (const Alias& alias : kAliases) {
    if (alias.name == key) return std::string(alias.variable);
  }
  const rules::FactId fact = rules::find_fact(key);
  const bool tellable =
      fact != rules::kNoFact && rules::facts()[fact].role != rules::FactRole::kSecret;
  return tellable ? std::string(rules::facts()[fact].name) : std::string();
}

// Brackets around placeholders. Only a brace is sure to be one: [微笑] is an emoticon, and ＃ and
// angle brackets occur in plain text, so there an unknown name is text.
struct Bracket {
  std::string_view open, close;
  bool always;
};
constexpr Bracket kBrackets[] = {
    {"{{", "}}", true}, {"${", "}", true}, {"{", "}", true},    {"<", ">", false},
    {"[", "]", false},  {"#", "#", false}, {"【", "】", false}, {"%", "%", false},
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

// CRLF and CR to LF; no white space around the text.
std::string tidy(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' || text[i] == '\v' || text[i] == '\f') {
      if (!text.substr(i).starts_with("\r\n")) out.push_back('\n');
    } else {
      out.push_back(text[i] == '\t' ? ' ' : text[i]);
    }
  }
  return std::string(trimmed(out));
}

struct Placeholder {
  std::string_view whole;  // with its brackets
  std::string variable;    // as a template writes it; empty: nobody knows which
};

std::optional<Placeholder> placeholder_at(std::string_view rest) {
  for (const Bracket& bracket : kBrackets) {
    if (!rest.starts_with(bracket.open)) continue;
    const size_t begin = bracket.open.size();
    const size_t end = rest.find(bracket.close, begin);
    if (end == std::string_view::npos || end == begin || end - begin > kMaxPlaceholder) continue;
    const std::string_view name = trimmed(rest.substr(begin, end - begin));
    if (name.find_first_of("\n{}") != std::string_view::npos) continue;
    std::string variable = variable_of(name);
    if (variable.empty() && !bracket.always) continue;
    return Placeholder{rest.substr(0, end + bracket.close.size()), std::move(variable)};
  }
  return std::nullopt;
}

bool is_exclamation(std::string_view rest) {
  return rest.starts_with('!') || rest.starts_with("！");
}

// Who is addressed at the start of a text, and what sets that off.
struct Address {
  size_t size = 0;  // bytes, with the marks behind it; 0: nobody
  std::string_view comma = "，";
  bool line_break = false, exclaims = false;
};

// 亲, a nickname, or both, then a mark or the buyer spoken to. 亲 inside a sentence is no address,
// and in place of a nickname it fits nowhere but here: 尽快给{昵称}安排, {昵称}的订单.
class AddressReader {
 public:
  explicit AddressReader(std::string_view text) : text_(text) {}

  Address read() {
    bool any = false, apart = false;
    while (const size_t size = word_size()) {
      any = true;
      found_.size += size;
      found_.line_break = false;
      apart = skip_mark();
      while (skip_mark()) continue;
    }
    const bool spoken_to = rest().starts_with("您") || rest().starts_with("你");
    const bool ends = spoken_to || (apart && !rest().starts_with("的"));
    return any && ends && !rest().empty() ? found_ : Address();
  }

 private:
  std::string_view rest() const { return text_.substr(found_.size); }

  size_t word_size() const {
    constexpr std::string_view kDear = "亲";
    if (rest().starts_with(kDear)) return kDear.size();
    const std::optional<Placeholder> name = placeholder_at(rest());
    return name && name->variable == "昵称" ? name->whole.size() : 0;
  }

  bool skip_mark() {
    constexpr std::string_view kMarks[] = {",", "，", ":", "：", "~", "～", "!", "！", " ", "\n"};
    const auto* const mark = std::find_if(std::begin(kMarks), std::end(kMarks),
                                          [&](auto each) { return rest().starts_with(each); });
    if (mark == std::end(kMarks)) return false;
    if (*mark == "," || *mark == "，") found_.comma = *mark;
    found_.line_break |= *mark == "\n";
    found_.exclaims |= is_exclamation(*mark);
    found_.size += mark->size();
    return true;
  }

  const std::string_view text_;
  Address found_;
};

class Writer {
 public:
  explicit Writer(Phrase* phrase) : phrase_(*phrase), text_(tidy(phrase->text)) {}

  void run() {
    take_address();
    while (at_ < text_.size()) {
      if (!take_emoticon() && !take_placeholder() && !take_format() && !take_exclamation()) {
        take_char();
      }
    }
    phrase_.reply = std::string(trimmed(phrase_.reply));
    if (softened_) phrase_.note("import-softened");
    if (!emoticons_.empty()) phrase_.note("import-emoticon", {emoticons_});
  }

 private:
  std::string_view rest() const { return std::string_view(text_).substr(at_); }

  // Written in the one way that the shop's voice can change.
  void take_address() {
    const Address address = AddressReader(text_).read();
    if (address.size == 0) return;
    at_ = address.size;
    phrase_.reply = "{{昵称|亲}}" + std::string(address.comma);
    phrase_.note("import-address",
                 {std::string(trimmed(text_.substr(0, address.size))), phrase_.reply});
    if (address.line_break) phrase_.reply += '\n';
    phrase_.words = "亲，";
    softened_ = address.exclaims;
  }

  // 千牛 writes emoticons as "/:" and a few ASCII characters: /:^_^ /:066 /:-W.
  bool take_emoticon() {
    if (!rest().starts_with("/:")) return false;
    size_t size = 2;
    while (size < rest().size() && size < 2 + kMaxEmoticon &&
           std::isgraph(static_cast<unsigned char>(rest()[size])) &&
           !rest().substr(size).starts_with("/:")) {
      ++size;
    }
    if (size == 2) return false;
    const std::string_view code = rest().substr(0, size);
    if (emoticons_.find(code) == std::string::npos) {
      emoticons_ += emoticons_.empty() ? "" : " ";
      emoticons_ += code;
    }
    for (const char c : code) escape(c);
    at_ += size;
    return true;
  }

  bool take_placeholder() {
    const std::optional<Placeholder> found = placeholder_at(rest());
    if (!found) return false;
    const std::string whole(found->whole), written = "{{" + found->variable + "}}";
    at_ += whole.size();
    if (found->variable.empty()) {
      phrase_.reject("import-unknown-placeholder", {whole});
      return true;
    }
    phrase_.reply += written;
    const size_t bar = found->variable.find('|');
    if (bar == std::string::npos) {
      phrase_.note("import-placeholder", {whole, written});
    } else {
      phrase_.note("import-placeholder-else", {whole, written, found->variable.substr(bar + 1)});
    }
    return true;
  }

  // %s, %d, %1$s, %@: what a program was to fill in; nobody knows with what.
  bool take_format() {
    if (rest()[0] != '%') return false;
    size_t size = 1;
    while (size < rest().size() &&
           (std::isdigit(static_cast<unsigned char>(rest()[size])) || rest()[size] == '$')) {
      ++size;
    }
    if (size == rest().size() || std::string_view("sdif@").find(rest()[size]) == std::string::npos)
      return false;
    phrase_.reject("import-unknown-placeholder", {std::string(rest().substr(0, size + 1))});
    at_ += size + 1;
    return true;
  }

  // A run of exclamation marks: a comma within a line, nothing before another mark or at its end.
  bool take_exclamation() {
    if (!is_exclamation(rest())) return false;
    while (at_ < text_.size() && is_exclamation(rest())) at_ += rest()[0] == '!' ? 1 : 3;
    while (at_ < text_.size() && rest()[0] == ' ') ++at_;
    softened_ = true;
    std::string_view next = rest().substr(0, rest().find('\n'));
    if (next.empty() || next.starts_with("/:")) return true;
    text::Text mark;
    text::normalise(next.substr(0, 12), mark);
    if (mark.size() > 0 && (mark.properties[0] & (text::kPunctuation | text::kSymbol))) return true;
    if (phrase_.reply.empty() || phrase_.reply.back() == '\n') return true;
    phrase_.reply += "，";
    phrase_.words += "，";
    return true;
  }

  void take_char() {
    phrase_.words.push_back(text_[at_]);
    escape(text_[at_++]);
  }

  void escape(char c) {
    if (c == '{' || c == '}' || c == '\\') phrase_.reply.push_back('\\');
    phrase_.reply.push_back(c);
  }

  Phrase& phrase_;
  const std::string text_;
  size_t at_ = 0;
  std::string emoticons_;
  bool softened_ = false;
};

}  // namespace

void write_reply(Phrase* phrase) {
  if (phrase->text.size() > kMaxReply) {
    phrase->reject("template-too-long", {std::to_string(kMaxReply)});
    return;
  }
  Writer(phrase).run();
  if (phrase->reply.empty() && phrase->sound()) phrase->reject("import-no-text");
}

}  // namespace xiaoer::importer
