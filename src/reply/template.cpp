#include "reply/template.hpp"

#include <algorithm>
#include <utility>

#include "dialogue/asking.hpp"
#include "reply/claims.hpp"
#include "reply/guard.hpp"
#include "reply/literals.hpp"
#include "reply/numbers.hpp"
#include "rules/template.hpp"

namespace xiaoer::reply {
namespace {

using rules::FactType;

struct FactShape {
  FactType type = FactType::kText;
  std::string_view unit;
};

FactShape shape_of(const rules::Pack& pack, rules::FactId id) {
  const auto built_in = rules::facts();
  if (id < built_in.size()) return {built_in[id].type, built_in[id].unit};
  const FactType type = pack.fact_type(id);
  return {type, type == FactType::kAmount ? "元" : ""};
}

// `{{昵称|}},` at the start of a template: the comma is said only after a name. It becomes a part
// of its own; false: there is none.
bool split_opening_comma(std::vector<rules::TemplatePiece>* parts) {
  if (parts->size() < 2 || !parts->front().is_variable || parts->front().fallback != "") {
    return false;
  }
  std::string& rest = (*parts)[1].text;
  if ((*parts)[1].is_variable) return false;
  for (const std::string_view comma : {",", "，", "、"}) {
    if (!rest.starts_with(comma)) continue;
    rules::TemplatePiece join;
    join.text = comma;
    join.column = (*parts)[1].column;
    rest.erase(0, comma.size());
    ++(*parts)[1].column;
    parts->insert(parts->begin() + 1, std::move(join));
    return true;
  }
  return false;
}

}  // namespace

// Values are stood in for by a digit or a character, so that "1{{价格}}" and
// "{{库存}}元" show.
struct TemplateCompiler::Sample {
  struct Number {
    Span bytes;
    std::string name;
    std::string_view unit;
  };
  std::string text;
  std::vector<Number> numbers;
};

TemplateCompiler::TemplateCompiler(const rules::Pack& pack, ImageBuilder* image,
                                   Diagnostics* diagnostics)
    : pack_(pack), image_(image), diagnostics_(diagnostics) {}

TemplateCompiler::Name TemplateCompiler::resolve(const std::string& name) {
  const auto [found, fresh] = names_.try_emplace(name);
  if (fresh) found->second = {pack_.find_fact(name), pack_.find_kind(name)};
  return found->second;
}

PieceRecord TemplateCompiler::piece_of(const rules::TemplatePiece& part) {
  PieceRecord piece;
  piece.text = image_->string(part.text);
  if (!part.is_variable) return piece;
  const Name name = resolve(part.text);
  piece.fact = name.fact;
  piece.entity = name.entity;
  piece.kind = PieceKind::kRole;
  if (name.entity != rules::kNoKind) piece.kind = PieceKind::kEntity;
  if (name.fact != rules::kNoFact) piece.kind = PieceKind::kFact;
  piece.has_fallback = part.fallback.has_value();
  if (part.fallback) piece.fallback = image_->string(*part.fallback);
  return piece;
}

void TemplateCompiler::add(const rules::ReplySource& reply, const rules::ExampleSource& variant) {
  std::vector<rules::TemplatePiece> parts;
  rules::PhraseError error;
  if (!rules::parse_template(variant.text, &parts, &error)) {
    diagnostics_->error(error.code, variant.place, error.args, reply.id);
  }
  const bool opens_with_name = split_opening_comma(&parts);
  VariantRecord record;
  record.pieces = {static_cast<uint32_t>(pieces_.size()), static_cast<uint32_t>(parts.size())};
  record.clean = 1;
  std::string words;  // what is said in the author's own words
  std::string plain;  // the same without marks for values
  for (const rules::TemplatePiece& part : parts) {
    pieces_.push_back(piece_of(part));
    if (part.is_variable) words += kSlotMark;
    words += part.is_variable ? part.fallback.value_or("") : part.text;
    plain += part.is_variable ? part.fallback.value_or("") : part.text;
    const bool suspect = std::any_of(part.text.begin(), part.text.end(), is_suspect);
    if (!part.is_variable && suspect) record.clean = 0;
  }
  if (opens_with_name) pieces_[record.pieces.first + 1].kind = PieceKind::kJoin;
  record.claims = find_claims(words);
  record.asks = dialogue::requested_by(plain, pack_.settings.conversation.asks);
  check(reply, variant, sample_of(parts, record.pieces));
  variants_.push_back(record);
}

TemplateCompiler::Sample TemplateCompiler::sample_of(const std::vector<rules::TemplatePiece>& parts,
                                                     Range pieces) const {
  Sample sample;
  for (size_t i = 0; i < parts.size(); ++i) {
    const PieceRecord& piece = pieces_[pieces.first + i];
    if (piece.kind == PieceKind::kLiteral || piece.kind == PieceKind::kJoin) {
      sample.text += parts[i].text;
      continue;
    }
    FactShape shape;
    if (piece.kind == PieceKind::kFact) shape = shape_of(pack_, piece.fact);
    const bool number = shape.type == FactType::kAmount || shape.type == FactType::kInteger;
    const auto begin = static_cast<uint32_t>(sample.text.size());
    sample.text += number ? "7" : "某";
    const auto end = static_cast<uint32_t>(sample.text.size());
    if (number) sample.numbers.push_back({{begin, end}, parts[i].text, shape.unit});
    // A fallback is the author's own words, read by itself.
    if (parts[i].fallback) sample.text += "\n" + *parts[i].fallback + "\n";
  }
  return sample;
}

// The loader has told authors of numbers and words that no reply may hold. What
// only the outgoing guard would refuse is told here, because such a variant
// would never be sent.
void TemplateCompiler::check(const rules::ReplySource& reply, const rules::ExampleSource& variant,
                             const Sample& sample) {
  text::Text chars;
  if (text::normalise(sample.text, chars) != text::NormaliseStatus::kOk) return;
  for (Span number = next_number(chars, 0); !number.empty();
       number = next_number(chars, number.end)) {
    const Sample::Number* slot = nullptr;
    for (const Sample::Number& candidate : sample.numbers) {
      if (candidate.bytes.contains(chars.bytes(number))) slot = &candidate;
    }
    if (slot == nullptr && !claim_vouches(chars, number)) {
      const Span shown{number.begin, std::min(number.end + 2, chars.size())};
      diagnostics_->warning("variant-never-sent", variant.place, {std::string(chars.source(shown))},
                            reply.id);
    }
    if (slot == nullptr || unit_agrees(slot->unit, unit_at(chars, number.end))) continue;
    diagnostics_->error(
        "template-unit-mismatch", variant.place,
        {slot->name, std::string(slot->unit), std::string(unit_at(chars, number.end))}, reply.id);
  }
}

void TemplateCompiler::finish() {
  image_->add(Section::kReplyVariants, variants_);
  image_->add(Section::kReplyPieces, pieces_);
  Literals::build(pieces_, image_);
}

}  // namespace xiaoer::reply
