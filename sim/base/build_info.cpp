#include "sim/base/build_info.hpp"

#include "oikos_build_info.hpp"

namespace oikos {

BuildInfo build_info() { return {OIKOS_VERSION, OIKOS_COMMIT, OIKOS_COMPILER}; }

}  // namespace oikos
