#include "analysis/report/style.hpp"

#include <fmt/core.h>

#include <cstdint>
#include <vector>

#include "sim/file/checksum.hpp"

namespace oikos::analysis {

namespace {

constexpr std::string_view css = R"(
:root{color-scheme:light dark;--paper:#fff;--ink:#1d1d1f;--soft:#5c5c62;--rule:#dcdce0;--panel:#f6f6f8;
--c0:#6b6b70;--c1:#0072b2;--c2:#d55e00;--c3:#009e73;--c4:#cc79a7;--c5:#e69f00;--c6:#56b4e9}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#e9e9ec;--soft:#a9a9b1;--rule:#383b41;--panel:#1d2024;
--c0:#a9a9b1;--c1:#56b4e9;--c2:#f08a3c;--c3:#2fc79b;--c4:#e09ac0;--c5:#f0c24a;--c6:#3f8fd0}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:76rem;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,"Segoe UI","Noto Sans","DejaVu Sans",sans-serif}
h1{font-size:1.7rem;line-height:1.25;margin:.2rem 0 .6rem}
h2{font-size:1.3rem;margin:2.6rem 0 .6rem;border-bottom:2px solid var(--rule);padding-bottom:.2rem}
h3{font-size:1.05rem;margin:1.6rem 0 .3rem}
p{max-width:48rem;margin:.4rem 0}
.facts,.soft{color:var(--soft)}
.note{border-left:4px solid var(--c5);padding:.2rem .8rem;background:var(--panel)}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;list-style:none;margin:.8rem 0;padding:0}
.legend li{display:flex;align-items:center;gap:.5rem}
.legend svg{width:38px;height:12px}
figure{margin:0 0 1rem}
.wide{overflow-x:auto}
.wide>svg{min-width:44rem;max-width:64rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(21rem,1fr));gap:.5rem 1.5rem}
svg{display:block;width:100%;height:auto}
svg text{font-size:12.5px;fill:var(--ink);font-variant-numeric:tabular-nums}
svg .head{font-weight:600}
svg .end{text-anchor:end}
svg .mid{text-anchor:middle}
svg .label{font-size:13px}
.grid{stroke:var(--rule);stroke-width:1}
.zero{stroke:var(--ink);stroke-width:1.3}
.tick{stroke:var(--soft);stroke-width:1}
.curve{fill:none;stroke-width:2.2;stroke-linejoin:round}
.band{fill-opacity:.22}
.bar{fill-opacity:.75}
.whisker{stroke-width:2}
.ink{stroke:var(--ink)}
.s0{stroke:var(--c0);stroke-dasharray:5 3}.s1{stroke:var(--c1)}.s2{stroke:var(--c2)}.s3{stroke:var(--c3)}
.s4{stroke:var(--c4)}.s5{stroke:var(--c5)}.s6{stroke:var(--c6)}
.f0{fill:var(--c0)}.f1{fill:var(--c1)}.f2{fill:var(--c2)}.f3{fill:var(--c3)}
.f4{fill:var(--c4)}.f5{fill:var(--c5)}.f6{fill:var(--c6)}
.curve.d1{stroke-dasharray:12 4}.curve.d2{stroke-dasharray:3 3}.curve.d3{stroke-dasharray:12 3 3 3}
details{margin:.2rem 0 1rem}
summary{cursor:pointer;color:var(--soft)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums;margin:.5rem 0}
th,td{padding:.18rem .7rem;border-bottom:1px solid var(--rule);text-align:right;white-space:nowrap}
th{background:var(--panel)}
th[scope=row],.text{text-align:left}
.text{white-space:normal;overflow-wrap:anywhere;min-width:9rem}
code{font-size:.85em;overflow-wrap:anywhere}
@media print{body{max-width:none;padding:0;font-size:10.5pt}details{display:none}
figure,.pair,h2,h3{break-inside:avoid}h2,h3{break-after:avoid}.wide>svg{min-width:0}}
)";

constexpr int colours = 6;

}  // namespace

std::string_view style_sheet() { return css; }

std::string sha256_base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto hex = sha256(bytes);
  std::vector<std::uint32_t> raw;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    raw.push_back(static_cast<std::uint32_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
  std::string out;
  for (std::size_t i = 0; i < raw.size(); i += 3) {
    const auto byte = [&](std::size_t j) { return i + j < raw.size() ? raw[i + j] : 0u; };
    const std::uint32_t group = (byte(0) << 16) | (byte(1) << 8) | byte(2);
    for (std::size_t j = 0; j < 4; ++j) out += i + j > raw.size() ? '=' : digits[(group >> (18 - 6 * j)) & 63u];
  }
  return out;
}

std::string content_policy() {
  return fmt::format("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
                     sha256_base64(css));
}

std::string stroke_class(int colour) {
  if (colour == 0) return "s0";
  // Dashes change with the colour, so that lines on top of each other both show, also in black and white.
  const int dashes = (colour - 1 + (colour - 1) / colours) % 4;
  const auto dash = dashes == 0 ? "" : fmt::format(" d{}", dashes);
  return fmt::format("s{}{}", (colour - 1) % colours + 1, dash);
}

std::string fill_class(int colour) { return colour == 0 ? "f0" : fmt::format("f{}", (colour - 1) % colours + 1); }

}  // namespace oikos::analysis
