#pragma once
// Compiles templates into pieces and finds, once, what can be known of them before any buyer
// writes.

#include <string>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/image.hpp"
#include "reply/records.hpp"
#include "rules/pack.hpp"
#include "rules/template.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::reply {

class TemplateCompiler {
 public:
  // All are borrowed.
  TemplateCompiler(const rules::Pack& pack, ImageBuilder* image, Diagnostics* diagnostics);

  // Compiles one variant of `reply`. Reports a template that cannot be read, a number beside the
  // unit of something else, and one that could never be sent.
  void add(const rules::ReplySource& reply, const rules::ExampleSource& variant);
  uint32_t variant_count() const { return static_cast<uint32_t>(variants_.size()); }
  void finish();  // writes kReplyVariants and kReplyPieces

 private:
  struct Name {  // what a variable's name stands for
    rules::FactId fact = rules::kNoFact;
    rules::EntityKindId entity = rules::kNoKind;
  };
  struct Sample;  // a template with stand-ins for its values
  Name resolve(const std::string& name);
  PieceRecord piece_of(const rules::TemplatePiece& part);
  Sample sample_of(const std::vector<rules::TemplatePiece>& parts, Range pieces) const;
  void check(const rules::ReplySource& reply, const rules::ExampleSource& variant,
             const Sample& sample);

  const rules::Pack& pack_;
  ImageBuilder* image_;
  Diagnostics* diagnostics_;
  std::unordered_map<std::string, Name> names_;
  std::vector<VariantRecord> variants_;
  std::vector<PieceRecord> pieces_;
};

}  // namespace xiaoer::reply
