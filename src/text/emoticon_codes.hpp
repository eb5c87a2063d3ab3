#pragma once
// What chat platforms write for the small pictures that buyers send: [微笑], /:^_^, /::), #E-s21,
// and the entities of HTML that some leave in: &nbsp;. In a normalised message each becomes one
// symbol, as an emoji is, so that neither phrases nor likeness read its letters.

#include <algorithm>
#include <string_view>

#include "text/normaliser.hpp"

namespace xiaoer::text {

// Names that stand in brackets. Pictures, videos and the like are no emoticons: they say something.
inline constexpr std::u32string_view kEmoticonNames[] = {
    U"微笑",  U"可爱",    U"爱心",  U"玫瑰",     U"握手",   U"抱拳",   U"害羞",  U"鲜花",
    U"呲牙",  U"愉快",    U"笑脸",  U"爱你",     U"亲亲",   U"拥抱",   U"飞吻",  U"比心",
    U"开心",  U"憨笑",    U"偷笑",  U"加油",     U"强",     U"鼓掌",   U"胜利",  U"太阳",
    U"蛋糕",  U"礼物",    U"咖啡",  U"大笑",     U"心",     U"花",     U"ok",    U"赞",
    U"哭",    U"流泪",    U"大哭",  U"流汗",     U"捂脸",   U"尴尬",   U"疑问",  U"委屈",
    U"抓狂",  U"白眼",    U"惊讶",  U"难过",     U"撇嘴",   U"发怒",   U"可怜",  U"阴险",
    U"衰",    U"汗",      U"发呆",  U"得意",     U"傲慢",   U"困",     U"惊恐",  U"奋斗",
    U"嘘",    U"哈欠",    U"鄙视",  U"坏笑",     U"擦汗",   U"表情",   U"嘿哈",  U"奸笑",
    U"机智",  U"皱眉",    U"耶",    U"调皮",     U"吐舌",   U"色",     U"酷",    U"睡",
    U"再见",  U"晕",      U"天啊",  U"破涕为笑", U"合十",   U"笑哭",   U"smile", U"facepalm",
    U"grin",  U"chuckle", U"sob",   U"cry",      U"joyful", U"sweat",  U"shy",   U"thumbsup",
    U"heart", U"rose",    U"laugh", U"tongue",   U"angry",  U"worship"};

// The symbol that stands for a code.
inline constexpr char32_t kEmoticon = U'\u263A';

// Whether a message may hold a code; most do not.
inline bool may_have_codes(const Text& text) {
  return std::any_of(text.chars.begin(), text.chars.end(), [](char32_t c) {
    return c <= U'[' && (c == U'[' || c == U'/' || c == U'#' || c == U'&');
  });
}

// Folds the codes of a normalised message, in place. A symbol has the bytes of its code.
void fold_codes(Text* text);

}  // namespace xiaoer::text
