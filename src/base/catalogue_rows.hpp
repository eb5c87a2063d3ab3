#pragma once
// Internal: the rows of the catalogue, a file a family. Write {0}, {1} ... for arguments; "" around
// {n} only where the argument is a word of the author's.

#include <span>

#include "base/diagnostic.hpp"

namespace xiaoer {

std::span<const CatalogueEntry> file_rows();
std::span<const CatalogueEntry> structure_rows();
std::span<const CatalogueEntry> phrase_rows();
std::span<const CatalogueEntry> reply_rows();
std::span<const CatalogueEntry> call_rows();
std::span<const CatalogueEntry> interface_rows();
std::span<const CatalogueEntry> import_rows();
std::span<const CatalogueEntry> report_rows();

// Whether arguments of the code are causes, which come in English: from strerror, say.
bool tells_a_cause(std::string_view code);
// The cause itself where it is not known.
std::string_view cause_in_chinese(std::string_view cause);

}  // namespace xiaoer
