#include "analysis/report/html.hpp"

#include "sim/base/diagnostics.hpp"

namespace oikos::analysis {

std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::string spaced(text);
  for (char& c : spaced)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  for (const char c : oikos::escaped(spaced)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string with_minus(std::string number) {
  if (number == "-") return "–";
  std::string out;
  for (std::size_t i = 0; i < number.size(); ++i) {
    const bool exponent = i > 0 && number[i - 1] == 'e';
    if (number[i] == '-' && !exponent) out += "−";
    else out += number[i];
  }
  return out;
}

}  // namespace oikos::analysis
