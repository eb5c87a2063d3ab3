#include <algorithm>
#include <span>
#include <unordered_set>
#include <utility>

#include "rules/claims.hpp"
#include "rules/entity_kinds.hpp"
#include "rules/validate.hpp"
#include "rules/word_finder.hpp"

namespace xiaoer::rules {
namespace {

constexpr size_t kMaxTemplate = 4000;  // bytes; no chat client takes longer messages

// Roles that a reply may quote: those of the intents that name it; any, where no intent does.
std::vector<std::unordered_set<std::string>> roles_of_replies(const Draft& draft,
                                                              const Findings& findings) {
  const size_t count = draft.pack.replies.size();
  std::vector<std::unordered_set<std::string>> roles(count);
  std::vector<bool> named(count);
  std::unordered_set<std::string> all;
  for (size_t i = 0; i < draft.pack.intents.size(); ++i) {
    const std::vector<std::string>& own = findings.roles[i];
    all.insert(own.begin(), own.end());
    for (const std::string& id : draft.pack.intents[i].replies) {
      const auto found = draft.reply_index.find(id);
      if (found == draft.reply_index.end()) continue;
      roles[found->second].insert(own.begin(), own.end());
      named[found->second] = true;
    }
  }
  for (size_t i = 0; i < count; ++i) {
    if (!named[i]) roles[i] = all;
  }
  return roles;
}

bool is_bound_by(const Condition& condition, FactId fact) {
  return std::any_of(condition.facts.begin(), condition.facts.end(), [&](const FactTest& test) {
    return (test.fact == fact && test.compare != Compare::kAbsent) || test.other == fact;
  });
}

class TemplateChecker {
 public:
  TemplateChecker(ParseContext& context, const Findings& findings)
      : context_(context),
        pack_(context.pack()),
        compliance_(pack_.compliance),
        roles_(roles_of_replies(context.draft(), findings)) {}

  void run() {
    for (size_t i = 0; i < pack_.replies.size(); ++i) {
      reply_ = &pack_.replies[i];
      context_.rule_id = reply_->id;
      for (const ExampleSource& variant : reply_->variants) check(variant, roles_[i]);
    }
    context_.rule_id.clear();
  }

 private:
  void report(const char* code, uint32_t column, std::vector<std::string> args) {
    context_.error(code, inside(variant_->place, variant_->text, column), std::move(args));
  }

  void check(const ExampleSource& variant, const std::unordered_set<std::string>& roles) {
    variant_ = &variant;
    if (variant.text.size() > kMaxTemplate) {
      return report("template-too-long", 1, {std::to_string(kMaxTemplate)});
    }
    PhraseError error;
    if (!parse_template(variant.text, &pieces_, &error)) {
      return report(error.code.c_str(), error.column, std::move(error.args));
    }
    for (const TemplatePiece& piece : pieces_) {
      if (piece.is_variable) check_variable(piece, roles);
    }
    const FlatTemplate flat(pieces_);
    const std::vector<Claim> claims = find_word_claims(flat.chars());
    check_numbers(flat, claims);
    check_claims(flat, claims);
    check_compliance(flat);
    for (const Span span : find_harsh_tone(flat.chars())) {
      context_.warning("tone", inside(variant_->place, variant_->text, flat.column(span.begin)),
                       {std::string(flat.source(span))});
    }
  }

  void check_variable(const TemplatePiece& piece, const std::unordered_set<std::string>& roles) {
    const FactId fact = pack_.find_fact(piece.text);
    if (fact != kNoFact) {
      if (fact < facts().size() && facts()[fact].role == FactRole::kSecret) {
        report("secret-variable", piece.column, {piece.text});
      }
      return;
    }
    if (find_entity_kind(piece.text) != kNoKind || roles.contains(piece.text)) return;
    if (context_.draft().entity_index.contains(piece.text) || !context_.draft().complete) return;
    std::vector<std::string_view> known(roles.begin(), roles.end());
    for (const FactDef& each : facts()) {
      if (each.role != FactRole::kSecret) known.push_back(each.name);
    }
    for (const FactSource& each : pack_.facts) known.push_back(each.name);
    for (const EntityKindDef& kind : entity_kinds()) known.push_back(kind.zh);
    report("unknown-variable", piece.column, context_.unknown(piece.text, known));
  }

  // The number in 最后一天 is judged with the claim that it belongs to.
  void check_numbers(const FlatTemplate& flat, const std::vector<Claim>& claims) {
    const bool no_reason_return = is_bound_to({"七天无理由"}) || is_bound_to({"退货天数"});
    for (const Span span : find_number_claims(flat.chars(), no_reason_return)) {
      const bool judged = std::any_of(claims.begin(), claims.end(), [&](const Claim& claim) {
        return claim.span.contains(span);
      });
      if (judged) continue;
      report("literal-claim", flat.column(span.begin), {std::string(flat.source(span))});
    }
  }

  // Whether the reply only goes out when one of these facts is there, or quotes one of them.
  bool is_bound_to(std::initializer_list<std::string_view> names) const {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
      const FactId fact = pack_.find_fact(name);
      return is_bound_by(reply_->when, fact) ||
             std::any_of(pieces_.begin(), pieces_.end(), [&](const TemplatePiece& piece) {
               return piece.is_variable && !piece.fallback && pack_.find_fact(piece.text) == fact;
             });
    });
  }

  void check_claims(const FlatTemplate& flat, const std::vector<Claim>& claims) {
    for (const Claim& claim : claims) {
      const std::string word(flat.source(claim.span));
      const uint32_t column = flat.column(claim.span.begin);
      if (claim.kind == ClaimKind::kPromise) {
        report("promise-in-reply", column, {word});
      } else if (claim.kind == ClaimKind::kScarcity && !is_bound_to({"库存"})) {
        report("claim-without-fact", column, {word, "库存"});
      } else if (claim.kind == ClaimKind::kDeadline && !is_bound_to({"活动结束", "截单时间"})) {
        report("claim-without-fact", column, {word, "活动结束 / 截单时间"});
      } else if (claim.kind == ClaimKind::kSales && !is_bound_to({"月销量"})) {
        report("claim-without-fact", column, {word, "月销量"});
      }
    }
  }

  void check_compliance(const FlatTemplate& flat) {
    for (const ComplianceHit& hit : compliance_.find(flat.chars())) {
      const ComplianceSource& entry = pack_.compliance[hit.entry];
      report("compliance-violation", flat.column(hit.span.begin),
             {std::string(flat.source(hit.span)), entry.rule, entry.advice});
    }
  }

  ParseContext& context_;
  const Pack& pack_;
  ComplianceFinder compliance_;
  std::vector<std::unordered_set<std::string>> roles_;
  const ReplySource* reply_ = nullptr;
  const ExampleSource* variant_ = nullptr;
  std::vector<TemplatePiece> pieces_;
};

}  // namespace

void validate_templates(ParseContext& context, const Findings& findings) {
  TemplateChecker(context, findings).run();
}

}  // namespace xiaoer::rules
