#include "report/html.hpp"

#include <cstdio>

#include "text/utf8.hpp"

namespace xiaoer::report {
namespace {

// No markup characters in either, so that the page stays well-formed XML.
constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#d9dee5;--page:#fbfcfd;--card:#fff;
--good:#0b7a4b;--bad:#c0392b;--tint:0,114,178;--wrong:213,94,0}
@media (prefers-color-scheme:dark){:root{--ink:#e4e9f0;--soft:#9aa6b5;--line:#333c48;--page:#12161c;
--card:#1a2028;--good:#4cc38a;--bad:#ff8a75;--tint:86,180,233;--wrong:240,140,60}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.6 system-ui,"PingFang SC",
"Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:1120px;margin:0 auto;padding:28px 20px 80px}
h1{font-size:26px;margin:0 0 4px}h2{font-size:19px;margin:40px 0 12px}
.soft{color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:10px;margin:18px 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 12px}
.card b{display:block;font-size:22px;font-variant-numeric:tabular-nums}
.card span{color:var(--soft);font-size:13px}
.plots{margin-top:18px;display:grid;grid-template-columns:repeat(auto-fit,minmax(340px,1fr));gap:14px}
.plots svg{width:100%;height:auto;background:var(--card);border:1px solid var(--line);border-radius:8px}
.plots g[color=black]{color:var(--ink)}.plots g[fill=black]{fill:var(--ink)}
.plots [stroke=black]{stroke:var(--ink)}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:14px}
td,th{padding:3px 8px;border-bottom:1px solid var(--line);text-align:right;font-weight:normal}
th:first-child,td:first-child{text-align:left;white-space:nowrap}
thead th{color:var(--soft)}
.matrix td,.matrix th{padding:2px;min-width:24px;text-align:center;font-size:12px;border:1px solid var(--line)}
.matrix tbody th{text-align:right;padding-right:8px;position:sticky;left:0;background:var(--card)}
.matrix thead th{writing-mode:vertical-rl;transform:rotate(180deg);padding:6px 2px;text-align:left;vertical-align:bottom}
.matrix thead th:first-child{writing-mode:horizontal-tb;transform:none}
.bar{display:inline-block;height:10px;border-radius:3px;background:rgb(var(--tint));vertical-align:middle}
.wrong{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 14px;margin:10px 0}
.wrong q{font-size:17px;quotes:none;white-space:pre-wrap;overflow-wrap:anywhere}
q,code{unicode-bidi:isolate}
.wrong ul{margin:4px 0 4px 18px;padding:0}
.tag{display:inline-block;border:1px solid currentColor;border-radius:10px;padding:0 8px;font-size:13px;margin-right:6px}
.good{color:var(--good)}.bad{color:var(--bad)}
code{font:13px/1.5 ui-monospace,"SFMono-Regular",Menlo,monospace,"Noto Sans CJK SC";overflow-wrap:anywhere}
select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:3px 8px}
)";

// Shows the wrong answers of the chosen classes; without script all of them stay on show.
constexpr std::string_view kScript = R"(
(function () {
  var label = document.getElementById('by-label'), got = document.getElementById('by-got');
  var count = document.getElementById('shown'), all = document.querySelectorAll('.wrong');
  if (!label || !got || !count) return;
  function show() {
    var shown = 0;
    all.forEach(function (each) {
      var fits = (label.value === '' || each.dataset.labels.split(' ').indexOf(label.value) !== -1);
      if (got.value !== '' ? each.dataset.got !== got.value : false) fits = false;
      each.hidden = !fits;
      if (fits) shown += 1;
    });
    count.textContent = shown;
  }
  label.onchange = got.onchange = show;
  show();
})();
)";

std::string_view entity_of(char32_t c) {
  switch (c) {
    case U'&':
      return "&amp;";
    case U'<':
      return "&lt;";
    case U'>':
      return "&gt;";
    case U'"':
      return "&quot;";
    case U'\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const char32_t c : text::decode_all(text)) {
    const bool control = (c < 0x20 && c != U'\n' && c != U'\t') || (c >= 0x7F && c < 0xA0);
    if (const std::string_view entity = entity_of(c); !entity.empty()) {
      out += entity;
    } else if (control) {
      out += {'\\', 'x', kHex[c >> 4], kHex[c & 15]};
    } else {
      // The two that XML does not allow.
      text::append(out, c == 0xFFFE || c == 0xFFFF ? text::kReplacement : c);
    }
  }
  return out;
}

std::string fixed(double value, int decimals) {
  char digits[40];
  std::snprintf(digits, sizeof(digits), "%.*f", decimals, value);
  return digits;
}

std::string whole_page(std::string_view title, std::string_view language, std::string_view body) {
  std::string page = "<!DOCTYPE html>\n<html lang=\"" + escaped(language) + "\"><head>\n";
  page +=
      "<meta charset=\"utf-8\"/>\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'; script-src 'unsafe-inline'\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n";
  page += "<title>" + escaped(title) + "</title>\n<style>" + std::string(kStyle) + "</style>\n";
  page += "</head><body><main>\n";
  page += body;
  page += "</main>\n<script>" + std::string(kScript) + "</script>\n</body></html>\n";
  return page;
}

}  // namespace xiaoer::report
