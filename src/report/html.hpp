#pragma once
// Pieces of a page. Everything that comes from outside goes through `escaped`.

#include <string>
#include <string_view>

namespace xiaoer::report {

// `text` as content or between quotes of an attribute: markup characters become entities,
// ill-formed bytes U+FFFD, control characters visible escapes.
std::string escaped(std::string_view text);

// "0.8741": a figure with so many decimals.
std::string fixed(double value, int decimals);

// A whole page that loads nothing: style and script are inline, and its policy forbids the rest.
// Well-formed XML too. `title` is escaped here, `body` is markup.
std::string whole_page(std::string_view title, std::string_view language, std::string_view body);

}  // namespace xiaoer::report
