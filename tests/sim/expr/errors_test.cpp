#include "tests/sim/expr/example_schema.hpp"
