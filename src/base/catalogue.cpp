#include <algorithm>

#include "base/catalogue_rows.hpp"

namespace xiaoer {
namespace {

std::vector<CatalogueEntry> all_rows() {
  std::vector<CatalogueEntry> rows;
  for (const auto family : {file_rows(), structure_rows(), phrase_rows(), reply_rows(), call_rows(),
                            interface_rows(), import_rows(), report_rows()}) {
    rows.insert(rows.end(), family.begin(), family.end());
  }
  std::sort(rows.begin(), rows.end(),
            [](const CatalogueEntry& a, const CatalogueEntry& b) { return a.code < b.code; });
  return rows;
}

}  // namespace

const std::vector<CatalogueEntry>& catalogue() {
  static const std::vector<CatalogueEntry> rows = all_rows();
  return rows;
}

}  // namespace xiaoer
