#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace oikos::app {

/// A JSON document as text with a line end. Names of files may hold bytes that are no text: a sign stands for each.
inline std::string json_text(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace oikos::app
