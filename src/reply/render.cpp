#include "reply/render.hpp"

#include "reply/condition.hpp"
#include "reply/stated.hpp"
#include "reply/value.hpp"

namespace xiaoer::reply {
namespace {

using entities::Entity;
using rules::FactRole;

bool belongs_to_promotion(std::string_view path, const FactValue& value) {
  return path.starts_with("promotion.") || value.derived_from.starts_with("promotion.");
}

class Renderer {
 public:
  Renderer(const Work& work, uint32_t position)
      : work_(work), views_(work.views), draft_(work.impl.draft), position_(position) {}

  bool add(const PieceRecord& piece) {
    if (piece.kind == PieceKind::kLiteral) return append(piece.text);
    Slot slot;
    slot.piece = &piece;
    slot.begin = static_cast<uint32_t>(draft_.text.size());
    if (piece.kind == PieceKind::kJoin) {
      if (slot.begin > 0 && !append(piece.text)) return false;
      slot.fallback = true;
      slot.end = static_cast<uint32_t>(draft_.text.size());
      draft_.slots.push_back(slot);
      return true;
    }
    bool supplied = false;
    if (piece.kind == PieceKind::kFact && !add_fact(piece, &slot, &supplied)) return false;
    if (!supplied && piece.kind != PieceKind::kRole && !add_entity(piece, &slot, &supplied)) {
      return false;
    }
    if (piece.kind == PieceKind::kRole && !add_role(piece, &slot, &supplied)) return false;
    if (!supplied) {
      if (!piece.has_fallback) return refuse("missing-variable", piece);
      if (!append(piece.fallback)) return false;
      slot.fallback = true;
    }
    slot.end = static_cast<uint32_t>(draft_.text.size());
    draft_.slots.push_back(slot);
    return true;
  }

 private:
  // The author's words; a forged image may name long ones in every piece. Values have limits of
  // their own.
  bool append(StringRef words) {
    if (draft_.text.size() + words.size > kMaxTextBytes) {
      return work_.impl.refusal.set("text-too-long", "");
    }
    draft_.text.append(views_.text(words));
    return true;
  }

  bool refuse(std::string_view rule, const PieceRecord& piece) {
    return work_.impl.refusal.set(rule, views_.text(piece.text));
  }

  // What may not be said at all is refused unless the author wrote what to say
  // instead.
  bool add_fact(const PieceRecord& piece, Slot* slot, bool* supplied) {
    const Facts& facts = *work_.situation.facts;
    const FactValue& value = views_.fact(work_.situation, piece.fact);
    const FactRole role = views_.fact_role(piece.fact);
    if (role == FactRole::kSecret) return refuse("secret-fact", piece);
    if (!value.present) return true;
    const bool personal = role == FactRole::kPersonal;
    if (personal && !(facts.verified_buyer() && facts.has_order())) {
      return piece.has_fallback || refuse("personal-data", piece);
    }
    if (belongs_to_promotion(views_.fact_path(piece.fact), value) &&
        promotion_is_over(work_.situation)) {
      return piece.has_fallback || refuse("promotion-over", piece);
    }
    const bool fits = personal ? append_masked(value.text, mask_of(piece.fact), &draft_.text)
                               : append_value(value, views_.fact_type(piece.fact),
                                              work_.situation.now, &draft_.text);
    if (!fits) return refuse("value-too-long", piece);
    slot->value = &value;
    *supplied = true;
    return true;
  }

  bool add_entity(const PieceRecord& piece, Slot* slot, bool* supplied) {
    if (piece.entity == rules::kNoKind) return true;
    const Naming naming = naming_of(work_.situation, piece.entity);
    return !naming.found || quote(piece.entity, naming, piece, slot, supplied);
  }

  bool add_role(const PieceRecord& piece, Slot* slot, bool* supplied) {
    const Situation& situation = work_.situation;
    if (position_ == kNoIntent || situation.matcher == nullptr || situation.entities == nullptr) {
      return true;
    }
    const uint32_t pattern = situation.intents[position_].best_pattern;
    const uint32_t role = situation.matcher->find_role(views_.text(piece.text));
    if (pattern == UINT32_MAX || role == UINT32_MAX) return true;
    std::vector<match::SlotHit>& hits = work_.scratch.slots;
    hits.clear();
    situation.matcher->find_slots(*situation.text, *situation.entities, pattern,
                                  situation.match_scratch, &hits);
    for (const match::SlotHit& hit : hits) {
      if (hit.role != role || hit.entity >= situation.entities->list.size()) continue;
      const Entity& entity = situation.entities->list[hit.entity];
      const Naming naming{true, false, situation.entities->value(entity), {}, entity.number};
      return quote(entity.kind, naming, piece, slot, supplied);
    }
    return true;
  }

  bool quote(rules::EntityKindId kind, const Naming& naming, const PieceRecord& piece, Slot* slot,
             bool* supplied) {
    bool fits = true;
    if (kind == rules::kMoney) {
      naming.number.append_to(draft_.text);
    } else if (kind == rules::kPhone) {
      fits = append_masked(naming.value, Mask::kPhone, &draft_.text);
    } else {
      fits = append_clean(naming.value, &draft_.text);
    }
    if (!fits) return refuse("value-too-long", piece);
    slot->quoted = kind;
    slot->number = naming.number;
    *supplied = true;
    return true;
  }

  const Work& work_;
  const Views& views_;
  Draft& draft_;
  uint32_t position_;
};

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

bool render(const Work& work, const VariantRecord& variant, uint32_t position) {
  Draft& draft = work.impl.draft;
  Refusal& refusal = work.impl.refusal;
  draft.text.clear();
  draft.slots.clear();
  Renderer renderer(work, position);
  const auto pieces = slice(work.views.pieces, variant.pieces);
  for (const PieceRecord& piece : pieces) {
    if (!renderer.add(piece)) return false;
  }
  if (draft.text.size() > kMaxTextBytes) return refusal.set("text-too-long", "");
  if (blank(draft.text)) return refusal.set("empty-text", "");
  const Literals& literals = work.views.literals;
  if (literals.normalise(pieces, variant.pieces.first, &draft) != text::NormaliseStatus::kOk) {
    return refusal.set("text-too-long", "");
  }
  return true;
}

}  // namespace xiaoer::reply
