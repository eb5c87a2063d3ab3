#pragma once
// Multinomial logistic regression by stochastic gradient descent over sparse texts: the training
// of the example matcher. Deterministic: texts are shuffled by a fixed sequence.

#include <cstdint>
#include <span>
#include <vector>

namespace xiaoer::match {

// Texts as sparse vectors of length 1. Entries of text i: [ends[i - 1], ends[i]).
struct Corpus {
  std::vector<uint32_t> grams;  // numbers below gram_count, each once a text
  std::vector<float> values;    // beside them
  std::vector<uint32_t> ends;
  uint32_t gram_count = 0;

  uint32_t size() const { return static_cast<uint32_t>(ends.size()); }
  uint32_t begin(uint32_t text) const { return text == 0 ? 0 : ends[text - 1]; }
};

// A weight for every gram and class, row by row: weights[gram * stride + class]. For few classes,
// since a step costs all of them. `labels` holds the class of each text.
std::vector<float> train_dense(const Corpus& corpus, std::span<const uint32_t> labels,
                               uint32_t classes, uint32_t stride);

// The weight of a gram for a class.
struct Voice {
  uint32_t gram = 0;
  uint32_t label = 0;
  float weight = 0;
};

// The same among many classes: only grams that occur with a class, and with few classes, speak for
// it. `texts` are those that take part, in ascending order of their labels; appends to `voices`.
void train_sparse(const Corpus& corpus, std::span<const uint32_t> texts,
                  std::span<const uint32_t> labels, std::vector<Voice>* voices);

}  // namespace xiaoer::match
