#include "match/expand.hpp"

#include <algorithm>
#include <utility>

#include "match/records.hpp"

namespace xiaoer::match {
namespace {

using rules::PhraseNode;

constexpr uint32_t kMaxDepth = 64;  // of concepts and groups; loops of concepts are refused before

// Neighbouring groups are joined to longer, rarer strings while there are at most this many: more
// would swell the automaton for phrases that their other words already tell apart.
// docs/performance.md has the measurements.
constexpr size_t kMaxJoined = 4;
// Inside a choice, sequences of groups are multiplied out further, as the choice is then one group.
constexpr size_t kMaxMultiplied = 64;

bool is_group(const Item& item) { return item.kind == Item::Kind::kGroup; }

Item make_group(std::vector<std::u32string> strings) {
  std::sort(strings.begin(), strings.end());
  strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
  Item item;
  item.strings = std::move(strings);
  return item;
}

size_t longest(const Item& group) {
  size_t size = 0;
  for (const std::u32string& string : group.strings) size = std::max(size, string.size());
  return size;
}

Item product(const Item& left, const Item& right) {
  std::vector<std::u32string> strings;
  for (const std::u32string& a : left.strings) {
    for (const std::u32string& b : right.strings) strings.push_back(a + b);
  }
  return make_group(std::move(strings));
}

bool can_join(const Item& left, const Item& right, size_t limit) {
  return left.strings.size() * right.strings.size() <= limit &&
         longest(left) + longest(right) <= kMaxAtom;
}

// Appends `item`, joining it to the last one where both are small groups or both gaps.
void append(Item item, size_t limit, Form* form) {
  if (!form->empty()) {
    Item& last = form->back();
    if (is_group(last) && is_group(item) && can_join(last, item, limit)) {
      last = product(last, item);
      return;
    }
    if (last.kind == Item::Kind::kGap && item.kind == Item::Kind::kGap) {
      last.gap_min += item.gap_min;
      last.gap_max += item.gap_max;
      return;
    }
  }
  form->push_back(std::move(item));
}

// The form multiplied out to one group; empty when it is too large or not pure text.
Form multiplied(const Form& form) {
  Form out;
  for (const Item& item : form) {
    if (!is_group(item)) return {};
    append(item, kMaxMultiplied, &out);
  }
  if (out.empty()) out.push_back(make_group({U""}));
  return out.size() == 1 ? out : Form();
}

Form literal_form(const std::u32string& literal) {
  Form form;
  for (size_t at = 0; at < literal.size(); at += kMaxAtom) {
    form.push_back(make_group({literal.substr(at, kMaxAtom)}));
  }
  return form;
}

}  // namespace

Expander::Expander(const rules::Pack& pack) : pack_(pack) {
  for (size_t i = 0; i < pack.concepts.size(); ++i) {
    concept_numbers_.try_emplace(pack.concepts[i].name, i);
  }
}

bool Expander::fail(std::string code, std::vector<std::string> args) {
  error_ = {std::move(code), std::move(args)};
  return false;
}

bool Expander::expand(const std::string& phrase, const rules::PhraseTree& tree,
                      std::vector<ExpandedAlternative>* out, ExpandError* error) {
  rules::PhraseError parse_error;
  depth_ = 0;
  const rules::PhraseTree known =
      tree != nullptr ? tree : rules::parse_phrase(phrase, &parse_error);
  bool ok = known != nullptr || fail(parse_error.code, parse_error.args);
  for (size_t i = 0; ok && i < known->alternatives.size(); ++i) {
    ok = expand_alternative(known->alternatives[i], out);
  }
  if (ok && out->size() > kMaxForms) {
    ok = fail("phrase-too-complex", {std::to_string(kMaxForms)});
  }
  if (!ok) *error = error_;
  return ok;
}

// Parts that have several forms are multiplied out: a(b…|c)+d is ab…+d or ac+d.
bool Expander::expand_alternative(const rules::PhraseAlternative& alternative,
                                  std::vector<ExpandedAlternative>* out) {
  std::vector<ExpandedAlternative> ways(1);
  for (const PhraseNode& part : alternative.parts) {
    Forms forms;
    if (!expand_node(part, &forms)) return false;
    if (ways.size() * forms.size() > kMaxForms) {
      return fail("phrase-too-complex", {std::to_string(kMaxForms)});
    }
    std::vector<ExpandedAlternative> longer;
    for (const ExpandedAlternative& way : ways) {
      for (const Form& form : forms) {
        longer.push_back(way);
        longer.back().parts.push_back(form);
      }
    }
    ways = std::move(longer);
  }
  for (ExpandedAlternative& way : ways) out->push_back(std::move(way));
  return true;
}

bool Expander::expand_node(const PhraseNode& node, Forms* out) {
  if (depth_ >= kMaxDepth) return fail("phrase-too-complex", {std::to_string(kMaxDepth)});
  ++depth_;
  bool ok = true;
  switch (node.kind) {
    case PhraseNode::Kind::kLiteral:
      *out = {literal_form(node.literal)};
      break;
    case PhraseNode::Kind::kSequence:
      ok = expand_sequence(node, out);
      break;
    case PhraseNode::Kind::kAlternatives:
      ok = expand_choice(node, out);
      break;
    case PhraseNode::Kind::kConcept:
      ok = expand_concept(node.name, out);
      break;
    case PhraseNode::Kind::kSlot:
      ok = expand_slot(node, out);
      break;
    case PhraseNode::Kind::kGap: {
      Item gap;
      gap.kind = Item::Kind::kGap;
      gap.gap_min = node.gap_min;
      gap.gap_max = node.gap_max;
      *out = {{gap}};
      break;
    }
  }
  --depth_;
  return ok;
}

bool Expander::expand_sequence(const PhraseNode& node, Forms* out) {
  Forms forms(1);
  for (const PhraseNode& child : node.children) {
    Forms tails;
    if (!expand_node(child, &tails)) return false;
    if (forms.size() * tails.size() > kMaxForms) {
      return fail("phrase-too-complex", {std::to_string(kMaxForms)});
    }
    Forms longer;
    for (const Form& head : forms) {
      for (const Form& tail : tails) {
        longer.push_back(head);
        for (const Item& item : tail) append(item, kMaxJoined, &longer.back());
      }
    }
    forms = std::move(longer);
    if (!strings_fit(forms)) return false;
  }
  *out = std::move(forms);
  return true;
}

bool Expander::expand_choice(const PhraseNode& node, Forms* out) {
  Forms forms;
  for (const PhraseNode& child : node.children) {
    Forms some;
    if (!expand_node(child, &some)) return false;
    forms.insert(forms.end(), some.begin(), some.end());
  }
  return merge_choices(std::move(forms), node.optional, out);
}

// Forms of pure text become one group; the others stay forms of their own.
bool Expander::merge_choices(Forms forms, bool optional, Forms* out) {
  std::vector<std::u32string> strings;
  Forms others;
  for (Form& form : forms) {
    const Form group = multiplied(form);
    if (group.empty()) {
      others.push_back(std::move(form));
    } else {
      strings.insert(strings.end(), group[0].strings.begin(), group[0].strings.end());
    }
  }
  if (optional) strings.push_back(U"");
  out->clear();
  if (!strings.empty()) out->push_back({make_group(std::move(strings))});
  for (Form& form : others) out->push_back(std::move(form));
  if (out->size() > kMaxForms) {
    return fail("phrase-too-complex", {std::to_string(kMaxForms)});
  }
  return strings_fit(*out);
}

bool Expander::strings_fit(const Forms& forms) {
  size_t total = 0;
  for (const Form& form : forms) {
    for (const Item& item : form) {
      total += item.strings.size();
      if (item.strings.size() > kMaxFormStrings) {
        return fail("phrase-too-complex", {std::to_string(kMaxFormStrings)});
      }
    }
  }
  if (total <= kMaxTotalStrings) return true;
  return fail("phrase-too-complex", {std::to_string(kMaxTotalStrings)});
}

bool Expander::expand_concept(const std::string& name, Forms* out) {
  const auto known = concepts_.find(name);
  if (known != concepts_.end()) {
    *out = known->second;
    return true;
  }
  const auto number = concept_numbers_.find(name);
  if (number == concept_numbers_.end()) return fail("unknown-concept", {name});
  Forms forms;
  for (const std::string& word : pack_.concepts[number->second].words) {
    rules::PhraseError error;
    const rules::PhraseTree tree = rules::parse_phrase(word, &error);
    if (tree == nullptr) return fail(error.code, error.args);
    for (const rules::PhraseAlternative& alternative : tree->alternatives) {
      Forms some;
      if (!expand_node(alternative.parts[0], &some)) return false;
      forms.insert(forms.end(), some.begin(), some.end());
    }
  }
  if (!merge_choices(std::move(forms), false, out)) return false;
  concepts_[name] = *out;
  return true;
}

bool Expander::expand_slot(const PhraseNode& node, Forms* out) {
  Item slot;
  slot.kind = Item::Kind::kSlot;
  const rules::EntityKindId kind = pack_.find_kind(node.name);
  if (kind == rules::kNoKind) return fail("unknown-slot", {node.name});
  slot.entity_kind = kind;
  slot.role = node.role;
  *out = {{slot}};
  return true;
}

}  // namespace xiaoer::match
