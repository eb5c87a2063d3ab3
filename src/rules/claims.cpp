#include "rules/claims.hpp"

#include <algorithm>
#include <span>

#include "text/utf8.hpp"

namespace xiaoer::rules {
namespace {

// Stands for a variable whose value is not known yet.
constexpr std::string_view kPlaceholder = "\xEF\xBF\xBC";  // U+FFFC

struct Word {
  std::u32string_view text;
  ClaimKind kind;
};

// Normalised, as the texts are that they are looked for in.
constexpr Word kWords[] = {
    {U"仅剩", ClaimKind::kScarcity},     {U"只剩", ClaimKind::kScarcity},
    {U"就剩", ClaimKind::kScarcity},     {U"所剩不多", ClaimKind::kScarcity},
    {U"剩的不多", ClaimKind::kScarcity}, {U"最后几", ClaimKind::kScarcity},
    {U"最后一件", ClaimKind::kScarcity}, {U"快没了", ClaimKind::kScarcity},
    {U"快没货", ClaimKind::kScarcity},   {U"快卖完", ClaimKind::kScarcity},
    {U"快断货", ClaimKind::kScarcity},   {U"要断货", ClaimKind::kScarcity},
    {U"抢完", ClaimKind::kScarcity},     {U"抢光", ClaimKind::kScarcity},
    {U"库存紧张", ClaimKind::kScarcity}, {U"库存不多", ClaimKind::kScarcity},
    {U"库存告急", ClaimKind::kScarcity}, {U"货不多", ClaimKind::kScarcity},
    {U"手慢无", ClaimKind::kScarcity},   {U"限量", ClaimKind::kScarcity},
    {U"最后一天", ClaimKind::kDeadline}, {U"最后一晚", ClaimKind::kDeadline},
    {U"最后几天", ClaimKind::kDeadline}, {U"最后几小时", ClaimKind::kDeadline},
    {U"马上结束", ClaimKind::kDeadline}, {U"快结束", ClaimKind::kDeadline},
    {U"即将结束", ClaimKind::kDeadline}, {U"就要结束", ClaimKind::kDeadline},
    {U"今天截止", ClaimKind::kDeadline}, {U"今晚截止", ClaimKind::kDeadline},
    {U"明天截止", ClaimKind::kDeadline}, {U"马上截止", ClaimKind::kDeadline},
    {U"马上涨价", ClaimKind::kDeadline}, {U"明天涨价", ClaimKind::kDeadline},
    {U"即将涨价", ClaimKind::kDeadline}, {U"恢复原价", ClaimKind::kDeadline},
    {U"过期不候", ClaimKind::kDeadline}, {U"热销", ClaimKind::kSales},
    {U"热卖", ClaimKind::kSales},        {U"爆款", ClaimKind::kSales},
    {U"卖疯", ClaimKind::kSales},        {U"卖爆", ClaimKind::kSales},
    {U"销量第一", ClaimKind::kSales},    {U"销量冠军", ClaimKind::kSales},
    {U"销量最", ClaimKind::kSales},      {U"月销", ClaimKind::kSales},
    {U"保证", ClaimKind::kPromise},      {U"一定会", ClaimKind::kPromise},
    {U"一定能", ClaimKind::kPromise},    {U"肯定会", ClaimKind::kPromise},
    {U"肯定能", ClaimKind::kPromise},    {U"绝对会", ClaimKind::kPromise},
    {U"绝对能", ClaimKind::kPromise},    {U"包您", ClaimKind::kPromise},
    {U"包你", ClaimKind::kPromise},      {U"全额赔", ClaimKind::kPromise},
    {U"假一赔", ClaimKind::kPromise},    {U"双倍赔", ClaimKind::kPromise},
};

// To decline a promise is honest, and a deposit is no promise.
constexpr std::u32string_view kDeclines[] = {U"不能", U"没法", U"无法",   U"不敢",
                                             U"不好", U"难以", U"没办法", U"不"};
constexpr std::u32string_view kHarmless[] = {U"保证金"};

constexpr std::u32string_view kHarshTone[] = {U"!", U"难道", U"怎么会不", U"不是吗"};

bool ends_with_any(std::u32string_view text, std::span<const std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view word) { return text.ends_with(word); });
}

bool is_declined(std::u32string_view chars, size_t at, const Word& word) {
  if (word.kind != ClaimKind::kPromise) return false;
  if (ends_with_any(chars.substr(0, at), kDeclines)) return true;
  return std::any_of(std::begin(kHarmless), std::end(kHarmless), [&](std::u32string_view harmless) {
    return chars.substr(at).starts_with(harmless);
  });
}

}  // namespace

FlatTemplate::FlatTemplate(const std::vector<TemplatePiece>& pieces) {
  for (const TemplatePiece& piece : pieces) {
    std::string_view rest = piece.text;
    if (piece.is_variable) {
      rest = piece.fallback ? std::string_view(*piece.fallback) : kPlaceholder;
    }
    uint32_t column = piece.column;
    while (!rest.empty()) {
      const size_t size = text::decode(rest).size;
      bytes += rest.substr(0, size);
      columns.insert(columns.end(), size, column);
      if (!piece.is_variable) ++column;
      rest.remove_prefix(size);
    }
  }
  text::normalise(bytes, text);
}

std::vector<Claim> find_word_claims(std::u32string_view chars) {
  std::vector<Claim> claims;
  for (const Word& word : kWords) {
    for (size_t at = chars.find(word.text); at != std::u32string_view::npos;
         at = chars.find(word.text, at + 1)) {
      if (is_declined(chars, at, word)) continue;
      claims.push_back(
          {word.kind, {static_cast<uint32_t>(at), static_cast<uint32_t>(at + word.text.size())}});
    }
  }
  // 最后几天 speaks of a deadline, though 最后几 alone would speak of stock.
  const std::vector<Claim> all = claims;
  std::erase_if(claims, [&](const Claim& claim) {
    return std::any_of(all.begin(), all.end(), [&](const Claim& other) {
      return other.span.size() > claim.span.size() && other.span.contains(claim.span);
    });
  });
  return claims;
}

std::vector<Span> find_harsh_tone(std::u32string_view chars) {
  std::vector<Span> spans;
  for (const std::u32string_view sign : kHarshTone) {
    const size_t at = chars.find(sign);
    if (at == std::u32string_view::npos) continue;
    spans.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + sign.size())});
  }
  return spans;
}

}  // namespace xiaoer::rules
