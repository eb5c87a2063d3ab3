#include "importer/encoding.hpp"

#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace xiaoer::importer {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open(const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &status));
  if (U_FAILURE(status)) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
  return U_FAILURE(status) ? nullptr : std::move(converter);
}

// Converts all of `bytes` to UTF-8. False: `*bad` is the offset of the first byte that could not be
// read.
bool convert(std::string_view bytes, const char* name, std::string* out, size_t* bad) {
  const Converter from = open(name);
  const Converter to = open("UTF-8");
  *bad = 0;
  if (from == nullptr || to == nullptr) return false;
  out->clear();
  std::vector<char> chunk(64u << 10);
  std::vector<UChar> pivot(16u << 10);
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  UBool reset = true;
  UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
  while (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    char* target = chunk.data();
    ucnv_convertEx(to.get(), from.get(), &target, chunk.data() + chunk.size(), &source, end,
                   pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(), reset,
                   true, &status);
    reset = false;
    out->append(chunk.data(), target);
  }
  *bad = static_cast<size_t>(source - bytes.data());
  return U_SUCCESS(status);
}

struct Mark {
  std::string_view bytes;
  const char* name;
};
constexpr Mark kMarks[] = {
    {"\xEF\xBB\xBF", "UTF-8"}, {"\xFF\xFE", "UTF-16LE"}, {"\xFE\xFF", "UTF-16BE"}};

// Control characters that no spreadsheet or chat tool writes into a text.
bool is_binary(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v';
}

uint32_t line_of(std::string_view text, size_t offset) {
  const auto end = text.begin() + static_cast<ptrdiff_t>(std::min(offset, text.size()));
  return static_cast<uint32_t>(std::count(text.begin(), end, '\n')) + 1;
}

std::vector<const char*> candidates(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return {"UTF-8"};
    case Encoding::kGb18030:
      return {"GB18030"};
    case Encoding::kUtf16:
      return {"UTF-16LE"};
    case Encoding::kAuto:
      break;
  }
  return {"UTF-8", "GB18030"};
}

}  // namespace

bool decode(std::string_view bytes, Encoding encoding, const std::string& file, std::string* out,
            std::string* used, Diagnostics* diagnostics) {
  std::vector<const char*> names = candidates(encoding);
  for (const Mark& mark : kMarks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    bytes.remove_prefix(mark.bytes.size());
    names = {mark.name};
    break;
  }
  size_t bad = 0, furthest = 0;
  for (const char* name : names) {
    if (!convert(bytes, name, out, &bad)) {
      furthest = std::max(furthest, bad);
      continue;
    }
    const auto binary = std::find_if(out->begin(), out->end(), is_binary);
    if (binary != out->end()) {
      const size_t at = static_cast<size_t>(binary - out->begin());
      diagnostics->error("import-binary", {file, line_of(*out, at), 0, ""});
      return false;
    }
    *used = name;
    return true;
  }
  std::string tried;
  for (const char* name : names) tried += tried.empty() ? name : std::string(" / ") + name;
  diagnostics->error("import-encoding", {file, line_of(bytes, furthest), 0, ""}, {tried});
  return false;
}

}  // namespace xiaoer::importer
