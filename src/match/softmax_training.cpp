#include "match/softmax_training.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "base/exponential.hpp"

namespace xiaoer::match {
namespace {

// More epochs take longer and are right no more often (docs/performance.md).
constexpr uint32_t kDenseEpochs = 8;
constexpr uint32_t kSparseEpochs = 4;
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

float step_of(uint32_t epoch, uint32_t epochs) {
  return kFirstStep + (kLastStep - kFirstStep) * static_cast<float>(epoch) / epochs;
}

// Scores to probabilities, less one for the right class: the gradient.
void softmax_gradient(std::span<float> scores, uint32_t right) {
  const float top = *std::max_element(scores.begin(), scores.end());
  for (float& score : scores) score = bounded_exponential(score - top);
  const float all = std::accumulate(scores.begin(), scores.end(), 0.0f);
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
    sharers_.resize(firsts_.back());
    std::vector<uint32_t> next(firsts_.begin(), firsts_.end() - 1);
    for_each_new([&](uint32_t gram, uint32_t label) {
      if (next[gram] < firsts_[gram + 1]) sharers_[next[gram]++].label = label;
    });
  }

  struct Sharer {
    uint32_t label = 0;
    float weight = 0;
  };
  std::span<Sharer> of(uint32_t gram) {
    return std::span(sharers_).subspan(firsts_[gram], firsts_[gram + 1] - firsts_[gram]);
  }

 private:
  std::vector<uint32_t> firsts_;
  std::vector<Sharer> sharers_;
};

// A gram of a text, with the classes that share it.
struct SharedGram {
  std::span<SparseWeights::Sharer> sharers;
  float value = 0;
};

// The texts that take part, without the grams that nobody speaks through: most of them, which would
// be looked up in vain in every epoch.
class SparseTexts {
 public:
  SparseTexts(const Corpus& corpus, std::span<const uint32_t> texts, SparseWeights* weights) {
    for (const uint32_t text : texts) {
      for (uint32_t at = corpus.begin(text); at < corpus.ends[text]; ++at) {
        const auto sharers = weights->of(corpus.grams[at]);
        if (!sharers.empty()) grams_.push_back({sharers, corpus.values[at]});
      }
      ends_.push_back(grams_.size());
    }
  }

  std::span<const SharedGram> operator[](uint32_t i) const {
    const size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::span(grams_).subspan(begin, ends_[i] - begin);
  }

 private:
  std::vector<SharedGram> grams_;
  std::vector<size_t> ends_;  // by text
};

// One step of train_sparse. `scores` is scratch by class, all kUntouched between steps.
struct SparseStep {
  static constexpr float kUntouched = std::numeric_limits<float>::infinity();

  explicit SparseStep(uint32_t classes)
      : scores(classes, kUntouched), touched(size_t{classes} + 1) {}

  void run(std::span<const SharedGram> text, uint32_t right, float step) {
    const std::span<const uint32_t> classes = score(text);
    // Classes without a word here score 0.
    float all = static_cast<float>(scores.size() - classes.size());
    for (const uint32_t label : classes) all += scores[label] = bounded_exponential(scores[label]);
    for (const uint32_t label : classes) scores[label] /= all;
    if (scores[right] != kUntouched) scores[right] -= 1;
    for (const SharedGram& gram : text) {
      const float by = step * gram.value;
      for (SparseWeights::Sharer& sharer : gram.sharers) sharer.weight -= by * scores[sharer.label];
    }
    for (const uint32_t label : classes) scores[label] = kUntouched;
  }

  // Fills `scores`; returns the classes that have a word in the text, in order of their first.
  std::span<const uint32_t> score(std::span<const SharedGram> text) {
    // One place more: every class is written down, and kept where it is new. Whether it is new
    // nobody could guess, the processor included.
    size_t count = 0;
    for (const SharedGram& gram : text) {
      for (const SparseWeights::Sharer& sharer : gram.sharers) {
        const float before = scores[sharer.label];
        const bool is_new = before == kUntouched;
        touched[count] = sharer.label;
        count += is_new;
        scores[sharer.label] = (is_new ? 0.0f : before) + sharer.weight * gram.value;
      }
    }
    return std::span(touched).first(count);
  }

  std::vector<float> scores;
  std::vector<uint32_t> touched;
};

}  // namespace

std::vector<float> train_dense(const Corpus& corpus, std::span<const uint32_t> labels,
                               uint32_t classes, uint32_t stride) {
  std::vector<float> weights(size_t{corpus.gram_count} * stride, 0.0f);
  std::vector<float> scores(stride);
  Shuffle shuffle(corpus.size());
  for (uint32_t epoch = 0; epoch < kDenseEpochs; ++epoch) {
    const float step = step_of(epoch, kDenseEpochs);
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
        const float by = step * corpus.values[at];
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
  const SparseTexts sparse(corpus, texts, &weights);
  SparseStep step(labels.back() + 1);
  Shuffle shuffle(static_cast<uint32_t>(texts.size()));
  for (uint32_t epoch = 0; epoch < kSparseEpochs; ++epoch) {
    const float size = step_of(epoch, kSparseEpochs);
    for (const uint32_t i : shuffle.next()) {
      step.run(sparse[i], labels[i], size);
    }
  }
  for (uint32_t gram = 0; gram < corpus.gram_count; ++gram) {
    for (const auto [label, weight] : weights.of(gram)) {
      if (weight != 0) voices->push_back({gram, label, weight});
    }
  }
}

}  // namespace xiaoer::match
