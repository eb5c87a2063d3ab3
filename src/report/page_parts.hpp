#pragma once
// Internal: the sections of the page, each appended as markup.

#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "report/page.hpp"

namespace xiaoer::report {

// Picks the words of the page's language.
class Words {
 public:
  explicit Words(Language language) : language_(language) {}
  std::string operator()(const char* zh, const char* en) const {
    return language_ == Language::kChinese ? zh : en;
  }
  Language language() const { return language_; }

 private:
  Language language_;
};

void append_cards(const Figures& figures, Words words, std::string* out);
void append_variants(const std::vector<Variant>& variants, Words words, std::string* out);
void append_classes(const Evaluation& evaluation, Words words, std::string* out);
void append_confusion(const Evaluation& evaluation, Words words, std::string* out);
void append_wrong(const Evaluation& evaluation, Words words, std::string* out);

}  // namespace xiaoer::report
