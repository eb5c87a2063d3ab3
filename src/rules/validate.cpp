#include "rules/validate.hpp"

namespace xiaoer::rules {

void validate(ParseContext& context) {
  Findings findings;
  validate_concepts(context, &findings);
  validate_patterns(context, &findings);
  validate_duplicates(context);
  validate_replies(context);
  validate_templates(context, findings);
  validate_rest(context);
  validate_case(context);
}

}  // namespace xiaoer::rules
