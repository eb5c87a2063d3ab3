#pragma once
// Quick phrases that say the same: of several, the first goes into the pack.

#include <vector>

#include "importer/phrase.hpp"

namespace xiaoer::importer {

// Two phrases are the same when the engine's normaliser, without punctuation, spaces and emoticons,
// makes the same characters of them. They are nearly the same when that holds after leaving out
// words of courtesy (亲 您 你 请 们 哦 呢 哈 呀 啊 啦 ...) and those make up little of them: with a
// and b characters before and c after, 2c / (a + b) >= kNear. So only courtesy can differ: one word
// more can turn a sentence round (支持, 不支持; 顺丰, 圆通), which no threshold on edit distance
// would tell, and a merged phrase loses nothing that a buyer would notice.
inline constexpr double kNear = 0.7;
inline constexpr size_t kLeastNear = 4;  // characters that must remain

// Marks the later ones kMerged, with same_as and a note; only sound phrases are compared.
void merge_duplicates(std::vector<Phrase>* phrases);

}  // namespace xiaoer::importer
