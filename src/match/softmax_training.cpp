#include "match/softmax_training.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace xiaoer::match {
namespace {

constexpr uint32_t kEpochs = 8;
constexpr float kFirstStep = 2.0f;  // falls in a straight line
constexpr float kLastStep = 0.2f;
constexpr uint32_t kMaxSharers = 64;  // a gram that more classes share tells little apart

// A new order of the texts for every epoch, by a fixed sequence.
class Shuffle {
 public:
  explicit Shuffle(uint32_t size) : order_(size) { std::iota(order_.begin(), order_.end(), 0); }

  std::span<const uint32_t> next() {
    for (size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[random() % i]);
    return order_;
  }

 private:
  uint64_t random() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }

  std::vector<uint32_t> order_;
  uint64_t state_ = 88172645463325252;
};

float step_of(uint32_t epoch) {
  return kFirstStep + (kLastStep - kFirstStep) * static_cast<float>(epoch) / kEpochs;
}

// Scores to probabilities, less one for the right class: the gradient.
void softmax_gradient(std::span<float> scores, uint32_t right) {
  const float top = *std::max_element(scores.begin(), scores.end());
  float all = 0;
  for (float& score : scores) all += score = std::exp(score - top);
  for (float& score : scores) score /= all;
  scores[right] -= 1;
}

// Classes that a gram occurs with, and their weights: those of gram i are [firsts[i], firsts[i+1]).
class SparseWeights {
 public:
  // Texts come in ascending order of their labels.
  SparseWeights(const Corpus& corpus, std::span<const uint32_t> texts,
                std::span<const uint32_t> labels)
      : firsts_(corpus.gram_count + 1, 0) {
    constexpr uint32_t kNoLabel = UINT32_MAX;
    std::vector<uint32_t> last(corpus.gram_count, kNoLabel);
    const auto for_each_new = [&](auto visit) {
      std::fill(last.begin(), last.end(), kNoLabel);
      for (size_t i = 0; i < texts.size(); ++i) {
        for (uint32_t at = corpus.begin(texts[i]); at < corpus.ends[texts[i]]; ++at) {
          const uint32_t gram = corpus.grams[at];
          if (last[gram] != labels[i]) visit(gram, labels[i]);
          last[gram] = labels[i];
        }
      }
    };
    for_each_new([&](uint32_t gram, uint32_t) { ++firsts_[gram + 1]; });
    for (uint32_t& count : firsts_) count = count > kMaxSharers ? 0 : count;
    std::partial_sum(firsts_.begin(), firsts_.end(), firsts_.begin());
    labels_.resize(firsts_.back());
    weights_.resize(firsts_.back());
    std::vector<uint32_t> next(firsts_.begin(), firsts_.end() - 1);
    for_each_new([&](uint32_t gram, uint32_t label) {
      if (next[gram] < firsts_[gram + 1]) labels_[next[gram]++] = label;
    });
  }

  template <class Visit>
  void for_each(uint32_t gram, Visit visit) {
    for (uint32_t i = firsts_[gram]; i < firsts_[gram + 1]; ++i) visit(labels_[i], &weights_[i]);
  }

 private:
  std::vector<uint32_t> firsts_, labels_;
  std::vector<float> weights_;
};

// One step of train_sparse. `scores` is scratch by class, all zeros; so are `seen`.
struct SparseStep {
  explicit SparseStep(uint32_t classes) : scores(classes, 0), seen(classes, 0) {}

  void run(const Corpus& corpus, uint32_t text, uint32_t right, float step,
           SparseWeights* weights) {
    touched.clear();
    for (uint32_t at = corpus.begin(text); at < corpus.ends[text]; ++at) {
      weights->for_each(corpus.grams[at], [&](uint32_t label, const float* weight) {
        if (!seen[label]) touched.push_back(label);
        seen[label] = 1;
        scores[label] += *weight * corpus.values[at];
      });
    }
    // Classes without a word here score 0.
    float all = static_cast<float>(scores.size() - touched.size());
    for (const uint32_t label : touched) all += scores[label] = std::exp(scores[label]);
    for (const uint32_t label : touched) scores[label] /= all;
    if (seen[right]) scores[right] -= 1;
    for (uint32_t at = corpus.begin(text); at < corpus.ends[text]; ++at) {
      const float by = step * corpus.values[at];
      weights->for_each(corpus.grams[at],
                        [&](uint32_t label, float* weight) { *weight -= by * scores[label]; });
    }
    for (const uint32_t label : touched) scores[label] = seen[label] = 0;
  }

  std::vector<float> scores;
  std::vector<uint8_t> seen;
  std::vector<uint32_t> touched;
};

}  // namespace

std::vector<float> train_dense(const Corpus& corpus, std::span<const uint32_t> labels,
                               uint32_t classes, uint32_t stride) {
  std::vector<float> weights(size_t{corpus.gram_count} * stride, 0.0f);
  std::vector<float> scores(stride);
  Shuffle shuffle(corpus.size());
  for (uint32_t epoch = 0; epoch < kEpochs; ++epoch) {
    for (const uint32_t text : shuffle.next()) {
      std::fill(scores.begin(), scores.end(), 0.0f);
      float* const score = scores.data();
      for (uint32_t at = corpus.begin(text); at < corpus.ends[text]; ++at) {
        const float* row = &weights[size_t{corpus.grams[at]} * stride];
        const float value = corpus.values[at];
        for (uint32_t c = 0; c < stride; ++c) score[c] += row[c] * value;
      }
      softmax_gradient({score, classes}, labels[text]);
      for (uint32_t at = corpus.begin(text); at < corpus.ends[text]; ++at) {
        float* row = &weights[size_t{corpus.grams[at]} * stride];
        const float by = step_of(epoch) * corpus.values[at];
        for (uint32_t c = 0; c < stride; ++c) row[c] -= by * score[c];
      }
    }
  }
  return weights;
}

void train_sparse(const Corpus& corpus, std::span<const uint32_t> texts,
                  std::span<const uint32_t> labels, std::vector<Voice>* voices) {
  if (texts.empty() || labels.front() == labels.back()) return;  // nothing to tell apart
  SparseWeights weights(corpus, texts, labels);
  SparseStep step(labels.back() + 1);
  Shuffle shuffle(static_cast<uint32_t>(texts.size()));
  for (uint32_t epoch = 0; epoch < kEpochs; ++epoch) {
    for (const uint32_t i : shuffle.next()) {
      step.run(corpus, texts[i], labels[i], step_of(epoch), &weights);
    }
  }
  for (uint32_t gram = 0; gram < corpus.gram_count; ++gram) {
    weights.for_each(gram, [&](uint32_t label, const float* weight) {
      if (*weight != 0) voices->push_back({gram, label, *weight});
    });
  }
}

}  // namespace xiaoer::match
